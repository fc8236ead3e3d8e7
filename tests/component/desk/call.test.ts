/** A call taken by keys: the place is found by what is typed, the class is read out of the words, and both leave with the report. */
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CaseClass } from '../../../shared/model/case-class.ts'
import type { FoundPlace } from '../../../shared/model/found-place.ts'
import { builtInClasses } from '../../../shared/model/case-table/built-in-classes.ts'
import { noSuggestions } from '../../../shared/model/suggestion.ts'
import { sampleIncident } from '../../support/sample-rows.ts'
import { desk, dialog, inCity, open, press, put, reset, world } from './open-desk.ts'

const classes: readonly CaseClass[] = builtInClasses.filter(({ code }) => code === 'P0102' || code === 'E0506')
const place = (over: Partial<FoundPlace>): FoundPlace => ({
  ...{ kind: 'road', address: '沐风路', position: [121.4, 31.2], withinM: 300, classCode: null },
  ...{ districtId: 'd0', streetId: 'd1', gridId: 'g7', ...over },
})
const found = (...items: FoundPlace[]) => world.answers.set('/places', { items, next: null })
const address = () => dialog().find<HTMLInputElement>('input[name="address"]')
const options = () =>
  dialog()
    .findAll('[role="option"]')
    .map((one) => one.find('b').text())
const chosen = () => dialog().find('[role="option"][aria-selected="true"] b').text()
const classCode = () => dialog().find<HTMLSelectElement>('select[name="classCode"]').element.value
const key = (name: string) => press(name, {}, address().element)
async function type(words: string) {
  await address().setValue(words)
  await vi.advanceTimersByTimeAsync(150)
}
async function settle() {
  await vi.advanceTimersByTimeAsync(400)
  await flushPromises()
}

beforeEach(async () => {
  reset()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  world.suggestions = noSuggestions(true)
  world.duplicates = { isOn: true, items: [], next: null }
  world.outcome = { ok: true, rev: 0, data: { incidentId: 'new' } }
  await open()
  await inCity({ caseClasses: classes })
  await put(sampleIncident({ id: 'new' }))
  await press('n')
})
afterEach(() => {
  vi.useRealTimers()
  desk.unmount()
})

describe('the address', () => {
  it('is looked up a moment after the last letter; arrows and Enter choose, and what covers it is said', async () => {
    found(place({}), place({ address: '沐风东路', withinM: 80 }))
    await address().setValue('m')
    await address().setValue('mf')
    await vi.advanceTimersByTimeAsync(149)
    expect(world.asked).not.toContain('/places')
    await vi.advanceTimersByTimeAsync(1)
    expect(world.asked.filter((path) => path === '/places')).toHaveLength(1)
    expect(options()).toEqual(['沐风路', '沐风东路'])
    expect(chosen()).toBe('沐风路')
    await key('ArrowDown')
    await key('ArrowDown')
    expect(chosen()).toBe('沐风东路')
    await key('Enter')
    expect(address().element.value).toBe('沐风东路')
    expect(options()).toEqual([])
    expect(dialog().find('[data-part="place"]').text()).toBe('澜汀市 · 云岫区 · 汀兰街道 · 网格 g7 · 误差 80 米内')
    expect(world.sent, 'the first Enter chooses, it does not file').toEqual([])
  })
  it('is chosen by Enter also before its answer came', async () => {
    found(place({}))
    await address().setValue('mfl')
    await key('Enter')
    expect(address().element.value).toBe('沐风路')
  })
  it('leaves with its place, and duplicates are compared there', async () => {
    found(place({}))
    await dialog().find('input[name="title"]').setValue('井盖缺失')
    await dialog().find('select[name="classCode"]').setValue('P0102')
    await type('mfl')
    await key('Enter')
    await settle()
    expect(world.posted.at(-1)).toMatchObject({ path: '/incidents/duplicates', body: { position: [121.4, 31.2] } })
    await key('Enter')
    await settle()
    expect(world.sent).toMatchObject([
      { type: 'incident.report', classCode: 'P0102', address: '沐风路', position: [121.4, 31.2] },
    ])
  })
  it('written on is another place: the old one is let go', async () => {
    found(place({}))
    await type('mfl')
    await key('Enter')
    found()
    await type('沐风路后面的小巷')
    expect(dialog().find('[data-part="place"]').text()).toBe('未选定位置，按文字上报')
    await dialog().find('input[name="title"]').setValue('井盖缺失')
    await dialog().find('select[name="classCode"]').setValue('P0102')
    await key('Enter')
    await settle()
    expect(world.sent).toHaveLength(1)
    expect(world.sent[0]).toMatchObject({ address: '沐风路后面的小巷' })
    expect(world.sent[0]).not.toHaveProperty('position')
  })
  it('too rough is looked at, and is no position', async () => {
    found(place({ kind: 'division', address: '云岫区', withinM: 3000 }))
    await type('yxq')
    await key('Enter')
    expect(dialog().find('[data-part="place"]').text()).toContain('位置粗略（误差 3000 米）')
    expect(desk.find('.cross').exists()).toBe(true)
    await dialog().find('input[name="title"]').setValue('积水')
    await dialog().find('select[name="classCode"]').setValue('E0506')
    await dialog().find('form').trigger('submit')
    await settle()
    expect(world.sent[0]).not.toHaveProperty('position')
    expect(desk.find('.cross').exists(), 'nothing is told of any more').toBe(false)
  })
  it('Esc closes the list, and only then the dialog', async () => {
    found(place({}))
    await type('mfl')
    await key('Escape')
    expect(options()).toEqual([])
    expect(dialog().exists()).toBe(true)
    expect(address().element.value).toBe('mfl')
  })
  it('of a part brings its class', async () => {
    found(place({ kind: 'part', address: '井盖 3101010102000123', classCode: 'P0102', withinM: 5 }))
    await type('000123')
    await key('Enter')
    expect(classCode()).toBe('P0102')
  })
})

describe('the class', () => {
  const speaksOf = (value: string, confidence: number) => {
    const evidence = [{ kind: 'words' as const, words: { zh: '文中有「积水」', en: '' } }]
    world.suggestions = { ...noSuggestions(true), classes: [{ value, confidence, evidence }] }
  }
  it('is read out of the words, and says why', async () => {
    speaksOf('E0506', 0.82)
    await dialog().find('input[name="title"]').setValue('路口积水')
    await settle()
    expect(classCode()).toBe('E0506')
    expect(dialog().find('[data-part="class"]').text()).toBe('按描述判断（82%）：文中有「积水」')
    expect(
      world.posted.map(({ path }) => path),
      'asked once',
    ).toEqual(['/incidents/suggestions', '/incidents/duplicates'])
    expect(world.posted[1]?.body).toMatchObject({ classCode: 'E0506' })
  })
  it('chosen by hand stays, whatever the words say', async () => {
    await dialog().find('select[name="classCode"]').setValue('P0102')
    speaksOf('E0506', 0.9)
    await dialog().find('input[name="title"]').setValue('路口积水')
    await settle()
    expect(classCode()).toBe('P0102')
    expect(dialog().find('[data-part="class"]').exists()).toBe(false)
  })
  it('that nothing speaks of is asked for, never the first of the table', async () => {
    speaksOf('E0506', 0.29)
    await dialog().find('input[name="title"]').setValue('有事')
    await dialog().find('form').trigger('submit')
    await settle()
    expect(world.sent).toEqual([])
    expect(dialog().find('[role="alert"]').text()).toBe('请选择分类')
  })
})
