/**
 * What a crew without a case sets of its own status: on duty when its shift begins, off duty when it ends, out of service for fuel or
 * a breakdown now and then, free again when it has packed up. What a person set by hand stays until the shift changes; what was set for a reason of its own ends by
 * itself, also after a restart.
 */
import type { CrewRow } from '../../shared/contract/city-pack.ts'
import type { Unit } from '../../shared/model/unit.ts'
import { logNormal, seededRandom, seedFrom, type Random } from '../city/random.ts'
import type { CityNow } from '../life/city-now.ts'
import type { PeopleRates } from '../life/people-rates.ts'
import type { CrewAct } from './crew-act.ts'
import { shiftNow } from './shift.ts'

type SetStatus = Extract<CrewAct, { type: 'unit.set-status' }>

export interface CrewDay {
  /** For a crew without a case. */
  next(unit: Unit, now: number): SetStatus | null
}

const refuelling = '车辆加油'
const breakdown = '车辆故障检修'
const shiftOver = '交班收队'
const shiftBegins = '接班上岗'
const minMs = 60_000
const dayMs = 24 * 60 * minMs

export function crewDay(options: {
  readonly unitId: string
  readonly shift: CrewRow['shift']
  readonly random: Random
  readonly seed: number
  readonly speed: number
  readonly city: CityNow
  readonly rates: PeopleRates
}): CrewDay {
  const { unitId, shift, random, seed, speed, city, rates } = options
  const own = seededRandom(seedFrom(seed, `${unitId} shift`))
  const aheadMs = own.between(-1, 1) * rates.shiftSpreadMin * minMs
  const troublesPerDay = rates.refuelsPerDay + rates.breakdownsPerDay
  let troubleAt: number | null = null
  /** Was off duty in these hours: who is free again then has been called in. */
  let wentOff = false

  const set = (status: SetStatus['status'], reason: string | null): SetStatus => ({
    type: 'unit.set-status',
    status,
    reason,
  })
  const nextTroubleAt = (now: number) =>
    troublesPerDay > 0 ? now + (-Math.log(1 - random.next()) / troublesPerDay) * (dayMs / speed) : Infinity
  /** The same for the same status, whoever asks again. */
  const spanMs = ({ statusSince }: Unit, medianMin: number) =>
    logNormal(seededRandom(seedFrom(seed, `${unitId} ${statusSince}`)), medianMin * minMs, rates.actSpread) / speed

  return {
    next(unit, now) {
      const { isOn, sinceMs } = shiftNow(shift, city, city.cityAt(now), aheadMs)
      const shiftBeganAt = now - sinceMs / speed
      switch (unit.status) {
        case 'available': {
          if (!isOn && !(wentOff && unit.statusSince > shiftBeganAt)) return set('off-duty', shiftOver)
          if (isOn) wentOff = false
          troubleAt ??= nextTroubleAt(now)
          if (now < troubleAt) return null
          troubleAt = nextTroubleAt(now)
          const isFuel = random.next() * troublesPerDay < rates.refuelsPerDay
          return set('out-of-service', isFuel ? refuelling : breakdown)
        }
        case 'off-duty':
          wentOff = true
          return isOn && unit.statusSince <= shiftBeganAt ? set('available', shiftBegins) : null
        case 'out-of-service': {
          const isOwn = unit.statusReason === refuelling || unit.statusReason === breakdown
          const medianMin = unit.statusReason === refuelling ? rates.refuelMin : rates.breakdownMin
          if (!isOwn || now < unit.statusSince + spanMs(unit, medianMin)) return null
          return isOn ? set('available', null) : set('off-duty', shiftOver)
        }
        // It has packed up.
        case 'clearing':
          return now < unit.statusSince + spanMs(unit, rates.clearMin) ? null : set('available', null)
        default:
          return null
      }
    },
  }
}
