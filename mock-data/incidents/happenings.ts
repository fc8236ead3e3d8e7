/**
 * What goes wrong in the city: ponding, leaks, jams, smoke … each bends the values of a few neighbouring sensors past their
 * limits for long enough that the rules of any sensible city would notice. Pure and seeded.
 */
import type { DeviceRow } from '../../shared/contract/city-pack.ts'
import { distanceM } from '../../shared/model/geo.ts'
import type { Random } from '../city/random.ts'

export interface HappeningKind {
  readonly kind: string
  /** How often, against the others. */
  readonly weight: number
  /** The value at its worst. */
  readonly worst: readonly [min: number, max: number]
  readonly riseMs: number
  /** At its worst for at least this long by the wall clock, for rules wait by the wall clock. */
  readonly holdMs: readonly [min: number, max: number]
  readonly fallMs: number
  /** How many sensors, and how far apart. */
  readonly sensors: readonly [min: number, max: number]
  readonly reachM: number
  /** Half-way values make no sense for states. */
  readonly isSudden?: true
}

export const happeningKinds: readonly HappeningKind[] = [
  {
    kind: 'water-depth',
    weight: 5,
    worst: [18, 42],
    riseMs: 25_000,
    holdMs: [110_000, 300_000],
    fallMs: 120_000,
    sensors: [1, 2],
    reachM: 450,
  },
  {
    kind: 'methane',
    weight: 3,
    worst: [24, 56],
    riseMs: 6000,
    holdMs: [45_000, 150_000],
    fallMs: 30_000,
    sensors: [1, 1],
    reachM: 0,
  },
  {
    kind: 'road-speed',
    weight: 6,
    worst: [7, 24],
    riseMs: 20_000,
    holdMs: [60_000, 300_000],
    fallMs: 60_000,
    sensors: [1, 3],
    reachM: 600,
  },
  {
    kind: 'smoke',
    weight: 2,
    worst: [1, 1],
    riseMs: 0,
    holdMs: [40_000, 120_000],
    fallMs: 0,
    sensors: [1, 1],
    reachM: 0,
    isSudden: true,
  },
  {
    kind: 'manhole-tilt',
    weight: 2,
    worst: [22, 75],
    riseMs: 0,
    holdMs: [60_000, 240_000],
    fallMs: 0,
    sensors: [1, 1],
    reachM: 0,
    isSudden: true,
  },
  {
    kind: 'bin-fill',
    weight: 3,
    worst: [96, 100],
    riseMs: 0,
    holdMs: [60_000, 300_000],
    fallMs: 0,
    sensors: [1, 2],
    reachM: 500,
    isSudden: true,
  },
  {
    kind: 'water-pressure',
    weight: 1,
    worst: [0.03, 0.12],
    riseMs: 8000,
    holdMs: [100_000, 240_000],
    fallMs: 30_000,
    sensors: [1, 2],
    reachM: 700,
  },
  {
    kind: 'crowd-density',
    weight: 1,
    worst: [3.7, 5.6],
    riseMs: 30_000,
    holdMs: [100_000, 240_000],
    fallMs: 90_000,
    sensors: [1, 1],
    reachM: 0,
  },
]

export interface Happening {
  readonly kind: HappeningKind
  readonly codes: readonly string[]
  readonly startAt: number
  readonly worst: number
  readonly holdMs: number
}

export const endOf = ({ kind, startAt, holdMs }: Happening): number => startAt + kind.riseMs + holdMs + kind.fallMs

/** The bent value: from `quiet` to the worst and back. */
export function bentValue({ kind, startAt, worst, holdMs }: Happening, quiet: number, now: number): number {
  const since = now - startAt
  if (since < 0 || now >= endOf({ kind, startAt, worst, holdMs, codes: [] })) return quiet
  const after = since - kind.riseMs - holdMs
  const share = since < kind.riseMs ? since / kind.riseMs : after > 0 ? 1 - after / kind.fallMs : 1
  return quiet + (worst - quiet) * share
}

export interface HappeningPlan {
  /** Those that began since the last call. */
  begin(now: number): Happening[]
  /** Drops what is over; answers by device code what bends it. */
  readonly active: ReadonlyMap<string, Happening>
}

const mostAtOnce = 14
/** The first minutes show one of each of these, so that a new viewer sees the loop turn. */
const opening: readonly (readonly [kind: string, afterMs: number])[] = [
  ['smoke', 6000],
  ['methane', 14_000],
  ['water-depth', 2000],
  ['road-speed', 4000],
  ['manhole-tilt', 35_000],
]

/** `meanGapMs` between happenings by the wall clock, after an opening that shows one of each urgent kind. */
export function planHappenings(
  devices: readonly DeviceRow[],
  startAt: number,
  meanGapMs: number,
  random: Random,
): HappeningPlan {
  const byKind = new Map<string, DeviceRow[]>()
  for (const device of devices) byKind.set(device.kind, [...(byKind.get(device.kind) ?? []), device])
  const possible = happeningKinds.filter(({ kind }) => byKind.has(kind))
  const weights = possible.reduce((sum, { weight }) => sum + weight, 0)
  const active = new Map<string, Happening>()
  const script = opening.map(([kind, afterMs]) => ({ kind, at: startAt + afterMs })).sort((a, b) => a.at - b.at)
  let nextAt = startAt + 45_000 + meanGapMs * random.next()

  const anyKind = () => {
    let ticket = random.next() * weights
    return possible.find(({ weight }) => (ticket -= weight) < 0) ?? possible[0]
  }
  const start = (kind: HappeningKind | undefined, now: number): Happening[] => {
    const free = (kind ? (byKind.get(kind.kind) ?? []) : []).filter((device) => !active.has(device.code))
    if (!kind || free.length === 0) return []
    const first = random.pick(free)
    const near = free
      .filter((other) => distanceM(first.position, other.position) <= kind.reachM)
      .sort((a, b) => distanceM(first.position, a.position) - distanceM(first.position, b.position))
    const codes = [...new Set([first, ...near].map((device) => device.code))].slice(0, random.whole(...kind.sensors))
    const happening = {
      kind,
      codes,
      startAt: now,
      worst: random.between(...kind.worst),
      holdMs: random.between(...kind.holdMs),
    }
    for (const code of codes) active.set(code, happening)
    return [happening]
  }
  return {
    active,
    begin(now) {
      for (const [code, happening] of active) if (endOf(happening) <= now) active.delete(code)
      const begun: Happening[] = []
      while (script[0] && script[0].at <= now) {
        const { kind } = script.shift() as (typeof script)[number]
        begun.push(
          ...start(
            possible.find((one) => one.kind === kind),
            now,
          ),
        )
      }
      while (nextAt <= now) {
        // Exponential gaps; a machine that slept does not wake to a hundred disasters.
        nextAt = Math.max(nextAt, now - meanGapMs) - meanGapMs * Math.log(1 - random.next())
        if (new Set(active.values()).size < mostAtOnce) begun.push(...start(anyKind(), now))
      }
      return begun
    },
  }
}
