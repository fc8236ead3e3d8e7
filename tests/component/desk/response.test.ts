/** 应急响应 on the desk: what is in force, what a warning suggests, and the moves by two people. */
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { useResponsesStore } from '../../../client/src/stores/responses.ts'
import { useWarningsStore } from '../../../client/src/stores/warnings.ts'
import type { Response } from '../../../shared/model/response.ts'
import { noon, sampleWarning } from '../../support/sample-rows.ts'
import { desk, dialog, open, press, reset, world } from './open-desk.ts'

beforeEach(reset)
afterEach(() => desk.unmount())
const button = () => desk.find('header button.response')
/** Without its key. */
const words = () =>
  button()
    .text()
    .replace(/\s*\d$/, '')
const sample = (over: Partial<Response> = {}): Response => ({
  id: 'R1',
  version: 3,
  state: 'active',
  level: 'III',
  name: '防汛防台',
  headquarters: '防汛指挥部',
  districtIds: [],
  planName: null,
  warningId: null,
  caseId: null,
  reason: '暴雨',
  startedBy: 'chief',
  startedAt: noon,
  confirmedBy: null,
  levelSinceAt: noon,
  proposal: null,
  endedAt: null,
  endReason: null,
  ...over,
})
async function show(...rows: Response[]): Promise<void> {
  useResponsesStore().replace(rows.map((row) => ({ id: row.id, row })))
  await flushPromises()
}

describe('responses on the desk', () => {
  it('are named in the bar, the gravest first', async () => {
    await open()
    expect(words()).toBe('未启动响应')
    await show(sample(), sample({ id: 'R2', level: 'II', name: '燃气泄漏' }))
    expect(words()).toBe('Ⅱ级响应 燃气泄漏 · Ⅲ级响应 防汛防台')
  })

  it('start as a warning suggests, once a chief has looked and filled in the rest', async () => {
    await open('chief')
    const row = sampleWarning({ colour: 'red', expiresAt: noon + 9_000_000 })
    useWarningsStore().replace([{ id: row.id, row }])
    await button().trigger('click')
    expect(dialog().find('button[name="suggestion"]').text()).toContain('建议启动Ⅰ级响应')
    expect(world.sent).toEqual([])
    await dialog().find('button[name="suggestion"]').trigger('click')
    expect(dialog().text()).toContain('须由第二人确认')
    await dialog().find('form').trigger('submit')
    expect(world.sent).toEqual([])
    await dialog().find('input[name="headquarters"]').setValue('防汛指挥部')
    await dialog().find('form').trigger('submit')
    await flushPromises()
    expect(world.sent).toMatchObject([{ type: 'response.start', level: 'I', name: row.event, warningId: row.id }])
  })

  it('are changed and ended with a reason', async () => {
    await open('chief')
    await show(sample())
    for (const name of ['change', 'end']) {
      await button().trigger('click')
      expect(dialog().find(`button[name="${name}"]`).attributes('disabled')).toBeDefined()
      await dialog().find('input[value="II"]').setValue()
      await dialog().find('input[name="reason"]').setValue(' 雨停 ')
      await dialog().find(`button[name="${name}"]`).trigger('click')
      await flushPromises()
    }
    expect(world.sent).toEqual([
      { type: 'response.change', responseId: 'R1', expectedVersion: 3, level: 'II', reason: '雨停' },
      { type: 'response.end', responseId: 'R1', expectedVersion: 3, reason: '雨停' },
    ])
  })

  it('wait for a second person, who confirms or declines', async () => {
    const proposal = { level: null, reason: '雨停', by: 'chief', at: noon, expiresAt: noon + 900_000 }
    await open('chief')
    await show(sample({ state: 'change-proposed', proposal }))
    await button().trigger('click')
    expect(dialog().find('button[name="confirm"]').attributes('disabled')).toBeDefined()
    expect(dialog().find('[role="status"]').text()).toContain('chief 提请终止Ⅲ级响应')
    desk.unmount()
    await open('manager')
    await show(sample({ state: 'proposed', level: 'I', startedAt: null, proposal: { ...proposal, level: 'I' } }))
    await press('k', { ctrlKey: true })
    await desk.find('input[name="word"]').setValue('response')
    await desk.find('form.command').trigger('submit')
    expect(dialog().find('[role="status"]').text()).toContain('提请启动Ⅰ级响应')
    expect(dialog().find('[role="note"]').text()).toBe('只有值班长可以启动、调整或终止响应')
    await dialog().find('input[name="reason"]').setValue('不必')
    await dialog().find('button[name="decline"]').trigger('click')
    await show(sample({ state: 'change-proposed', proposal: { ...proposal, level: 'II' } }))
    await button().trigger('click')
    expect(dialog().find('[role="status"]').text()).toContain('调整为Ⅱ级响应')
    await dialog().find('button[name="confirm"]').trigger('click')
    expect(world.sent).toEqual([
      { type: 'response.decline', responseId: 'R1', expectedVersion: 3, reason: '不必' },
      { type: 'response.confirm', responseId: 'R1', expectedVersion: 3 },
    ])
  })
})
