/** The city as those who work in it find it: its own time, and its roads. Ordinary until life has begun to be played. */
import type { LonLat } from '../../shared/model/geo.ts'
import { ordinarySlowness } from '../crews/slowness.ts'
import type { CityTime } from './happening.ts'

export interface CityNow extends CityTime {
  /** Times as long as on a free road, at a place, at a moment of the server's clock. */
  slownessAt(position: LonLat, at: number): number
}
/** What life tells of itself. */
export interface LivedNow {
  readonly time: CityTime
  slownessAt(position: LonLat): number
}

/** `before` until `begin` is called; then as life has it. */
export function cityNow(before: CityTime): CityNow & { begin(life: LivedNow): void } {
  let time = before
  let life: LivedNow | null = null
  return {
    begin(lived) {
      life = lived
      time = lived.time
    },
    cityAt: (at) => time.cityAt(at),
    hourOf: (cityAt) => time.hourOf(cityAt),
    weekdayOf: (cityAt) => time.weekdayOf(cityAt),
    slownessAt(position, at) {
      if (life) return life.slownessAt(position)
      const cityAt = time.cityAt(at)
      return ordinarySlowness(time.hourOf(cityAt), time.weekdayOf(cityAt))
    },
  }
}
