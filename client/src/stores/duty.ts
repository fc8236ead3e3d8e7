/** Who is on duty. The only writer of the table. */
import { defineStore } from 'pinia'
import { computed } from 'vue'
import { cityCalendar } from '../../../shared/model/city-calendar.ts'
import { dutyShiftAt, type DutyPost } from '../../../shared/model/duty-roster.ts'
import type { DutyNow } from '../../../shared/model/duty.ts'
import { useCityStore } from './city.ts'
import { useLinkStore } from './link.ts'
import { makeTable } from './table.ts'

export const useDutyStore = defineStore('duty', () => {
  const [city, link] = [useCityStore(), useLinkStore()]
  const table = makeTable<DutyNow>()
  const now = computed<DutyNow | null>(() => table.rows.value.get('now') ?? null)
  const dayOf = computed(() => cityCalendar(city.timeZone))
  return {
    ...table,
    now,
    /** Those at a post, in the roster's order. */
    at: (post: DutyPost) => (now.value?.onDuty ?? []).filter((one) => one.post === post),
    /** The shift of the city's clock, also where no roster is kept. */
    shift: computed(() => dutyShiftAt(dayOf.value, link.nowAt)),
  }
})
