/** The period at a glance: main numbers beside those compared with, its course, and its members. */
import type { KpiBucket, KpiRow } from '../../../shared/model/kpi.ts'
import type { Cell, Section } from '../ports/reports.ts'
import { change, count, points, share, span, text } from './cells.ts'
import { filterOf, type Making, type Question } from './report-parts.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** As the page cuts a period: fine enough to show a course, few enough to be read. */
export function bucketOf({ from, to }: Pick<Question, 'from' | 'to'>): KpiBucket {
  const spanMs = to - from
  if (spanMs <= 3 * hourMs) return 'minute'
  if (spanMs <= 3 * dayMs) return 'hour'
  return spanMs <= 100 * dayMs ? 'day' : spanMs <= 730 * dayMs ? 'week' : 'month'
}

const measures = ['reported', 'closed', 'onTime', 'p50', 'p90', 'overdue', 'open'] as const
type Measure = (typeof measures)[number]
const onTime = ({ onTime: kept, closed }: KpiRow) => (closed === 0 ? null : kept / closed)
/** Each measure of a row, as it is written. */
export const measureCells: Record<Measure, (row: KpiRow) => Cell> = {
  reported: (row) => count(row.reported),
  closed: (row) => count(row.closed),
  onTime: (row) => share(onTime(row)),
  p50: (row) => span(row.responseP50Ms),
  p90: (row) => span(row.responseP90Ms),
  overdue: (row) => count(row.overdue),
  open: (row) => count(row.open),
}
/** Counts and times as a share of what they were; shares in points. Null where there is no base. */
function changeOf(now: Cell, before: Cell): Cell {
  const [a, b] = [now.value, before.value]
  if (typeof a !== 'number' || typeof b !== 'number') return text(null)
  if (now.form === 'share') return points(a - b)
  return b === 0 ? text(null) : change((a - b) / b)
}

export async function overviewSections({ models, question, words }: Making): Promise<Section[]> {
  const { from, to, by, compared } = question
  const asked = { from, to, ...filterOf(question) }
  const zone = words.timeZone
  const bucket = bucketOf(question)
  const series = await models.kpi({ ...asked, by: bucket }, zone)
  const before = compared === undefined ? null : await models.kpi({ ...asked, ...compared, by: 'priority' }, zone)
  const groups = await models.kpi({ ...asked, by }, zone)
  const source = words.own('fromCases')
  const base = words.own('byEach')
  const names = measures.map((measure) => words.of(`measure.${measure}`))
  const member = (row: KpiRow) => (by === 'priority' ? String(row.key) : words.member(row.key, by))
  return [
    {
      ...{ title: words.own('key'), formula: '', base, source },
      table: {
        columns: (['measure', 'now', 'before', 'change', 'formula'] as const).map((key) => words.own(key)),
        rows: measures.map((measure) => {
          const now = measureCells[measure](series.total)
          const then = before === null ? text(null) : measureCells[measure](before.total)
          return [
            text(words.of(`measure.${measure}`)),
            ...[now, then, changeOf(now, then)],
            text(words.of(`formulas.${measure}`)),
          ]
        }),
      },
    },
    {
      ...{ title: words.of('panel.flow'), formula: words.of('panelFormula.flow'), base, source },
      table: {
        columns: [words.own('time'), ...names],
        rows: series.rows.map((row) => [
          text(words.step(Number(row.key), bucket)),
          ...measures.map((measure) => measureCells[measure](row)),
        ]),
      },
      chart: { kind: 'columns', series: [1, 2] },
    },
    {
      ...{ title: words.of('panel.group'), formula: words.of('panelFormula.group'), base, source },
      table: {
        columns: [by === 'priority' ? words.of('alarm.priority') : words.of(`by.${by}`), ...names],
        rows: [
          ...groups.rows
            .toSorted((a, b) => b.reported - a.reported)
            .map((row) => [text(member(row)), ...measures.map((measure) => measureCells[measure](row))]),
          [text(words.of('total')), ...measures.map((measure) => measureCells[measure](groups.total))],
        ],
      },
      chart: { kind: 'bars', series: [1, 2], hasTotal: true },
    },
  ]
}
