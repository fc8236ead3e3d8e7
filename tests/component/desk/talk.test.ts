/** What people say to each other about a case: who, when, in order, beside what the system writes; said by one key and Enter. */
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { sampleIncident } from '../../support/sample-rows.ts'
import { desk, detail, open, press, put, reset, world } from './open-desk.ts'

const id = '20260801-000001'
const said = (seq: number, actor: string, text: string) => ({
  ...{ seq, at: `2026-08-01T12:0${seq}:00+08:00`, actor, type: 'incident.commented', facts: { text } },
})
const filed = { seq: 2, at: '2026-08-01T12:02:00+08:00', actor: 'duty', type: 'incident.filed', facts: {} }
const tell = (...items: object[]) => world.answers.set(`/incidents/${id}/timeline`, { items, next: null })
const line = () => desk.find<HTMLInputElement>('input[name="say"]')
const bubbles = () => desk.findAll('[data-said]')

beforeEach(reset)
afterEach(() => desk.unmount())

async function select(as: Parameters<typeof open>[0] = 'duty', version = 1) {
  await open(as)
  await put(sampleIncident({ id, version, state: 'handling' }))
  await press('j')
}

it('stands in its order with name and time, one’s own apart, and the timeline holds the rest', async () => {
  tell(said(1, 'chief', '下口已封'), filed, said(3, 'duty', '收到'))
  await select()
  expect(bubbles().map((one) => one.find('p').text())).toEqual(['下口已封', '收到'])
  expect(bubbles()[0]?.find('.by').text()).toBe('chief 08/01 12:01:00')
  expect(bubbles().map((one) => one.classes().includes('own'))).toEqual([false, true])
  expect(detail().text()).toContain('立案')
  expect(
    detail()
      .text()
      .match(/下口已封/g),
    'once, not in the timeline as well',
  ).toHaveLength(1)
})

it('is by name where the account has one, asked for once for all of them', async () => {
  world.answers.set('/account-names', { items: [{ username: 'chief', displayName: '沈值班长' }], next: null })
  tell(said(1, 'chief', '下口已封'), said(2, 'stranger', '已到'), said(3, 'duty', '收到'), said(4, 'chief', '好'))
  await select()
  await flushPromises()
  const names = bubbles().map((one) => one.find('.by').text().split(' ')[0])
  expect(names).toEqual(['沈值班长', 'stranger', '值班员', '沈值班长'])
  expect(world.asked.filter((path) => path === '/account-names')).toHaveLength(1)
})

it('another’s words appear when they are said', async () => {
  tell(filed)
  await select()
  expect(bubbles()).toEqual([])
  tell(filed, said(3, 'chief', '增派一组'))
  await put(sampleIncident({ id, version: 2, state: 'handling' }))
  expect(bubbles().map((one) => one.find('p').text())).toEqual(['增派一组'])
})

it('T begins a line, Enter says it and gives the keys back; words are never markup', async () => {
  await select()
  await press('t')
  expect(document.activeElement).toBe(line().element)
  await line().setValue('  <b>水位回落</b> ')
  await line().trigger('keydown', { key: 'Enter' })
  await flushPromises()
  expect(world.sent).toEqual([
    { type: 'incident.comment', incidentId: id, expectedVersion: 1, text: '<b>水位回落</b>' },
  ])
  expect(line().element.value).toBe('')
  expect(document.activeElement).toBe(document.body)
  tell(said(1, 'duty', '<b>水位回落</b>'))
  await put(sampleIncident({ id, version: 2, state: 'handling' }))
  expect(bubbles()[0]?.find('b').exists()).toBe(false)
})

it('nothing is said by an empty line, nor by the Enter that ends a composed word', async () => {
  await select()
  await line().setValue('  ')
  await line().trigger('keydown', { key: 'Enter' })
  await line().setValue('封路')
  await line().trigger('keydown', { key: 'Enter', isComposing: true })
  expect(world.sent).toEqual([])
  expect(line().element.value).toBe('封路')
})

it('a case that has ended is read, and no more is said about it', async () => {
  world.ended = sampleIncident({ id, state: 'rejected' })
  tell(said(1, 'chief', '不属本市'))
  await open('duty', `/desk/${id}`)
  await flushPromises()
  expect(bubbles()).toHaveLength(1)
  expect(line().exists()).toBe(false)
})
