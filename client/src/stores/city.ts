/** What a page must know once about its city: profile, case classes, alarm rules, and their names. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { CityAnswer } from '../../../shared/contract/http.ts'
import { fromGcj02, toGcj02 } from '../../../shared/contract/gcj02.ts'
import type { AlarmRule } from '../../../shared/model/alarm.ts'
import { defaultCaseSettings, type CaseSettings } from '../../../shared/model/case-settings.ts'
import type { CaseClass } from '../../../shared/model/case-class.ts'
import type { BBox, LonLat } from '../../../shared/model/geo.ts'
import type { Term } from '../../../shared/model/transition.ts'
import { useRemoteStore, type Failure } from './remote.ts'

const nowhere: BBox = [-180, -85, 180, 85]
const same = (at: LonLat): LonLat => at
/** How an outside base map's ground lies, for the map to draw on. */
const grounds = { wgs84: { shown: same, real: same }, gcj02: { shown: toGcj02, real: fromGcj02 } } as const

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
    /** Null where the city's own ground is drawn. */
    outsideGround: computed(() => {
      const baseMap = answer.value?.baseMap
      return baseMap?.isOutside ? grounds[baseMap.crs] : null
    }),
    caseClasses: computed<readonly CaseClass[]>(() => answer.value?.caseClasses ?? []),
    caseSettings: computed<CaseSettings>(() => answer.value?.caseSettings ?? defaultCaseSettings),
    classOf: (code: string): CaseClass | undefined => classes.value.get(code),
    ruleOf: (id: string): AlarmRule | undefined => rules.value.get(id),
    divisionName: (id: string | null): Term | null => (id === null ? null : (divisions.value.get(id) ?? null)),
    departmentIds: computed(() => [...departments.value.keys()]),
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
