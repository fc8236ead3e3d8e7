/** Evaluation, every indicator with its formula, and one by its members; and how well alarms are managed. */
import { cityCalendar } from '../../../shared/model/city-calendar.ts'
import { indicatorGroupNames, indicatorOf, indicators } from '../../../shared/model/kpi-indicator.ts'
import { kpiBaseNames } from '../../../shared/model/kpi-measure.ts'
import { formulaInWords } from '../../../shared/model/kpi-wording.ts'
import { loadLevelNames, prioritySplit, topCount } from '../../../shared/model/alarm-kpi.ts'
import type { IndicatorFigure } from '../../../shared/contract/indicator.ts'
import type { Cell, Section } from '../ports/reports.ts'
import { count, number, share, span, text } from './cells.ts'
import type { Making } from './report-parts.ts'

function valueCell({ code, value }: IndicatorFigure): Cell {
  const kind = indicatorOf(code)?.kind
  if (kind === 'ratio') return share(value)
  if (kind === 'mean') return span(value)
  return kind === 'count' ? count(value) : number(value)
}
const figureCells = (figure: IndicatorFigure | undefined): Cell[] =>
  figure === undefined
    ? []
    : [
        valueCell(figure),
        // What a mean divides is a sum of times, and no number of cases.
        count(indicatorOf(figure.code)?.kind === 'mean' ? null : figure.numerator),
        ...[count(figure.denominator), text(figure.grade)],
      ]

export async function indicatorSections(making: Making): Promise<Section[]> {
  const { question, words, scope, evaluate, countWithin, until } = making
  // What is due later than today is nobody's doing yet.
  const tonight = cityCalendar(words.timeZone)(until).endAt
  const asked = { from: question.from, to: Math.max(question.from, Math.min(question.to, tonight)) }
  const { rows, total } = await countWithin({ ...asked, by: question.dimension }, scope)
  const whole = evaluate(total, total)
  const picked = indicatorOf(question.pick ?? '') ?? indicators[0]
  const columns = (['value', 'numerator', 'denominator', 'grade'] as const).map((key) => words.of(`indicator.${key}`))
  const told = { base: words.own('byEach'), source: words.own('fromCases'), formula: words.of('indicator.how') }
  return [
    {
      ...{ title: words.of('indicator.title'), ...told },
      table: {
        columns: [words.of('indicator.name'), ...columns, words.own('formula'), words.own('base')],
        rows: indicators.map((one) => [
          text(`${words.term(indicatorGroupNames[one.group])} · ${words.term(one.name)}`),
          ...figureCells(whole.find(({ code }) => code === one.code)),
          text(words.term(formulaInWords(one))),
          text(one.kind === 'score' ? null : words.term(kpiBaseNames[one.base])),
        ]),
      },
    },
    ...(picked === undefined
      ? []
      : [
          {
            ...{ title: words.term(picked.name), ...told, formula: words.term(formulaInWords(picked)) },
            table: {
              columns: [words.of(`by.${question.dimension}`), ...columns],
              rows: rows.map(({ key, counts }) => [
                text(words.member(key, question.dimension)),
                ...figureCells(evaluate(counts, total, [picked.code])[0]),
              ]),
            },
          },
        ]),
  ]
}

/** First instants of the days that reach into the period; the first is cut to its beginning. */
function dayStarts(from: number, to: number, timeZone: string): number[] {
  const dayOf = cityCalendar(timeZone)
  const starts: number[] = []
  for (let at = from; at < to; at = dayOf(at).endAt) starts.push(at)
  return starts
}

export async function alarmSections({ models, question, words, consoles, until }: Making): Promise<Section[]> {
  const period = { from: question.from, to: Math.max(question.from, Math.min(question.to, until)) }
  const kpi = await models.alarmKpi({
    ...{ ...period, consoles, dayStarts: dayStarts(period.from, period.to, words.timeZone) },
  })
  const actors = await models.badActors(period, topCount)
  const told = { base: words.own('byAnnounced'), source: words.own('fromAlarms') }
  const rates: readonly (readonly [
    key: Parameters<typeof words.of>[0],
    formula: Parameters<typeof words.of>[0],
    cell: Cell,
  ])[] = [
    ['alarm.per10Min', 'alarm.formulas.per10Min', number(kpi.rates.per10Min)],
    ['alarm.perDay', 'alarm.formulas.perDay', number(kpi.rates.perDay)],
    ['alarm.peak', 'alarm.formulas.peak', number(kpi.rates.peak10Min.count)],
    ['alarm.floodShare', 'alarm.formulas.floodShare', share(kpi.floodShare)],
    ['alarm.acknowledgeP50', 'alarm.formulas.acknowledgeP50', span(kpi.acknowledge.p50Ms)],
    ['alarm.acknowledgeP90', 'alarm.formulas.acknowledgeP90', span(kpi.acknowledge.p90Ms)],
    ['alarm.falseShare', 'alarm.formulas.falseShare', share(kpi.falseShare)],
    ['alarm.chattering', 'alarm.formulas.chattering', count(kpi.chattering.length)],
    ['alarm.stale', 'alarm.formulas.stale', count(kpi.stale)],
    ['alarm.level', 'alarm.formulas.level', text(words.term(loadLevelNames[kpi.level]))],
  ]
  const shown = ['announced', 'share', 'alarms', 'chatters', 'falses'] as const
  return [
    {
      ...{ title: words.own('alarms'), formula: '', ...told },
      table: {
        columns: [words.own('measure'), words.own('now'), words.own('formula')],
        rows: rates.map(([name, formula, cell]) => [text(words.of(name)), cell, text(words.of(formula))]),
      },
    },
    {
      ...{ title: words.of('alarm.split'), formula: words.of('alarm.formulas.split'), ...told },
      table: {
        columns: [words.of('alarm.priority'), words.of('alarm.count'), words.of('alarm.share')],
        rows: kpi.split.map((part) => [
          text(words.term(prioritySplit.find(({ id }) => id === part.id)?.name)),
          count(part.count),
          share(part.share),
        ]),
      },
    },
    {
      ...{ title: words.of('alarm.actor.name'), formula: words.of('alarm.formulas.top'), ...told },
      table: {
        columns: [words.of('alarm.actor.name'), ...shown.map((key) => words.of(`alarm.actor.${key}`))],
        rows: actors.map((one) => [
          text(`${words.term(one.name)} · ${one.sensorName}`),
          ...[count(one.announced), share(one.share), count(one.alarms), count(one.chattering), count(one.falseAlarms)],
        ]),
      },
    },
  ]
}
