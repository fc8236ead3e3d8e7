/**
 * Starting, changing and ending a response. Guarantees: levels I and II are never one person's, whichever way they move; a proposal nobody
 * confirmed in time changes nothing. Refuses to follow a warning or a case by itself: what they suggest is shown, and people decide.
 */
import type { Actor } from '../../../../shared/model/role.ts'
import type { DomainEvent, UnconfirmedEnd } from '../../../../shared/model/event.ts'
import type { Instant } from '../../../../shared/model/ids.ts'
import type { Response, ResponseLevel, ResponseProposal, ResponseVerb } from '../../../../shared/model/response.ts'
import type { ResponseCommand } from '../../../../shared/model/command.ts'
import { needsSecondPerson, responseProposalMs, responseTransitions } from '../../../../shared/model/response.ts'
import { findTransition } from '../../../../shared/model/transition.ts'
import type { Context, Decision } from '../context.ts'
import { accepted, checkVersion, invalid, notFound, refused } from '../context.ts'
import type { CityState } from '../state.ts'

const mayEver = (verb: ResponseVerb, { role }: Actor): boolean =>
  responseTransitions.some((row) => row.verb === verb && row.roles.some((one) => one === role))

const done = (event: DomainEvent, { id }: Response): Decision => accepted([event], { responseId: id })

export function decideResponse(
  state: CityState,
  actor: Actor,
  command: ResponseCommand,
  expectedVersion: number | undefined,
  context: Context,
): Decision {
  const verb = command.type.slice('response.'.length) as ResponseVerb
  if (!mayEver(verb, actor)) return refused('FORBIDDEN', `role ${actor.role} may not ${verb} a response`)
  if ('reason' in command && command.reason.trim() === '') return invalid('reason', 'a reason is needed')
  if (command.type === 'response.start') return start(state, actor, command, context)
  const response = state.responses.get(command.responseId)
  if (response === undefined) return notFound('response', command.responseId)
  const stale = checkVersion(expectedVersion, response)
  if (stale) return stale
  if (findTransition(responseTransitions, response.state, verb) === undefined)
    return refused('NOT_ALLOWED', `a response that is ${response.state} does not ${verb}`, {
      state: response.state,
      verb,
    })
  switch (command.type) {
    case 'response.change':
      if (command.level === response.level) return invalid('level', `it is level ${command.level} already`)
      return move(response, actor, command.level, command.reason, context)
    case 'response.end':
      return move(response, actor, null, command.reason, context)
    default:
      return settle(response, actor, command, context)
  }
}

const proposalOf = (level: ResponseLevel | null, reason: string, actor: Actor, now: Instant): ResponseProposal => ({
  level,
  reason,
  by: actor.name,
  at: now,
  expiresAt: now + responseProposalMs,
})

function start(
  state: CityState,
  actor: Actor,
  command: Extract<ResponseCommand, { type: 'response.start' }>,
  context: Context,
): Decision {
  const { type: _, ...said } = command
  const wrong = said.districtIds.findIndex((id) => !context.hasDivision(id))
  if (wrong >= 0) return invalid(`districtIds.${wrong}`, 'no such division')
  if (said.warningId !== null && !state.warnings.has(said.warningId)) return notFound('warning', said.warningId)
  if (said.caseId !== null && !state.incidents.has(said.caseId)) return notFound('incident', said.caseId)
  const { now } = context
  const isGrave = needsSecondPerson(said.level)
  const response: Response = {
    ...said,
    id: `R${state.counters.response + 1}`,
    version: 1,
    state: isGrave ? 'proposed' : 'active',
    startedBy: actor.name,
    startedAt: isGrave ? null : now,
    confirmedBy: null,
    levelSinceAt: now,
    proposal: isGrave ? proposalOf(said.level, said.reason, actor, now) : null,
    endedAt: null,
    endReason: null,
  }
  return done({ type: isGrave ? 'response.start-proposed' : 'response.started', response }, response)
}

/** To another level, or (null) to its end. */
function move(before: Response, actor: Actor, level: ResponseLevel | null, reason: string, { now }: Context): Decision {
  const isGrave = needsSecondPerson(before.level) || (level !== null && needsSecondPerson(level))
  if (!isGrave) return done(moved(before, level, reason, now), before)
  const proposal = proposalOf(level, reason, actor, now)
  const response: Response = { ...before, version: before.version + 1, state: 'change-proposed', proposal }
  return done({ type: 'response.change-proposed', response }, response)
}

function moved(before: Response, level: ResponseLevel | null, reason: string, now: Instant): DomainEvent {
  const settled = { ...before, version: before.version + 1, proposal: null }
  if (level === null)
    return {
      type: 'response.ended',
      response: { ...settled, state: 'ended', endedAt: now, endReason: reason },
    }
  return {
    type: 'response.level-changed',
    from: before.level,
    response: { ...settled, state: 'active', level, levelSinceAt: now, reason },
  }
}

function settle(
  before: Response,
  actor: Actor,
  command: Extract<ResponseCommand, { type: 'response.confirm' | 'response.decline' }>,
  { now }: Context,
): Decision {
  // The states these verbs start from have one.
  const proposal = before.proposal as ResponseProposal
  if (now >= proposal.expiresAt)
    return refused('NOT_ALLOWED', `what was proposed for ${before.id} has expired`, { expiresAt: proposal.expiresAt })
  const isOwn = actor.name === proposal.by
  if (command.type === 'response.decline')
    return done(dropped(before, isOwn ? 'withdrawn' : 'declined', command.reason, now), before)
  if (isOwn)
    return refused('FORBIDDEN', 'a second person confirms: not the one who proposed it', { proposedBy: proposal.by })
  if (before.state !== 'proposed') {
    const event = moved(before, proposal.level, proposal.reason, now)
    return done(event, before)
  }
  const response: Response = {
    ...before,
    version: before.version + 1,
    state: 'active',
    startedAt: now,
    levelSinceAt: now,
    confirmedBy: actor.name,
    proposal: null,
  }
  return done({ type: 'response.started', response }, response)
}

/** What was proposed is not done: a start ends there, a change leaves all as it was. */
function dropped(before: Response, outcome: UnconfirmedEnd, reason: string, now: Instant): DomainEvent {
  const settled = { ...before, version: before.version + 1, proposal: null }
  const response: Response =
    before.state === 'proposed'
      ? { ...settled, state: 'ended', endedAt: now, endReason: reason }
      : { ...settled, state: 'active' }
  return { type: 'response.proposal-ended', outcome, reason, response }
}

/** What nobody confirmed in time. The instant of its end itself is the first without it. */
export function expiredResponses(state: CityState, now: Instant): DomainEvent[] {
  return [...state.responses.values()].flatMap((response) =>
    response.proposal !== null && now >= response.proposal.expiresAt
      ? [dropped(response, 'expired', 'expired', now)]
      : [],
  )
}
