/** Devices that happenings bend: from what they would say towards the worst, held there, and back once it is over. */
import type { Happening } from '../life/happening.ts'

/** How fast a kind gets to its worst and back, ms of the server's clock. Kinds not named are sudden, as states are. */
const riseAndFall: Readonly<Record<string, readonly [riseMs: number, fallMs: number]>> = {
  'water-depth': [25_000, 120_000],
  methane: [6000, 30_000],
  'road-speed': [20_000, 60_000],
  'water-pressure': [8000, 30_000],
  'gas-pressure': [8000, 30_000],
  'crowd-density': [30_000, 90_000],
  'cable-temperature': [60_000, 240_000],
  'leakage-current': [10_000, 10_000],
  'bridge-strain': [5000, 20_000],
  noise: [5000, 5000],
  pm25: [60_000, 300_000],
  dust: [60_000, 300_000],
  'river-level': [120_000, 300_000],
}

interface Bend {
  readonly id: string
  readonly worst: number
  readonly startsAt: number
  readonly riseMs: number
  readonly fallMs: number
  endsAt: number
}

export interface BentDevices {
  begin(happening: Happening): void
  /** It is over now. */
  end(id: string, at: number): void
  /** Drops what has gone back to normal; answers the devices that just did. */
  expire(at: number): string[]
  /** Since when, ms of the server's clock; null = it is not bent. */
  since(code: string): number | null
  /** What the device says instead of `quiet`. */
  value(code: string, quiet: number, at: number): number
  readonly size: number
}

export function bentDevices(): BentDevices {
  const bends = new Map<string, Bend>()
  return {
    begin({ id, kind, startsAt, endsAt, sensed }) {
      const [riseMs, fallMs] = riseAndFall[kind ?? ''] ?? [0, 0]
      for (const { code, worst } of sensed)
        if (!bends.has(code)) bends.set(code, { id, worst, startsAt, riseMs, fallMs, endsAt: endsAt ?? Infinity })
    },
    end(id, at) {
      for (const bend of bends.values()) if (bend.id === id) bend.endsAt = Math.min(bend.endsAt, at)
    },
    expire(at) {
      const over: string[] = []
      for (const [code, { endsAt, fallMs }] of bends)
        if (endsAt + fallMs <= at) {
          bends.delete(code)
          over.push(code)
        }
      return over
    },
    since: (code) => bends.get(code)?.startsAt ?? null,
    value(code, quiet, at) {
      const bend = bends.get(code)
      if (bend === undefined || at < bend.startsAt) return quiet
      const rising = bend.riseMs > 0 ? Math.min(1, (at - bend.startsAt) / bend.riseMs) : 1
      const falling = at <= bend.endsAt ? 1 : bend.fallMs > 0 ? Math.max(0, 1 - (at - bend.endsAt) / bend.fallMs) : 0
      return quiet + (bend.worst - quiet) * Math.min(rising, falling)
    },
    get size() {
      return bends.size
    },
  }
}
