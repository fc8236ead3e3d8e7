/**
 * What a city keeps ready and what it holds its crews to: least cover a zone, road speeds by the hour, and time targets. A pack brings its
 * own (`dispatch.json`), part by part; what it leaves out is as here.
 */
import type { CaseInterval } from './case-times.ts'
import type { DepartmentId, DistrictId } from './ids.ts'
import type { Priority } from './priority.ts'
import type { RoadClass } from './roads.ts'
import type { Term } from './term.ts'

/** Least number of crews of a kind that stay free in a zone. */
export interface CoverRule {
  readonly zone: DistrictId
  readonly kind: string
  readonly minimum: number
}

/** Hours of the city's day in which roads of a class are so much slower than free: 1 = free. `to` before `from` runs past midnight. */
export interface RoadBand {
  readonly name: Term
  readonly days: 'weekdays' | 'weekend' | 'all'
  readonly from: string
  readonly to: string
  readonly speed: Readonly<Partial<Record<RoadClass, number>>>
}

/** So many percent within so many seconds. The most closely fitting target of an interval counts: priority, then department. */
export interface TimeTarget {
  readonly interval: CaseInterval
  readonly priority: Priority | null
  readonly departmentId: DepartmentId | null
  readonly seconds: number
  /** 0 … 1 */
  readonly share: number
}

export interface DispatchSettings {
  readonly cover: readonly CoverRule[]
  /** For a zone and kind no rule names, where the zone has such a crew at all. */
  readonly usualCover: number
  readonly roadBands: readonly RoadBand[]
  readonly timeTargets: readonly TimeTarget[]
}

const target = (
  interval: CaseInterval,
  seconds: number,
  priority: Priority | null = null,
  departmentId: string | null = null,
): TimeTarget => ({ interval, priority, departmentId, seconds, share: 0.9 })

/** Field reference §3.1 and §3.4: processing by priority as its queue times; turnout and travel as NFPA 1710 has them. */
export const defaultDispatchSettings: DispatchSettings = {
  cover: [],
  usualCover: 1,
  roadBands: [
    {
      name: { zh: '早高峰', en: 'morning peak' },
      days: 'weekdays',
      from: '07:00',
      to: '09:30',
      speed: { motorway: 0.75, trunk: 0.6, primary: 0.5, secondary: 0.55, tertiary: 0.7, local: 0.85 },
    },
    {
      name: { zh: '晚高峰', en: 'evening peak' },
      days: 'weekdays',
      from: '17:00',
      to: '19:30',
      speed: { motorway: 0.7, trunk: 0.55, primary: 0.5, secondary: 0.55, tertiary: 0.7, local: 0.85 },
    },
    {
      name: { zh: '日间', en: 'daytime' },
      days: 'all',
      from: '06:00',
      to: '22:00',
      speed: { motorway: 0.95, trunk: 0.85, primary: 0.8, secondary: 0.8, tertiary: 0.85, local: 0.95 },
    },
  ],
  timeTargets: [
    target('answer', 15),
    target('processing', 60, 1),
    target('processing', 120, 2),
    target('processing', 900, 3),
    target('processing', 3600, 4),
    target('turnout', 80),
    target('turnout', 60, null, 'health'),
    target('travel', 240, 1),
    target('travel', 600, 2),
    target('total', 480, 1),
    target('total', 1200, 2),
  ],
}

/** What a city holds its crews to: its pack's targets, or the customary ones. */
export const timeTargetsOf = ({ dispatch }: { readonly dispatch?: DispatchSettings }): readonly TimeTarget[] =>
  (dispatch ?? defaultDispatchSettings).timeTargets

/** The target that holds for a case; undefined = none. */
export function targetFor(
  targets: readonly TimeTarget[],
  interval: CaseInterval,
  priority: Priority,
  departmentId: DepartmentId | null,
): TimeTarget | undefined {
  let best: TimeTarget | undefined
  const closeness = (one: TimeTarget) => (one.priority === null ? 0 : 2) + (one.departmentId === null ? 0 : 1)
  for (const one of targets) {
    if (one.interval !== interval || (one.priority !== null && one.priority !== priority)) continue
    if (one.departmentId !== null && one.departmentId !== departmentId) continue
    if (best === undefined || closeness(one) > closeness(best)) best = one
  }
  return best
}

const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))

/** The first band this minute of the day lies in (`from` ≤ t < `to`); its place in the list, −1 = roads are free. */
export function roadBandAt(bands: readonly RoadBand[], weekday: number, minuteOfDay: number): number {
  return bands.findIndex(({ days, from, to }) => {
    const [start, end] = [minutesOf(from), minutesOf(to)]
    const isIn = start <= end ? minuteOfDay >= start && minuteOfDay < end : minuteOfDay >= start || minuteOfDay < end
    return isIn && (days === 'all' || (days === 'weekend') === weekday >= 6)
  })
}
