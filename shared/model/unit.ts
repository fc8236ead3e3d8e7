/**
 * Crews: who can be sent, and what they are doing. Status has two layers, as NENA-STA-021 has it: the first says whether a crew may be
 * sent, the second what it does. Ours is the second, in local words; each names its first layer and the registry's words for it.
 */
import type { DepartmentId, DistrictId, IncidentId, Instant, UnitId } from './ids.ts'
import type { LonLat } from './geo.ts'
import type { Shift } from './shift.ts'
import type { Term } from './transition.ts'

/** In the order of a crew's day; the side states last. */
export const unitStatuses = [
  'off-duty',
  'available',
  'dispatched',
  'acknowledged',
  'en-route',
  'staged',
  'on-scene',
  'transporting',
  'at-destination',
  'clearing',
  'covering',
  'busy-misc',
  'out-of-service',
] as const
export type UnitStatus = (typeof unitStatuses)[number]

/** The first layer (NENA primary unit status): exactly one. `ConditionallyAvailable`: may be sent, and it is said what that costs. */
export const primaryStatuses = ['Available', 'ConditionallyAvailable', 'NotAvailable'] as const
export type PrimaryStatus = (typeof primaryStatuses)[number]
export const primaryStatusNames: Record<PrimaryStatus, Term> = {
  Available: { zh: '可派', en: 'Available' },
  ConditionallyAvailable: { zh: '有条件可派', en: 'Conditionally available' },
  NotAvailable: { zh: '不可派', en: 'Not available' },
}

export interface UnitStatusInfo {
  readonly primary: PrimaryStatus
  /** The registry's secondary unit statuses that say the same. */
  readonly secondary: readonly string[]
  readonly name: Term
  /** Next logical status: what usually follows; offered first, never set by itself. */
  readonly next?: UnitStatus
}
export const unitStatusInfo: Record<UnitStatus, UnitStatusInfo> = {
  'off-duty': {
    primary: 'NotAvailable',
    secondary: ['OffDuty'],
    name: { zh: '下线', en: 'Off duty' },
    next: 'available',
  },
  available: { primary: 'Available', secondary: ['OnDuty', 'InService'], name: { zh: '待命', en: 'Available' } },
  dispatched: {
    primary: 'NotAvailable',
    secondary: ['Dispatched'],
    name: { zh: '已派未接', en: 'Dispatched' },
    next: 'acknowledged',
  },
  acknowledged: {
    primary: 'NotAvailable',
    secondary: ['Assigned', 'AcknowledgedTransmission'],
    name: { zh: '已接令', en: 'Acknowledged' },
    next: 'en-route',
  },
  'en-route': {
    primary: 'NotAvailable',
    secondary: ['EnRoute'],
    name: { zh: '途中', en: 'En route' },
    next: 'on-scene',
  },
  staged: {
    primary: 'NotAvailable',
    secondary: ['Staging'],
    name: { zh: '集结', en: 'Staged' },
    next: 'on-scene',
  },
  'on-scene': {
    primary: 'NotAvailable',
    secondary: ['OnScene', 'Arrived'],
    name: { zh: '到场', en: 'On scene' },
    next: 'clearing',
  },
  transporting: {
    primary: 'NotAvailable',
    secondary: ['Transporting'],
    name: { zh: '转运', en: 'Transporting' },
    next: 'at-destination',
  },
  'at-destination': {
    primary: 'NotAvailable',
    secondary: ['Hospital', 'AlternateLocation'],
    name: { zh: '到达目的地', en: 'At destination' },
    next: 'clearing',
  },
  clearing: {
    primary: 'ConditionallyAvailable',
    secondary: ['Cleared', 'BacktoAssignedArea'],
    name: { zh: '撤离', en: 'Clearing' },
    next: 'available',
  },
  covering: {
    primary: 'ConditionallyAvailable',
    secondary: ['CoveringAlternateArea'],
    name: { zh: '移防', en: 'Covering' },
    next: 'available',
  },
  'busy-misc': {
    primary: 'ConditionallyAvailable',
    secondary: ['Event'],
    name: { zh: '其他勤务', en: 'Other duty' },
    next: 'available',
  },
  'out-of-service': {
    primary: 'NotAvailable',
    secondary: ['OutofService'],
    name: { zh: '停用', en: 'Out of service' },
    next: 'available',
  },
}

/** What a crew, or an officer for it, may set outside a case; the rest follows from its case. */
export const selfSetStatuses = ['off-duty', 'available', 'out-of-service', 'busy-misc', 'covering'] as const
export type SelfSetStatus = (typeof selfSetStatuses)[number]

export interface Unit {
  readonly id: UnitId
  readonly version: number
  readonly name: string
  /** Kind of crew, for example `drainage`, `road`, `fire`; named by the city pack. */
  readonly kind: string
  /** Case classes (or their leading digits) it can handle; empty = all. */
  readonly capabilities: readonly string[]
  readonly departmentId: DepartmentId | null
  readonly station: LonLat | null
  /** District its station lies in; absent = none is known. */
  readonly districtId?: DistrictId
  readonly status: UnitStatus
  readonly statusSince: Instant
  /** Why the crew, or an officer, set this status: fuel, a breakdown. Absent where nobody said, and on every status that follows a case. */
  readonly statusReason?: string
  readonly incidentId: IncidentId | null
  /** When it works. Absent in rows from before shifts were kept: round the clock. */
  readonly shift?: Shift
  /** 一车组多车: vehicles of the same name here share one crew. Absent = a crew of its own. */
  readonly staffedBy?: string
  /** The vehicle its shared crew is out with: it cannot be sent until that one is back. */
  readonly blockedBy?: UnitId
  /** The status was told by an officer for it: its terminal is off. */
  readonly statusRelayed?: true
  /** While `clearing`: the case its work is done on. */
  readonly clearingFrom?: IncidentId
  /** It stands at its case's place, says its last fix; whether it has arrived is said by the crew or an officer. */
  readonly arrivalSuggestedAt?: Instant
  /** Cases it was sent to in the shift that began then. */
  readonly work?: { readonly shiftStartAt: Instant; readonly assignments: number }
  /** 失联: time of the last fix heard, while none has come for five minutes. */
  readonly lostFixAt?: Instant
}

/** The first layer of this crew now: one whose people are out with another vehicle cannot be sent, whatever it says of itself. */
export const primaryStatusOf = ({ status, blockedBy }: Pick<Unit, 'status' | 'blockedBy'>): PrimaryStatus =>
  blockedBy === undefined ? unitStatusInfo[status].primary : 'NotAvailable'

/** A crew's place: telemetry, not state. Stale after 60 s, lost after 5 min (field reference §8.1). */
export interface UnitFix {
  readonly unitId: UnitId
  readonly position: LonLat
  /** Degrees clockwise from north; null standing or unknown. */
  readonly headingDeg: number | null
  readonly speedMps: number | null
  readonly accuracyM: number | null
  readonly fixAt: Instant
  readonly receivedAt: Instant
}

export const fixStaleMs = 60_000
export const fixLostMs = 300_000

/** How far a crew's last fix can be trusted; `none` = never heard. */
export const fixLinks = ['live', 'stale', 'lost', 'none'] as const
export type FixLink = (typeof fixLinks)[number]
export const fixLinkNames: Record<FixLink, Term> = {
  live: { zh: '在线', en: 'Live' },
  stale: { zh: '定位过时', en: 'Stale' },
  lost: { zh: '失联', en: 'Lost' },
  none: { zh: '无定位', en: 'No fix' },
}
/** By age: 60 s is still live, 5 min still only stale; the first instant past either is not. */
export function fixLinkAt(fixAt: Instant | null, now: Instant): FixLink {
  if (fixAt === null) return 'none'
  const ageMs = now - fixAt
  return ageMs > fixLostMs ? 'lost' : ageMs > fixStaleMs ? 'stale' : 'live'
}

/** Standing this near its case's place, slower than this: has it arrived? */
export const arrivalRadiusM = 100
export const arrivalSpeedMps = 5 / 3.6

/** One ground of a proposal: what it adds to the seconds a crew is ranked by, and why. */
export const proposalParts = [
  'travel',
  'skill',
  'status',
  'position',
  'jurisdiction',
  'shift',
  'workload',
  'cover',
] as const
export type ProposalPartName = (typeof proposalParts)[number]
export interface ProposalPart {
  readonly part: ProposalPartName
  readonly seconds: number
  readonly words: Term
}

/** A crew proposed for a case, with its grounds. `reasons` are in words, best first. */
export interface UnitProposal {
  readonly unitId: UnitId
  readonly rank: number
  readonly etaS: number
  readonly distanceM: number
  /** `road` = by the pack's road graph at this hour's speeds; `straight` = straight line × 1.3 at the class speed. */
  readonly basis: 'road' | 'straight'
  readonly reasons: readonly Term[]
  /** Fix older than 60 s, or the station used because there is no fix. */
  readonly fixAgeMs: number | null
  readonly primary: PrimaryStatus
  /** Made for this class, able to do it, or neither. */
  readonly fitness: 'specialist' | 'general' | 'unfit'
  /** 辖区外增援: its home is another district. */
  readonly isMutualAid: boolean
  /** What it is ranked by: the sum of its parts. Those not fit for the class come after all others, whatever theirs is. */
  readonly scoreS: number
  readonly parts: readonly ProposalPart[]
}

/** A crew as good as the best but for this is no override: between looking and sending, crews move that much. */
export const overrideToleranceS = 60
type Ranked = Pick<UnitProposal, 'fitness' | 'scoreS'>
/** Does sending this crew, where `best` is recommended, need a reason? One that is not among the proposals always does. */
export const isOverride = (best: Ranked, chosen: Ranked | undefined): boolean =>
  chosen === undefined ||
  (chosen.fitness === 'unfit' && best.fitness !== 'unfit') ||
  chosen.scoreS > best.scoreS + overrideToleranceS
