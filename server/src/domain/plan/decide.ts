/**
 * What people do about a case beside moving it: reinforce, tick, note, answer for a crew, say how it ended for an agency, grade it, report it
 * upwards. Refuses anything about a case that is over, except how it ended for an agency, and its reports: those come later.
 */
import type { Actor } from '../../../../shared/model/role.ts'
import type { CasePlan } from '../../../../shared/model/case-plan.ts'
import type { DomainEvent, PlanEvent } from '../../../../shared/model/event.ts'
import type { Incident } from '../../../../shared/model/incident.ts'
import type { PlanCommand } from '../../../../shared/model/command.ts'
import { planCommandRoles } from '../../../../shared/model/plan-rights.ts'
import { newCasePlan } from '../../../../shared/model/case-plan.ts'
import { isOpenState } from '../../../../shared/model/incident.ts'
import type { Context, Decision, Refused } from '../context.ts'
import { accepted, invalid, notFound, refused } from '../context.ts'
import type { CityState } from '../state.ts'
import { decideDivert } from './divert.ts'
import { clocksUnder } from './report-cycle.ts'
import { reporting, reportsOfGrade } from './reports.ts'
import { nextCalls } from './calls.ts'
import { heardAtOf } from './fold.ts'

export function decidePlan(
  state: CityState,
  actor: Actor,
  command: PlanCommand,
  expectedVersion: number | undefined,
  context: Context,
): Decision {
  if (!planCommandRoles[command.type].some((role) => role === actor.role))
    return refused('FORBIDDEN', `role ${actor.role} may not ${command.type}`)
  const incident = state.incidents.get(command.incidentId)
  if (incident === undefined) return notFound('incident', command.incidentId)
  if (!isOpenState(incident.state) && command.type !== 'plan.end-agency' && command.type !== 'plan.report')
    return refused('NOT_ALLOWED', `case ${incident.id} is ${incident.state}`, { state: incident.state })
  if ('reason' in command && command.reason.trim() === '') return invalid('reason', 'a reason is needed')
  if (command.type === 'plan.divert') return decideDivert(state, actor, command, incident, expectedVersion, context)
  const row = state.casePlans.get(incident.id) ?? newCasePlan(incident.id)
  const outcome = eventsOf(state, actor, command, incident, row, context)
  return 'refusal' in outcome ? outcome : accepted(outcome, { incidentId: incident.id })
}

function eventsOf(
  state: CityState,
  actor: Actor,
  command: Exclude<PlanCommand, { type: 'plan.divert' }>,
  incident: Incident,
  row: CasePlan,
  context: Context,
): readonly PlanEvent[] | Refused {
  const clocks = clocksUnder(state, incident.districtId, context.caseSettings.reports)
  if (command.type === 'plan.report') return reporting(command, incident, row, clocks, context.now)
  const outcome = eventOf(state, actor, command, incident, row, context)
  if ('refusal' in outcome || command.type !== 'plan.grade') return 'refusal' in outcome ? outcome : [outcome]
  return [outcome, ...reportsOfGrade(incident.id, row, command.grade, clocks, context.now)]
}

function eventOf(
  state: CityState,
  actor: Actor,
  command: Exclude<PlanCommand, { type: 'plan.divert' | 'plan.report' }>,
  incident: Incident,
  row: CasePlan,
  context: Context,
): PlanEvent | Refused {
  const incidentId = incident.id
  switch (command.type) {
    case 'plan.reinforce':
      if (row.plan === null) return refused('NOT_ALLOWED', 'no plan is for this case: crews are sent one by one')
      if (command.level === row.level) return invalid('level', `it is ${row.level} already`)
      return { type: 'plan.reinforced', incidentId, level: command.level, reason: command.reason }
    case 'plan.tick': {
      const item = row.checklist.find(({ id }) => id === command.itemId)
      if (item === undefined) return notFound('item', command.itemId)
      if ((item.doneAt !== null) === command.done)
        return refused('CONFLICT', command.done ? `${item.doneBy} has ticked it already` : 'it is not ticked', {
          itemId: item.id,
          by: item.doneBy,
        })
      return { type: 'plan.ticked', incidentId, itemId: item.id, done: command.done }
    }
    case 'plan.note':
      if (command.text.trim() === '') return invalid('text', 'is empty')
      return { type: 'plan.noted', incidentId, role: actor.role, text: command.text }
    case 'plan.answer': {
      const crew = incident.assignments.find(({ unitId, state: at }) => unitId === command.unitId && at === 'on-scene')
      if (crew === undefined) return refused('NOT_ALLOWED', `${command.unitId} is not at the scene of this case`)
      return { type: 'plan.answered', incidentId, unitId: command.unitId, note: command.note }
    }
    case 'plan.end-agency': {
      const { departmentId, disposition, note } = command
      if (!context.hasDepartment(departmentId)) return invalid('departmentId', 'no such department')
      if (actor.role === 'dept' && actor.departmentId !== undefined && actor.departmentId !== departmentId)
        return refused('FORBIDDEN', 'a department speaks for itself only', { departmentId })
      const took = incident.assignments.some(({ unitId }) => state.units.get(unitId)?.departmentId === departmentId)
      if (!took && incident.departmentId !== departmentId)
        return refused('NOT_ALLOWED', `${departmentId} took no part in this case`, { departmentId })
      return { type: 'plan.agency-ended', incidentId, departmentId, disposition, note }
    }
    case 'plan.grade':
      if (command.grade === row.grade) return invalid('grade', `it is ${row.grade} already`)
      return { type: 'plan.graded', incidentId, grade: command.grade, from: row.grade, reason: command.reason }
  }
}

/** Who must be called now, in the order they are due; of one case those before the first that is still ahead. */
export function dueCalls(state: CityState, now: number, most: number): DomainEvent[] {
  const events: DomainEvent[] = []
  for (const { key: incidentId } of state.calls.due(now, most)) {
    const incident = state.incidents.get(incidentId) as Incident
    for (const call of nextCalls(incident, state.casePlans.get(incidentId), heardAtOf(state, incident)))
      if (now > call.dueAt) events.push({ type: 'plan.called', incidentId, call })
  }
  return events
}
