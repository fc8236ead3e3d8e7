/**
 * Which display shows what when: a programme of named displays, and what the desk has pushed (推送上屏). Deciding is one pure function of the
 * server's clock, so that displays change in step and any of them may be switched on in the middle.
 */
import type { WallCanvas } from './display-place.ts'
import type { OperatingMode } from './mode.ts'
import type { LonLat } from './geo.ts'
import type { IncidentId, Instant } from './ids.ts'
import type { Role } from './role.ts'
import type { Term } from './term.ts'
import type { WarningColour } from './warning.ts'
import type { WallScene } from './wall-scene.ts'

/** Days of the week, Monday 1 to Sunday 7. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7

/** A turn of the programme: when, under which condition, which scenes, how long each. */
export interface ProgrammeTurn {
  /** Empty = every day. Of a turn over midnight, the day it begins on. */
  readonly days: readonly Weekday[]
  /** Of the city's day, from, up to; over midnight where `to` is not later; the same twice = the whole day. */
  readonly from: string
  readonly to: string
  /** All that is said must be so. */
  readonly when: {
    /** The city, or a district of it, runs in one of these modes. */
    readonly modes?: readonly OperatingMode[]
    /** A warning in earnest of one of these colours is in force. */
    readonly warnings?: readonly WarningColour[]
  }
  readonly scenes: readonly WallScene[]
  /** How long each scene stays, seconds. */
  readonly dwellS: number
}
export interface WallDisplay {
  /** As the display's address names it: `/wall?display=ID`. */
  readonly id: string
  readonly name: Term
  /** The first that applies holds. */
  readonly turns: readonly ProgrammeTurn[]
  /** Where it is one picture over several machines. */
  readonly canvas?: WallCanvas
}
export interface WallProgramme {
  /** Displays nobody named, and those whose own turns do not apply. */
  readonly usual: readonly ProgrammeTurn[]
  readonly displays: readonly WallDisplay[]
}
export const shortestDwellS = 10
export const longestDwellS = 3600
export const mostDisplays = 50
export const mostTurns = 50

/** Scene 1 all day; what a mode asks for (`modes.json`) when it is not 平时. */
export const customaryProgramme: WallProgramme = { usual: [], displays: [] }

/** What the desk holds on one display or on all. */
export interface WallHold {
  readonly id: string
  /** Null = all displays. */
  readonly display: string | null
  readonly scene: WallScene
  /** The case or the place the map is on; both null = the whole city. */
  readonly caseId: IncidentId | null
  readonly position: LonLat | null
  /** What the officer points at, marked on the map; null = nothing. */
  readonly pointer: LonLat | null
  readonly by: string
  readonly role: Role
  readonly sinceAt: Instant
  /** The first instant at which it no longer holds. */
  readonly untilAt: Instant
}
export const shortestHoldMin = 1
export const longestHoldMin = 240
export const usualHoldMin = 15

/** The one row of the wall's remote control. */
export interface WallControl {
  readonly id: 'wall'
  readonly version: number
  /** What people changed the programme to; null = as the city pack says. */
  readonly programme: WallProgramme | null
  readonly holds: readonly WallHold[]
}
export const freeWall: WallControl = { id: 'wall', version: 0, programme: null, holds: [] }

export interface WallMoment {
  readonly nowAt: Instant
  /** Day of the week and minute of the day by the city's clock. */
  readonly weekday: Weekday
  readonly minute: number
  /** The strictest anywhere, and what that mode asks the wall to show. */
  readonly mode: OperatingMode
  readonly modeScene: WallScene
  /** Colours of warnings in earnest. */
  readonly warnings: readonly WarningColour[]
  /** When the newest critical case that may take the wall was reported; null = none may. */
  readonly criticalSinceAt: Instant | null
}

export interface Shown {
  readonly scene: WallScene
  /** Why: a critical case, the desk, the programme under a condition, the mode, the programme, or nothing of these. */
  readonly because: 'critical' | 'hold' | 'condition' | 'mode' | 'programme' | 'usual'
  readonly hold: WallHold | null
}

const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))
const dayBefore = (day: Weekday): Weekday => (day === 1 ? 7 : ((day - 1) as Weekday))

function isWithin({ days, from, to }: ProgrammeTurn, weekday: Weekday, minute: number): boolean {
  const [begin, end] = [minutesOf(from), minutesOf(to)]
  const isOn = (day: Weekday) => days.length === 0 || days.includes(day)
  if (begin < end) return isOn(weekday) && minute >= begin && minute < end
  if (begin === end) return isOn(weekday)
  // Over midnight: the early hours belong to the day it began on.
  return minute >= begin ? isOn(weekday) : minute < end && isOn(dayBefore(weekday))
}

const hasCondition = ({ when }: ProgrammeTurn): boolean => when.modes !== undefined || when.warnings !== undefined
const isMet = ({ when }: ProgrammeTurn, { mode, warnings }: WallMoment): boolean =>
  (when.modes?.includes(mode) ?? true) && (when.warnings?.some((colour) => warnings.includes(colour)) ?? true)

/** In step on every display: by the clock of the server, not since when this one shows it. */
const sceneOf = ({ scenes, dwellS }: ProgrammeTurn, nowAt: Instant): WallScene | undefined =>
  scenes[Math.floor(nowAt / (dwellS * 1000)) % Math.max(1, scenes.length)]

/** The newest hold of this display, or of all, that has not run out. */
export function holdOn(holds: readonly WallHold[], display: string | null, nowAt: Instant): WallHold | null {
  return holds
    .filter((hold) => nowAt < hold.untilAt && (hold.display === null || hold.display === display))
    .reduce<WallHold | null>((best, one) => (best === null || one.sinceAt >= best.sinceAt ? one : best), null)
}

/**
 * What the display shows at this moment. In this order: a critical case nobody has taken, unless the desk took the display after it was
 * reported (whoever pushes then has seen it); what the desk holds; a turn whose condition is met; what a mode other than 平时 asks for; a turn
 * without a condition; the overview. The display's own turns go before the usual ones. A display that is on the overview stays on it: there
 * the critical case takes the camera, and the rest of the city is not lost from sight.
 */
export function shownOn(
  display: string | null,
  control: Pick<WallControl, 'holds'>,
  programme: WallProgramme,
  moment: WallMoment,
): Shown {
  const hold = holdOn(control.holds, display, moment.nowAt)
  const planned =
    hold === null ? plannedOn(display, programme, moment) : ({ scene: hold.scene, because: 'hold', hold } as const)
  const { criticalSinceAt } = moment
  if (criticalSinceAt === null || (hold !== null && hold.sinceAt >= criticalSinceAt)) return planned
  return { scene: planned.scene === 'overview' ? 'overview' : 'incidents', because: 'critical', hold }
}

function plannedOn(display: string | null, programme: WallProgramme, moment: WallMoment): Shown {
  const own = programme.displays.find(({ id }) => id === display)?.turns ?? []
  const turns = [...own, ...programme.usual].filter((turn) => isWithin(turn, moment.weekday, moment.minute))
  const shown = (turn: ProgrammeTurn | undefined) => (turn === undefined ? undefined : sceneOf(turn, moment.nowAt))
  const conditional = shown(turns.find((turn) => hasCondition(turn) && isMet(turn, moment)))
  if (conditional !== undefined) return { scene: conditional, because: 'condition', hold: null }
  if (moment.mode !== 'normal') return { scene: moment.modeScene, because: 'mode', hold: null }
  const plain = shown(turns.find((turn) => !hasCondition(turn)))
  return plain === undefined
    ? { scene: 'overview', because: 'usual', hold: null }
    : { scene: plain, because: 'programme', hold: null }
}
