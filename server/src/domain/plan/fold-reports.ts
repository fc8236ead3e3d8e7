/** The fold of 信息报送. Knows nothing of how long anybody has: what is due stands in the events. */
import type { CasePlan } from '../../../../shared/model/case-plan.ts'
import type { PlanEvent } from '../../../../shared/model/event.ts'
import type { Incident } from '../../../../shared/model/incident.ts'
import type { Instant } from '../../../../shared/model/ids.ts'
import {
  isOwed,
  mostReportsKept,
  type ReportKind,
  type SituationReport,
} from '../../../../shared/model/situation-report.ts'

export type ReportEvent = Extract<
  PlanEvent,
  { type: 'plan.report-due' | 'plan.reported' | 'plan.report-overdue' | 'plan.reports-waived' }
>

/** What a new duty takes the place of: one of its kind, and the end and the going on take each other's. */
const replaced: Readonly<Record<ReportKind, readonly ReportKind[]>> = {
  oral: ['oral'],
  first: ['first'],
  'follow-up': ['follow-up', 'final'],
  final: ['final', 'follow-up'],
}

const madeOnly = (reports: readonly SituationReport[]) => reports.filter((one) => !isOwed(one))

export function evolveReports(
  reports: readonly SituationReport[],
  event: ReportEvent,
  at: Instant,
  by: string,
): readonly SituationReport[] {
  switch (event.type) {
    case 'plan.report-due': {
      const { kind, number, dueAt } = event
      const late = reports.some((one) => one.kind === kind && isOwed(one) && one.late === true)
      const rest = reports.filter((one) => !isOwed(one) || !replaced[kind].includes(one.kind))
      const duty: SituationReport = { kind, number, dueAt, madeAt: null, by: null, to: null, body: null, facts: null }
      return [...rest, late ? { ...duty, late: true } : duty]
    }
    case 'plan.reported': {
      const { kind, to, body, facts } = event
      const kept = reports.map((one) => {
        if (!isOwed(one)) return one
        if (one.kind === kind) return { ...one, madeAt: at, by, to, body, facts }
        return kind === 'first' && one.kind === 'oral' ? { ...one, madeAt: at, by, to } : one
      })
      const excess = madeOnly(kept).length - mostReportsKept
      let dropped = 0
      return excess <= 0 ? kept : kept.filter((one) => isOwed(one) || ++dropped > excess)
    }
    case 'plan.report-overdue':
      return reports.map((one) => (isOwed(one) && one.kind === event.kind ? { ...one, late: true as const } : one))
    case 'plan.reports-waived':
      return madeOnly(reports)
  }
}

/** The first instant at which one of them is late that is not yet said to be; null = none. */
export function nextReportAt({ reports }: CasePlan): Instant | null {
  const due = (reports ?? []).filter((one) => isOwed(one) && one.late !== true).map(({ dueAt }) => dueAt + 1)
  return due.length === 0 ? null : Math.min(...due)
}

/** A case that turned out to be none owes nothing. */
export function withoutVoidReports(incident: Incident, row: CasePlan): CasePlan {
  const { state } = incident
  if (state !== 'void' && state !== 'rejected' && state !== 'merged') return row
  if (row.reports?.some(isOwed) !== true) return row
  return { ...row, version: row.version + 1, reports: madeOnly(row.reports) }
}

export const owesReport = (row: CasePlan | undefined): boolean => row?.reports?.some(isOwed) ?? false
