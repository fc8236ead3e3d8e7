/** Which cases are meant, as conditions on their columns. */
import { noneOf, type IncidentQuery } from '../../../shared/contract/http.ts'
import type { CaseFilter } from '../../../shared/contract/fields.ts'
import { caseSteps, type CaseStep } from '../../../shared/model/case-steps.ts'
import { kpiMeasureInfo } from '../../../shared/model/kpi-measure.ts'
import type { Conditions } from './conditions.ts'
import { intervalColumns } from './interval-columns.ts'
import { addClass } from './list-page.ts'
import { endings } from './model-rows.ts'

export function addCode(where: Conditions, column: string, code: string | undefined): void {
  if (code === noneOf) where.add(`${column} is null`)
  else where.addIf(code, (at) => `${column} = ${at}`)
}

export function addCaseFilter(where: Conditions, filter: CaseFilter): void {
  addCode(where, 'district_id', filter.district)
  addClass(where, 'class_code', filter.class)
  addCode(where, 'department_id', filter.department)
  addCode(where, 'source', filter.source)
}

const flag = (measure: 'accepted' | 'checked') => `kpi_flags & ${2 ** kpiMeasureInfo[measure].bit}::bigint <> 0`
/** The place of a case's furthest step (`furthestStep`) in the order of steps. */
export const stepNumber = `case
  when ending in (${endings.closed}, ${endings.closedOnTime}) then 7
  when ${flag('checked')} then 6
  when fed_back_at is not null then 5
  when arrived_at is not null then 4
  when dispatcher is not null then 3
  when filed_at is not null then 2
  when ${flag('accepted')} then 1
  else 0 end`
const placeOf = (step: CaseStep) => caseSteps.indexOf(step)
/** By the zone whose days evaluation counts by. */
const cityClock = '(to_timestamp(reported_at / 1000.0) at time zone (select time_zone from kpi_state))'

/** What the analysis of a period asks of single cases: how far they came, how long they took, when they came. */
export function addAnalysis(where: Conditions, query: Partial<IncidentQuery>): void {
  const { reached, stopped, interval } = query
  if (reached !== undefined) where.add(`${stepNumber} >= ${placeOf(reached)}`)
  if (stopped !== undefined) where.add(`${stepNumber} = ${placeOf(stopped)}`)
  if (interval !== undefined) {
    const column = intervalColumns[interval]
    where.add(`${column} is not null`)
    where.addIf(query.tookFromMs, (at) => `${column} >= ${at}::bigint`)
    where.addIf(query.tookToMs, (at) => `${column} < ${at}::bigint`)
  }
  where.addIf(query.weekday, (at) => `extract(isodow from ${cityClock}) = ${at}::int`)
  where.addIf(query.hour, (at) => `extract(hour from ${cityClock}) = ${at}::int`)
}
