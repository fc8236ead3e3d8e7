/**
 * What a command does to a case. Guarantees: only moves of the transition table, each by a role the table names; a stage
 * left too late is marked before it is left; a crew's status moves in the same act as its assignment.
 */
import type { Actor } from '../../../../shared/model/role.ts'
import type { DomainEvent } from '../../../../shared/model/event.ts'
import type { Incident, IncidentVerb } from '../../../../shared/model/incident.ts'
import type { DuplicateCommand, IncidentCommand } from '../../../../shared/model/command.ts'
import { timesOf } from '../../../../shared/model/times-of-case.ts'
import type { Context, Decision } from '../context.ts'
import { accepted, checkVersion, notFound } from '../context.ts'
import { adviceOn } from '../dispatch/override.ts'
import { isAlgorithmOn } from '../algorithm/state.ts'
import type { CityState } from '../state.ts'
import { checkMove, checkRights, stateAfter } from './guard.ts'
import { newOverrun, stageDueAt } from './limits.ts'
import { checkAssignment, unitEventOf } from './assignment.ts'
import { clearedEvents } from './clear.ts'
import { checkDispatch, etaOf } from './dispatch.ts'
import { activeAssignment } from './assignments.ts'
import { type CaseAsk, type Outcome, type Refused, type VerbCommand } from './ask.ts'
import { filing, reclassification } from './filing.ts'
import { lastTimeOf, tellingOf, type Telling } from './telling.ts'
import { furtherVerbs, verbEvents } from './verbs.ts'

export type CaseCommand = Exclude<
  IncidentCommand,
  DuplicateCommand | { type: 'incident.report' | 'incident.self-handle' }
>

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
  const named = 'unitId' in command ? command.unitId : undefined
  const unitId = typeof named === 'string' ? named : undefined
  const forbidden = checkRights(incident, verb, actor, unitId)
  if (forbidden) return { ok: false, refusal: forbidden }
  // Two officers sending one crew: the later is told who has it, which says more than that its picture is stale.
  const sends = command.type === 'incident.dispatch' || command.type === 'incident.send-back'
  const taken = sends ? checkDispatch(state, command.unitId, 'taken') : null
  const problem = taken ?? checkVersion(expectedVersion, incident)
  if (problem) return problem
  const guarded = checkMove(incident, verb, 'reason' in command ? command.reason : undefined, context)
  if (!guarded.ok) return guarded
  const unfit = sends
    ? checkDispatch(state, command.unitId, 'fit')
    : unitId === undefined
      ? null
      : checkAssignment(incident, verb, unitId)
  if (unfit) return unfit
  const after = stateAfter(guarded.row, incident, unitId)
  const move = {
    incidentId: incident.id,
    state: after,
    stageDueAt:
      after === incident.state ? incident.stageDueAt : stageDueAt(after, context.now, incident.dueAt, context),
  }
  // What is under control once is: the first word stays.
  if (verb === 'control' && timesOf(incident).T10 !== undefined) return accepted([], { incidentId: incident.id })
  const telling = tellingAbout(actor, command, incident, guarded.row, context)
  if ('refusal' in telling) return telling
  const ask = { state, actor, incident, move: { ...move, ...telling }, context }
  const events = isFurther(command) ? verbEvents(ask, command) : eventOf(ask, command)
  if ('refusal' in events) return events
  const isClearing = events.some((event) => event.type === 'incident.finished' && event.clearing === true)
  const crewVerb = verb === 'send-back' ? 'dispatch' : verb
  const unitEvent = unitId === undefined ? null : unitEventOf(crewVerb, unitId, incident.id, telling, isClearing)
  const cleared = sends ? clearedEvents(state, command.unitId) : []
  return accepted(
    [...overrunBefore(incident, after, context.now), ...cleared, ...events, ...(unitEvent ? [unitEvent] : [])],
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
  const on = typeof unitId === 'string' ? activeAssignment(incident, unitId) : undefined
  const occurredAt = 'occurredAt' in command ? command.occurredAt : undefined
  const told = tellingOf(actor, occurredAt, on === undefined ? incident.reportedAt : lastTimeOf(on), now)
  if ('refusal' in told || relayedBy !== undefined) return told
  const { relayed: _nobodyElse, ...own } = told
  return own
}

/** Leaving a stage past its limit between two ticks must not hide that it was late. */
function overrunBefore(incident: Incident, after: Incident['state'], now: number): DomainEvent[] {
  const overrun = after === incident.state ? null : newOverrun(incident, now)
  if (overrun === null) return []
  const { id, state, stageDueAt: dueAt } = incident
  return [{ type: 'incident.overdue', incidentId: id, state, stageDueAt: dueAt, ...overrun }]
}

const furtherTypes: ReadonlySet<string> = new Set<VerbCommand['type']>(furtherVerbs)
const isFurther = (command: CaseCommand): command is VerbCommand => furtherTypes.has(command.type)
type PlainCommand = Exclude<CaseCommand, VerbCommand>

function eventOf(ask: CaseAsk, command: PlainCommand): Outcome {
  const event = plainEvent(ask, command)
  return 'refusal' in event ? event : [event]
}

function plainEvent({ state, actor, incident, move, context }: CaseAsk, command: PlainCommand): DomainEvent | Refused {
  const { now } = context
  switch (command.type) {
    case 'incident.accept':
      return { type: 'incident.accepted', ...move }
    case 'incident.file':
      return filing({ state, actor, incident, move, context }, command)
    case 'incident.reject':
      return { type: 'incident.rejected', ...move, reason: command.reason }
    case 'incident.void':
      return { type: 'incident.voided', ...move, reason: command.reason }
    case 'incident.dispatch': {
      const { unitId, reason } = command
      const advice = isAlgorithmOn(state.algorithms, 'recommendation')
        ? adviceOn(incident, context.caseClass(incident.classCode), state.units, context, unitId, reason)
        : {}
      if ('refusal' in advice) return advice
      return {
        type: 'incident.dispatched',
        ...move,
        unitId: command.unitId,
        by: actor.name,
        etaS: etaOf(state, incident, command.unitId, context),
        ...advice,
      }
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
        ...context.coverOf(command.position),
      }
    case 'incident.reclassify':
      return reclassification({ state, actor, incident, move, context }, command)
    case 'incident.comment':
      return { type: 'incident.commented', ...move, text: command.text }
  }
}
