/** The KPI page mounted whole, with a city of one district and a server that answers what a test says. */
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import { fromWire } from '../../../client/src/connection/api.ts'
import { makeI18n } from '../../../client/src/locales/i18n.ts'
import { defaultCaseSettings } from '../../../shared/model/case-settings.ts'
import { contractVersion } from '../../../shared/contract/realtime.ts'
import { useCityStore } from '../../../client/src/stores/city.ts'
import { useLinkStore } from '../../../client/src/stores/link.ts'
import { useRemoteStore, type Answer, type Query } from '../../../client/src/stores/remote.ts'
import KpiPage from '../../../client/src/views/kpi/KpiPage.vue'
import { noon } from '../../support/sample-rows.ts'

/** What the page asked, and how it is answered. */
export const kpiWorld = {
  asked: [] as { path: string; query: Query }[],
  fails: false,
  answer: (_path: string, _query: Query): unknown => undefined,
  /** What was sent, and what came of it. */
  sent: [] as { path: string; body: unknown }[],
  accepts: (_path: string, _body: unknown): Answer<unknown> => ({ ok: true, data: null }),
}
const refuses = () => Promise.reject(new Error('asks only'))

export let page: VueWrapper
export let router: Router
export async function open(address = '/kpi'): Promise<void> {
  router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/kpi', name: 'kpi', component: KpiPage }] })
  await router.push(address)
  const pinia = createPinia()
  setActivePinia(pinia)
  useRemoteStore().attach({
    get: <T>(path: string, query: Query = {}) => {
      kpiWorld.asked.push({ path, query })
      return Promise.resolve<Answer<T>>(
        kpiWorld.fails
          ? { ok: false, error: { code: 'BUSY', message: 'busy' } }
          : // As it comes in: by the wire, with instants read.
            { ok: true, data: JSON.parse(JSON.stringify(kpiWorld.answer(path, query)), fromWire) as T },
      )
    },
    post: <T>(path: string, body: unknown) => {
      kpiWorld.sent.push({ path, body })
      return Promise.resolve(kpiWorld.accepts(path, body) as Answer<T>)
    },
    remove: <T>(path: string) => {
      kpiWorld.sent.push({ path, body: null })
      return Promise.resolve(kpiWorld.accepts(path, null) as Answer<T>)
    },
    submit: refuses,
  })
  useLinkStore().heard(noon, noon, noon)
  useLinkStore().setLamp('live', false)
  useCityStore().set({
    profile: {
      id: 'c',
      name: '澜汀市',
      nameEn: 'Lanting',
      timeZone: 'Asia/Shanghai',
      bbox: [121, 31, 122, 32],
      divisions: [
        { id: 'd1', name: '云岫区', nameEn: 'Yunxiu', level: 2, parentId: null, bbox: [0, 0, 1, 1], centre: [0, 0] },
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
  page = mount(KpiPage, { attachTo: document.body, global: { plugins: [pinia, router, makeI18n('zh-CN')] } })
  await flushPromises()
}
export const lastAsked = (path: string) => kpiWorld.asked.filter((one) => one.path === path).at(-1)?.query
