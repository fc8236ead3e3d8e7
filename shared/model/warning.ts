/**
 * Official warnings (预警): how likely and how soon. Never one scale with how bad a case is, or with what we do about it.
 * The words of urgency, severity, certainty and status are those of CAP 1.2.
 */
import type { DistrictId, Instant, WarningId } from './ids.ts'
import type { LonLat } from './geo.ts'
import type { Term } from './transition.ts'

export const warningColours = ['red', 'orange', 'yellow', 'blue'] as const
export type WarningColour = (typeof warningColours)[number]
export const warningColourNames: Record<WarningColour, Term> = {
  red: { zh: '红色', en: 'Red' },
  orange: { zh: '橙色', en: 'Orange' },
  yellow: { zh: '黄色', en: 'Yellow' },
  blue: { zh: '蓝色', en: 'Blue' },
}

export const alertStatuses = ['Actual', 'Exercise', 'System', 'Test', 'Draft'] as const
export type AlertStatus = (typeof alertStatuses)[number]
/** Of these a warning is made; the other two are never shown. */
export const shownStatuses = ['Actual', 'Exercise', 'Test'] as const satisfies readonly AlertStatus[]
export type ShownStatus = (typeof shownStatuses)[number]
export const alertTypes = ['Alert', 'Update', 'Cancel', 'Ack', 'Error'] as const
export type AlertType = (typeof alertTypes)[number]
export const alertScopes = ['Public', 'Restricted', 'Private'] as const
export type AlertScope = (typeof alertScopes)[number]
export const urgencies = ['Immediate', 'Expected', 'Future', 'Past', 'Unknown'] as const
export type Urgency = (typeof urgencies)[number]
export const severities = ['Extreme', 'Severe', 'Moderate', 'Minor', 'Unknown'] as const
export type Severity = (typeof severities)[number]
export const certainties = ['Observed', 'Likely', 'Possible', 'Unlikely', 'Unknown'] as const
export type Certainty = (typeof certainties)[number]

/** How a warning that is not in earnest is marked, wherever it is shown. */
export const exerciseMarks: Record<Exclude<ShownStatus, 'Actual'>, Term> = {
  Exercise: { zh: '演练', en: 'Drill' },
  Test: { zh: '测试', en: 'Test' },
}

/** GeoJSON Polygon coordinates: rings, closed, longitude first. */
export type WarningPolygon = readonly (readonly LonLat[])[]
export interface WarningCircle {
  readonly centre: LonLat
  readonly radiusKm: number
}

/** What names one CAP message in the whole world. */
export interface AlertName {
  readonly identifier: string
  readonly sender: string
  readonly sentAt: Instant
}

export interface Warning {
  readonly id: WarningId
  readonly version: number
  readonly colour: WarningColour
  /** What is warned of, for example 暴雨. */
  readonly event: string
  readonly headline: string
  readonly description: string
  /** English, where the issuer gave it beside the Chinese. */
  readonly eventEn: string | null
  readonly headlineEn: string | null
  /** What to do about it. */
  readonly instruction: string
  /** Divisions named, or touched by what was drawn. None, and nothing drawn: the whole city, or nobody can tell. */
  readonly districtIds: readonly DistrictId[]
  /** The area in the issuer's words. */
  readonly areaText: string
  /** As the issuer drew them, circles made polygons among them: the coordinates of a GeoJSON MultiPolygon. Empty where nothing was drawn. */
  readonly polygons: readonly WarningPolygon[]
  /** The circles as they were said. */
  readonly circles: readonly WarningCircle[]
  /** CAP categories: Met, Geo … */
  readonly categories: readonly string[]
  readonly urgency: Urgency
  readonly severity: Severity
  readonly certainty: Certainty
  readonly scope: AlertScope
  readonly status: ShownStatus
  /** Not in earnest: `status` is Exercise or Test. Shown with its mark, and counts for nothing. */
  readonly exercise: boolean
  /** The CAP message it came by; null where an officer published it here. */
  readonly source: AlertName | null
  readonly issuedBy: string
  readonly issuedAt: Instant
  /** From when on the words hold, and when the event itself is expected to begin; null where not said. */
  readonly effectiveAt: Instant | null
  readonly onsetAt: Instant | null
  readonly expiresAt: Instant
  readonly liftedAt: Instant | null
  /** `expired`, `replaced by W2`, or the reason given. */
  readonly liftReason: string | null
}

/** What an outside message says of a warning, before the rules have given it a number. */
export type WarningFacts = Omit<
  Warning,
  'id' | 'version' | 'exercise' | 'status' | 'scope' | 'source' | 'issuedAt' | 'liftedAt' | 'liftReason'
>

/** A CAP message a door has read: valid, and not yet judged. */
export interface ReceivedAlert {
  readonly name: AlertName
  readonly status: AlertStatus
  readonly msgType: AlertType
  readonly scope: AlertScope
  /** Messages this one replaces, cancels or answers. */
  readonly references: readonly AlertName[]
  /** The sender's remark; for a Cancel why. */
  readonly note: string
  /** Null where the message warns of nothing (no `info`). */
  readonly facts: WarningFacts | null
}

/** One text for one message, whatever offset its time was written with. */
export const alertKey = ({ sender, identifier, sentAt }: AlertName): string => `${sender},${identifier},${sentAt}`

const absentBefore = {
  eventEn: null,
  headlineEn: null,
  instruction: '',
  areaText: '',
  polygons: [],
  circles: [],
  categories: [],
  urgency: 'Unknown',
  severity: 'Unknown',
  certainty: 'Unknown',
  scope: 'Public',
  status: 'Actual',
  exercise: false,
  source: null,
  effectiveAt: null,
  onsetAt: null,
  liftReason: null,
} as const satisfies Partial<Warning>

/** The log is for ever: a warning written before a field was known gets what it meant then. (`polygon` was always null.) */
export function wholeWarning(stored: Warning): Warning {
  const { polygon: _, ...known } = stored as Warning & { readonly polygon?: null }
  return { ...absentBefore, ...known }
}
