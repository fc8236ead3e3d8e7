/**
 * What a command does to a case. Guarantees: only moves of the transition table, each by a role the table names; a stage
 * left too late is marked before it is left; a crew's status moves in the same act as its assignment.
 */
import type { Actor } from '../../../../shared/model/role.ts'
import type { DomainEvent } from '../../../../shared/model/event.ts'
import type { Incident, IncidentVerb } from '../../../../shared/model/incident.ts'
import type { DuplicateCommand, IncidentCommand } from '../../../../shared/model/command.ts'
import type { Context, Decision } from '../context.ts'
import { accepted, checkVersion, invalid, notFound } from '../context.ts'
import type { CityState } from '../state.ts'
import { checkMove, checkRights, stateAfter } from './guard.ts'
import { caseDueAt, newOverrun, stageDueAt } from './limits.ts'
import { checkAssignment, unitEventOf } from './assignment.ts'
import { clearedEvents } from './clear.ts'
import { checkDispatch, etaOf } from './dispatch.ts'
import { activeAssignment } from './evolve.ts'
import { lastTimeOf, tellingOf, type Telling } from './telling.ts'
import { timesOf } from './times.ts'
import { departmentOf } from './report.ts'

export type CaseCommand = Exclude<IncidentCommand, DuplicateCommand | { type: 'incident.report' }>

export function decideIncident(
  state: CityState,
  actor: Actor,
  command: CaseCommand,
  expectedVersion: number | undefined,
  context: Context,
): Decision {
  const incident = state.incidents.get(command.incidentId)
  if (incident === undefined) return notFound('incident', command.incidentId)
  const verb = command.type.slice('incident.'.length) as IncidentVerb
  const unitId = 'unitId' in command ? command.unitId : undefined
  const forbidden = checkRights(incident, verb, actor, unitId)
  if (forbidden) return { ok: false, refusal: forbidden }
  // Two officers sending one crew: the later is told who has it, which says more than that its picture is stale.
  const taken = command.type === 'incident.dispatch' ? checkDispatch(state, command.unitId, 'taken') : null
  const problem = taken ?? checkVersion(expectedVersion, incident)
  if (problem) return problem
  const guarded = checkMove(incident, verb, actor, 'reason' in command ? command.reason : undefined)
  if (!guarded.ok) return guarded
  const unfit =
    command.type === 'incident.dispatch'
      ? checkDispatch(state, command.unitId, 'fit')
      : unitId === undefined
        ? null
        : checkAssignment(incident, verb, unitId)
  if (unfit) return unfit
  const after = stateAfter(guarded.row, incident, unitId)
  const move = {
    incidentId: incident.id,
    state: after,
    stageDueAt: after === incident.state ? incident.stageDueAt : stageDueAt(after, context.now, incident.dueAt),
  }
  // What is under control once is: the first word stays.
  if (verb === 'control' && timesOf(incident).T10 !== undefined) return accepted([], { incidentId: incident.id })
  const telling = tellingAbout(actor, command, incident, guarded.row, context)
  if ('refusal' in telling) return telling
  const event = eventOf(state, actor, command, incident, { ...move, ...telling }, context)
  if ('refusal' in event) return event
  const isClearing = event.type === 'incident.finished' && event.clearing === true
  const unitEvent = unitId === undefined ? null : unitEventOf(verb, unitId, incident.id, telling, isClearing)
  const cleared = verb === 'dispatch' && unitId !== undefined ? clearedEvents(state, unitId) : []
  return accepted(
    [...overrunBefore(incident, after, context.now), ...cleared, event, ...(unitEvent ? [unitEvent] : [])],
    { incidentId: incident.id },
  )
}

/** What the crew does may be told late, or by an officer for it; all else is done in the moment it is asked. */
function tellingAbout(
  actor: Actor,
  command: CaseCommand,
  incident: Incident,
  { relayedBy }: { readonly relayedBy?: readonly unknown[] },
  { now }: Context,
): Telling | Extract<Decision, { ok: false }> {
  if (!('occurredAt' in command) && relayedBy === undefined) return {}
  const unitId = 'unitId' in command ? command.unitId : undefined
  const on = unitId === undefined ? undefined : activeAssignment(incident, unitId)
  const occurredAt = 'occurredAt' in command ? command.occurredAt : undefined
  const told = tellingOf(actor, occurredAt, on === undefined ? incident.reportedAt : lastTimeOf(on), now)
  if ('refusal' in told || relayedBy !== undefined) return told
  return told.occurredAt === undefined ? {} : { occurredAt: told.occurredAt }
}

/** Leaving a stage past its limit between two ticks must not hide that it was late. */
function overrunBefore(incident: Incident, after: Incident['state'], now: number): DomainEvent[] {
  const overrun = after === incident.state ? null : newOverrun(incident, now)
  if (overrun === null) return []
  const { id, state, stageDueAt: dueAt } = incident
  return [{ type: 'incident.overdue', incidentId: id, state, stageDueAt: dueAt, ...overrun }]
}

interface Move {
  readonly incidentId: string
  readonly state: Incident['state']
  readonly stageDueAt: number | null
  readonly occurredAt?: number
  readonly relayed?: true
}

function eventOf(
  state: CityState,
  actor: Actor,
  command: CaseCommand,
  incident: Incident,
  move: Move,
  context: Context,
): DomainEvent | Extract<Decision, { ok: false }> {
  const { now } = context
  switch (command.type) {
    case 'incident.accept':
      return { type: 'incident.accepted', ...move }
    case 'incident.file':
      return fileCase(command, incident, move, context)
    case 'incident.reject':
      return { type: 'incident.rejected', ...move, reason: command.reason }
    case 'incident.void':
      return { type: 'incident.voided', ...move, reason: command.reason }
    case 'incident.dispatch':
      return {
        type: 'incident.dispatched',
        ...move,
        unitId: command.unitId,
        by: actor.name,
        etaS: etaOf(state, incident, command.unitId, context),
      }
    case 'incident.recall':
      return { type: 'incident.recalled', ...move, unitId: command.unitId, reason: command.reason }
    case 'incident.acknowledge':
      return { type: 'incident.acknowledged', ...move, unitId: command.unitId }
    case 'incident.decline':
      return { type: 'incident.declined', ...move, unitId: command.unitId, reason: command.reason }
    case 'incident.depart':
      return { type: 'incident.departed', ...move, unitId: command.unitId }
    case 'incident.stage':
      return { type: 'incident.staged', ...move, unitId: command.unitId }
    case 'incident.arrive':
      return { type: 'incident.arrived', ...move, unitId: command.unitId }
    case 'incident.control':
      return {
        type: 'incident.controlled',
        ...move,
        ...(command.unitId === undefined ? {} : { unitId: command.unitId }),
      }
    case 'incident.transport':
      return { type: 'incident.transporting', ...move, unitId: command.unitId }
    case 'incident.reach':
      return { type: 'incident.reached', ...move, unitId: command.unitId }
    case 'incident.finish':
      return {
        type: 'incident.finished',
        ...move,
        unitId: command.unitId,
        note: command.note,
        ...(command.clearing === true ? { clearing: true } : {}),
      }
    case 'incident.feed-back':
      return { type: 'incident.fed-back', ...move, note: command.note }
    case 'incident.pass-check':
      return { type: 'incident.check-passed', ...move, note: command.note }
    case 'incident.fail-check':
      return { type: 'incident.check-failed', ...move, reason: command.reason }
    case 'incident.close':
      return {
        type: 'incident.closed',
        ...move,
        note: command.note,
        onTime: incident.dueAt === null || now <= incident.dueAt,
        ...(command.disposition === undefined ? {} : { disposition: command.disposition }),
      }
    case 'incident.evaluate':
      return { type: 'incident.evaluated', ...move, satisfaction: command.satisfaction, note: command.note }
    case 'incident.locate':
      return {
        type: 'incident.located',
        ...move,
        position: command.position,
        address: command.address ?? incident.address,
        districtId: context.districtOf(command.position),
      }
    case 'incident.reclassify': {
      const caseClass = context.caseClass(command.classCode)
      if (caseClass === undefined) return fieldRefusal('classCode', 'no such case class')
      return {
        type: 'incident.reclassified',
        ...move,
        classCode: caseClass.code,
        priority: command.priority ?? caseClass.priority,
        ...(incident.filedAt === null ? {} : { dueAt: caseDueAt(incident.filedAt, caseClass, context.workingHours) }),
      }
    }
    case 'incident.comment':
      return { type: 'incident.commented', ...move, text: command.text }
  }
}

function fileCase(
  command: Extract<CaseCommand, { type: 'incident.file' }>,
  incident: Incident,
  move: Move,
  context: Context,
): DomainEvent | Extract<Decision, { ok: false }> {
  const caseClass = context.caseClass(command.classCode ?? incident.classCode)
  if (caseClass === undefined) return fieldRefusal('classCode', 'no such case class')
  if (command.departmentId !== null && !context.hasDepartment(command.departmentId))
    return fieldRefusal('departmentId', 'no such department')
  const isSameClass = caseClass.code === incident.classCode
  return {
    type: 'incident.filed',
    ...move,
    classCode: caseClass.code,
    departmentId: command.departmentId ?? departmentOf(caseClass, context),
    // What the reporter or an officer said of urgency stays, unless the class itself is another one.
    priority: command.priority ?? (isSameClass ? incident.priority : caseClass.priority),
    dueAt: caseDueAt(context.now, caseClass, context.workingHours),
  }
}

const fieldRefusal = (field: string, problem: string) => invalid(field, problem) as Extract<Decision, { ok: false }>
