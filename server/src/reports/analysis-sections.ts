/** What is behind the numbers: when cases come, where they stop, how long they take, and what is to be expected. */
import { noneOf } from '../../../shared/contract/http.ts'
import { caseIntervalInfo } from '../../../shared/model/case-times.ts'
import { caseStepNames } from '../../../shared/model/case-steps.ts'
import { weekdayOf } from '../../../shared/model/heat-levels.ts'
import { mostMultiples, type KpiRow } from '../../../shared/model/kpi.ts'
import type { Section } from '../ports/reports.ts'
import { count, number, share, span, text } from './cells.ts'
import { bucketOf, measureCells } from './overview-sections.ts'
import { filterOf, type Making } from './report-parts.ts'

const minuteMs = 60_000
const minutes = (ms: number) => String(Math.round((ms / minuteMs) * 100) / 100)

export async function funnelSection({ models, question, words }: Making): Promise<Section> {
  const { from, to } = question
  const steps = await models.funnel({ from, to, ...filterOf(question) }, words.timeZone)
  const all = steps[0]?.reached ?? 0
  return {
    ...{ title: words.of('funnel.title'), formula: words.of('funnel.how') },
    ...{ base: words.own('byReported'), source: words.own('fromCases') },
    table: {
      columns: (['step', 'reached', 'ofAll', 'still', 'ended'] as const).map((key) => words.own(key)),
      rows: steps.map(({ step, reached, open, ended }) => [
        text(words.term(caseStepNames[step])),
        ...[count(reached), share(all === 0 ? null : reached / all), count(open), count(ended)],
      ]),
    },
    chart: { kind: 'bars', series: [1] },
  }
}

export async function distributionSection({ models, question, words }: Making): Promise<Section> {
  const { from, to, interval } = question
  const found = await models.distribution({ from, to, interval, ...filterOf(question) }, words.timeZone)
  const unit = words.language === 'en' ? 'min' : '分'
  return {
    title: `${words.of('distribution.title')} · ${words.term(caseIntervalInfo[interval].name)}`,
    ...{ formula: words.of('distribution.how'), base: words.own('byReported'), source: words.own('fromTimes') },
    table: {
      columns: [words.own('took'), words.own('cases'), words.of('alarm.share')],
      rows: found.bins.map(({ fromMs, toMs, count: n }) => [
        text(`${toMs === null ? `≥ ${minutes(fromMs)}` : `${minutes(fromMs)}–${minutes(toMs)}`} ${unit}`),
        ...[count(n), share(found.count === 0 ? null : n / found.count)],
      ]),
    },
    chart: { kind: 'columns', series: [1] },
  }
}

async function heatSections({ models, question, words }: Making): Promise<Section[]> {
  const { from, to } = question
  const heat = await models.heat({ from, to, ...filterOf(question) }, words.timeZone)
  const told = { formula: words.of('heat.how'), base: words.own('byReported'), source: words.own('fromCases') }
  return [
    {
      ...{ title: words.of('heat.days'), ...told },
      table: {
        columns: [words.own('day'), words.own('weekday'), words.of('measure.reported')],
        rows: heat.days.map(({ day, reported }) => [text(day), text(words.weekday(weekdayOf(day))), count(reported)]),
      },
      chart: { kind: 'calendar', series: [2] },
    },
    {
      ...{ title: words.of('heat.hours'), ...told },
      table: {
        columns: [words.own('weekday'), ...Array.from({ length: 24 }, (_, hour) => String(hour))],
        rows: heat.hours.map((row, day) => [text(words.weekday(day + 1)), ...row.map((n) => count(n))]),
      },
      chart: { kind: 'grid', series: Array.from({ length: 24 }, (_, hour) => hour + 1) },
    },
  ]
}

/** Members in their rank by one measure, each with its course over the period. */
async function multiplesSection({ models, question, words }: Making): Promise<Section[]> {
  const { from, to, by, multiple } = question
  // By priority no course can be asked for.
  if (by === 'priority') return []
  const [asked, zone, cellOf] = [{ from, to, ...filterOf(question) }, words.timeZone, measureCells[multiple]]
  const groups = await models.kpi({ ...asked, by }, zone)
  const rank = (row: KpiRow) => Number(cellOf(row).value ?? -1)
  const members = groups.rows
    .toSorted((a, b) => rank(b) - rank(a) || (String(a.key) < String(b.key) ? -1 : 1))
    .slice(0, mostMultiples)
  const courses: (readonly KpiRow[])[] = []
  for (const { key } of members) {
    const member = { [by]: key === null ? noneOf : String(key) }
    courses.push((await models.kpi({ ...asked, ...member, by: bucketOf(question) }, zone)).rows)
  }
  return [
    {
      title: `${words.of('multiples.title')} · ${words.of(`measure.${multiple}`)}`,
      ...{ formula: words.of('multiples.how'), base: words.own('byEach'), source: words.own('fromCases') },
      table: {
        columns: [words.own('time'), ...members.map(({ key }) => words.member(key, by))],
        rows: [
          ...(courses[0] ?? []).map(({ key }, step) => [
            text(words.step(Number(key), bucketOf(question))),
            ...courses.map((course) => (course[step] === undefined ? text(null) : cellOf(course[step]))),
          ]),
          [text(words.of('total')), ...members.map(cellOf)],
        ],
      },
      chart: { kind: 'multiples', series: members.map((_, i) => i + 1) },
    },
  ]
}

async function trendSection({ trend, question, words }: Making): Promise<Section[]> {
  const { district } = question
  const found = await trend({ sign: 'reported', ...(district === undefined ? {} : { district }) })
  if (found === null) return []
  return [
    {
      ...{ title: words.of('trend.title'), formula: words.of('trend.how') },
      ...{ base: words.own('byHour'), source: words.own('fromCases') },
      table: {
        columns: [
          words.own('time'),
          ...(['perHour', 'expected', 'lower', 'upper'] as const).map((key) => words.own(key)),
        ],
        rows: found.points.map(({ hourAt, value, expected, low, high }) => [
          text(words.moment(hourAt)),
          ...[value, expected, low, high].map((one) => number(one)),
        ]),
      },
      chart: { kind: 'lines', series: [1, 2, 3, 4] },
      isCourse: true,
    },
  ]
}

export async function analysisSections(making: Making): Promise<Section[]> {
  return [
    ...(await heatSections(making)),
    await funnelSection(making),
    await distributionSection(making),
    ...(await multiplesSection(making)),
    ...(await trendSection(making)),
  ]
}

/** How long cases took, stretch by stretch; and of the one picked each member. */
export async function timesSections({ models, question, words, targets }: Making): Promise<Section[]> {
  const { from, to, by, pick } = question
  const times = await models.times({ from, to, by, ...filterOf(question) }, words.timeZone, targets)
  const intervals = Object.keys(caseIntervalInfo) as (keyof typeof caseIntervalInfo)[]
  const picked = intervals.find((one) => one === pick) ?? 'total'
  const columns = (['count', 'p50', 'p90', 'p95', 'compliance'] as const).map((key) => words.of(`times.${key}`))
  const cellsOf = (kpi: (typeof times.total.intervals)[typeof picked]) => [
    ...[count(kpi.count), span(kpi.p50Ms), span(kpi.p90Ms), span(kpi.p95Ms), share(kpi.compliance)],
  ]
  const told = { formula: words.of('times.how'), base: words.own('byReported'), source: words.own('fromTimes') }
  return [
    {
      ...{ title: words.of('times.title'), ...told },
      table: {
        columns: [words.of('times.interval'), ...columns],
        rows: intervals.map((one) => [
          text(words.term(caseIntervalInfo[one].name)),
          ...cellsOf(times.total.intervals[one]),
        ]),
      },
    },
    {
      ...{ title: words.term(caseIntervalInfo[picked].name), ...told },
      table: {
        columns: [by === 'priority' ? words.of('alarm.priority') : words.of(`by.${by}`), ...columns],
        rows: times.rows.map(({ key, intervals: own }) => [
          text(by === 'priority' ? String(key) : words.member(key, by)),
          ...cellsOf(own[picked]),
        ]),
      },
    },
  ]
}
