/** The register of devices as a past begins: what the simulator would POST to the SensorThings door on a first day, many at a time. */
import type { HistoryInput, HistoryResult } from '../../shared/contract/history.ts'
import type { DeviceRow } from '../../shared/contract/city-pack.ts'
import { observedPropertyBody, sensorBody, thingBody, thingOf } from '../signals/things.ts'

/** Four entities a Thing; the door takes 2,000 in one request. */
const thingsAtOnce = 450

type Create = Extract<HistoryInput, { kind: 'create' }>

export interface DeviceRegister {
  /** What to send next; null once all is registered. */
  next(at: number): Create | null
  took(result: HistoryResult): void
  readonly isDone: boolean
  /** Datastream by device code, of what is registered. */
  readonly streams: ReadonlyMap<string, number>
}

const idsOf = (result: HistoryResult, kind: string): readonly number[] => {
  if (!result.ok) throw new Error(`devices could not be registered: ${result.message}`)
  return (result.made ?? []).filter(([made]) => made === kind).map(([, id]) => id)
}

export function deviceRegister(devices: readonly DeviceRow[], newId: () => string): DeviceRegister {
  const kinds = [...new Set(devices.map((device) => device.kind))]
  const sensors = new Map<string, number>()
  const properties = new Map<string, number>()
  const streams = new Map<string, number>()
  let asked: 'Sensors' | 'ObservedProperties' | readonly DeviceRow[] = []
  const create = (at: number, set: Create['set'], bodies: Create['bodies']): Create => ({
    kind: 'create',
    at,
    commandId: newId(),
    set,
    bodies,
  })
  return {
    streams,
    get isDone() {
      return streams.size === devices.length
    },
    next(at) {
      if (devices.length === 0) return null
      if (sensors.size === 0) {
        asked = 'Sensors'
        return create(at, asked, kinds.map(sensorBody))
      }
      if (properties.size === 0) {
        asked = 'ObservedProperties'
        return create(at, asked, kinds.map(observedPropertyBody))
      }
      const rows = devices.slice(streams.size, streams.size + thingsAtOnce)
      if (rows.length === 0) return null
      asked = rows
      const bodyOf = (row: DeviceRow) =>
        thingBody(thingOf(row), sensors.get(row.kind) as number, properties.get(row.kind) as number)
      return create(at, 'Things', rows.map(bodyOf))
    },
    took(result) {
      if (asked === 'Sensors') idsOf(result, 'Sensor').forEach((id, i) => sensors.set(kinds[i] as string, id))
      else if (asked === 'ObservedProperties')
        idsOf(result, 'ObservedProperty').forEach((id, i) => properties.set(kinds[i] as string, id))
      else {
        const rows = asked
        idsOf(result, 'Datastream').forEach((id, i) => streams.set((rows[i] as DeviceRow).code, id))
      }
    },
  }
}
