/** One rule on one sensor through time: on-delay by time and number of readings, off-delay. Knows neither limits nor values. */
import type { AlarmRule } from '../../../../shared/model/alarm.ts'
import type { Instant } from '../../../../shared/model/ids.ts'

export interface RuleWatch {
  active: boolean
  /** First reading of the present run that crossed. */
  since: Instant
  count: number
  /** First reading of the present run that was back; NaN = none. */
  backSince: Instant
  /** What the rule saw last, where that is not the value itself: a change within its window. */
  said?: number
}

export const idleRule = (at: Instant): RuleWatch => ({ active: false, since: at, count: 0, backSince: NaN })

/** As it is after a restart for a rule whose alarm stands. */
export const standingRule = (rule: AlarmRule, since: Instant): RuleWatch => ({
  active: true,
  since,
  count: rule.onReadings,
  backSince: NaN,
})

type Delays = Pick<AlarmRule, 'onDelayMs' | 'onReadings' | 'offDelayMs'>

/** Takes one reading in that crosses, or is back, or lies between. */
export function step(rule: Delays, state: RuleWatch, isCrossing: boolean, isBack: boolean, at: Instant): void {
  if (state.active) {
    if (!isBack) {
      state.backSince = NaN
      return
    }
    if (Number.isNaN(state.backSince)) state.backSince = at
    expire(rule, state, at)
    return
  }
  if (!isCrossing) {
    state.count = 0
    return
  }
  if (state.count === 0) state.since = at
  state.count++
  if (state.count >= rule.onReadings && at - state.since >= rule.onDelayMs) {
    state.active = true
    state.backSince = NaN
  }
}

/** Ends it where the way back has lasted long enough. */
export function expire(rule: Delays, state: RuleWatch, now: Instant): void {
  if (!state.active || Number.isNaN(state.backSince) || now - state.backSince < rule.offDelayMs) return
  reset(state)
}

export function reset(state: RuleWatch): void {
  state.active = false
  state.count = 0
  state.backSince = NaN
}
