/**
 * The SensorThings entities this city knows: its register of devices. Kept as the standard words them; links are by id.
 */
export const entityKinds = [
  'Thing',
  'Location',
  'HistoricalLocation',
  'Sensor',
  'ObservedProperty',
  'Datastream',
  'FeatureOfInterest',
] as const
export type EntityKind = (typeof entityKinds)[number]

/** One entity: the standard's own properties in `body`, links in `links` by the kind they lead to. */
export interface Entity {
  readonly kind: EntityKind
  /** Positive integer, unique within its kind, never reused. */
  readonly id: number
  readonly body: Readonly<Record<string, unknown>>
  readonly links: Readonly<Partial<Record<EntityKind, readonly number[]>>>
}

/** A link to an entity that exists (`number`) or to one created in the same act (`{ new: index in the same list }`). */
export type EntityLink = number | { readonly new: number }

export interface EntityDraft {
  readonly kind: EntityKind
  readonly body: Readonly<Record<string, unknown>>
  readonly links: Readonly<Partial<Record<EntityKind, readonly EntityLink[]>>>
}

/** The links each kind must have to exist (OGC 18-088 table of mandatory relations). */
export const requiredLinks: Record<EntityKind, readonly EntityKind[]> = {
  Thing: [],
  Location: [],
  HistoricalLocation: ['Thing', 'Location'],
  Sensor: [],
  ObservedProperty: [],
  Datastream: ['Thing', 'Sensor', 'ObservedProperty'],
  FeatureOfInterest: [],
}
