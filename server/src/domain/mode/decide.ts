/**
 * Switching the city's mode. Guarantees: one proposes and another confirms, there and back; one proposal at a time, and none that nobody
 * confirmed in time. Refuses to switch anything by itself: neither a warning nor an alarm nor a response moves a mode.
 */
import type { Actor } from '../../../../shared/model/role.ts'
import type { CityMode, HeldMode, ModeProposal, SwitchVerb } from '../../../../shared/model/city-mode.ts'
import type { DomainEvent, UnconfirmedEnd } from '../../../../shared/model/event.ts'
import type { Instant } from '../../../../shared/model/ids.ts'
import type { ModeCommand } from '../../../../shared/model/command.ts'
import { modeProposalMs, modeTransitions } from '../../../../shared/model/city-mode.ts'
import type { Context, Decision } from '../context.ts'
import { accepted, checkVersion, invalid, notFound, refused } from '../context.ts'
import type { CityState } from '../state.ts'
import { cyclesOfSwitch } from '../plan/report-cycle.ts'
import { cityModeOf } from './state.ts'

const mayEver = (verb: SwitchVerb, { role }: Actor): boolean =>
  modeTransitions.some((row) => row.verb === verb && row.roles.some((one) => one === role))

export function decideMode(
  state: CityState,
  actor: Actor,
  command: ModeCommand,
  expectedVersion: number | undefined,
  context: Context,
): Decision {
  const verb = command.type.slice('mode.'.length) as SwitchVerb
  if (!mayEver(verb, actor)) return refused('FORBIDDEN', `role ${actor.role} may not ${verb} a switch of mode`)
  const city = cityModeOf(state)
  const stale = checkVersion(expectedVersion, city)
  if (stale) return stale
  if (command.type === 'mode.propose') return propose(state, city, actor, command, context)
  const { proposal } = city
  if (proposal === null || proposal.id !== command.proposalId) return notFound('proposal', command.proposalId)
  if (context.now >= proposal.expiresAt)
    return refused('NOT_ALLOWED', `proposal ${proposal.id} has expired`, { expiresAt: proposal.expiresAt })
  if (command.type === 'mode.confirm') return confirm(state, proposal, actor, context)
  if (command.reason.trim() === '') return invalid('reason', 'a reason is needed')
  const outcome = actor.name === proposal.proposedBy ? 'withdrawn' : 'declined'
  return accepted([unconfirmed(proposal, outcome, command.reason)], { proposalId: proposal.id })
}

function propose(
  state: CityState,
  city: CityMode,
  actor: Actor,
  command: Extract<ModeCommand, { type: 'mode.propose' }>,
  context: Context,
): Decision {
  const { mode, districtIds, reason } = command
  if (reason.trim() === '') return invalid('reason', 'a reason is needed')
  const standing = city.proposal
  if (standing !== null && context.now < standing.expiresAt)
    return refused('CONFLICT', `${standing.proposedBy} has proposed a switch already: ${standing.id}`, {
      proposalId: standing.id,
      by: standing.proposedBy,
      expiresAt: standing.expiresAt,
    })
  const wrong = districtIds.findIndex((id, index) => !context.hasDistrict(id) || districtIds.indexOf(id) !== index)
  if (wrong >= 0) return invalid(`districtIds.${wrong}`, 'no such district, or named twice')
  const ownMode = (id: string) => city.districts.find((one) => one.districtId === id)?.mode ?? 'normal'
  const idle = districtIds.findIndex((id) => ownMode(id) === mode)
  if (idle >= 0) return invalid(`districtIds.${idle}`, `its own mode is ${mode} already`)
  if (districtIds.length === 0 && city.mode === mode) return invalid('mode', `the city's mode is ${mode} already`)
  const { now } = context
  const proposal: ModeProposal = {
    id: `M${state.counters.modeProposal + 1}`,
    mode,
    districtIds: [...districtIds],
    reason,
    proposedBy: actor.name,
    proposedAt: now,
    expiresAt: now + modeProposalMs,
  }
  // One that has run out and was not yet ended by a tick.
  const before = standing === null ? [] : [unconfirmed(standing, 'expired', expired)]
  return accepted([...before, { type: 'mode.proposed', proposal }], { proposalId: proposal.id })
}

function confirm(state: CityState, proposal: ModeProposal, actor: Actor, context: Context): Decision {
  const { id, mode, districtIds, reason, proposedBy } = proposal
  if (actor.name === proposedBy)
    return refused('FORBIDDEN', 'a second person confirms: not the one who proposed it', { proposedBy })
  const held: HeldMode = {
    mode,
    sinceAt: context.now,
    reason,
    proposedBy,
    confirmedBy: actor.name,
    effects: context.modeEffects(mode),
  }
  const switched = { type: 'mode.switched', proposalId: id, districtIds, held } as const
  return accepted([switched, ...cyclesOfSwitch(state, switched, context)], { proposalId: id })
}

const expired = 'expired'
const unconfirmed = ({ id }: ModeProposal, outcome: UnconfirmedEnd, reason: string): DomainEvent => ({
  type: 'mode.proposal-ended',
  proposalId: id,
  outcome,
  reason,
})

/** A proposal nobody confirmed in time. The instant of its end itself is the first without it. */
export function expiredProposal(state: CityState, now: Instant): DomainEvent[] {
  const { proposal } = cityModeOf(state)
  return proposal !== null && now >= proposal.expiresAt ? [unconfirmed(proposal, 'expired', expired)] : []
}
