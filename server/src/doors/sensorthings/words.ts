/**
 * The words of OGC SensorThings 1.1 (18-088): entity sets, properties, navigation. Data only.
 */
import type { EntityKind } from '../../../../shared/model/catalog.ts'

export type StaKind = EntityKind | 'Observation'

export type PropertyType = 'text' | 'object' | 'any' | 'geometry' | 'unit' | 'time' | 'interval'

export interface PropertyWord {
  readonly type: PropertyType
  readonly required?: true
}
export interface NavigationWord {
  readonly kind: StaKind
  readonly many: boolean
}
export interface KindWords {
  readonly set: string
  readonly properties: Readonly<Record<string, PropertyWord>>
  readonly navigation: Readonly<Record<string, NavigationWord>>
}

const text = { type: 'text', required: true } as const
const one = (kind: StaKind): NavigationWord => ({ kind, many: false })
const many = (kind: StaKind): NavigationWord => ({ kind, many: true })
const properties = { type: 'object' } as const

export const words: Readonly<Record<StaKind, KindWords>> = {
  Thing: {
    set: 'Things',
    properties: { name: text, description: text, properties },
    navigation: {
      Datastreams: many('Datastream'),
      Locations: many('Location'),
      HistoricalLocations: many('HistoricalLocation'),
    },
  },
  Location: {
    set: 'Locations',
    properties: {
      name: text,
      description: text,
      encodingType: text,
      location: { type: 'geometry', required: true },
      properties,
    },
    navigation: { Things: many('Thing'), HistoricalLocations: many('HistoricalLocation') },
  },
  HistoricalLocation: {
    set: 'HistoricalLocations',
    properties: { time: { type: 'time', required: true } },
    navigation: { Thing: one('Thing'), Locations: many('Location') },
  },
  Sensor: {
    set: 'Sensors',
    properties: {
      name: text,
      description: text,
      encodingType: text,
      metadata: { type: 'any', required: true },
      properties,
    },
    navigation: { Datastreams: many('Datastream') },
  },
  ObservedProperty: {
    set: 'ObservedProperties',
    properties: { name: text, definition: text, description: text, properties },
    navigation: { Datastreams: many('Datastream') },
  },
  Datastream: {
    set: 'Datastreams',
    properties: {
      name: text,
      description: text,
      observationType: text,
      unitOfMeasurement: { type: 'unit', required: true },
      observedArea: { type: 'object' },
      phenomenonTime: { type: 'interval' },
      resultTime: { type: 'interval' },
      properties,
    },
    navigation: {
      Thing: one('Thing'),
      Sensor: one('Sensor'),
      ObservedProperty: one('ObservedProperty'),
      Observations: many('Observation'),
    },
  },
  FeatureOfInterest: {
    set: 'FeaturesOfInterest',
    properties: {
      name: text,
      description: text,
      encodingType: text,
      feature: { type: 'geometry', required: true },
      properties,
    },
    navigation: { Observations: many('Observation') },
  },
  Observation: {
    set: 'Observations',
    properties: {
      phenomenonTime: { type: 'interval' },
      resultTime: { type: 'time' },
      result: { type: 'any', required: true },
      resultQuality: { type: 'any' },
      validTime: { type: 'interval' },
      parameters: { type: 'object' },
    },
    navigation: { Datastream: one('Datastream'), FeatureOfInterest: one('FeatureOfInterest') },
  },
}

export const staKinds = Object.keys(words) as readonly StaKind[]
const kindsBySet = new Map(staKinds.map((kind) => [words[kind].set, kind]))

/** The kind an entity set's name stands for. */
export const kindOfSet = (set: string): StaKind | undefined => kindsBySet.get(set)

/** Own property only: names come from the wire. */
export const navigationOf = (kind: StaKind, name: string): NavigationWord | undefined =>
  Object.hasOwn(words[kind].navigation, name) ? words[kind].navigation[name] : undefined
export const propertyOf = (kind: StaKind, name: string): PropertyWord | undefined =>
  Object.hasOwn(words[kind].properties, name) ? words[kind].properties[name] : undefined

/** The navigation name under which an entity of this kind links to one of that kind. */
export function navigationTo(kind: StaKind, to: StaKind): string | undefined {
  return Object.keys(words[kind].navigation).find((name) => words[kind].navigation[name]?.kind === to)
}

/** Requirement classes this service meets, as its root document says. */
export const conformance: readonly string[] = [
  'http://www.opengis.net/spec/iot_sensing/1.1/req/datamodel',
  'http://www.opengis.net/spec/iot_sensing/1.1/req/resource-path/resource-path-to-entities',
  'http://www.opengis.net/spec/iot_sensing/1.1/req/request-data',
  'http://www.opengis.net/spec/iot_sensing/1.1/req/create-update-delete/create-entity',
  'http://www.opengis.net/spec/iot_sensing/1.1/req/create-update-delete/link-to-existing-entities',
  'http://www.opengis.net/spec/iot_sensing/1.1/req/create-update-delete/deep-insert',
  'http://www.opengis.net/spec/iot_sensing/1.1/req/create-update-delete/update-entity',
  'http://www.opengis.net/spec/iot_sensing/1.1/req/create-update-delete/delete-entity',
  'http://www.opengis.net/spec/iot_sensing/1.1/req/data-array/data-array',
  'http://www.opengis.net/spec/iot_sensing/1.1/req/create-observations-via-mqtt/observations-creation',
]
