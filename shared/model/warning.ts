/**
 * Official warnings (预警): how likely and how soon. Never one scale with how bad a case is, or with what we do about it.
 */
import type { DistrictId, Instant, WarningId } from './ids.ts'
import type { Term } from './transition.ts'

export const warningColours = ['red', 'orange', 'yellow', 'blue'] as const
export type WarningColour = (typeof warningColours)[number]
export const warningColourNames: Record<WarningColour, Term> = {
  red: { zh: '红色', en: 'Red' },
  orange: { zh: '橙色', en: 'Orange' },
  yellow: { zh: '黄色', en: 'Yellow' },
  blue: { zh: '蓝色', en: 'Blue' },
}

export interface Warning {
  readonly id: WarningId
  readonly version: number
  readonly colour: WarningColour
  /** What is warned of, for example 暴雨. */
  readonly event: string
  readonly headline: string
  readonly description: string
  readonly districtIds: readonly DistrictId[]
  /** GeoJSON Polygon rings, where the issuer drew one. */
  readonly polygon: readonly (readonly (readonly [number, number])[])[] | null
  readonly issuedBy: string
  readonly issuedAt: Instant
  readonly expiresAt: Instant
  readonly liftedAt: Instant | null
}
