/**
 * Where the cases reported in a period stand: how many reached each step, and how many came no further. Many whole days are added up from
 * cells, what the period cuts of a day case by case, and few cases one by one; all three are exact.
 */
import type { FunnelQuery } from '../../../shared/contract/kpi-analysis.ts'
import { caseSteps, funnelOf, type CaseStep, type StepCount } from '../../../shared/model/case-steps.ts'
import type { Database } from '../ports/store.ts'
import { addCaseFilter, stepNumber } from './case-filter.ts'
import { Conditions } from './conditions.ts'
import { eachCount, NumberReader, skipCounts } from './duration-counts.ts'
import { keptIfMany, whereOfCells, type CellUse, type Span } from './kept-days.ts'
import { groupNumber, stepOfCode } from './kpi-time-cells.ts'
import { timeParts } from './time-cell.ts'

interface Stopped {
  readonly step: CaseStep
  readonly isOpen: boolean
  readonly count: number
}

export async function readFunnel(
  db: Database,
  query: FunnelQuery,
  timeZone: string,
  cells: CellUse = 'many',
): Promise<readonly StepCount[]> {
  const stopped: Stopped[] = []
  const kept = await keptIfMany(db, { ...query, by: 'month' }, timeZone, cells)
  if (kept !== null) {
    const where = whereOfCells(kept, query, groupNumber)
    for (const { body } of await db.query(`select body from kpi_time_cell ${where.sql}`, where.params)) {
      const numbers = new NumberReader(String(body))
      skipCounts(numbers, timeParts.steps)
      eachCount(numbers, (code, count) => stopped.push({ ...stepOfCode(code), count }))
    }
  }
  for (const part of kept?.ends ?? [query]) stopped.push(...(await stoppedIn(db, query, part)))
  return funnelOf(stopped)
}

async function stoppedIn(db: Database, query: FunnelQuery, { from, to }: Span): Promise<Stopped[]> {
  const where = new Conditions()
  where.add(`reported_at >= ${where.bind(from)} and reported_at < ${where.bind(to)} and in_kpi`)
  addCaseFilter(where, query)
  const rows = await db.query(
    `select step, is_open, count(*) as n from (select is_open, ${stepNumber} as step from incident ${where.sql}) as cases
      group by step, is_open`,
    where.params,
  )
  return rows.map((row) => ({
    step: caseSteps[Number(row.step)] as CaseStep,
    isOpen: row.is_open === true,
    count: Number(row.n),
  }))
}
