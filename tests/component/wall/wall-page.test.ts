import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { defaultCaseSettings } from '../../../shared/model/case-settings.ts'
import CityMap from '../../../client/src/map/CityMap.vue'
import { contractVersion } from '../../../shared/contract/realtime.ts'
import { makeI18n } from '../../../client/src/locales/i18n.ts'
import { useAlarmsStore } from '../../../client/src/stores/alarms.ts'
import { useCityStore } from '../../../client/src/stores/city.ts'
import { useModesStore } from '../../../client/src/stores/modes.ts'
import { everNormal } from '../../../shared/model/city-mode.ts'
import { useDrillsStore } from '../../../client/src/stores/drills.ts'
import { useIncidentsStore } from '../../../client/src/stores/incidents.ts'
import { useKpiTodayStore } from '../../../client/src/stores/kpi-today.ts'
import { useLinkStore } from '../../../client/src/stores/link.ts'
import { useRemoteStore, type Remote } from '../../../client/src/stores/remote.ts'
import { useVitalsStore } from '../../../client/src/stores/vitals.ts'
import { useWarningsStore } from '../../../client/src/stores/warnings.ts'
import { cityVitals } from '../../../server/src/realtime/city-vitals.ts'
import WallPage from '../../../client/src/views/wall/WallPage.vue'
// Loaded before the clock of a test runs: on a busy machine it takes longer than a test may.
import '../../../client/src/views/wall/scenes/OverviewScene.vue'
import {
  noon,
  sampleAlarm,
  sampleDrill,
  sampleIncident,
  sampleSensor,
  sampleWarning,
} from '../../support/sample-rows.ts'

const asked: string[] = []
const remote: Remote = {
  get: <T>(path: string) => {
    asked.push(path)
    const data = path === '/incidents' ? { items: [], next: null } : { times: [], values: [] }
    return Promise.resolve({ ok: true as const, data: data as T })
  },
  post: () => Promise.reject(new Error('a wall asks only')),
  remove: () => Promise.reject(new Error('a wall asks only')),
  submit: () => Promise.reject(new Error('a wall asks only')),
}

let wall: VueWrapper
async function open(): Promise<void> {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/wall', name: 'wall', component: WallPage }],
  })
  await router.push('/wall?display=' + encodeURIComponent('指挥大厅一号屏'))
  const pinia = createPinia()
  setActivePinia(pinia)
  useRemoteStore().attach(remote)
  useCityStore().set({
    profile: {
      id: 'c',
      name: '澜汀市',
      nameEn: 'Lanting',
      timeZone: 'Asia/Shanghai',
      bbox: [121, 31, 122, 32],
      divisions: [],
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
  wall = mount(WallPage, { global: { plugins: [pinia, router, makeI18n('zh-CN')] } })
  await vi.dynamicImportSettled()
  await flushPromises()
}
async function live(at = noon): Promise<void> {
  const link = useLinkStore()
  link.setLamp('live', false)
  link.reached(1)
  link.heard(at, at, at - 2_000)
  await flushPromises()
}

/** One gauge that said this at noon, as the server counts it. */
const counted = (value: number, nowAt: number) =>
  cityVitals({
    sensors: [sampleSensor(1)],
    latestOf: () => ({ value, phenomenonAt: noon, quality: 0 }),
    nowAt,
    before: null,
  })

beforeEach(open)
afterEach(() => wall.unmount())

describe('the wall', () => {
  it('shows dashes and no zero before anything is known', () => {
    expect(wall.find('h1').text()).toContain('澜汀市')
    expect(wall.findAll('.today dd:not(.note)').map((cell) => cell.text())).toEqual(Array(7).fill('—'))
    expect(wall.findAll('.value').map((cell) => cell.text())).toEqual(Array(8).fill('—'))
    expect(wall.find('.well').text()).toBe('—')
  })

  it('is quiet when nothing is wrong', async () => {
    await live()
    expect(wall.find('.well').text()).toBe('当前无异常')
    expect(wall.find('.mode').text()).toBe('平时')
    expect(wall.find('.lost').exists()).toBe(false)
    expect(wall.find('.unattended').exists()).toBe(false)
  })

  it('shows what is wrong, worst first, with age and remaining time', async () => {
    useIncidentsStore().replace([
      { id: 'a', row: sampleIncident({ id: 'a', priority: 3, title: '井盖缺失', state: 'handling' }) },
      {
        id: 'b',
        row: sampleIncident({ id: 'b', priority: 1, title: '燃气泄漏', state: 'reported', stageDueAt: noon + 600_000 }),
      },
    ])
    await live(noon + 120_000)
    const rows = wall.findAll('.wrongs .row')
    expect(rows.map((row) => row.find('.title').text())).toEqual(['燃气泄漏', '井盖缺失'])
    expect(rows[0]?.classes()).toContain('unattended')
    expect(rows[0]?.find('.left').text()).toBe('剩 8 分')
    expect(rows[0]?.find('.bar i').attributes('style')).toContain('width: 20%')
    expect(rows[1]?.classes()).not.toContain('unattended')
  })

  it('says that a drill runs, and marks what belongs to it', async () => {
    useIncidentsStore().replace([
      { id: 'a', row: sampleIncident({ id: 'a', priority: 2, title: '真', state: 'handling' }) },
      { id: 'b', row: sampleIncident({ id: 'b', priority: 2, title: '练', state: 'reported', drill: true }) },
    ])
    useWarningsStore().replace([
      { id: 'W1', row: sampleWarning({ expiresAt: noon + 3_600_000, status: 'Exercise', exercise: true }) },
    ])
    await live()
    expect(wall.find('.drill-band').exists()).toBe(false)
    useDrillsStore().replace([{ id: 'D1', row: sampleDrill() }])
    await flushPromises()
    expect(wall.find('.drill-band').text()).toBe('演练进行中暴雨内涝由 chief 于 12:00 开始')
    // What is real comes first among its like, whether or not somebody has taken it.
    const rows = wall.findAll('.wrongs .row')
    expect(rows.map((row) => row.find('.title').text())).toEqual(['真', '演练练'])
    expect(rows.map((row) => row.find('.drill-tag').exists())).toEqual([false, true])
    expect(wall.find('.warnings span.mark').text()).toBe('演练')
    expect(wall.find('.mode').text()).toBe('平时')
  })

  it('lets a critical case take the map, and says which it is', async () => {
    useIncidentsStore().replace([
      { id: 'b', row: sampleIncident({ id: 'b', priority: 1, title: '燃气泄漏', state: 'reported' }) },
    ])
    await live()
    expect(wall.find('.caption').text()).toContain('特急事件')
    expect(wall.find('.caption').text()).toContain('燃气泄漏')
    expect(wall.findComponent(CityMap).props('selectedIncidentId')).toBe('b')
  })

  it('shows vital signs with their alarm, and grey with an age when they are late', async () => {
    useAlarmsStore().replace([{ id: 'A1', row: sampleAlarm() }])
    useVitalsStore().set(counted(31, noon))
    await live()
    const first = () => wall.find('.card')
    expect(first().text()).toContain('气象水务')
    expect(first().find('.value').text()).toBe('31.0')
    expect(first().find('.level-2').exists()).toBe(true)
    useVitalsStore().set(counted(31, noon + 4 * 60_000))
    await live(noon + 4 * 60_000)
    expect(first().find('.value').text()).toBe('—')
    expect(first().classes()).toContain('late')
    expect(first().find('.age').text()).toContain('4 分钟前')
  })

  it('keeps its last picture when the link is lost, and says since when', async () => {
    useVitalsStore().set(counted(3, noon))
    await live()
    const link = useLinkStore()
    link.setLamp('offline', false)
    link.tick(noon + 10 * 60_000)
    await flushPromises()
    expect(wall.find('.lost').text()).toContain('与服务器的连接已中断')
    expect(wall.find('.lost').text()).toContain('已 10 分')
    expect(wall.classes()).toContain('frozen')
    expect(wall.find('.value').text()).toBe('3.0')
  })

  it('shows the warnings in force, which switch no mode', async () => {
    useWarningsStore().replace([
      {
        id: 'W1',
        row: sampleWarning({ expiresAt: noon + 60_000 }),
      },
    ])
    await live()
    expect(wall.find('.warnings').text()).toContain('暴雨')
    expect(wall.find('.mode').text()).toBe('平时')
    await live(noon + 60_000)
    expect(wall.find('.warnings').text()).toBe('')
  })

  it('says in which mode the city runs, and where a district is stricter', async () => {
    const modes = useModesStore()
    modes.replace([{ id: 'city', row: { ...everNormal, mode: 'emergency' } }])
    await live()
    expect(wall.find('.mode').text()).toBe('应急')
    expect(wall.find('.mode').classes()).not.toContain('quiet')
    const districts = ['x', 'y', 'z'].map((districtId) => ({ ...everNormal, mode: 'alert' as const, districtId }))
    modes.replace([{ id: 'city', row: { ...everNormal, districts } }])
    await flushPromises()
    expect(wall.find('.mode').text()).toBe('平时 · x预警 · y预警 · +1')
    expect(wall.find('.mode').classes()).not.toContain('quiet')
  })

  it('marks a warning that is not in earnest, and stays in its mode', async () => {
    const row = sampleWarning({ status: 'Exercise', exercise: true, expiresAt: noon + 60_000 })
    useWarningsStore().replace([{ id: row.id, row }])
    await live()
    expect(wall.find('.mode').text()).toBe('平时')
    expect(wall.find('.warnings li').text()).toMatch(/^演练\s*暴雨/)
  })

  it('shows today’s numbers, and unknown rates as dashes', async () => {
    const today = {
      id: 'today' as const,
      dayStartAt: noon,
      asOfAt: noon,
      reported: 1203,
      filed: 2,
      dispatched: 3,
      closed: 0,
      refused: 0,
      overdueNow: 4,
      openNow: 9,
      onTimeRate: null,
      responseP50Ms: null,
      responseP90Ms: null,
      alarmsRaised: 0,
      reportedByMinute: [1],
      closedByMinute: [0],
    }
    useKpiTodayStore().replace([{ id: 'today', row: today }])
    await live()
    expect(wall.findAll('.today dd:not(.note)').map((cell) => cell.text())).toEqual([
      '1,203',
      '2',
      '3',
      '0',
      '4',
      '—',
      '—',
    ])
    expect(wall.find('.abnormal').text()).toContain('超期未结')
    expect(asked).toContain('/incidents')
  })
})
