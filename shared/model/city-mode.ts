/** In which mode the city and its districts run, and the switch that waits for a second person. */
import type { DistrictId, Instant, ModeProposalId } from './ids.ts'
import type { ModeEffects } from './mode-effects.ts'
import type { OperatingMode } from './mode.ts'
import type { Term } from './term.ts'
import type { Transition } from './transition.ts'
import { customaryEffects } from './mode-effects.ts'
import { isStricter } from './mode.ts'

/** A mode that holds somewhere, and how it came to. The nulls are a city's that was never switched. */
export interface HeldMode {
  readonly mode: OperatingMode
  readonly sinceAt: Instant | null
  readonly reason: string | null
  readonly proposedBy: string | null
  readonly confirmedBy: string | null
  /** What it changes, as it was when it was switched. */
  readonly effects: ModeEffects
}

/** A district's own, beside the whole city's. */
export interface DistrictMode extends HeldMode {
  readonly districtId: DistrictId
}

/** A switch somebody asked for, and nobody has confirmed yet. */
export interface ModeProposal {
  readonly id: ModeProposalId
  readonly mode: OperatingMode
  /** Empty = the whole city. */
  readonly districtIds: readonly DistrictId[]
  readonly reason: string
  readonly proposedBy: string
  readonly proposedAt: Instant
  /** The first instant at which nobody can confirm it any more. */
  readonly expiresAt: Instant
}

/** The one row of the city's mode. */
export interface CityMode extends HeldMode {
  readonly id: 'city'
  readonly version: number
  /** Districts with a mode of their own, none of them 平时. Each ends by a switch of its own: the city's leaves it. */
  readonly districts: readonly DistrictMode[]
  readonly proposal: ModeProposal | null
}

/** A city nobody ever switched. */
export const everNormal: CityMode = {
  id: 'city',
  version: 0,
  mode: 'normal',
  sinceAt: null,
  reason: null,
  proposedBy: null,
  confirmedBy: null,
  effects: customaryEffects.normal,
  districts: [],
  proposal: null,
}

/** What holds at a place: the stricter of the city's mode and the district's own. Null = no district is known. */
export function modeIn(city: CityMode, districtId: DistrictId | null): HeldMode {
  const own = city.districts.find((district) => district.districtId === districtId)
  return own !== undefined && isStricter(own.mode, city.mode) ? own : city
}

/** A proposal nobody confirmed in this time is gone: what was right then must be looked at again. */
export const modeProposalMs = 15 * 60_000

export const switchStates = ['settled', 'proposed'] as const
export type SwitchState = (typeof switchStates)[number]
export const switchStateNames: Record<SwitchState, Term> = {
  settled: { zh: '无待确认', en: 'Nothing to confirm' },
  proposed: { zh: '待确认', en: 'To be confirmed' },
}
export type SwitchVerb = 'propose' | 'confirm' | 'decline' | 'expire'

/** A switch of mode, whichever way it goes: the way back is one like any other. */
export const modeTransitions: readonly Transition<SwitchState, SwitchVerb>[] = [
  {
    verb: 'propose',
    from: ['settled'],
    to: 'proposed',
    roles: ['chief'],
    needsReason: true,
    name: { zh: '提议切换', en: 'Propose a switch' },
  },
  {
    verb: 'confirm',
    from: ['proposed'],
    to: 'settled',
    roles: ['chief', 'manager'],
    secondPerson: true,
    name: { zh: '确认切换', en: 'Confirm the switch' },
  },
  // By whoever proposed it: taken back.
  {
    verb: 'decline',
    from: ['proposed'],
    to: 'settled',
    roles: ['chief', 'manager'],
    needsReason: true,
    name: { zh: '不予切换', en: 'Decline the switch' },
  },
  { verb: 'expire', from: ['proposed'], to: 'settled', roles: [], name: { zh: '提议过期', en: 'Proposal expired' } },
]
