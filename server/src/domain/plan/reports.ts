/**
 * 信息报送: which reports a graded case owes, by when, and who makes them. A duty begins with the grade, goes on with each report and ends with
 * the final one; a graver grade may bring its due time nearer, a milder one lets nobody off what runs. Refuses a report nobody owes.
 */
import type { CaseGrade } from '../../../../shared/model/case-grade.ts'
import type { CasePlan } from '../../../../shared/model/case-plan.ts'
import type { PlanCommand } from '../../../../shared/model/command.ts'
import type { PlanEvent } from '../../../../shared/model/event.ts'
import type { Incident } from '../../../../shared/model/incident.ts'
import type { Instant } from '../../../../shared/model/ids.ts'
import { isOpenState } from '../../../../shared/model/incident.ts'
import {
  isOwed,
  owedOf,
  type ReportClock,
  type ReportClocks,
  type ReportFacts,
  type ReportKind,
  type SituationReport,
} from '../../../../shared/model/situation-report.ts'
import type { Refused } from '../context.ts'
import { invalid, refused } from '../context.ts'
import type { CityState } from '../state.ts'

const minuteMs = 60_000
type Reports = readonly SituationReport[] | undefined

const made = (reports: Reports, kind: ReportKind): number =>
  reports?.filter((one) => one.kind === kind && !isOwed(one)).length ?? 0

/** The duty of a kind from now on; nothing where there is none, or one that is due no later runs already. */
function dueFrom(
  incidentId: string,
  reports: Reports,
  kind: ReportKind,
  min: number | null,
  now: Instant,
): PlanEvent[] {
  if (min === null) return []
  const dueAt = now + min * minuteMs
  const owed = owedOf(reports, kind)
  if (owed !== undefined && owed.dueAt <= dueAt) return []
  return [{ type: 'plan.report-due', incidentId, kind, number: owed?.number ?? made(reports, kind) + 1, dueAt }]
}

/** What is owed next while the case goes on. */
function ongoing(incidentId: string, reports: Reports, clock: ReportClock, now: Instant): PlanEvent[] {
  if (made(reports, 'first') > 0) return dueFrom(incidentId, reports, 'follow-up', clock.followUpMin, now)
  const oral = made(reports, 'oral') > 0 ? [] : dueFrom(incidentId, reports, 'oral', clock.oralMin, now)
  return [...oral, ...dueFrom(incidentId, reports, 'first', clock.firstMin, now)]
}

/** 定级: the duties a grade brings. A grade without any ends those that run. */
export function reportsOfGrade(
  incidentId: string,
  { reports }: CasePlan,
  grade: CaseGrade,
  clocks: ReportClocks,
  now: Instant,
): PlanEvent[] {
  const clock = clocks[grade]
  if (clock !== null) return ongoing(incidentId, reports, clock, now)
  return reports?.some(isOwed) === true ? [{ type: 'plan.reports-waived', incidentId }] : []
}

/** A graded case ends, or goes on after all. One that was none (void, not filed, merged into another) owes nothing of its own. */
export function reportsOfMove(
  before: Incident,
  after: Incident,
  plan: CasePlan | undefined,
  clocks: ReportClocks,
  now: Instant,
): PlanEvent[] {
  const clock = plan?.grade == null ? null : clocks[plan.grade]
  if (plan === undefined || clock === null || plan.reports === undefined) return []
  const [wasOpen, isOpen] = [isOpenState(before.state), isOpenState(after.state)]
  if (wasOpen === isOpen) return []
  if (isOpen) return ongoing(after.id, plan.reports, clock, now)
  const isEnded = after.state === 'closed' || after.state === 'force-closed'
  return isEnded ? dueFrom(after.id, plan.reports, 'final', clock.finalMin, now) : []
}

const overdue = (incidentId: string, { kind, number, dueAt }: SituationReport): PlanEvent => ({
  type: 'plan.report-overdue',
  incidentId,
  kind,
  number,
  dueAt,
})
/** A limit reached is kept; the first instant past it is late. */
const runsLate = ({ madeAt, late, dueAt }: SituationReport, now: Instant): boolean =>
  madeAt === null && late !== true && now > dueAt

const reportsOf = (row: CasePlan | undefined): readonly SituationReport[] => row?.reports ?? []

/** What became late since the last tick. */
export function overdueReports(state: CityState, now: Instant, most: number): PlanEvent[] {
  return state.reportTimers.due(now, most).flatMap(({ key: id }) =>
    reportsOf(state.casePlans.get(id))
      .filter((one) => runsLate(one, now))
      .map((one) => overdue(id, one)),
  )
}

type Reporting = Extract<PlanCommand, { type: 'plan.report' }>

/** Made now: late first, where the clock has not said so yet; then the next duty, while the case goes on. */
export function reporting(
  command: Reporting,
  incident: Incident,
  row: CasePlan,
  clocks: ReportClocks,
  now: Instant,
): readonly PlanEvent[] | Refused {
  const { kind, to, body } = command
  const { id: incidentId } = incident
  const owed = owedOf(row.reports, kind)
  if (owed === undefined || row.grade === null)
    return refused('NOT_ALLOWED', `no ${kind} report is owed for this case`, {
      owed: reportsOf(row)
        .filter(isOwed)
        .map((one) => one.kind),
    })
  if (to.trim() === '') return invalid('to', 'say who was told')
  if (kind !== 'oral')
    for (const field of ['nature', 'measures'] as const)
      if (body[field].trim() === '') return invalid(`body.${field}`, 'is empty')
  // What is told in writing need not be told by telephone as well.
  const told = kind === 'first' ? [owedOf(row.reports, 'oral'), owed].filter((one) => one !== undefined) : [owed]
  const events: PlanEvent[] = told.filter((one) => runsLate(one, now)).map((one) => overdue(incidentId, one))
  events.push({
    type: 'plan.reported',
    incidentId,
    kind,
    number: owed.number,
    to,
    body,
    facts: factsOf(incident, row.grade),
  })
  const clock = clocks[row.grade]
  if (clock === null || kind === 'oral' || kind === 'final' || !isOpenState(incident.state)) return events
  const after = reportsOf(row).map((one) => (one === owed ? { ...one, madeAt: now } : one))
  return [...events, ...dueFrom(incidentId, after, 'follow-up', clock.followUpMin, now)]
}

const factsOf = (
  { reportedAt, occurredAt, source, title, classCode, address }: Incident,
  grade: CaseGrade,
): ReportFacts => ({ reportedAt, occurredAt, source, title, classCode, address, grade })
