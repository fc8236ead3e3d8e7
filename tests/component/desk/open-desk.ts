/** The desk mounted whole, with a city of two crews and a server that answers what a test says. */
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { makeI18n } from '../../../client/src/locales/i18n.ts'
import { defaultCaseSettings } from '../../../shared/model/case-settings.ts'
import { contractVersion } from '../../../shared/contract/realtime.ts'
import { useCityStore } from '../../../client/src/stores/city.ts'
import { useDrillsStore } from '../../../client/src/stores/drills.ts'
import { useIncidentsStore } from '../../../client/src/stores/incidents.ts'
import { useLinkStore } from '../../../client/src/stores/link.ts'
import { useRemoteStore, type Draft, type Outcome, type Remote } from '../../../client/src/stores/remote.ts'
import { useSessionStore } from '../../../client/src/stores/session.ts'
import { useUnitsStore } from '../../../client/src/stores/units.ts'
import DeskPage from '../../../client/src/views/desk/DeskPage.vue'
import type { DuplicatesAnswer } from '../../../shared/contract/advice.ts'
import type { Suggestions } from '../../../shared/model/suggestion.ts'
import type { CityAnswer, Session } from '../../../shared/contract/http.ts'
import type { Drill } from '../../../shared/model/drill.ts'
import type { Incident } from '../../../shared/model/incident.ts'
import type { UnitProposal } from '../../../shared/model/unit.ts'
import type { Role } from '../../../shared/model/role.ts'
import { noon, sampleUnit } from '../../support/sample-rows.ts'

const proposal = (unitId: string, rank: number): UnitProposal => ({
  unitId,
  rank,
  etaS: 180,
  distanceM: 2900,
  basis: 'road',
  reasons: [
    { zh: '预计3分钟到达，距2.9公里', en: 'about 3 min away, 2.9 km' },
    { zh: '专门处置道路积水', en: 'specialised in: flooding' },
  ],
  fixAgeMs: 1,
  primary: 'Available',
  fitness: 'specialist',
  isMutualAid: false,
  scoreS: world.scores[rank - 1] ?? 0,
  parts: [],
})
const session = (role: Role): Session => ({
  username: role,
  displayName: '值班员',
  role,
  unitId: role === 'crew' ? 'PUMP-01' : null,
  departmentId: null,
  home: '/desk',
  expiresAt: '',
})

let role: Role = 'duty'
/** What the desk sent and asked, and what it is answered; a test sets the answers. */
export const world = {
  sent: [] as Draft[],
  asked: [] as string[],
  posted: [] as { readonly path: string; readonly body: unknown }[],
  outcome: { ok: true, rev: 0, data: {} } as Outcome,
  /** By path: what a test asks for besides. */
  answers: new Map<string, unknown>(),
  /** The case as `GET /incidents/ID` tells it; null = not found. */
  ended: null as Incident | null,
  duplicates: null as DuplicatesAnswer | null,
  suggestions: null as Suggestions | null,
  /** What the proposals are ranked by, s. */
  scores: [100, 100],
}
const remote: Remote = {
  get: <T>(path: string) => {
    world.asked.push(path)
    if (world.answers.has(path)) return Promise.resolve({ ok: true as const, data: world.answers.get(path) as T })
    if (path === '/session') return Promise.resolve({ ok: true as const, data: session(role) as T })
    const items = path.endsWith('/recommendations')
      ? [proposal('PUMP-01', 1), proposal('PUMP-02', 2)]
      : path.endsWith('/timeline')
        ? [
            { seq: 1, at: '2026-08-01T12:00:00+08:00', actor: 'door:ingest', type: 'incident.reported', facts: {} },
            {
              seq: 2,
              at: '2026-08-01T12:01:00+08:00',
              actor: 'duty',
              type: 'incident.dispatched',
              facts: { unitId: 'PUMP-02' },
            },
          ]
        : null
    if (path.endsWith('/reporter'))
      return Promise.resolve({ ok: true as const, data: { name: '张三', phone: '13812345678', email: null } as T })
    const advice = path.endsWith('/duplicates')
      ? world.duplicates
      : path.endsWith('/suggestions')
        ? world.suggestions
        : undefined
    if (advice) return Promise.resolve({ ok: true as const, data: advice as T })
    if (advice === null)
      return Promise.resolve({ ok: false as const, error: { code: 'NOT_FOUND' as const, message: '' } })
    if (items !== null) return Promise.resolve({ ok: true as const, data: { items, next: null } as T })
    if (path.startsWith('/incidents/') && world.ended !== null)
      return Promise.resolve({ ok: true as const, data: world.ended as T })
    return Promise.resolve({ ok: false as const, error: { code: 'NOT_FOUND' as const, message: '' } })
  },
  post: <T>(path: string, body: unknown) => {
    world.posted.push({ path, body })
    if (world.answers.has(path)) return Promise.resolve({ ok: true as const, data: world.answers.get(path) as T })
    const advice = path === '/incidents/duplicates' ? world.duplicates : world.suggestions
    return Promise.resolve(
      advice === null
        ? { ok: false as const, error: { code: 'BUSY' as const, message: '' } }
        : { ok: true as const, data: advice as T },
    )
  },
  remove: () => Promise.reject(new Error('not asked for here')),
  submit: (draft) => {
    world.sent.push(draft)
    return Promise.resolve(world.outcome)
  },
}

export let desk: VueWrapper
export async function open(as: Role = 'duty', address = '/desk'): Promise<void> {
  role = as
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/desk/:id?', name: 'desk', component: DeskPage },
      { path: '/classes/:code?', name: 'classes', component: { template: '<p />' } },
    ],
  })
  await router.push(address)
  const pinia = createPinia()
  setActivePinia(pinia)
  useRemoteStore().attach(remote)
  await useSessionStore().restore()
  useCityStore().set({
    profile: {
      id: 'c',
      name: '澜汀市',
      nameEn: 'Lanting',
      timeZone: 'Asia/Shanghai',
      bbox: [121, 31, 122, 32],
      divisions: [
        { id: 'd0', name: '云岫区', nameEn: '', level: 2, parentId: null, bbox: [0, 0, 1, 1], centre: [0, 0] },
        { id: 'd1', name: '汀兰街道', nameEn: '', level: 3, parentId: 'd0', bbox: [0, 0, 1, 1], centre: [0, 0] },
      ],
      departments: [],
    },
    caseClasses: [],
    alarmRules: [],
    caseSettings: defaultCaseSettings,
    layerNames: [],
    baseMap: { isOutside: false, crs: 'wgs84' },
    contract: contractVersion,
    version: 'test',
  })
  useLinkStore().setLamp('live', false)
  useLinkStore().heard(noon + 60_000, noon + 60_000, noon)
  useUnitsStore().replace(
    ['PUMP-01', 'PUMP-02'].map((id, at) => ({ id, row: sampleUnit({ id, name: `排水${['一', '二'][at]}队` }) })),
  )
  desk = mount(DeskPage, { attachTo: document.body, global: { plugins: [pinia, router, makeI18n('zh-CN')] } })
  await vi.dynamicImportSettled()
  await flushPromises()
}
/** What this city has otherwise: its classes, its settings. */
export async function inCity(over: Partial<CityAnswer>): Promise<void> {
  const city = useCityStore()
  if (city.answer !== null) city.set({ ...city.answer, ...over })
  await flushPromises()
}
export async function put(...incidents: Incident[]): Promise<void> {
  useIncidentsStore().replace(incidents.map((row) => ({ id: row.id, row })))
  await flushPromises()
}
/** The drill that runs, or null. */
export async function rehearse(drill: Drill | null): Promise<void> {
  useDrillsStore().replace(drill === null ? [] : [{ id: drill.id, row: drill }])
  await flushPromises()
}
export async function press(key: string, over: KeyboardEventInit = {}, on: EventTarget = document.body): Promise<void> {
  on.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...over }))
  await flushPromises()
}
export const detail = () => desk.find('section[aria-label="详情"]')
export const dialog = () => desk.find('dialog')

export function reset(): void {
  Object.assign(world, { sent: [], asked: [], posted: [], outcome: { ok: true, rev: 0, data: {} }, ended: null })
  Object.assign(world, { duplicates: null, suggestions: null, scores: [100, 100] })
  world.answers.clear()
  localStorage.clear()
  sessionStorage.clear()
}
