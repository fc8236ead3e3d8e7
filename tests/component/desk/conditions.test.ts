/** 立案条件 on the desk: chosen with its limit, its closing condition and its edition in sight; and what a filed case is held to. */
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { defaultCaseSettings } from '../../../shared/model/case-settings.ts'
import type { CaseClass } from '../../../shared/model/case-class.ts'
import { noon, sampleIncident } from '../../support/sample-rows.ts'
import { desk, detail, dialog, inCity, open, press, put, reset, world } from './open-desk.ts'

beforeEach(reset)
afterEach(() => desk.unmount())

const term = (zh: string) => ({ zh, en: zh })
const caseClass = (code: string, ...whens: string[]): CaseClass => ({
  ...{ code, name: term(`类${code}`), group: term('大类'), priority: 3, limit: { amount: 1, unit: 'work-day' } },
  conditions: whens.map((when, at) => ({
    ...{ id: String(at + 1), when: term(when), closing: term(`${when}已消除`) },
    limit: { amount: at + 2, unit: 'urgent-hour' },
  })),
  ...{ standardId: '澜汀立结案', standardVersion: '2026', departmentId: null, keywords: [] },
})
const cover = caseClass('P0102', '井盖缺失', '井盖破损')
const water = caseClass('E0506', '积水超15厘米')
const head = { incidentId: '20260801-000001', expectedVersion: 1 }
const select = (name: string) => dialog().find(`select[name="${name}"]`)
async function submit() {
  await dialog().find('form').trigger('submit')
  await flushPromises()
}

it('a call names its condition, with its limit, its end and its edition shown; another class starts at its first', async () => {
  await open()
  await inCity({ caseClasses: [cover, water] })
  await press('n')
  expect(select('conditionId').exists(), 'of no class before one is known').toBe(false)
  await select('classCode').setValue('P0102')
  expect(select('conditionId').text()).toContain('井盖破损 · 3 紧急工作时')
  await select('conditionId').setValue('2')
  expect(dialog().find('[data-part="condition"]').text()).toBe('时限 3 紧急工作时 · 结案条件：井盖破损已消除')
  expect(dialog().find('[data-part="edition"]').text()).toBe('依据 澜汀立结案（2026 版）')
  await dialog().find('select').setValue('E0506')
  expect((select('conditionId').element as HTMLSelectElement).value).toBe('1')
  await dialog().find('select').setValue('P0102')
  await select('conditionId').setValue('2')
  await dialog().find('input[name="title"]').setValue('井盖坏了')
  await submit()
  expect(world.sent[0]).toMatchObject({ type: 'incident.report', classCode: 'P0102', conditionId: '2' })
})

it('what nobody has chosen yet is said to be so, until it is', async () => {
  await open()
  await inCity({ caseClasses: [cover, water] })
  await put(sampleIncident({ state: 'pending-filing', classCode: 'P0102' }))
  await press('j')
  await press('f')
  const unchosen = () => dialog().find('[data-part="unchosen"]')
  expect((select('conditionId').element as HTMLSelectElement).value).toBe('1')
  expect(unchosen().text()).toBe('尚未选择：先按第一条，请核对')
  await select('conditionId').setValue('2')
  expect(unchosen().exists()).toBe(false)
})

it('the class of a case leads to its row of the table, for whoever may open that', async () => {
  for (const [role, isLink] of [
    ['duty', true],
    ['crew', false],
  ] as const) {
    await open(role)
    await inCity({ caseClasses: [water] })
    await put(sampleIncident({ state: 'handling', classCode: 'E0506' }))
    await press('j')
    expect(detail().text()).toContain('类E0506 E0506')
    const link = detail().find('a[href="/classes/E0506"]')
    expect(link.exists()).toBe(isLink)
    if (isLink) desk.unmount()
  }
})

it('filing asks where there are several, and starts at the one named before', async () => {
  await open()
  await inCity({ caseClasses: [cover] })
  await put(sampleIncident({ state: 'pending-filing', classCode: 'P0102', conditionId: '2' }))
  await press('j')
  await press('f')
  expect((select('conditionId').element as HTMLSelectElement).value).toBe('2')
  expect(dialog().find('input[name="text"]').exists(), 'no word is asked that goes nowhere').toBe(false)
  await select('conditionId').setValue('1')
  await submit()
  expect(world.sent).toEqual([{ type: 'incident.file', ...head, conditionId: '1' }])
})

it('where the city wants it named, none is taken by Enter alone', async () => {
  await open()
  await inCity({ caseClasses: [cover], caseSettings: { ...defaultCaseSettings, mustNameCondition: true } })
  await put(sampleIncident({ state: 'pending-filing', classCode: 'P0102' }))
  await press('j')
  await press('f')
  expect((select('conditionId').element as HTMLSelectElement).value).toBe('')
  expect(dialog().find('button[type="submit"]').attributes('disabled')).toBeDefined()
  await submit()
  expect(world.sent).toEqual([])
})

it('a key makes it another class, another condition, another priority', async () => {
  await open()
  await inCity({ caseClasses: [cover, water] })
  await put(sampleIncident({ state: 'pending-dispatch', classCode: 'P0102', conditionId: '2' }))
  await press('j')
  await press('K', { shiftKey: true })
  expect((select('classCode').element as HTMLSelectElement).value, 'starts at what it is').toBe('P0102')
  expect((select('conditionId').element as HTMLSelectElement).value).toBe('2')
  await select('classCode').setValue('E0506')
  await select('priority').setValue('1')
  await submit()
  expect(world.sent).toEqual([
    { type: 'incident.reclassify', ...head, classCode: 'E0506', conditionId: '1', priority: 1 },
  ])
})

it('the case says what it was filed under, in the words and the edition of then', async () => {
  await open()
  const basis = { standardId: '澜汀立结案', standardVersion: '2025', when: term('井盖松动'), closing: term('已加固') }
  const limit = { amount: 4, unit: 'work-hour' } as const
  const clock = {
    startAt: noon,
    limit,
    extensions: 0,
    halfAt: null,
    soonAt: null,
    graveAt: null,
    marksTold: 0,
  } as const
  await put(sampleIncident({ state: 'handling', classCode: 'P0102', conditionId: '1', basis, clock }))
  await press('j')
  const told = detail().find('[data-part="condition"]').text()
  expect(told).toContain('井盖松动 · 4 工作时')
  expect(told).toContain('结案条件：已加固')
  expect(told).toContain('依据 澜汀立结案（2025 版）')
})
