/**
 * What intake remembers of each sensor: its last few readings, to know one sent twice, and since when its value has not
 * moved. In memory only; the store's own key catches what was forgotten by a restart. A sensor costs a few hundred bytes:
 * readings are kept as numbers side by side, for as objects they would outlive the young and burden every collection.
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
/** Numbers of a kept reading: its time, value, id and quality. */
const width = 4
const noTime = -1
const sensorsABlock = 256

export interface SensorMemory {
  /** The row this was made from; another object = made anew. */
  readonly sensor: Sensor
  readonly kind: SensorKind
  /** null = sent in a unit nobody can convert. */
  readonly conversion: Conversion | null
  readonly steady: Steady
  /** Where its last readings stand, the oldest overwritten first. */
  readonly recent: Place
  /** Texts of those whose result is no number, by place; null where all are numbers. */
  texts: (string | null)[] | null
  next: number
}

/** What a repeat is answered with. */
export type Twin = Pick<Reading, 'id' | 'quality'>

const same: Conversion = { factor: 1, offset: 0 }

interface Place {
  readonly block: Float64Array
  readonly from: number
}

/** Room for readings, given out from blocks: an array a sensor would cost as much again as what it holds. */
class Places {
  #block = new Float64Array(0)
  #used = 0
  readonly #free: Place[] = []

  next(): Place {
    const free = this.#free.pop()
    if (free !== undefined) return free
    if (this.#used === this.#block.length) {
      this.#block = new Float64Array(sensorsABlock * kept * width).fill(noTime)
      this.#used = 0
    }
    const place = { block: this.#block, from: this.#used }
    this.#used += kept * width
    return place
  }

  giveBack(place: Place): void {
    place.block.fill(noTime, place.from, place.from + kept * width)
    this.#free.push(place)
  }
}

export class SensorMemories {
  readonly #byId = new Map<SensorId, SensorMemory>()
  #places = new Places()

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
      recent: known?.recent ?? this.#places.next(),
      texts: known?.texts ?? null,
      next: known?.next ?? 0,
    }
    if (known === undefined && last !== undefined) remember(memory, last)
    this.#byId.set(sensor.id, memory)
    return memory
  }

  forget(id: SensorId): void {
    const known = this.#byId.get(id)
    if (known !== undefined) this.#places.giveBack(known.recent)
    this.#byId.delete(id)
  }

  clear(): void {
    this.#byId.clear()
    this.#places = new Places()
  }

  /** It was not stored after all: sent again, it is new. */
  unremember(reading: Reading): void {
    const memory = this.#byId.get(reading.sensorId)
    if (memory === undefined) return
    const { block, from } = memory.recent
    for (let n = 0; n < kept; n++) if (block[from + n * width + 2] === reading.id) block[from + n * width] = noTime
  }
}

/** The same result for the same instant among the last few, if there is. */
export function findTwin(
  memory: SensorMemory,
  phenomenonAt: Instant,
  value: number,
  text: string | null,
): Twin | undefined {
  const { block, from } = memory.recent
  for (let n = 0; n < kept; n++) {
    const at = from + n * width
    if (block[at] === phenomenonAt && Object.is(block[at + 1], value) && (memory.texts?.[n] ?? null) === text)
      return { id: block[at + 2] as number, quality: block[at + 3] as number }
  }
  return undefined
}

/** A long text is not worth its memory here. */
const longestText = 256

export function remember(memory: SensorMemory, { id, phenomenonAt, value, text, quality }: Reading): void {
  if (text !== null && text.length > longestText) return
  const { block, from } = memory.recent
  const at = from + memory.next * width
  block[at] = phenomenonAt
  block[at + 1] = value
  block[at + 2] = id
  block[at + 3] = quality
  if (text !== null) memory.texts ??= new Array<string | null>(kept).fill(null)
  if (memory.texts !== null) memory.texts[memory.next] = text
  memory.next = (memory.next + 1) % kept
}
