/** Every scene stands in the frame: before anything is known it says so by dashes, and the desk's hold and its end change it. */
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { makeI18n } from '../../../client/src/locales/i18n.ts'
import { useIncidentsStore } from '../../../client/src/stores/incidents.ts'
import { useLinkStore } from '../../../client/src/stores/link.ts'
import { useRemoteStore, type Remote } from '../../../client/src/stores/remote.ts'
import { useWallsStore } from '../../../client/src/stores/walls.ts'
import WallPage from '../../../client/src/views/wall/WallPage.vue'
// Loaded before the clock of a test runs: on a busy machine it takes longer than a test may.
import '../../../client/src/map/CityMap.vue'
import '../../../client/src/views/wall/scenes/OverviewScene.vue'
import '../../../client/src/views/wall/scenes/IncidentsScene.vue'
import '../../../client/src/views/wall/scenes/FloodScene.vue'
import '../../../client/src/views/wall/scenes/RequestsScene.vue'
import '../../../client/src/views/wall/scenes/SensorsScene.vue'
import '../../../client/src/views/wall/scenes/PerformanceScene.vue'
import type { IndicatorAnswer } from '../../../shared/contract/indicator.ts'
import type { Page } from '../../../shared/contract/http.ts'
import type { Incident } from '../../../shared/model/incident.ts'
import { wallScenes } from '../../../shared/model/wall-scene.ts'
import { freeWall, type WallHold } from '../../../shared/model/display.ts'
import { noon, sampleIncident } from '../../support/sample-rows.ts'

const away = { ok: false, error: { code: 'UNREACHABLE', message: 'away' } } as const
/** What the evaluation answers; null = the server is away. */
let evaluation: IndicatorAnswer | null = null
/** The cases it tells; null likewise. */
let closed: Page<Incident> | null = null
const remote: Remote = {
  get: <T>(path: string) =>
    Promise.resolve(
      evaluation !== null && path === '/kpi/indicators'
        ? { ok: true as const, data: evaluation as T }
        : closed !== null && path === '/incidents'
          ? { ok: true as const, data: closed as T }
          : away,
    ),
  post: () => Promise.reject(new Error('a wall asks only')),
  remove: () => Promise.reject(new Error('a wall asks only')),
  submit: () => Promise.reject(new Error('a wall asks only')),
}
let wall: VueWrapper
async function open(query: string): Promise<void> {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/wall', name: 'wall', component: WallPage }],
  })
  await router.push(`/wall${query}`)
  const pinia = createPinia()
  setActivePinia(pinia)
  useRemoteStore().attach(remote)
  wall = mount(WallPage, { global: { plugins: [pinia, router, makeI18n('zh-CN')] } })
  await settle()
}
async function settle(): Promise<void> {
  await flushPromises()
  await vi.dynamicImportSettled()
  await flushPromises()
}
async function live(at = noon): Promise<void> {
  const link = useLinkStore()
  link.setLamp('live', false)
  link.reached(1)
  link.heard(at, at, at)
  await settle()
}
const shown = () => wall.find('main').attributes('data-scene')
afterEach(() => {
  wall.unmount()
  evaluation = null
  closed = null
})

it.each(wallScenes)('%s knows nothing before it is told, and shows no 0', async (scene) => {
  await open(`?scene=${scene}`)
  expect(shown()).toBe(scene)
  expect(wall.findAll('.scene dd:not(.note)').map((cell) => cell.text())).toContain('—')
  const numbers = wall.findAll('.scene dd:not(.note), .scene .steps b, .scene .bars b').map((cell) => cell.text())
  expect(numbers.filter((text) => text !== '—')).toEqual([])
})

it('综合态势 says what was resolved only once it knows, and that nothing was only where it was told so', async () => {
  await open('?scene=overview')
  const words = () => wall.findAll('.push p.empty').map((line) => line.text())
  await live()
  expect(words()).toEqual(['—'])
  wall.unmount()
  closed = { items: [], next: null }
  await open('?scene=overview')
  await live()
  expect(words()).toEqual(['近 24 小时没有办结的案件'])
})

it('民生诉求 says in words that no call was closed, and shows rates where one was', async () => {
  const total = (denominator: number) => ({
    key: null,
    indicators: [
      { code: 'satisfiedRate', value: denominator === 0 ? null : 0.5, numerator: 1, denominator, grade: null },
    ],
  })
  const answer = (denominator: number): IndicatorAnswer => ({
    ...{ from: '', to: '', asOf: '', by: null, rows: [], next: null, compare: null },
    total: total(denominator),
  })
  const rates = () => wall.findAll('.scene dd:not(.note)').map((cell) => cell.text())
  for (const [denominator, words] of [
    [0, ['本月没有办结的12345热线件', '今日没有办结的12345热线件']],
    [2, []],
  ] as const) {
    evaluation = answer(denominator)
    await open('?scene=requests')
    await live()
    expect(
      wall
        .findAll('.scene p.empty')
        .map((line) => line.text())
        .filter((line) => line.includes('12345')),
    ).toEqual(words)
    expect(rates().includes('50.0%')).toBe(denominator > 0)
    if (denominator === 0) wall.unmount()
  }
})

describe('a display', () => {
  const hold = (over: Partial<WallHold> = {}): WallHold => ({
    id: 'H1',
    display: 'hall',
    scene: 'requests',
    caseId: null,
    position: null,
    pointer: null,
    by: '值班员甲',
    role: 'duty',
    sinceAt: noon,
    untilAt: noon + 60_000,
    ...over,
  })
  const holding = (...holds: WallHold[]) =>
    useWallsStore().replace([{ id: 'wall', row: { ...freeWall, version: 1, holds } }])

  it('shows what the desk holds on it, says who does, and goes back by itself', async () => {
    await open('?display=hall')
    await live()
    expect(shown()).toBe('overview')
    holding(hold())
    await settle()
    expect(shown()).toBe('requests')
    expect(wall.find('.display').text()).toContain('值班员甲 推送，12:01 恢复')
    await live(noon + 60_000)
    expect(shown()).toBe('overview')
    expect(wall.find('.display').text()).toBe('hall')
  })

  it('takes no notice of what is held on another', async () => {
    await open('?display=lobby')
    holding(hold())
    await live()
    expect(shown()).toBe('overview')
  })

  it('gives way to a critical case reported since, until somebody takes it', async () => {
    await open('?display=hall')
    holding(hold({ untilAt: noon + 3_600_000 }))
    const critical = { id: 'c', priority: 1, reportedAt: noon + 1_000 } as const
    useIncidentsStore().replace([{ id: 'c', row: sampleIncident({ ...critical, state: 'reported' }) }])
    await live(noon + 2_000)
    expect(shown()).toBe('incidents')
    expect(wall.find('.display').text()).toContain('特急事件抢占')
    useIncidentsStore().replace([{ id: 'c', row: sampleIncident({ ...critical, state: 'handling' }) }])
    await settle()
    expect(shown()).toBe('requests')
  })
})
