/**
 * What load control keeps of the stream of alarms, folded from events like all of state. Bounded: transitions and announcements are
 * kept no longer than their windows reach, and never more than so many; groups and timers only of alarms that stand.
 */
import type { AlarmGroup, Flood } from '../../../../shared/model/load-control.ts'
import type { Alarm, Priority } from '../../../../shared/model/alarm.ts'
import type { AlarmGroupId, AlarmId, Instant } from '../../../../shared/model/ids.ts'
import { longestChatterMs } from '../../../../shared/model/load-control.ts'
import { TimerQueue } from '../deadline/timer-queue.ts'

/** An announcement within the flood's window. */
export interface Heard {
  readonly at: Instant
  readonly priority: Priority
  readonly ruleId: string
  readonly drill: boolean
}

export interface AlarmLoadState {
  /** Newest raises and returns by `transitionKey`, oldest first; the key that moved last stands last. */
  readonly transitions: Map<string, readonly Instant[]>
  /** Announcements within the window, oldest first. */
  heard: Heard[]
  readonly groups: Map<AlarmGroupId, AlarmGroup>
  /** Open alarms in no group, in the order they were raised. */
  readonly loose: Set<AlarmId>
  flood: Flood | null
  /** How often each rule spoke in the running flood. */
  readonly floodRules: Map<string, number>
  readonly escalations: TimerQueue
  readonly quiets: TimerQueue
  groupCount: number
  floodCount: number
}

export const newAlarmLoad = (): AlarmLoadState => ({
  transitions: new Map(),
  heard: [],
  groups: new Map(),
  loose: new Set(),
  flood: null,
  floodRules: new Map(),
  escalations: new TimerQueue(),
  quiets: new TimerQueue(),
  groupCount: 0,
  floodCount: 0,
})

/** By its id, where one is on. */
export const runningFlood = ({ flood }: AlarmLoadState): ReadonlyMap<string, Flood> =>
  new Map(flood === null ? [] : [[flood.id, flood]])

/** More keys than this move within a window only where everything is broken; the oldest are let go. */
export const mostTransitionKeys = 20_000
/** Of one key. */
export const mostTransitions = 8
/** A flood's peak is not counted beyond. */
export const mostHeard = 5_000

/** One for each sensor and rule, real and drill apart. */
export const transitionKey = ({ sensorId, ruleId, drill }: Alarm): string =>
  `${sensorId ?? ''} ${ruleId}${drill ? ' drill' : ''}`

/** Adds a transition; lets go of keys that no limit could still concern. */
export function addTransition(load: AlarmLoadState, key: string, at: Instant): void {
  const before = load.transitions.get(key) ?? []
  load.transitions.delete(key)
  load.transitions.set(key, [...before, at].slice(-mostTransitions))
  for (const [oldest, instants] of load.transitions) {
    const isStale = (instants.at(-1) as Instant) < at - longestChatterMs
    if (!isStale && load.transitions.size <= mostTransitionKeys) return
    load.transitions.delete(oldest)
  }
}
