/**
 * Where the wall's camera looks. The whole city while all is well; a slow round of the worst places when something is wrong; a
 * critical case takes the picture by itself and gives it back. Pure: the clock is an argument, the last shot is an argument.
 * Displays are in step: a shot ends with a slot of the server's clock, and which comes next follows from that clock and the list, not from when
 * a display was switched on.
 */
import type { LonLat } from '../../../../shared/model/geo.ts'
import type { Instant } from '../../../../shared/model/ids.ts'
import type { WallScene } from '../../../../shared/model/wall-scene.ts'
import { isFloodCase, isFloodSensor } from './flood-picture.ts'
import type { Wrong } from './worst-list.ts'

export interface Shot {
  readonly kind: 'overview' | 'place' | 'critical' | 'held'
  /** The case or alarm looked at; null for the whole city. */
  readonly id: string | null
  readonly position: LonLat | null
  /** Stays until then while there is reason to look there; `Infinity` where the clock ends nothing. */
  readonly untilAt: Instant
}

export const tourTimes = {
  /** One shot; the whole city has two. */
  slotMs: 15_000,
  /** A critical case that somebody has taken is still shown this long from its report. */
  criticalMs: 45_000,
  /** Even one that nobody takes gives the picture back after this long. */
  criticalMaxMs: 180_000,
  /** With several critical cases each is shown this long in turn. */
  criticalTurnMs: 15_000,
} as const
const placesInRound = 5
const overviewSlots = 2

const overview = (untilAt: Instant): Shot => ({ kind: 'overview', id: null, position: null, untilAt })

/** Nothing to move: both look at the same place for the same reason. */
export const isSameView = (a: Shot | null, b: Shot): boolean =>
  a?.kind === b.kind && a.id === b.id && String(a.position) === String(b.position)

/** What the camera goes round in a scene: cases in 事件处置, what has to do with water in 防汛, all elsewhere. A critical case is looked at in each. */
export function toured(scene: WallScene, worst: readonly Wrong[]): readonly Wrong[] {
  if (scene === 'incidents') return worst.filter(({ type }) => type === 'incident')
  if (scene !== 'flood') return worst
  return worst.filter((wrong) =>
    wrong.type === 'incident'
      ? wrong.level === 1 || isFloodCase(wrong.incident.classCode)
      : isFloodSensor(wrong.alarm.kind),
  )
}

/** Critical cases that may take the picture now, newest first. */
export function criticalOf(worst: readonly Wrong[], nowAt: Instant): Wrong[] {
  return worst
    .filter((wrong) => {
      if (wrong.type !== 'incident' || wrong.level !== 1 || wrong.position === null) return false
      const ageMs = nowAt - wrong.sinceAt
      return ageMs < (wrong.isUnattended ? tourTimes.criticalMaxMs : tourTimes.criticalMs)
    })
    .sort((a, b) => b.sinceAt - a.sinceAt || (a.id < b.id ? -1 : 1))
}

/** The shot that belongs on the wall now. The same object while nothing changes. */
export function nextShot(last: Shot | null, worst: readonly Wrong[], nowAt: Instant): Shot {
  const critical = criticalOf(worst, nowAt)
  const newest = critical[0]
  if (newest !== undefined) {
    // In turn from the report of the newest on, which all displays know.
    const turn = Math.max(0, Math.floor((nowAt - newest.sinceAt) / tourTimes.criticalTurnMs))
    const { id, position } = critical[turn % critical.length] ?? newest
    const shot: Shot = { kind: 'critical', id, position, untilAt: Infinity }
    return last !== null && isSameView(last, shot) ? last : shot
  }
  const round = worst.filter((wrong) => wrong.position !== null && wrong.level <= 3).slice(0, placesInRound)
  if (round.length === 0) return last?.kind === 'overview' && last.untilAt === Infinity ? last : overview(Infinity)
  const isStillWrong = round.some(({ id }) => id === last?.id)
  // What joins or leaves the list moves no camera before the slot ends, but for the place that was put right.
  if (last?.kind === 'place' && isStillWrong && nowAt < last.untilAt) return last
  const slot = Math.floor(nowAt / tourTimes.slotMs)
  const untilAt = (slot + 1) * tourTimes.slotMs
  const place = round[(slot % (overviewSlots + round.length)) - overviewSlots]
  if (place !== undefined) return { kind: 'place', id: place.id, position: place.position, untilAt }
  return last?.kind === 'overview' && last.untilAt === untilAt ? last : overview(untilAt)
}
