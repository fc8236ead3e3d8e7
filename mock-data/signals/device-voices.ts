/**
 * When each device speaks and what it says: in its own rhythm, more often while something happens to it, through the faults
 * of its instrument, its clock and its gateway. Answers do not depend on how often it is asked.
 */
import type { DeviceRow } from '../../shared/contract/city-pack.ts'
import { sensorKind, type SensorKind } from '../../shared/model/sensor-kinds.ts'
import type { CityTime } from '../life/happening.ts'
import type { LifeRates } from '../life/rates.ts'
import { deviceFaults, manyRandoms } from './device-faults.ts'
import { seedFrom } from '../city/random.ts'
import { wakeHeap } from './wake-heap.ts'

/** What a device finds when it measures. */
export interface Measured {
  readonly value: number
  /** Something happens to it. */
  readonly isWatched: boolean
  /** For how long by the server's clock, ms. */
  readonly watchedMs: number
  readonly isDrill: boolean
}

export interface Spoken {
  readonly device: number
  /** When it arrives; what it measured, it measured at `phenomenonAt` by its own clock. */
  readonly at: number
  readonly phenomenonAt: number
  readonly value: number
  readonly isDrill: boolean
}

export interface DeviceVoices {
  /** All that arrives up to `to`, oldest first. `measure` answers null for a device without power. */
  speak(to: number, measure: (device: number, noise: number, at: number) => Measured | null): Spoken[]
  /** It speaks at once, whatever its rhythm. */
  wake(device: number, at: number): void
  /** Its instrument and its clock have been put right on the spot; it says at once how it is. */
  serviced(device: number, at: number): void
}

export interface VoiceOptions {
  readonly devices: readonly DeviceRow[]
  readonly seed: number
  readonly startAt: number
  readonly speed: number
  readonly time: CityTime
  readonly rates: LifeRates
  /** Rhythm by the server's clock, ms; null = it speaks only when something happens to it. */
  readonly everyMs: (device: DeviceRow) => number | null
  /** The rhythm was set by hand: first words are spread over it. */
  readonly isSetByHand: boolean
}

/** On start everything speaks once within this time, or within its own rhythm where that was set by hand. */
const firstWordsMs = 8000
/** Something has just happened to it: this often, then ever less. */
const alertMs = 5000
const alertShare = 1 / 12
const seldomMs = 5 * 60_000
const wakeMs = 900

export function deviceVoices({
  devices,
  seed,
  startAt,
  speed,
  time,
  rates,
  everyMs,
  isSetByHand,
}: VoiceOptions): DeviceVoices {
  const n = devices.length
  const faults = deviceFaults(devices, seed, rates, time.cityAt(startAt))
  const random = manyRandoms(devices.map(({ code }) => seedFrom(seed, `voice-${code}`)))
  const kinds = devices.map(({ kind }) => sensorKind(kind))
  const everyDevice = Float64Array.from(devices, (device) => everyMs(device) ?? Infinity)
  const scale = Float64Array.from(kinds, ({ digits }) => 10 ** (digits + 1))
  const lastCityAt = new Float64Array(n).fill(time.cityAt(startAt))
  const isFirst = new Uint8Array(n).fill(1)
  const heap = wakeHeap(n)
  for (let d = 0; d < n; d++) {
    const every = everyDevice[d] as number
    if (every !== Infinity)
      heap.set(d, startAt + Math.ceil(random.next(d) * (isSetByHand ? every : Math.min(every, firstWordsMs))))
  }
  const paceMs = (d: number) => Math.max(1000, (kinds[d] as SensorKind).intervalMs / speed)
  const isUsual = (d: number, value: number) => {
    const [low, high] = (kinds[d] as SensorKind).normal
    return value >= low && value <= high
  }
  let late: Spoken[] = []
  const wake = (device: number, at: number) => {
    const soon = at + Math.ceil(random.next(device) * wakeMs)
    if (heap.at(device) > soon) heap.set(device, soon)
  }
  return {
    wake,
    serviced(device, at) {
      faults.serviced(device)
      wake(device, at)
    },
    speak(to, measure) {
      const out: Spoken[] = []
      for (let d = heap.peek(to); d >= 0; d = heap.peek(to)) {
        const at = heap.at(d)
        const measured = measure(d, faults.noise(d), at)
        const every = everyDevice[d] as number
        const share = isFirst[d] ? random.next(d) : 0.96 + 0.08 * random.next(d)
        let nextMs = every === Infinity ? Infinity : every * share
        if (measured?.isWatched) {
          const slow = every === Infinity ? paceMs(d) : every
          nextMs = Math.min(slow, seldomMs, Math.max(alertMs, measured.watchedMs * alertShare))
        } else isFirst[d] = 0
        heap.set(d, Math.round(at + nextMs))
        if (measured === null) {
          // Who was woken without power says later how it is: else nothing would.
          if (every === Infinity) heap.set(d, Math.round(at + seldomMs))
          continue
        }
        const cityAt = time.cityAt(at)
        const { range } = kinds[d] as SensorKind
        const inRange = Math.max(range[0], Math.min(range[1], measured.value))
        const told = faults.tell(d, inRange, cityAt, cityAt - (lastCityAt[d] as number), measured.isWatched)
        lastCityAt[d] = cityAt
        // Who was only woken goes on until it is heard to be as usual: nothing else would say that it is over.
        if (every === Infinity && !measured.isWatched && !(told !== null && isUsual(d, told.value)))
          heap.set(d, Math.round(at + Math.min(seldomMs, paceMs(d))))
        if (told === null) continue
        const digits = scale[d] as number
        const spoken: Spoken = {
          device: d,
          at: Math.round(at + told.delayMs),
          phenomenonAt: Math.round(at + told.skewMs),
          value: Math.round(told.value * digits) / digits,
          isDrill: measured.isDrill,
        }
        const list = told.delayMs > 0 ? late : out
        list.push(spoken)
        if (told.isTwice) list.push(spoken)
      }
      if (late.length === 0) return out
      out.push(...late.filter(({ at }) => at <= to))
      late = late.filter(({ at }) => at > to)
      return out.sort((a, b) => a.at - b.at)
    },
  }
}
