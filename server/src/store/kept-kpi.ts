/**
 * The numbers of `kpi.ts` added up from cells, and from the cases of the days that the period cuts: what counting every case would say of
 * numbers, and to within 1.6 % of percentiles. Answers null where the cells do not hold what was asked, or there are few enough to be looked
 * at one by one.
 */
import type { KpiQuery } from '../../../shared/contract/http.ts'
import { kpiRowMeasures, type KpiRow } from '../../../shared/model/kpi.ts'
import type { Database } from '../ports/store.ts'
import { Conditions } from './conditions.ts'
import {
  addCounts,
  addDuration,
  addDurations,
  noDurations,
  NumberReader,
  percentilesOf,
  totalOf,
  type DurationCounts,
} from './duration-counts.ts'
import { cellName, isWorthwhile, keptOf, rowNameOf, whereOfCells, type Span } from './kept-days.ts'
import { dimensionNumber } from './kpi-cells.ts'
import { countCases, KpiRows, type KpiAnswerRows } from './kpi-of-cases.ts'
import { groupColumns, groupNumber } from './kpi-time-cells.ts'
import { addCaseFilter } from './case-filter.ts'
import { sumMeasures, type MeasureSums } from './measure-counts.ts'

const countsOf = (sums: MeasureSums) =>
  Object.fromEntries(Object.entries(kpiRowMeasures).map(([name, measure]) => [name, sums.of(measure)]))

const keyOf = (name: number | string): KpiRow['key'] => (name === '' ? null : name)

/** How long the first crew took, of the cases at both ends. */
async function responsesAt(db: Database, query: KpiQuery, { from, to }: Span) {
  const where = new Conditions()
  where.add(`arrived_at >= ${where.bind(from)} and arrived_at < ${where.bind(to)} and in_kpi`)
  addCaseFilter(where, query)
  const key = groupColumns[query.by as keyof typeof groupColumns] ?? 'null'
  return db.query(`select arrived_at, response_ms, ${key} as key from incident ${where.sql}`, where.params)
}

/** `always`: whether or not there are few enough to be looked at one by one. */
export async function keptKpi(
  db: Database,
  query: KpiQuery,
  timeZone: string,
  always = false,
): Promise<KpiAnswerRows | null> {
  const kept = await keptOf(db, query, timeZone)
  if (kept === null || !(always || (await isWorthwhile(db, kept, timeZone)))) return null
  const starts = kept.buckets?.starts ?? null
  const rows = new KpiRows(starts)

  const name = cellName(kept, query)
  const counted = whereOfCells(kept, query, dimensionNumber)
  for (const [one, sums] of await sumMeasures(db, counted, name))
    rows.count(keyOf(rowNameOf(kept, one)), countsOf(sums))
  for (const end of kept.ends) await countCases(db, { ...query, ...end }, starts, rows)

  const durations = new Map<KpiRow['key'], DurationCounts>()
  const durationsOf = (key: KpiRow['key']) => {
    const known = durations.get(key) ?? noDurations()
    durations.set(key, known)
    return known
  }
  const timed = whereOfCells(kept, query, groupNumber)
  for (const cell of await db.query(`select ${name} as name, body from kpi_time_cell ${timed.sql}`, timed.params))
    addCounts(durationsOf(keyOf(rowNameOf(kept, cell.name))), new NumberReader(String(cell.body)))
  for (const end of kept.ends)
    for (const { arrived_at: at, response_ms: ms, key } of await responsesAt(db, query, end)) {
      const name = kept.buckets === null ? (key as string | null) : kept.buckets.ofInstant(Number(at))
      addDuration(durationsOf(name), Number(ms))
    }
  const all = noDurations()
  for (const [key, one] of durations) {
    addDurations(all, one)
    if (totalOf(one) > 0) setResponse(rows.of(key), one)
  }
  setResponse(rows.total, all)
  return rows.answer()
}

function setResponse(into: { -readonly [K in keyof KpiRow]: KpiRow[K] }, counts: DurationCounts): void {
  const [p50 = null, p90 = null] = percentilesOf(counts, [0.5, 0.9])
  into.responseCount = totalOf(counts)
  into.responseP50Ms = p50
  into.responseP90Ms = p90
}
