/**
 * What a sensor of each kind says on an ordinary day: a pattern by the hour, its own level, and noise with a memory. Pure and
 * seeded; stays inside the kind's quiet band, so that what leaves it is something that happened.
 */
import { seededRandom, type Random } from '../city/random.ts'
import { sensorKind } from '../../shared/model/sensor-kinds.ts'

/** 0 at the quietest hour of traffic, 1 at its peaks (08:00 and 18:00). */
export function rushAt(hour: number): number {
  const peak = (at: number, width: number) => Math.exp(-(((hour - at) / width) ** 2))
  const day = hour > 6 && hour < 22 ? 0.35 : 0.05
  return Math.min(1, Math.max(day, peak(8, 1.3), peak(18, 1.6)))
}
const wave = (hour: number, top: number) => Math.cos(((hour - top) / 24) * 2 * Math.PI)

type Pattern = (hour: number, own: number, noise: number) => number

/** `own` in 0…1 is the device's own level; `noise` about −2…2. */
const patterns: Readonly<Record<string, Pattern>> = {
  'water-depth': (_hour, own, noise) => Math.max(0, own * 1.4 - 0.4 + 0.15 * noise),
  'river-level': (hour, own, noise) =>
    2.55 + 0.3 * own + 0.18 * Math.cos(((hour - 3) / 12.4) * 2 * Math.PI) + 0.01 * noise,
  rainfall: () => 0,
  'wind-speed': (hour, own, noise) => Math.max(0, 2.2 + 1.2 * wave(hour, 15) + own + 0.5 * noise),
  'road-speed': (hour, own, noise) => 66 - 18 * own - 13 * rushAt(hour) + 1.8 * noise,
  pm25: (hour, own, noise) => 34 + 12 * own + 7 * wave(hour, 8) + 2.5 * noise,
  noise: (hour, own, noise) => 47 + 5 * own + 9 * rushAt(hour) + 1.2 * noise,
  'crowd-density': (hour, own, noise) => Math.max(0, (0.2 + 1.1 * own) * rushAt(hour) + 0.05 * noise),
  smoke: () => 0,
  methane: (_hour, own, noise) => Math.max(0, 0.6 + 1.2 * own + 0.2 * noise),
  'water-pressure': (hour, own, noise) => 0.34 + 0.04 * own - 0.035 * rushAt(hour) + 0.003 * noise,
  'manhole-tilt': (_hour, own) => Math.round(own * 2),
  temperature: (hour, own, noise) => 17 + 4.5 * wave(hour, 15) + own + 0.2 * noise,
  pump: () => 0,
  parking: (hour, own) => (own < 0.25 + 0.6 * rushAt(hour) ? 1 : 0),
  aqi: (hour, own, noise) => 48 + 16 * own + 8 * wave(hour, 8) + 1.5 * noise,
  ozone: (hour, own, noise) => Math.max(5, 70 + 40 * wave(hour, 15) + 15 * own + 3 * noise),
  dust: (hour, own, noise) => 110 + 90 * own + 60 * rushAt(hour) + 8 * noise,
  'leakage-current': (_hour, own, noise) => Math.max(0, 40 + 70 * own + 3 * noise),
  'cable-temperature': (hour, own, noise) => 28 + 8 * own + 5 * rushAt(hour) + 0.4 * noise,
  'home-care': (hour, own) => (hour < 6 ? Math.min(8, hour + 1 + own) : own),
  'gas-pressure': (hour, own, noise) => 0.32 + 0.02 * own - 0.02 * rushAt(hour) + 0.002 * noise,
  'supply-voltage': (hour, own, noise) => 228 + 4 * own - 3 * rushAt(hour) + 0.6 * noise,
  elevator: () => 0,
  'bridge-strain': (hour, own, noise) => Math.max(2, 14 + 10 * own + 12 * rushAt(hour) + 1.2 * noise),
  'street-light': () => 0,
  'bin-fill': (hour, own, noise) => 12 + 55 * (((hour + own * 24) % 12) / 12) + 0.4 * noise,
}

export interface DailyValues {
  /** Value at an hour of the city's day (0 ≤ hour < 24), rounded as an instrument would. */
  at(hour: number): number
  readonly random: Random
}

export function dailyValues(kind: string, seed: number): DailyValues {
  const random = seededRandom(seed)
  const own = random.next()
  const { digits } = sensorKind(kind)
  const scale = 10 ** (digits + 1)
  const pattern = patterns[kind] ?? ((_hour, level) => level)
  let noise = 0
  return {
    random,
    at(hour) {
      // Neighbouring readings are alike: most of the noise is remembered.
      noise = 0.85 * noise + 0.53 * random.normal()
      return Math.round(pattern(hour, own, Math.max(-2.5, Math.min(2.5, noise))) * scale) / scale
    },
  }
}
