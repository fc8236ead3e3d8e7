/**
 * What a rule may ask of the world besides state: the moment, the city's calendar, its tables and its map. All of it is
 * handed in as plain functions, so that a rule neither knows nor cares where the answers come from.
 */
import type { Actor } from '../../../shared/model/role.ts'
import type { AlarmRule } from '../../../shared/model/alarm.ts'
import type { CaseSettings } from '../../../shared/model/case-settings.ts'
import type { CaseClass } from '../../../shared/model/case-class.ts'
import type { DomainEvent } from '../../../shared/model/event.ts'
import type { DistrictId, Instant, UnitId } from '../../../shared/model/ids.ts'
import type { LonLat } from '../../../shared/model/geo.ts'
import type { DutyBook, DutyOfficer, OccasionOf } from '../../../shared/model/duty-roster.ts'
import type { ResponsePlan } from '../../../shared/model/response-plan.ts'
import type { ModeEffects } from '../../../shared/model/mode-effects.ts'
import type { OperatingMode } from '../../../shared/model/mode.ts'
import type { DispatchSettings } from '../../../shared/model/dispatch-settings.ts'
import type { Term } from '../../../shared/model/term.ts'
import type { Refusal, RefusalCode } from '../../../shared/model/refusal.ts'
import { refuse } from '../../../shared/model/refusal.ts'
import type { UnitFix } from '../../../shared/model/unit.ts'
import type { DayOf } from '../../../shared/model/city-calendar.ts'
import type { Suggestions } from '../../../shared/model/suggestion.ts'
import type { FiledMemory } from './advice/filed-memory.ts'
import type { SuggestedFor } from './advice/suggest.ts'
import type { Told } from './duplicate/print.ts'
import type { WorkingHours } from '../../../shared/model/working-time.ts'

/** Seconds and metres between two places; see the city's port for the two bases. */
export interface TravelTime {
  readonly seconds: number
  readonly metres: number
  readonly basis: 'road' | 'straight'
}

/** What of the city's divisions covers a place. */
export interface Cover {
  readonly districtId: DistrictId | null
  readonly streetId: string | null
  readonly gridId: string | null
}

/** The city's roster of duty, as rules ask it. */
export interface DutyDesk {
  readonly book: DutyBook
  readonly occasionOf: OccasionOf
  officerOf(id: string): DutyOfficer | undefined
}

export interface Context {
  readonly now: Instant
  readonly dayOf: DayOf
  /** When the city's offices work: what limits in working time count in. */
  readonly workingHours: WorkingHours
  /** Officers' consoles that share the load of alarms; 1 where it is not said. */
  readonly consoles?: number
  /** Limits of a case that are the city's to set. */
  readonly caseSettings: CaseSettings
  caseClass(code: string): CaseClass | undefined
  alarmRule(id: string): AlarmRule | undefined
  hasDepartment(id: string): boolean
  hasDivision(id: string): boolean
  /** Is it a division that cases are counted in, as `districtOf` answers? */
  hasDistrict(id: string): boolean
  /** The city's response plans. */
  readonly plans: readonly ResponsePlan[]
  modeEffects(mode: OperatingMode): ModeEffects
  /** Absent = the city keeps no roster here. */
  readonly duty?: DutyDesk
  districtOf(at: LonLat): DistrictId | null
  /** District, street and responsibility grid of a place; null each where the city has none there. */
  coverOf(at: LonLat): Cover
  travel(from: LonLat, to: LonLat): TravelTime
  fixOf(unitId: UnitId): UnitFix | undefined
  /** The class a report's words speak of; null where they do not say so surely. */
  readClass(told: Told): string | null
  /** What its words suggest, given what was decided about others: all but the place, which has a question of its own. */
  suggest(told: SuggestedFor, past: FiledMemory): Suggestions
  suggestPlace(told: Told, past: FiledMemory): Suggestions['place']
  divisionName(id: string): Term
  /** Cover, targets and road speeds of this city. */
  readonly dispatchSettings: DispatchSettings
  /** The hours that `travel` reckons with; null = roads are free. */
  roadBand(): Term | null
}

/** An event on its way into the log; actor and cause are the input's own unless said here. */
export interface Emitted {
  readonly event: DomainEvent
  readonly actor?: string
  readonly cause?: string
}

export type Decision =
  | { readonly ok: true; readonly events: readonly Emitted[]; readonly data: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly refusal: Refusal }

export const accepted = (events: readonly DomainEvent[], data: Readonly<Record<string, unknown>> = {}): Decision => ({
  ok: true,
  events: events.map((event) => ({ event })),
  data,
})

/** A decision that is none. */
export type Refused = Extract<Decision, { ok: false }>

export const refused = (code: RefusalCode, message: string, details?: Refusal['details']): Refused => ({
  ok: false,
  refusal: refuse(code, message, details),
})

/** A refusal that names the field at fault. */
export const invalid = (field: string, problem: string): Refused =>
  refused('INVALID', `${field}: ${problem}`, { fields: [{ field, problem }] })

export const notFound = (what: string, id: string | number): Refused =>
  refused('NOT_FOUND', `there is no ${what} ${id}`, {
    what,
    id,
    fields: [{ field: `${what}Id`, problem: `there is no ${what} ${id}` }],
  })

/** Refuses what was asked on a stale picture; null where the sender saw the present version or named none. */
export const checkVersion = (expected: number | undefined, present: { readonly version: number }): Decision | null =>
  expected === undefined || expected === present.version
    ? null
    : refused('CONFLICT', `version ${expected} is stale: it is ${present.version} now`, { version: present.version })

/** Only parts of the system itself may ask this. */
export const isInternal = (actor: Actor): boolean => actor.role === 'system' || actor.role === 'door'
