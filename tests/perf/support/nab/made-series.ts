/**
 * Series made here, seeded: six kinds of signal that look nothing alike, with faults put in at known times. A second judge beside the labelled folder, and the only one where
 * that is absent. Windows are laid as the benchmark lays its own: a tenth of the series, shared among its faults, about each.
 */
import type { LabelledSeries } from './score.ts'

const min = 60_000
const hour = 60 * min
const day = 24 * hour
const startAt = Date.UTC(2015, 2, 2)

/** Mulberry32. */
function randomOf(seed: number): () => number {
  let a = seed >>> 0
  return () => {
    a = (a + 0x6d2b79f5) >>> 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

interface Dice {
  readonly uniform: () => number
  readonly normal: () => number
  /** Of a heavy tail: now and then many times its usual size. */
  readonly heavy: (index: number) => number
  readonly between: (low: number, high: number) => number
}

function diceOf(seed: number): Dice {
  const uniform = randomOf(seed)
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
  return {
    uniform,
    normal,
    heavy: (index) => (1 - uniform()) ** (-1 / index) - 1,
    between: (low, high) => low + (high - low) * uniform(),
  }
}

/** What goes wrong from `from` on, for `length` rows. */
type Fault = (value: Float64Array, from: number, length: number, dice: Dice) => void

const spreadOf = (value: Float64Array): number => {
  const sorted = [...value].sort((a, b) => a - b)
  const at = (q: number) => sorted[Math.floor(q * (sorted.length - 1))] as number
  return at(0.9) - at(0.1) || Math.abs(at(0.5)) || 1
}
const each = (value: Float64Array, from: number, length: number, put: (old: number, i: number) => number) => {
  for (let i = from; i < Math.min(value.length, from + length); i++) value[i] = put(value[i] as number, i - from)
}

const faults = {
  spike: (value, from, _, dice) => {
    const size = spreadOf(value) * dice.between(1.5, 4)
    each(value, from, 1 + Math.floor(dice.between(0, 4)), (old) => old + size)
  },
  dip: (value, from, length, dice) => {
    const size = spreadOf(value) * dice.between(1.2, 3)
    each(value, from, Math.ceil(length / 8), (old) => Math.max(0, old - size))
  },
  shift: (value, from, _, dice) => {
    const size = spreadOf(value) * dice.between(0.7, 1.6) * (dice.uniform() < 0.5 ? -1 : 1)
    each(value, from, value.length, (old) => old + size)
  },
  flat: (value, from, length) => {
    const held = value[from] as number
    each(value, from, length, () => held)
  },
  noisy: (value, from, length, dice) => {
    const size = spreadOf(value) * 0.8
    each(value, from, length, (old) => old + size * dice.normal())
  },
  drift: (value, from, length, dice) => {
    const size = spreadOf(value) * dice.between(1, 2)
    each(value, from, length, (old, i) => old + (size * i) / length)
  },
  /** The day does not take place: a holiday, a stop. */
  quiet: (value, from, length) => {
    const sorted = [...value].sort((a, b) => a - b)
    const low = sorted[Math.floor(value.length * 0.15)] as number
    each(value, from, length, (old) => low + (old - low) * 0.25)
  },
  busy: (value, from, length, dice) => {
    const factor = dice.between(1.6, 2.6)
    each(value, from, Math.ceil(length / 3), (old) => old * factor)
  },
} satisfies Record<string, Fault>
type FaultName = keyof typeof faults

interface Kind {
  readonly stepMs: number
  readonly rows: number
  /** Faults that happen to such a signal. */
  readonly faults: readonly FaultName[]
  readonly signal: (dice: Dice, rows: number, stepMs: number) => (row: number) => number
  /** Part of the rows that never arrive. */
  readonly lost?: number
}

/** 0 at night, 1 at the height of the day. */
const dayCurve = (at: number, peak = 14): number => {
  const h = (at % day) / hour
  return Math.exp(-((((h - peak + 36) % 24) - 12) ** 2) / 30)
}
const isWeekend = (at: number): boolean => Math.floor(at / day) % 7 >= 5

const kinds: Readonly<Record<string, Kind>> = {
  cloud: {
    stepMs: 5 * min,
    rows: 4032,
    faults: ['spike', 'shift', 'dip', 'noisy', 'drift', 'flat'],
    signal: (dice) => {
      const base = dice.between(5, 60)
      const noise = dice.between(0.02, 0.15) * base
      const index = dice.between(2, 5)
      const every = Math.floor(dice.between(12, 60))
      const job = dice.uniform() < 0.5 ? dice.between(0.3, 1) * base : 0
      let slow = 0
      return (row) => {
        slow = 0.98 * slow + 0.2 * noise * dice.normal()
        const burst = dice.uniform() < 0.02 ? noise * 2 * dice.heavy(index) : 0
        return Math.max(0, base + slow + noise * dice.normal() * 0.6 + burst + (row % every < 2 ? job : 0))
      }
    },
  },
  ads: {
    stepMs: hour,
    rows: 1600,
    faults: ['spike', 'busy', 'dip', 'shift'],
    signal: (dice) => {
      const base = dice.between(0.3, 3)
      return (row) => base * (0.4 + dayCurve(row * hour, 16)) * (1 + 0.2 * dice.normal()) + base * 0.1 * dice.heavy(3)
    },
  },
  traffic: {
    stepMs: 5 * min,
    rows: 2400,
    lost: 0.2,
    faults: ['dip', 'spike', 'busy', 'noisy'],
    signal: (dice, _, stepMs) => {
      const free = dice.between(55, 80)
      const depth = dice.between(0.1, 0.6)
      return (row) => {
        const at = row * stepMs
        const load = isWeekend(at) ? 0.3 * dayCurve(at, 14) : Math.max(dayCurve(at, 8) ** 2, dayCurve(at, 17) ** 2)
        return Math.max(1, free * (1 - depth * load) + free * 0.05 * dice.normal() - free * 0.02 * dice.heavy(3))
      }
    },
  },
  counts: {
    stepMs: 5 * min,
    rows: 15_800,
    faults: ['busy', 'spike', 'spike'],
    signal: (dice, _, stepMs) => {
      const mean = dice.between(3, 80)
      return (row) => {
        const rate = mean * (0.4 + dayCurve(row * stepMs, 18))
        const burst = dice.uniform() < 0.003 ? mean * dice.heavy(1.8) : 0
        return Math.max(0, Math.round(rate + Math.sqrt(rate) * dice.normal() * 1.3 + burst))
      }
    },
  },
  temperature: {
    stepMs: hour,
    rows: 7200,
    faults: ['shift', 'drift', 'dip', 'flat', 'noisy'],
    signal: (dice) => {
      const mean = dice.between(10, 80)
      const swing = dice.between(0, 4)
      let slow = 0
      return (row) => {
        slow = 0.995 * slow + 0.25 * dice.normal()
        return mean + slow + swing * dayCurve(row * hour) + 0.4 * dice.normal() + 3 * Math.sin((row / 7200) * 4)
      }
    },
  },
  demand: {
    stepMs: 30 * min,
    rows: 8000,
    faults: ['quiet', 'busy', 'quiet', 'dip'],
    signal: (dice, _, stepMs) => {
      const base = dice.between(1000, 20_000)
      return (row) => {
        const at = row * stepMs
        const weekend = isWeekend(at)
        return base * (0.2 + dayCurve(at, weekend ? 21 : 18) * (weekend ? 1.1 : 0.9)) * (1 + 0.05 * dice.normal())
      }
    },
  },
  shapes: {
    stepMs: 5 * min,
    rows: 4032,
    faults: ['quiet', 'busy', 'flat', 'shift', 'noisy'],
    signal: (dice, _, stepMs) => {
      const noise = dice.uniform() < 0.3 ? 0 : dice.between(0.5, 6)
      const isStep = dice.uniform() < 0.5
      return (row) => {
        const curve = dayCurve(row * stepMs)
        return 20 + 60 * (isStep ? Number(curve > 0.5) : curve) + noise * (dice.uniform() - 0.5)
      }
    },
  },
}

function makeSeries(group: string, kind: Kind, seed: number): LabelledSeries {
  const dice = diceOf(seed)
  const whole = new Float64Array(kind.rows)
  const signal = kind.signal(dice, kind.rows, kind.stepMs)
  for (let row = 0; row < kind.rows; row++) whole[row] = signal(row)
  // One in seven has nothing wrong: there a detector can only lose.
  const count = seed % 7 === 6 ? 0 : 1 + Math.floor(dice.uniform() * 3)
  const width = Math.floor((kind.rows * 0.1) / Math.max(1, count))
  const spans: (readonly [number, number])[] = []
  for (let i = 0; i < count; i++) {
    const room = (kind.rows * 0.8) / count
    const from = Math.floor(kind.rows * 0.18 + room * i + dice.uniform() * room * 0.8)
    const name = kind.faults[Math.floor(dice.uniform() * kind.faults.length)] as FaultName
    faults[name](whole, from, Math.floor(width * dice.between(0.3, 0.9)), dice)
    spans.push([from - Math.floor(width / 2), from + Math.floor(width / 2)])
  }
  const kept: number[] = []
  for (let row = 0; row < kind.rows; row++) if (dice.uniform() >= (kind.lost ?? 0)) kept.push(row)
  return {
    name: `made/${group}-${seed}`,
    group: `made ${group}`,
    at: Float64Array.from(kept, (row) => startAt + row * kind.stepMs),
    value: Float64Array.from(kept, (row) => Math.round((whole[row] as number) * 1000) / 1000),
    windows: spans.map(([from, to]) => [kept.findIndex((row) => row >= from), kept.findLastIndex((row) => row <= to)]),
  }
}

/** The same seeds make the same series. */
export const madeSeries = (seeds: readonly number[]): LabelledSeries[] =>
  Object.entries(kinds).flatMap(([group, kind], index) =>
    seeds.map((seed) => makeSeries(group, kind, index * 1000 + seed)),
  )
