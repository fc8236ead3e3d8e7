/** The fold of what stands beside a case, and of the case's own events as far as they settle calls. */
import type { CasePlan } from '../../../../shared/model/case-plan.ts'
import type { DomainEvent, LoggedEvent, PlanEvent } from '../../../../shared/model/event.ts'
import type { Incident } from '../../../../shared/model/incident.ts'
import type { Instant } from '../../../../shared/model/ids.ts'
import { mostNotes, newCasePlan } from '../../../../shared/model/case-plan.ts'
import { isOpenState } from '../../../../shared/model/incident.ts'
import type { Changes } from '../changes.ts'
import type { PlanTables } from './tables.ts'
import { evolveReports, nextReportAt, withoutVoidReports } from './fold-reports.ts'
import { nextCallAt, standingCalls } from './calls.ts'

function evolvePlan(row: CasePlan, event: PlanEvent, at: Instant, actor: string): CasePlan {
  const next = (fields: Partial<CasePlan>): CasePlan => ({ ...row, version: row.version + 1, ...fields })
  switch (event.type) {
    case 'plan.applied': {
      const { plan, needs, told } = event
      const checklist = event.checklist.map((item) => ({ ...item, doneBy: null, doneAt: null }))
      return next({ plan, needs, told, checklist })
    }
    case 'plan.hastened':
      return next({ limitMode: event.mode })
    case 'plan.reinforced':
      return next({ level: event.level })
    case 'plan.ticked':
      return next({
        checklist: row.checklist.map((item) =>
          item.id === event.itemId
            ? { ...item, doneBy: event.done ? actor : null, doneAt: event.done ? at : null }
            : item,
        ),
      })
    case 'plan.called': {
      const { kind, unitId, fromAt } = event.call
      const others = row.calls.filter((one) => one.kind !== kind || one.unitId !== unitId || one.fromAt !== fromAt)
      return next({ calls: [...others, event.call] })
    }
    case 'plan.answered':
      return next({ answeredAt: { ...row.answeredAt, [event.unitId]: at } })
    case 'plan.noted':
      return next({
        notes: [...row.notes, { at, by: actor, role: event.role, text: event.text }].slice(-mostNotes),
      })
    case 'plan.agency-ended': {
      const { departmentId, disposition, note } = event
      const others = row.outcomes.filter((one) => one.departmentId !== departmentId)
      return next({ outcomes: [...others, { departmentId, disposition, note, by: actor, at }] })
    }
    case 'plan.graded':
      return next({ grade: event.grade })
    case 'plan.diverted':
      return next({})
    case 'plan.report-due':
    case 'plan.reported':
    case 'plan.report-overdue':
    case 'plan.reports-waived':
      return next({ reports: evolveReports(row.reports ?? [], event, at, actor) })
  }
}

/** Sets a row, of a case that is there, where its timers are kept with it. */
export function setCasePlan(state: PlanTables, plan: CasePlan): void {
  state.casePlans.set(plan.id, plan)
  state.reportTimers.set(plan.id, nextReportAt(plan))
  setCalls(state, state.incidents.get(plan.id) as Incident)
}

/** When anything but the clock last spoke of it. */
export const heardAtOf = (state: PlanTables, { id, updatedAt }: Incident): Instant => state.heardAt.get(id) ?? updatedAt

/** The instant of the case's next call, kept up to date with the case and what stands beside it. */
export function setCalls(state: PlanTables, incident: Incident): void {
  const at = isOpenState(incident.state)
    ? nextCallAt(incident, state.casePlans.get(incident.id), heardAtOf(state, incident))
    : null
  state.calls.set(incident.id, at)
}

/** What follows from a limit or from a rule says nothing of the scene: whoever made the rule apply says it by an event of their own. */
const isOfClockOrRule = ({ type }: PlanEvent): boolean =>
  type === 'plan.called' || type === 'plan.report-overdue' || type === 'plan.report-due'

export function foldPlan(state: PlanTables, event: PlanEvent, logged: LoggedEvent, changes: Changes | undefined): void {
  const { incidentId } = event
  const incident = state.incidents.get(incidentId)
  if (incident === undefined) return
  if (!isOfClockOrRule(event)) state.heardAt.set(incidentId, logged.at)
  const row = evolvePlan(state.casePlans.get(incidentId) ?? newCasePlan(incidentId), event, logged.at, logged.actor)
  setSettled(state, incident, row, changes)
}

/** What the clock says of a case is no news from the scene. */
const isOfTheClock = (event: DomainEvent): boolean =>
  event.type === 'incident.overdue' ||
  event.type === 'incident.reminded' ||
  event.type === 'incident.assist-overdue' ||
  event.type === 'incident.contact-missed' ||
  (event.type === 'incident.supervised' && event.share !== undefined)

/** After an event of the case itself: it was heard of, and calls that waited for just this are over. */
export function settleCalls(
  state: PlanTables,
  incident: Incident,
  event: DomainEvent,
  at: Instant,
  changes: Changes | undefined,
): void {
  if (!isOfTheClock(event)) state.heardAt.set(incident.id, at)
  const before = state.casePlans.get(incident.id)
  const row = before && withoutVoidReports(incident, before)
  if (row === undefined || (row === before && row.calls.length === 0)) setCalls(state, incident)
  else setSettled(state, incident, row, changes)
  if (!isOpenState(incident.state)) state.heardAt.delete(incident.id)
}

function setSettled(state: PlanTables, incident: Incident, row: CasePlan, changes: Changes | undefined): void {
  const calls = standingCalls(incident, row, heardAtOf(state, incident))
  const isSettled = calls.length === row.calls.length
  const before = state.casePlans.get(incident.id)
  const settled = isSettled ? row : { ...row, version: row === before ? row.version + 1 : row.version, calls }
  setCasePlan(state, settled)
  if (settled !== before) changes?.casePlans.set(settled.id, settled)
}

/** A case that is let go of takes with it what stood beside it. */
export function forgetPlan(state: PlanTables, incidentId: string): void {
  state.casePlans.delete(incidentId)
  state.heardAt.delete(incidentId)
  state.calls.set(incidentId, null)
  state.reportTimers.set(incidentId, null)
}
