/**
 * How many cases of each measure a period has, by what was asked. Whole days of the city are added up from the cells, months where the
 * period holds them whole; what the period cuts of a day at either end is counted case by case. Both give the same; knows nothing of formulas.
 */
import { cityCalendar, type DayOf } from '../../../shared/model/city-calendar.ts'
import {
  kpiBases,
  kpiDimensions,
  kpiMeasureInfo,
  kpiMeasures,
  type KpiCounts,
  type KpiDimension,
  type KpiMeasure,
} from '../../../shared/model/kpi-measure.ts'
import type { Database, IndicatorCounts, IndicatorQuery, Row } from '../ports/store.ts'
import { daysOf, firstDay, periodStart } from './calendar-days.ts'
import { byMember, wholeDays } from './kept-days.ts'
import { Conditions } from './conditions.ts'
import { dimensionColumns, dimensionNumber, kpiBaseColumns, unknownKey } from './kpi-cells.ts'
import { MeasureSums, sumMeasures } from './measure-counts.ts'

const isDimension = (by: IndicatorQuery['by']): by is KpiDimension => (kpiDimensions as readonly unknown[]).includes(by)

type Mutable = Partial<Record<KpiMeasure | 'handleMs', number>>

function countsOf(row: Row): KpiCounts {
  const counts: Mutable = {}
  for (const code of [...kpiMeasures, 'handleMs'] as const) {
    const count = Number(row[code] ?? 0)
    if (count !== 0) counts[code] = count
  }
  return counts
}

/** By member or period. */
type Sums = Map<string, MeasureSums>

function sumsOf(sums: Sums, key: string): MeasureSums {
  const known = sums.get(key) ?? new MeasureSums()
  sums.set(key, known)
  return known
}

async function fromCells(database: Database, { from, to, by }: IndicatorQuery, dayOf: DayOf): Promise<Sums> {
  const dimension = isDimension(by) ? by : null
  const period = by === null || isDimension(by) ? null : by
  // Weeks cut months.
  const days = daysOf(dayOf, from, to, period !== 'day' && period !== 'week')
  const where = new Conditions()
  where.add(`dimension = ${where.bind(dimensionNumber(dimension))}`)
  where.add(`day = any(${where.bind(days)}::int[])`)
  const found = await sumMeasures(database, where, dimension !== null ? 'key' : period === null ? undefined : 'day')
  if (period === null) return found
  const sums: Sums = new Map()
  for (const [day, one] of found) sumsOf(sums, periodStart(firstDay(Number(day)), period)).addSums(one)
  return sums
}

async function fromCases(database: Database, { from, to, by }: IndicatorQuery, dayOf: DayOf): Promise<Sums> {
  const sums: Sums = new Map()
  const period = by === null || isDimension(by) ? null : by
  for (const base of kpiBases) {
    const column = kpiBaseColumns[base]
    const edges = period === null ? [] : daysOf(dayOf, from, to, false)
    const starts = dayStarts(dayOf, from, edges.length)
    const key = isDimension(by)
      ? `coalesce(${dimensionColumns[by]}, '')`
      : period === null
        ? `''`
        : `width_bucket(${column}, $3::bigint[])`
    const counts = kpiMeasures
      .filter((code) => kpiMeasureInfo[code].base === base)
      .map((code) => `count(*) filter (where (kpi_flags >> ${kpiMeasureInfo[code].bit}) & 1 = 1) as "${code}"`)
    if (base === 'closed')
      counts.push(`sum(handle_ms) filter (where (kpi_flags >> ${kpiMeasureInfo.closed.bit}) & 1 = 1) as "handleMs"`)
    const rows = await database.query(
      `select ${key} as key, ${counts.join(', ')} from incident
      where ${column} >= $1 and ${column} < $2 and in_kpi group by 1`,
      period === null ? [from, to] : [from, to, starts],
    )
    for (const row of rows) {
      const counted = countsOf(row)
      if (Object.keys(counted).length === 0) continue
      const where = period === null ? String(row.key) : periodStart(edges[Number(row.key) - 1] ?? 0, period)
      sumsOf(sums, where).addCounts(counted)
    }
  }
  return sums
}

/** First instants of so many days, beginning with the one `from` is in. */
function dayStarts(dayOf: DayOf, from: number, count: number): number[] {
  const starts: number[] = []
  for (let day = dayOf(from); starts.length < count; day = dayOf(day.endAt)) starts.push(day.startAt)
  return starts
}

export async function readIndicators(
  database: Database,
  query: IndicatorQuery,
  timeZone: string,
): Promise<IndicatorCounts> {
  const dayOf = cityCalendar(timeZone)
  const found = query.exactly === true ? null : wholeDays(dayOf, query)
  const read = async (by: IndicatorQuery['by']) => {
    if (found === null) return fromCases(database, { ...query, by }, dayOf)
    const sums = await fromCells(database, { ...found.whole, by }, dayOf)
    for (const end of found.ends)
      for (const [key, one] of await fromCases(database, { ...end, by }, dayOf)) sumsOf(sums, key).addSums(one)
    return sums
  }
  // The total is the sum of the rows: everything is in one of them.
  const sums = await read(query.by)
  const total = new MeasureSums()
  for (const one of sums.values()) total.addSums(one)
  const rows = (query.by === null ? [] : [...sums])
    .map(([key, one]) => ({ key: key === unknownKey ? null : key, counts: one.counts }))
    .filter(({ counts }) => Object.keys(counts).length > 0)
    .sort(byMember)
  return { rows, total: total.counts }
}
