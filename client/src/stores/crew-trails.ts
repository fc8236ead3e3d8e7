/**
 * Where crews were in the last quarter of an hour, as this page heard it. Guarantees that a trail is bounded and never older than that, that a
 * standing crew costs one point however long it stands, and that a silence is kept as one: nothing is drawn through it as if it were known.
 */
import { distanceM, type LonLat } from '../../../shared/model/geo.ts'
import { fixStaleMs } from '../../../shared/model/unit.ts'

/** What an officer asks about: how did it come here. */
export const trailKeptMs = 15 * 60_000
/** Nearer than this a radio does not know its own place. */
const apartM = 10
/** Between two points; at most 180 of them in a trail. */
const apartMs = 5_000

export interface TrailPoint {
  readonly at: LonLat
  /** When it was first heard here, and last before it was elsewhere. */
  readonly fromAt: number
  untilAt: number
  /** Nothing was heard for longer than a fix is worth between the point before and this. */
  readonly afterSilence: boolean
}
/** A fix as crews tell it. */
export interface TrailFix {
  readonly unitId: string
  readonly lon: number
  readonly lat: number
  readonly fixAt: number
}

const rad = Math.PI / 180
/** Degrees clockwise from north of the way from one place to another near it. */
export function courseDeg([fromLon, fromLat]: LonLat, [lon, lat]: LonLat): number {
  const east = (lon - fromLon) * Math.cos(((fromLat + lat) / 2) * rad)
  return (Math.atan2(east, lat - fromLat) / rad + 360) % 360
}

/** `keptMs`: how far back anybody looks; no less than a fix is worth, which a course is told from. */
export function makeCrewTrails(keptMs: () => number = () => trailKeptMs) {
  const trails = new Map<string, TrailPoint[]>()
  return {
    hear({ unitId, lon, lat, fixAt }: TrailFix): void {
      const trail = trails.get(unitId) ?? []
      trails.set(unitId, trail)
      const last = trail.at(-1)
      // Told late: the trail has gone on.
      if (last !== undefined && fixAt <= last.untilAt) return
      const at: LonLat = [lon, lat]
      const afterSilence = last !== undefined && fixAt - last.untilAt > fixStaleMs
      const isHere =
        last !== undefined && !afterSilence && (fixAt - last.fromAt < apartMs || distanceM(last.at, at) < apartM)
      if (isHere) last.untilAt = fixAt
      else trail.push({ at, fromAt: fixAt, untilAt: fixAt, afterSilence })
      let old = 0
      while (old < trail.length - 1 && (trail[old] as TrailPoint).untilAt < fixAt - keptMs()) old++
      if (old > 0) trail.splice(0, old)
    },
    /** Oldest first. */
    of: (unitId: string, nowAt: number): readonly TrailPoint[] =>
      (trails.get(unitId) ?? []).filter(({ untilAt }) => untilAt >= nowAt - trailKeptMs),
    /** Where it headed by its own steps; null where it stood, or was not heard. */
    courseOf({ unitId, lon, lat, fixAt }: TrailFix): number | null {
      const trail = trails.get(unitId) ?? []
      // The last point may be this very fix.
      const before = trail.findLast(({ at }) => distanceM(at, [lon, lat]) >= apartM)
      if (before === undefined || fixAt - before.untilAt > fixStaleMs) return null
      return courseDeg(before.at, [lon, lat])
    },
    forget: () => trails.clear(),
  }
}
