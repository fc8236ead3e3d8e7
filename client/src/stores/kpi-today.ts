/** Today's numbers: one row of the state lane. */
import { defineStore } from 'pinia'
import { computed } from 'vue'
import type { KpiToday } from '../../../shared/model/kpi.ts'
import { makeTable } from './table.ts'

export const useKpiTodayStore = defineStore('kpi-today', () => {
  const { rows, apply, replace } = makeTable<KpiToday & { readonly id: 'today' }>()
  return { apply, replace, today: computed<KpiToday | null>(() => rows.value.get('today') ?? null) }
})
