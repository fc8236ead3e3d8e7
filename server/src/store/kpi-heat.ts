/**
 * When cases come: how many were reported on each day, and in each hour of each weekday, by the city's clock. Many whole days are added up
 * from cells, what the period cuts of a day case by case, and few cases one by one; all three are exact.
 */
import type { HeatQuery } from '../../../shared/contract/kpi-heat.ts'
import { cityCalendar } from '../../../shared/model/city-calendar.ts'
import { hourOfDay } from '../../../shared/model/city-hour.ts'
import type { KpiHeat } from '../../../shared/model/kpi-heat.ts'
import type { Database } from '../ports/store.ts'
import { daysOf, periodStart } from './calendar-days.ts'
import { Conditions } from './conditions.ts'
import { eachCount, NumberReader, skipCounts } from './duration-counts.ts'
import { keptIfMany, whereOfCells, type CellUse, type Span } from './kept-days.ts'
import { groupNumber } from './kpi-time-cells.ts'
import { timeParts } from './time-cell.ts'
import { addCaseFilter } from './case-filter.ts'

const hoursADay = 24

/** 0 = Monday. */
const weekdayOf = (day: number): number =>
  (new Date(Date.UTC(Math.floor(day / 10_000), (Math.floor(day / 100) % 100) - 1, day % 100)).getUTCDay() + 6) % 7

export async function readHeat(
  db: Database,
  query: HeatQuery,
  timeZone: string,
  cells: CellUse = 'many',
): Promise<KpiHeat> {
  const dayOf = cityCalendar(timeZone)
  const hourOf = hourOfDay(timeZone)
  const days = new Map(daysOf(dayOf, query.from, query.to, false).map((day) => [day, 0]))
  const hours = Array.from({ length: 7 }, () => Array.from({ length: hoursADay }, () => 0))
  const add = (day: number, hour: number, count: number) => {
    days.set(day, (days.get(day) ?? 0) + count)
    const row = hours[weekdayOf(day)] as number[]
    row[hour] = (row[hour] as number) + count
  }
  const kept = await keptIfMany(db, { ...query, by: 'day' }, timeZone, cells)
  if (kept !== null) {
    const where = whereOfCells(kept, query, groupNumber)
    for (const { day, body } of await db.query(`select day, body from kpi_time_cell ${where.sql}`, where.params)) {
      const numbers = new NumberReader(String(body))
      skipCounts(numbers, timeParts.hours)
      eachCount(numbers, (hour, count) => add(Number(day), hour, count))
    }
  }
  for (const part of kept?.ends ?? [query])
    for (const at of await reportsIn(db, query, part)) add(Number(dayOf(at).ymd), hourOf(at), 1)
  return { days: [...days].map(([day, reported]) => ({ day: periodStart(day, 'day'), reported })), hours }
}

async function reportsIn(db: Database, query: HeatQuery, { from, to }: Span): Promise<number[]> {
  const where = new Conditions()
  where.add(`reported_at >= ${where.bind(from)} and reported_at < ${where.bind(to)} and in_kpi`)
  addCaseFilter(where, query)
  const rows = await db.query(`select reported_at from incident ${where.sql}`, where.params)
  return rows.map((row) => Number(row.reported_at))
}
