/** Where today and this month begin by the city's own calendar. */
import { computed, type ComputedRef } from 'vue'
import { zoneOffsetMs } from '../../charts/chart-time.ts'
import { useCityStore } from '../../stores/city.ts'
import { useLinkStore } from '../../stores/link.ts'

/** First instants of the day and the month `nowAt` lies in, in the zone. */
export function cityStarts(nowAt: number, timeZone: string): { readonly dayAt: number; readonly monthAt: number } {
  const local = new Date(nowAt + zoneOffsetMs(nowAt, timeZone))
  const [year, month, day] = [local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate()]
  // The offset where the period begins, which a change of clocks makes another than now's.
  const startOf = (wall: number): number => {
    const guess = wall - zoneOffsetMs(nowAt, timeZone)
    return wall - zoneOffsetMs(guess, timeZone)
  }
  return { dayAt: startOf(Date.UTC(year, month, day)), monthAt: startOf(Date.UTC(year, month, 1)) }
}

export function useCityDay(): ComputedRef<{ readonly dayAt: number; readonly monthAt: number }> {
  const [city, link] = [useCityStore(), useLinkStore()]
  return computed(() => cityStarts(link.nowAt, city.timeZone))
}
