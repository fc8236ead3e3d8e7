/** Is a rule in force here and now? Mode, place, working calendar, hours of the day; whatever a rule does not name does not matter. */
import type { AlarmRule, RuleScope } from '../../../../shared/model/alarm.ts'
import type { CityMode } from '../../../../shared/model/city-mode.ts'
import { everNormal, modeIn } from '../../../../shared/model/city-mode.ts'
import type { DistrictId } from '../../../../shared/model/ids.ts'
import type { Context } from '../context.ts'

/** What of the moment rules ask about. */
export interface Situation {
  readonly mode: CityMode
  readonly isWorking: boolean
  /** Minutes since the city's day began. */
  readonly minuteOfDay: number
}

export const plainSituation: Situation = { mode: everNormal, isWorking: true, minuteOfDay: 0 }

export function situationOf(mode: CityMode, { now, dayOf, workingHours }: Context): Situation {
  // A day off is a span of nothing.
  const [next] = take(workingHours.spansFrom(now))
  const isWorking = next !== undefined && next.from <= now && now < next.to
  return { mode, isWorking, minuteOfDay: Math.floor((now - dayOf(now).startAt) / 60_000) }
}

function take<T>(items: Iterable<T>): readonly T[] {
  const { value, done } = items[Symbol.iterator]().next()
  return done === true ? [] : [value]
}

const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))

/** Its scope holds, and the mode that holds here does not let it rest. One of priority 1 never rests, also where it became that since. */
export function isRuleInForce(
  { id, scope, priority }: Pick<AlarmRule, 'id' | 'scope' | 'priority'>,
  districtId: DistrictId | null,
  now: Situation,
): boolean {
  if (!isInForce(scope, districtId, now)) return false
  return priority === 1 || modeIn(now.mode, districtId).effects.rulesOff?.includes(id) !== true
}

export function isInForce(scope: RuleScope | undefined, districtId: DistrictId | null, now: Situation): boolean {
  if (scope === undefined) return true
  const { modes, districtIds, calendar, hours } = scope
  if (modes !== undefined && !modes.includes(modeIn(now.mode, districtId).mode)) return false
  if (districtIds !== undefined && (districtId === null || !districtIds.includes(districtId))) return false
  if (calendar !== undefined && (calendar === 'working-hours') !== now.isWorking) return false
  if (hours === undefined) return true
  const [from, to, at] = [minutesOf(hours.from), minutesOf(hours.to), now.minuteOfDay]
  return from < to ? at >= from && at < to : at >= from || at < to
}
