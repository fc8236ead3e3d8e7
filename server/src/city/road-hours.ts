/** Which of a city's road bands an instant lies in, by the city's own clock and weekday. */
import type { RoadBand } from '../../../shared/model/dispatch-settings.ts'
import { roadBandAt } from '../../../shared/model/dispatch-settings.ts'
import { cityCalendar } from '../../../shared/model/city-calendar.ts'
import type { RoadHours } from './travel-finder.ts'

const minuteMs = 60_000

export function roadHours(bands: readonly RoadBand[], timeZone: string): RoadHours {
  const dayOf = cityCalendar(timeZone)
  const weekdayOf = (ymd: string): number => {
    const day = new Date(Date.UTC(+ymd.slice(0, 4), +ymd.slice(4, 6) - 1, +ymd.slice(6, 8))).getUTCDay()
    return day === 0 ? 7 : day
  }
  let [minute, band] = [NaN, -1]
  return {
    bands,
    bandAt(at) {
      // Asked for every crew of one case: the answer of a minute holds for all of it.
      const now = Math.floor(at / minuteMs)
      if (now !== minute) {
        const day = dayOf(at)
        minute = now
        band = roadBandAt(bands, weekdayOf(day.ymd), Math.floor((at - day.startAt) / minuteMs))
      }
      return band
    },
  }
}
