/**
 * The sensor register's row of a Datastream, made from the entities around it: its kind, its place, its unit. Total: a
 * device described badly is still a sensor, of kind `other` or without a place.
 */
import type { Entity, EntityKind } from '../../../../shared/model/catalog.ts'
import type { LonLat } from '../../../../shared/model/geo.ts'
import type { Sensor } from '../../../../shared/model/sensor.ts'
import { isLonLat } from '../../../../shared/model/geo.ts'
import { sensorKind } from '../../../../shared/model/sensor-kinds.ts'
import type { Context } from '../context.ts'
import { conversion } from '../reading/unit-of-measure.ts'

/** Intervals outside are typing errors, not devices. */
const intervalBoundsMs = [100, 366 * 86_400_000] as const

const longestGateway = 64

type LookUp = (kind: EntityKind, id: number) => Entity | undefined

export function sensorOf(datastream: Entity, known: Sensor | undefined, lookUp: LookUp, context: Context): Sensor {
  const thing = linked(datastream, 'Thing', lookUp)
  const property = linked(datastream, 'ObservedProperty', lookUp)
  const properties = objectOf(datastream.body['properties'])
  const kind = sensorKind(kindCode(properties['kind'], property?.body['definition']))
  const position = placeOf(thing === undefined ? undefined : linked(thing, 'Location', lookUp))
  const sentUnit = textOf(objectOf(datastream.body['unitOfMeasurement'])['symbol'])
  const isConverted = kind.code !== 'other' && (kind.unit === '' || conversion(sentUnit, kind.unit) !== null)
  const intervalMs = properties['intervalMs']
  const gateway = textOf(objectOf(thing?.body['properties'])['gateway']).trim().slice(0, longestGateway)
  return {
    id: datastream.id,
    name: textOf(thing?.body['name']) || textOf(datastream.body['name']),
    kind: kind.code,
    unit: isConverted ? kind.unit : sentUnit,
    sentUnit,
    thingId: thing?.id ?? 0,
    position,
    districtId: position === null ? null : context.districtOf(position),
    intervalMs:
      typeof intervalMs === 'number' && intervalMs >= intervalBoundsMs[0] && intervalMs <= intervalBoundsMs[1]
        ? intervalMs
        : kind.intervalMs,
    registeredAt: known?.registeredAt ?? context.now,
    ...(gateway === '' ? {} : { gateway }),
    ...(known?.outOfService === undefined ? {} : { outOfService: known.outOfService }),
  }
}

const linked = (entity: Entity, kind: EntityKind, lookUp: LookUp): Entity | undefined => {
  const id = entity.links[kind]?.[0]
  return id === undefined ? undefined : lookUp(kind, id)
}
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
const objectOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}

function kindCode(said: unknown, definition: unknown): string {
  const plain = (text: string) =>
    text
      .trim()
      .toLowerCase()
      .replace(/[\s_]+/g, '-')
  if (typeof said === 'string' && sensorKind(plain(said)).code !== 'other') return plain(said)
  const last = textOf(definition)
    .split(/[/#:]/)
    .findLast((part) => part !== '')
  return plain(last ?? '')
}

/** A Location's point, or the first position of a line or an area; null where there is none on earth. */
function placeOf(location: Entity | undefined): LonLat | null {
  let at: unknown = objectOf(location?.body['location'])
  // A Feature holds its geometry one level down.
  const geometry = objectOf(at)['geometry']
  if (typeof geometry === 'object' && geometry !== null) at = geometry
  at = objectOf(at)['coordinates']
  for (let depth = 0; depth < 4 && Array.isArray(at) && Array.isArray(at[0]); depth++) at = at[0]
  return Array.isArray(at) && isLonLat(at) ? [at[0], at[1]] : null
}
