/**
 * Where the wall's camera looks. The whole city while all is well; a slow round of the worst places when something is wrong; a
 * critical case takes the picture by itself and gives it back. Pure: the clock is an argument, the last shot is an argument.
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
  readonly sinceAt: Instant
}

export const tourTimes = {
  overviewMs: 30_000,
  placeMs: 14_000,
  /** A critical case that somebody has taken is still shown this long from its report. */
  criticalMs: 45_000,
  /** Even one that nobody takes gives the picture back after this long. */
  criticalMaxMs: 180_000,
  /** With several critical cases each is shown this long in turn. */
  criticalTurnMs: 15_000,
} as const
const placesInRound = 5

const overview = (sinceAt: Instant): Shot => ({ kind: 'overview', id: null, position: null, sinceAt })

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

function after<T extends { id: string }>(list: readonly T[], id: string | null): T | undefined {
  const index = list.findIndex((item) => item.id === id)
  return list[index + 1]
}

/** The shot that belongs on the wall now. The same object while nothing changes. */
export function nextShot(last: Shot | null, worst: readonly Wrong[], nowAt: Instant): Shot {
  const shown = last ?? overview(nowAt)
  const shotMs = nowAt - shown.sinceAt
  const look = (kind: Shot['kind'], wrong: Wrong): Shot => ({
    kind,
    id: wrong.id,
    position: wrong.position,
    sinceAt: nowAt,
  })

  const critical = criticalOf(worst, nowAt)
  if (critical.length > 0) {
    const isStillCritical = shown.kind === 'critical' && critical.some((wrong) => wrong.id === shown.id)
    if (isStillCritical && (critical.length === 1 || shotMs < tourTimes.criticalTurnMs)) return shown
    const next = (isStillCritical ? after(critical, shown.id) : undefined) ?? (critical[0] as Wrong)
    return look('critical', next)
  }
  if (shown.kind === 'critical') return overview(nowAt)

  const round = worst.filter((wrong) => wrong.position !== null && wrong.level <= 3).slice(0, placesInRound)
  if (round.length === 0) return shown.kind === 'overview' ? shown : overview(nowAt)
  if (shown.kind === 'overview') {
    return shotMs < tourTimes.overviewMs ? shown : look('place', round[0] as Wrong)
  }
  const isStillWrong = round.some((wrong) => wrong.id === shown.id)
  if (isStillWrong && shotMs < tourTimes.placeMs) return shown
  const next = isStillWrong ? after(round, shown.id) : undefined
  return next === undefined ? overview(nowAt) : look('place', next)
}
