/** A device in the words of SensorThings: what is sent to register it. */
import type { DeviceRow } from '../../shared/contract/city-pack.ts'
import { sensorKind } from '../../shared/model/sensor-kinds.ts'
import type { LonLat } from '../../shared/model/geo.ts'

export interface ThingDraft {
  /** Unique in the city; the Thing's `properties.deviceCode`, by which it is found again. */
  readonly code: string
  readonly name: string
  readonly description: string
  readonly kind: string
  readonly unit: { readonly symbol: string; readonly name: string; readonly definition: string }
  readonly position: LonLat | null
  readonly properties: Readonly<Record<string, string>>
}

/** A device of a city pack. */
export function thingOf(device: DeviceRow): ThingDraft {
  const kind = sensorKind(device.kind)
  return {
    code: device.code,
    name: device.name,
    description: kind.name.zh,
    kind: device.kind,
    unit: { symbol: kind.unit, name: kind.unit || 'none', definition: '' },
    position: device.position,
    properties: {
      ...(device.site === '' ? {} : { site: device.site }),
      ...(device.gateway === '' ? {} : { gateway: device.gateway }),
    },
  }
}

const measurement = 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement'

/** One ObservedProperty and one Sensor description serve all devices of a kind. */
export const observedPropertyBody = (kind: string) => ({
  name: sensorKind(kind).name.zh,
  definition: `urn:tongguan:observed-property:${kind}`,
  description: sensorKind(kind).name.en,
})
export const sensorBody = (kind: string) => ({
  name: `${sensorKind(kind).name.zh}传感器`,
  description: `${sensorKind(kind).name.en} instrument`,
  encodingType: 'application/pdf',
  metadata: `urn:tongguan:instrument:${kind}`,
})

/** The deep insert of a Thing with its place and its Datastream. */
export const thingBody = (thing: ThingDraft, sensorId: number, observedPropertyId: number) => ({
  name: thing.name,
  description: thing.description,
  properties: { ...thing.properties, deviceCode: thing.code },
  ...(thing.position === null
    ? {}
    : {
        Locations: [
          {
            name: thing.name,
            description: thing.description,
            encodingType: 'application/geo+json',
            location: { type: 'Point', coordinates: thing.position },
          },
        ],
      }),
  Datastreams: [
    {
      name: thing.name,
      description: thing.description,
      observationType: measurement,
      unitOfMeasurement: thing.unit,
      properties: { kind: thing.kind },
      Sensor: { '@iot.id': sensorId },
      ObservedProperty: { '@iot.id': observedPropertyId },
    },
  ],
})
