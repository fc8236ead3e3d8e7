/** The duty page: who is on duty, the log with notes by key, and a hand-over that two people sign. */
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, describe, expect, it } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { makeI18n } from '../../../client/src/locales/i18n.ts'
import { useCityStore } from '../../../client/src/stores/city.ts'
import { useDutyStore } from '../../../client/src/stores/duty.ts'
import { useLinkStore } from '../../../client/src/stores/link.ts'
import { useRemoteStore, type Answer, type Draft } from '../../../client/src/stores/remote.ts'
import { useSessionStore } from '../../../client/src/stores/session.ts'
import DutyPage from '../../../client/src/views/duty/DutyPage.vue'
import { contractVersion } from '../../../shared/contract/realtime.ts'
import { defaultCaseSettings } from '../../../shared/model/case-settings.ts'
import type { Role } from '../../../shared/model/role.ts'
import type { DutyEntry, DutyNow, HandOver } from '../../../shared/model/duty.ts'
import type { Attendance, RollCall } from '../../../shared/model/duty-attendance.ts'
import { cityCalendar } from '../../../shared/model/city-calendar.ts'
import { dutyShiftAt, rosterOf } from '../../../shared/model/duty-roster.ts'
import { noon } from '../../support/sample-rows.ts'
import { book } from '../../support/duty-book.ts'

const shift = dutyShiftAt(cityCalendar('Asia/Shanghai'), noon)
const { places } = rosterOf(book, shift, { occasionOf: () => null, isEmergency: false, substitutions: [] })
const named = places.map((place) => ({ ...place, name: { zh: `${place.officerId}警官`, en: place.officerId } }))
const sheet: HandOver = {
  ...{ id: 'H1', version: 2, state: 'signed', shiftId: shift.id, asOfAt: noon, outgoing: 'chief' },
  ...{ outgoingSignedAt: noon, incoming: null, incomingSignedAt: null },
  items: [
    {
      ...{ id: 'matter:1', kind: 'matter', total: 1, acknowledgedAt: null },
      lines: [{ subject: '1', text: '明早会议材料', untilAt: null, state: null, value: null }],
    },
    {
      ...{ id: 'cases', kind: 'cases', total: 1, acknowledgedAt: noon },
      lines: [{ subject: 'handling', text: '', untilAt: null, state: 'handling', value: 3 }],
    },
  ],
}
const entries: DutyEntry[] = [
  {
    ...{ seq: 7, happenedAt: noon, shiftId: shift.id, kind: 'system', actor: 'duty', what: 'incident-dispatched' },
    ...{ facts: { caseId: 'c1', title: '积水', unitId: 'PUMP-01' }, text: '' },
  },
  {
    ...{ seq: 6, happenedAt: noon, shiftId: shift.id, kind: 'note', actor: 'duty', what: 'duty-noted', facts: {} },
    text: '<b>泵站正常</b>',
  },
]

let presence: { attendance: Attendance[]; rollCalls: RollCall[] } = { attendance: [], rollCalls: [] }
const came = (officerId: string, over: Partial<Attendance> = {}): Attendance => ({
  ...{ shiftId: shift.id, officerId, post: 'accept', why: 'roster', name: { zh: `${officerId}警官`, en: officerId } },
  ...{ expectedAt: noon, signedOnAt: null, late: false, absentAt: null, signedOffAt: null, early: false, note: '' },
  ...over,
})
let page: VueWrapper | null = null
let submitted: Draft[] = []
async function open(role: Role, username: string, over: Partial<DutyNow> = {}, handOver: HandOver | null = null) {
  submitted = []
  const pinia = createPinia()
  setActivePinia(pinia)
  const now: DutyNow = {
    ...{ id: 'now', version: 1, shift, kind: 'ordinary', occasion: null, console: null, handOver: null },
    ...{ changesAsked: 0, lastEntry: 7 },
    onDuty: named.map(({ post, officerId, name, why }) => ({ post, officerId, name, why })),
    ...over,
  }
  const answers: Record<string, unknown> = {
    '/duty/now': {
      now,
      places: named.map((one) => ({ ...one, phone: '021-5550-1000' })),
      calledIn: [],
      handOver,
      changes: [],
      ...presence,
    },
    '/duty/log': { items: entries, next: null },
    '/duty/hand-overs': { items: [], next: null },
    '/duty/roster': { items: [], next: null, officers: [] },
    '/account-names': { items: [], next: null },
    '/session': {
      username,
      displayName: username,
      role,
      unitId: null,
      departmentId: null,
      home: '/desk',
      expiresAt: '',
    },
  }
  useRemoteStore().attach({
    get: <T>(path: string) => Promise.resolve<Answer<T>>({ ok: true, data: answers[path] as T }),
    post: () => Promise.reject(new Error('asks only')),
    remove: () => Promise.reject(new Error('asks only')),
    submit: (draft) => {
      submitted.push(draft)
      return Promise.resolve({ ok: true, rev: 0, data: {} })
    },
  })
  await useSessionStore().restore()
  useLinkStore().heard(noon, noon, noon)
  useLinkStore().setLamp('live', false)
  useCityStore().set({
    profile: {
      ...{ id: 'c', name: '澜汀市', nameEn: 'Lanting', timeZone: 'Asia/Shanghai', bbox: [121, 31, 122, 32] },
      ...{ divisions: [], departments: [] },
    },
    ...{ caseClasses: [], alarmRules: [], caseSettings: defaultCaseSettings, layerNames: [] },
    ...{ baseMap: { isOutside: false, crs: 'wgs84' }, contract: contractVersion, version: 'test' },
  })
  useDutyStore().replace([{ id: 'now', row: now }])
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: DutyPage }] })
  page = mount(DutyPage, { attachTo: document.body, global: { plugins: [pinia, router, makeI18n('zh-CN')] } })
  await flushPromises()
  return page
}
afterEach(() => {
  page?.unmount()
  page = null
  presence = { attendance: [], rollCalls: [] }
})
const press = async (key: string) => {
  window.dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true }))
  await flushPromises()
}
const button = (words: string) => page?.findAll('button').find((one) => one.text().includes(words))

describe('the duty page', () => {
  it('says who is on duty with their numbers, and the log in words; text from outside stays text', async () => {
    const { element } = await open('duty', 'duty')
    expect(element.textContent).toContain('A-chief警官')
    expect(element.textContent).toContain('021-5550-1000')
    expect(element.textContent).toContain('派遣 PUMP-01 前往 c1 积水')
    expect(element.textContent).toContain('<b>泵站正常</b>')
    expect(element.querySelector('ol b')).toBeNull()
  })
  it('N writes a note, and a line is put right by another', async () => {
    const wrapper = await open('duty', 'duty')
    await press('n')
    const input = wrapper.find<HTMLInputElement>('.writing input')
    expect(document.activeElement).toBe(input.element)
    await input.setValue('东河泵站已恢复')
    await wrapper.find('.writing').trigger('submit')
    await flushPromises()
    expect(submitted.at(-1)).toEqual({ type: 'duty.note', text: '东河泵站已恢复' })
    await button('更正')?.trigger('click')
    await input.setValue('西河')
    await wrapper.find('.writing').trigger('submit')
    await flushPromises()
    expect(submitted.at(-1)).toEqual({ type: 'duty.correct', seq: 7, text: '西河' })
  })
  it('C opens the form of a call', async () => {
    const wrapper = await open('duty', 'duty')
    await press('c')
    await wrapper.find('form.panel textarea').setValue('居民反映积水')
    await wrapper.find('form.panel').trigger('submit')
    await flushPromises()
    expect(submitted.at(-1)).toMatchObject({
      type: 'duty.record-call',
      call: { origin: '居民反映积水', calledAt: noon, phone: '' },
    })
    expect(wrapper.find('form.panel').exists()).toBe(false)
  })
  it('a chief takes a console nobody has, draws the sheet up with what is left, and signs', async () => {
    await open('chief', 'chief')
    await button('到岗接席')?.trigger('click')
    await flushPromises()
    expect(submitted).toEqual([{ type: 'duty.take-console' }])
    page?.unmount()
    const drawn: HandOver = { ...sheet, state: 'drawn-up', outgoingSignedAt: null }
    const wrapper = await open('chief', 'chief', { console: { by: 'chief', sinceAt: noon } }, drawn)
    await wrapper.find('textarea').setValue('甲\n\n 乙 ')
    await wrapper.find('form.no-print').trigger('submit')
    await flushPromises()
    expect(submitted.at(-1)).toEqual({ type: 'duty.prepare-hand-over', matters: ['甲', '乙'] })
    await button('交班签字')?.trigger('click')
    await flushPromises()
    expect(submitted.at(-1)).toEqual({ type: 'duty.sign-hand-over', expectedVersion: 2 })
  })
  it('the incoming chief acknowledges what is left, and may sign only then', async () => {
    const holder = { console: { by: 'chief', sinceAt: noon } }
    await open('chief', 'relief', holder, sheet)
    expect(button('接班签字')?.attributes('disabled')).toBeDefined()
    await button('确认')?.trigger('click')
    await flushPromises()
    expect(submitted.at(-1)).toEqual({ type: 'duty.acknowledge-items', itemIds: ['matter:1'] })
    page?.unmount()
    const all = { ...sheet, items: sheet.items.map((item) => ({ ...item, acknowledgedAt: noon })) }
    await open('chief', 'relief', holder, all)
    expect(page?.element.textContent).toContain('处置中 · 3 件')
    await button('接班签字')?.trigger('click')
    await flushPromises()
    expect(submitted.at(-1)).toEqual({ type: 'duty.take-over', expectedVersion: 2 })
  })
  it('offers a leader to release the console, and no signature', async () => {
    await open('manager', 'manager', { console: { by: 'chief', sinceAt: noon } }, sheet)
    expect(button('解除席位')).toBeDefined()
    for (const words of ['接班签字', '交班签字', '记入', '电话记录']) expect(button(words)).toBeUndefined()
  })
  it('signs officers on and off, and asks why somebody leaves early', async () => {
    const before = `20260731-night`
    presence.attendance = [
      came('A-accept', { signedOnAt: noon, late: true }),
      came('A-dispatch', { absentAt: noon }),
      came('E-chief', { shiftId: before, signedOnAt: noon - 1, post: 'chief' }),
    ]
    const wrapper = await open('duty', 'duty')
    expect(wrapper.element.textContent).toContain('迟到')
    expect(wrapper.find('.amiss').exists()).toBe(true)
    expect(wrapper.element.textContent).toContain('上一班未签退')
    await button('签到')?.trigger('click')
    await flushPromises()
    expect(submitted.at(-1)).toEqual({ type: 'duty.sign-on', officerId: 'A-leader' })
    await button('签退')?.trigger('click')
    const form = wrapper.find('tr form')
    await form.find('input').setValue('家中急事')
    await form.trigger('submit')
    await flushPromises()
    expect(submitted.at(-1)).toEqual({ type: 'duty.sign-off', officerId: 'A-accept', reason: '家中急事' })
    expect(wrapper.find('tr form').exists()).toBe(false)
    const late = wrapper.findAll('table').at(-1)
    await late?.find('button').trigger('click')
    await flushPromises()
    expect(submitted.at(-1)).toEqual({ type: 'duty.sign-off', officerId: 'E-chief', reason: '' })
  })
  it('R calls the roll; who answered is marked, who did not by whoever called', async () => {
    const wrapper = await open('chief', 'chief')
    await press('r')
    const form = wrapper.find('[aria-label="点名"] form')
    await form.find('select').setValue('phone')
    await form.trigger('submit')
    await flushPromises()
    expect(submitted.at(-1)).toEqual({ type: 'duty.call-roll', means: 'phone', hall: true, centreIds: [] })
    page?.unmount()
    const item = { name: { zh: '东城区', en: 'East' }, markedBy: null, note: '' }
    const rollCall: RollCall = {
      ...{ id: 'N1', version: 1, shiftId: shift.id, means: 'video', calledBy: 'chief', calledAt: noon },
      ...{ endsAt: noon + 600_000, endedAt: null },
      items: [
        { ...item, subject: 'centre:d1', outcome: null, markedAt: null },
        { ...item, subject: 'centre:d2', outcome: 'answered', markedAt: noon + 12_000 },
      ],
    }
    presence.rollCalls = [rollCall]
    await open('chief', 'chief')
    expect(page?.element.textContent).toContain('应答 12 秒')
    await button('缺席')?.trigger('click')
    await flushPromises()
    expect(submitted.at(-1)).toEqual({
      ...{ type: 'duty.mark-roll', rollCallId: 'N1', subject: 'centre:d1', outcome: 'absent' },
    })
    await button('结束点名')?.trigger('click')
    await flushPromises()
    expect(submitted.at(-1)).toEqual({ type: 'duty.end-roll', rollCallId: 'N1' })
    page?.unmount()
    presence.rollCalls = [rollCall]
    await open('duty', 'duty')
    await press('r')
    expect(page?.find('[aria-label="点名"] form').exists()).toBe(false)
    for (const words of ['缺席', '结束点名']) expect(button(words)).toBeUndefined()
    expect(button('应答')).toBeDefined()
  })
})
