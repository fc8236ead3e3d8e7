/** What a page must know once about its city: profile, case classes, alarm rules, and their names. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { CityAnswer } from '../../../shared/contract/http.ts'
import type { AlarmRule } from '../../../shared/model/alarm.ts'
import type { CaseClass } from '../../../shared/model/case-class.ts'
import type { BBox } from '../../../shared/model/geo.ts'
import type { Term } from '../../../shared/model/transition.ts'
import { useRemoteStore, type Failure } from './remote.ts'

const nowhere: BBox = [-180, -85, 180, 85]

export const useCityStore = defineStore('city', () => {
  const remote = useRemoteStore()
  const answer = shallowRef<CityAnswer | null>(null)
  const profile = computed(() => answer.value?.profile ?? null)
  const classes = computed(
    () => new Map<string, CaseClass>((answer.value?.caseClasses ?? []).map((row) => [row.code, row])),
  )
  const rules = computed(() => new Map<string, AlarmRule>((answer.value?.alarmRules ?? []).map((row) => [row.id, row])))
  const termOf = (row: { name: string; nameEn: string }): Term => ({ zh: row.name, en: row.nameEn || row.name })
  const divisions = computed(
    () => new Map<string, Term>((profile.value?.divisions ?? []).map((row) => [row.id, termOf(row)])),
  )
  const departments = computed(
    () => new Map<string, Term>((profile.value?.departments ?? []).map((row) => [row.id, termOf(row)])),
  )

  return {
    answer,
    profile,
    name: computed<Term | null>(() => (profile.value === null ? null : termOf(profile.value))),
    timeZone: computed(() => profile.value?.timeZone ?? 'Asia/Shanghai'),
    bbox: computed<BBox>(() => profile.value?.bbox ?? nowhere),
    caseClasses: computed<readonly CaseClass[]>(() => answer.value?.caseClasses ?? []),
    classOf: (code: string): CaseClass | undefined => classes.value.get(code),
    ruleOf: (id: string): AlarmRule | undefined => rules.value.get(id),
    divisionName: (id: string | null): Term | null => (id === null ? null : (divisions.value.get(id) ?? null)),
    departmentName: (id: string | null): Term | null => (id === null ? null : (departments.value.get(id) ?? null)),
    set(next: CityAnswer): void {
      answer.value = next
    },
    async load(): Promise<Failure | null> {
      const got = await remote.get<CityAnswer>('/city')
      if (!got.ok) return got.error
      answer.value = got.data
      return null
    },
  }
})
