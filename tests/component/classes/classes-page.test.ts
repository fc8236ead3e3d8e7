/** 立案标准: the table as a tree by keys, found by name, code, sound and keyword; what each class says; the way to its open cases. */
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import { makeI18n } from '../../../client/src/locales/i18n.ts'
import { useCityStore } from '../../../client/src/stores/city.ts'
import { useIncidentsStore } from '../../../client/src/stores/incidents.ts'
import { useLinkStore } from '../../../client/src/stores/link.ts'
import { useRemoteStore, type Answer } from '../../../client/src/stores/remote.ts'
import { useSessionStore } from '../../../client/src/stores/session.ts'
import { groupsFor, groupsOf } from '../../../client/src/views/classes/class-tree.ts'
import ClassesPage from '../../../client/src/views/classes/ClassesPage.vue'
import type { CaseClassRow } from '../../../shared/contract/case-class.ts'
import { contractVersion } from '../../../shared/contract/realtime.ts'
import type { Incident } from '../../../shared/model/incident.ts'
import { defaultCaseSettings } from '../../../shared/model/case-settings.ts'
import { noon, sampleIncident } from '../../support/sample-rows.ts'

const term = (zh: string, en = zh) => ({ zh, en })
const row = (code: string, zh: string, initials: string, whole: string, over: Partial<CaseClassRow> = {}) =>
  ({
    ...{ code, name: term(zh, `class ${code}`), group: term(code < 'F' ? '市容环境' : '公用设施'), priority: 3 },
    limit: { amount: 4, unit: 'work-hour' },
    conditions: [
      {
        ...{ id: '1', when: term(`${zh}超过1平方米`), closing: term('已清理') },
        limit: { amount: 4, unit: 'work-hour' },
      },
    ],
    ...{ standardId: '澜汀立结案', standardVersion: '2026', departmentId: null, keywords: [] },
    sound: { initials, whole },
    ...over,
  }) as CaseClassRow
const cover = row('P0102', '污水井盖', 'wsjg', 'wushuijinggai', {
  priority: 2,
  departmentId: 'drainage',
  keywords: ['下水道'],
  conditions: [
    { id: '1', when: term('井盖缺失'), limit: { amount: 2, unit: 'urgent-hour' }, closing: term('已补装') },
    {
      ...{ id: '2', when: term('井盖<b>破损</b>'), closing: term('已更换'), limitText: '尽快' },
      limit: { amount: 1, unit: 'natural-day' },
    },
  ],
  ...{ legalBasis: '《城市管理条例》第八条', responsibleBody: '产权单位', collecting: '近景与远景各一张' },
})
const table: readonly CaseClassRow[] = [
  cover,
  row('P0106', '雨水箅子', 'ysbz', 'yushuibizi'),
  row('E0110', '暴露垃圾', 'bllj', 'baolulaji', { keywords: ['rubbish', '脏'] }),
  row('E0111', '积存渣土', 'jczt', 'jicunzhatu', { standardVersion: '2025' }),
]

let page: VueWrapper
let router: Router
let answer: Answer<unknown>
let asked: string[]
async function open(address = '/classes', told: Answer<unknown> = { ok: true, data: { items: table, next: null } }) {
  ;[answer, asked] = [told, []]
  const pinia = createPinia()
  setActivePinia(pinia)
  const session = { username: 'duty', displayName: '值班员', role: 'duty', unitId: null, departmentId: null }
  useRemoteStore().attach({
    get: <T>(path: string) => {
      asked.push(path)
      return Promise.resolve(
        (path === '/session' ? { ok: true, data: { ...session, home: '/desk', expiresAt: '' } } : answer) as Answer<T>,
      )
    },
    post: () => Promise.reject(new Error('reads only')),
    remove: () => Promise.reject(new Error('reads only')),
    submit: () => Promise.reject(new Error('reads only')),
  })
  await useSessionStore().restore()
  useLinkStore().heard(noon, noon, noon)
  const department = { id: 'drainage', name: '排水处', nameEn: 'Drainage' }
  useCityStore().set({
    profile: {
      ...{ id: 'c', name: '澜汀市', nameEn: 'Lanting', timeZone: 'Asia/Shanghai', bbox: [121, 31, 122, 32] },
      ...{ divisions: [], departments: [{ ...department, classes: [] }] },
    },
    ...{ caseClasses: [], alarmRules: [], caseSettings: defaultCaseSettings, layerNames: [] },
    ...{ baseMap: { isOutside: false, crs: 'wgs84' }, contract: contractVersion, version: 'test' },
  } as never)
  router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/classes/:code?', name: 'classes', component: ClassesPage },
      { path: '/desk/:id?', name: 'desk', component: { template: '<p />' } },
    ],
  })
  await router.push(address)
  page = mount(ClassesPage, { attachTo: document.body, global: { plugins: [pinia, router, makeI18n('zh-CN')] } })
  await flushPromises()
}
afterEach(() => page.unmount())

function put(...rows: readonly Incident[]) {
  useIncidentsStore().replace(rows.map((one) => ({ id: one.id, row: one })))
  return flushPromises()
}
const lines = () => page.findAll('[role="treeitem"]').map((one) => one.text().replace(/^[▸▾]/, ''))
const here = () => router.currentRoute.value.params['code']
const key = async (name: string) => {
  await page.find('[role="tree"]').trigger('keydown', { key: name })
  await flushPromises()
}
const press = async (name: string) => {
  window.dispatchEvent(new KeyboardEvent('keydown', { key: name, cancelable: true }))
  await flushPromises()
}
const type = async (words: string) => {
  await page.find('input').setValue(words)
  await flushPromises()
}

describe('the tree', () => {
  it('has the groups in the order of the table, and opens and goes by keys', async () => {
    await open()
    expect(lines()).toEqual(['公用设施P01', '市容环境E01'])
    await key('ArrowDown')
    expect(here()).toBe('P01')
    // Who goes to a group sees what is in it.
    expect(lines()).toEqual(['公用设施P01', '污水井盖P0102', '雨水箅子P0106', '市容环境E01'])
    await key('ArrowRight')
    expect(here()).toBe('P0102')
    await key('ArrowLeft')
    await key('ArrowLeft')
    expect([here(), lines()]).toEqual(['P01', ['公用设施P01', '市容环境E01']])
    await key('End')
    await key('ArrowRight')
    expect(here()).toBe('E0110')
    await key('ArrowDown')
    await key('ArrowDown')
    expect(here()).toBe('E0111')
    await key('Home')
    expect(here()).toBe('P01')
    await key('ArrowUp')
    expect(here()).toBe('P01')
    const tree = page.find('[role="tree"]')
    expect(tree.attributes('aria-activedescendant')).toBe('class-P01')
    expect(page.find('#class-P01').attributes()).toMatchObject({ 'aria-selected': 'true', 'aria-level': '1' })
  })

  it('opens and closes a group by pressing it', async () => {
    await open()
    await page.find('#class-E01').trigger('click')
    await flushPromises()
    expect([here(), lines().length]).toEqual(['E01', 4])
    await page.find('#class-E01').trigger('click')
    await flushPromises()
    expect([here(), lines().length]).toEqual(['E01', 2])
  })

  it('is searched by / from anywhere; ↓ goes into the first that fits, Esc gives the whole table back', async () => {
    await open()
    await press('/')
    expect(document.activeElement).toBe(page.find('input').element)
    await type('bllj')
    expect(lines()).toEqual(['市容环境E01', '暴露垃圾E0110'])
    expect(page.find('.found').text()).toBe('1 类')
    await page.find('input').trigger('keydown', { key: 'ArrowDown' })
    await flushPromises()
    expect(here()).toBe('E0110')
    expect(document.activeElement).toBe(page.find('[role="tree"]').element)
    await press('Escape')
    expect([page.find('input').element.value, here()]).toEqual(['', 'E0110'])
    await press('Escape')
    expect(here()).toBe('')
    await type('没有这样的')
    expect([lines(), page.find('.found').text()]).toEqual([[], '没有符合的类别'])
    await page.find('input').trigger('keydown', { key: 'Enter' })
    expect(here()).toBe('')
  })

  it.each([
    ['井盖', ['P0102']],
    ['ｐ０１０', ['P0102', 'P0106']],
    ['WSJ', ['P0102']],
    ['yu shui', ['P0106']],
    ['class e0111', ['E0111']],
    ['下水道', ['P0102']],
    ['Rubbish', ['E0110']],
    // A group that is meant comes whole.
    ['市容', ['E0110', 'E0111']],
    ['e01', ['E0110', 'E0111']],
    // By sound from the beginning only: two letters from the middle are half the table.
    ['lj', []],
    [' ', ['P0102', 'P0106', 'E0110', 'E0111']],
  ])('finds by %s', (words, codes) => {
    expect(groupsFor(groupsOf(table), words).flatMap(({ classes }) => classes.map(({ code }) => code))).toEqual(codes)
  })
})

describe('a class', () => {
  it('says its conditions with limits and their time kind in words, what closes it, and whose it is', async () => {
    await open('/classes/P0102')
    const [first, second] = page.findAll('article tbody tr').map((one) => one.text())
    expect(first).toContain('井盖缺失')
    expect(first).toContain('2 紧急工作时')
    expect(first).toContain('昼夜连续计时，含节假日')
    expect(first).toContain('已补装')
    // What the table said and nobody could read is not passed over; text stays text.
    expect(second).toContain('井盖<b>破损</b>')
    expect(second).toContain('1 自然日')
    expect(second).toContain('原文“尽快”，未能识别，暂按 1 自然日计')
    const facts = page.find('article dl').text()
    for (const words of ['排水处', '澜汀立结案（2026 版）', '《城市管理条例》第八条', '产权单位', '下水道'])
      expect(facts).toContain(words)
    expect(facts).not.toContain('监管主体')
    expect(page.find('h2').text()).toBe('公用设施')
    expect(page.findAll('article')).toHaveLength(1)
    expect(page.find('#class-P0102').attributes('aria-selected')).toBe('true')
  })

  it('nobody leads is the officer’s to give; a group shows all of its classes', async () => {
    await open('/classes/E01')
    expect(page.findAll('article h3').map((one) => one.text())).toEqual(['暴露垃圾', '积存渣土'])
    expect(page.find('article dl').text()).toContain('由值班员指定')
  })

  it('tells how many of its cases are open now, drills apart, and opens them at the desk', async () => {
    await open('/classes/E0110')
    expect(page.find('article header').text()).toContain('无在办案件')
    await put(
      sampleIncident({ id: 'c1', classCode: 'E0110', state: 'handling' }),
      sampleIncident({ id: 'c2', classCode: 'E0110', state: 'pending-filing' }),
      sampleIncident({ id: 'c3', classCode: 'E0110', state: 'closed' }),
      sampleIncident({ id: 'c4', classCode: 'E0110', state: 'handling', drill: true }),
      sampleIncident({ id: 'c5', classCode: 'E0111', state: 'handling' }),
    )
    const link = page.find('article header a')
    expect([link.text(), link.attributes('href')]).toEqual(['在办 2 件', '/desk?words=E0110'])
    await press('Escape')
    const [facilities, streets] = page.findAll('.sheet tbody tr').map((one) => one.text())
    expect(facilities).toBe('公用设施P012无在办案件')
    expect(streets).toBe('市容环境E012在办 3 件')
  })
})

describe('the page', () => {
  it('names each table and edition it goes by', async () => {
    await open()
    expect(page.findAll('.edition').map((one) => one.text())).toEqual([
      '依据 澜汀立结案（2026 版），共 3 类',
      '依据 澜汀立结案（2025 版），共 1 类',
    ])
  })

  it('says that it reads, that it could not, and reads again', async () => {
    await open('/classes', { ok: false, error: { code: 'UNREACHABLE', message: '' } })
    expect(page.find('[role="alert"]').text()).toMatch(/^立案标准读取失败：/)
    answer = { ok: true, data: { items: table, next: null } }
    await page.find('.message button').trigger('click')
    expect(page.find('main [role="status"]').text()).toBe('正在读取立案标准…')
    await flushPromises()
    expect(lines()).toHaveLength(2)
    expect(asked.filter((path) => path === '/case-classes')).toHaveLength(2)
  })

  it('says that a table is empty, and that a code is none of it', async () => {
    await open('/classes', { ok: true, data: { items: [], next: null } })
    expect(page.find('main').text()).toBe('本市的立案标准中没有类别')
    page.unmount()
    await open('/classes/X9999')
    expect(page.find('.sheet').text()).toContain('立案标准中没有 X9999')
  })

  it('P prints what is shown', async () => {
    await open('/classes/E01')
    const print = vi.fn()
    vi.stubGlobal('print', print)
    await press('p')
    vi.unstubAllGlobals()
    expect(print).toHaveBeenCalledOnce()
  })
})
