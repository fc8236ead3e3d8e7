/**
 * Crews: who can be sent, and what they are doing. Status follows NENA-STA-021 in meaning, local words in name.
 */
import type { DepartmentId, IncidentId, Instant, UnitId } from './ids.ts'
import type { LonLat } from './geo.ts'
import type { Term } from './transition.ts'

export const unitStatuses = [
  'off-duty',
  'available',
  'dispatched',
  'acknowledged',
  'en-route',
  'on-scene',
  'out-of-service',
] as const
export type UnitStatus = (typeof unitStatuses)[number]

/** `primary` is the NENA first layer: may this crew be sent? */
export const unitStatusInfo: Record<UnitStatus, { primary: 'Available' | 'NotAvailable'; name: Term }> = {
  'off-duty': { primary: 'NotAvailable', name: { zh: '下线', en: 'Off duty' } },
  available: { primary: 'Available', name: { zh: '待命', en: 'Available' } },
  dispatched: { primary: 'NotAvailable', name: { zh: '已派未接', en: 'Dispatched' } },
  acknowledged: { primary: 'NotAvailable', name: { zh: '已接令', en: 'Acknowledged' } },
  'en-route': { primary: 'NotAvailable', name: { zh: '途中', en: 'En route' } },
  'on-scene': { primary: 'NotAvailable', name: { zh: '到场', en: 'On scene' } },
  'out-of-service': { primary: 'NotAvailable', name: { zh: '停用', en: 'Out of service' } },
}

/** What a crew may set by itself; the rest follows from its case. */
export const selfSetStatuses = ['off-duty', 'available', 'out-of-service'] as const
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
  readonly status: UnitStatus
  readonly statusSince: Instant
  /** Why the crew, or an officer, set this status: fuel, a breakdown. Absent where nobody said, and on every status that follows a case. */
  readonly statusReason?: string
  readonly incidentId: IncidentId | null
}

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

/** A crew proposed for a case, with its grounds. `reasons` are in words, best first. */
export interface UnitProposal {
  readonly unitId: UnitId
  readonly rank: number
  readonly etaS: number
  readonly distanceM: number
  /** `road` = by the pack's road graph; `straight` = straight line × 1.3 at the class speed. */
  readonly basis: 'road' | 'straight'
  readonly reasons: readonly Term[]
  /** Fix older than 60 s, or the station used because there is no fix. */
  readonly fixAgeMs: number | null
}
