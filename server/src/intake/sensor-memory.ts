/**
 * What intake remembers of each sensor: its last few readings, to know one sent twice, and since when its value has not
 * moved. In memory only; the store's own key catches what was forgotten by a restart.
 */
import type { Instant, SensorId } from '../../../shared/model/ids.ts'
import type { Reading } from '../../../shared/model/reading.ts'
import type { Sensor } from '../../../shared/model/sensor.ts'
import type { SensorKind } from '../../../shared/model/sensor-kinds.ts'
import { sensorKind } from '../../../shared/model/sensor-kinds.ts'
import type { Conversion } from '../domain/reading/unit-of-measure.ts'
import type { Steady } from '../domain/reading/judge.ts'
import { conversion } from '../domain/reading/unit-of-measure.ts'

const kept = 4

export interface SensorMemory {
  /** The row this was made from; another object = made anew. */
  readonly sensor: Sensor
  readonly kind: SensorKind
  /** null = sent in a unit nobody can convert. */
  readonly conversion: Conversion | null
  readonly steady: Steady
  readonly recent: Reading[]
  next: number
}

const same: Conversion = { factor: 1, offset: 0 }

export class SensorMemories {
  readonly #byId = new Map<SensorId, SensorMemory>()

  /** `last`: the sensor's newest stored reading, for one met the first time. */
  of(sensor: Sensor, last: Reading | undefined): SensorMemory {
    const known = this.#byId.get(sensor.id)
    if (known?.sensor === sensor) return known
    const kind = sensorKind(sensor.kind)
    const isFree = kind.code === 'other' || kind.unit === ''
    const memory: SensorMemory = {
      sensor,
      kind,
      conversion: isFree ? same : conversion(sensor.sentUnit, kind.unit),
      steady: known?.steady ?? { value: last?.value ?? NaN, since: last?.phenomenonAt ?? 0 },
      recent: known?.recent ?? (last === undefined ? [] : [last]),
      next: known?.next ?? (last === undefined ? 0 : 1),
    }
    this.#byId.set(sensor.id, memory)
    return memory
  }

  forget(id: SensorId): void {
    this.#byId.delete(id)
  }

  clear(): void {
    this.#byId.clear()
  }

  /** It was not stored after all: sent again, it is new. */
  unremember(reading: Reading): void {
    const memory = this.#byId.get(reading.sensorId)
    const at = memory?.recent.indexOf(reading) ?? -1
    if (memory !== undefined && at >= 0) memory.recent[at] = { ...reading, phenomenonAt: -1 }
  }
}

/** The same result for the same instant among the last few, if there is. */
export function findTwin(
  memory: SensorMemory,
  phenomenonAt: Instant,
  value: number,
  text: string | null,
): Reading | undefined {
  const { recent } = memory
  for (let i = 0; i < recent.length; i++) {
    const one = recent[i] as Reading
    if (one.phenomenonAt === phenomenonAt && Object.is(one.value, value) && one.text === text) return one
  }
  return undefined
}

/** A long text is not worth its memory here. */
const longestText = 256

export function remember(memory: SensorMemory, reading: Reading): void {
  if (reading.text !== null && reading.text.length > longestText) return
  memory.recent[memory.next] = reading
  memory.next = (memory.next + 1) % kept
}
