/** Where the cases reported in a period stand: how many reached each step, and how many came no further. Looked at case by case. */
import type { FunnelQuery } from '../../../shared/contract/kpi-analysis.ts'
import { caseSteps, funnelOf, type CaseStep, type StepCount } from '../../../shared/model/case-steps.ts'
import type { Database } from '../ports/store.ts'
import { addCaseFilter, stepNumber } from './case-filter.ts'
import { Conditions } from './conditions.ts'

export async function readFunnel(db: Database, query: FunnelQuery): Promise<readonly StepCount[]> {
  const where = new Conditions()
  where.add(`reported_at >= ${where.bind(query.from)} and reported_at < ${where.bind(query.to)} and in_kpi`)
  addCaseFilter(where, query)
  const rows = await db.query(
    `select step, is_open, count(*) as n from (select is_open, ${stepNumber} as step from incident ${where.sql}) as cases
      group by step, is_open`,
    where.params,
  )
  return funnelOf(
    rows.map((row) => ({
      step: caseSteps[Number(row.step)] as CaseStep,
      isOpen: row.is_open === true,
      count: Number(row.n),
    })),
  )
}
