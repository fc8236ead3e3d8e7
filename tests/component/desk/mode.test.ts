/** 平急转换 on the desk: the word in the bar, and the dialog that proposes, confirms and declines. */
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { useModesStore } from '../../../client/src/stores/modes.ts'
import { everNormal, type CityMode, type ModeProposal } from '../../../shared/model/city-mode.ts'
import { customaryEffects } from '../../../shared/model/mode-effects.ts'
import { noon } from '../../support/sample-rows.ts'
import { desk, dialog, open, press, reset, world } from './open-desk.ts'

beforeEach(reset)
afterEach(() => desk.unmount())
const button = () => desk.find('header button.mode')
/** Without its key. */
const words = () =>
  button()
    .text()
    .replace(/\s*\d$/, '')
const waiting: ModeProposal = {
  id: 'M1',
  mode: 'emergency',
  districtIds: ['d0'],
  reason: '红色预警',
  proposedBy: 'chief2',
  proposedAt: noon,
  expiresAt: noon + 900_000,
}
async function show(over: Partial<CityMode>): Promise<void> {
  useModesStore().replace([{ id: 'city', row: { ...everNormal, version: 1, ...over } }])
  await flushPromises()
}

describe('the bar', () => {
  it('says in which mode the city runs, where a district is stricter, and what waits', async () => {
    await open()
    expect(words()).toBe('平时')
    await show({ mode: 'alert', districts: [{ ...everNormal, mode: 'emergency', districtId: 'd0' }] })
    expect(words()).toBe('预警 · 云岫区应急')
    await show({ proposal: waiting })
    expect(button().text()).toContain('待确认：云岫区 切换为应急')
    await show({ proposal: { ...waiting, districtIds: [] } })
    expect(button().text()).toContain('全市')
    await show({ proposal: { ...waiting, expiresAt: noon } })
    expect(words()).toBe('平时')
  })
})

describe('the dialog', () => {
  it('proposes with scope and reason', async () => {
    await open('chief')
    await button().trigger('click')
    expect(dialog().find('button[type="submit"]').attributes('disabled')).toBeDefined()
    await dialog().find('input[value="emergency"]').setValue()
    await dialog().find('input[value="d0"]').setValue(true)
    await dialog().find('input[name="reason"]').setValue(' 红色预警 ')
    await dialog().find('form').trigger('submit')
    await flushPromises()
    expect(world.sent).toEqual([{ type: 'mode.propose', mode: 'emergency', districtIds: ['d0'], reason: '红色预警' }])
    expect(desk.find('.notice').text()).toContain('提议切换 已办')
  })

  it('takes a district out of the scope again', async () => {
    await open('chief')
    await show({
      mode: 'emergency',
      effects: customaryEffects.emergency,
      sinceAt: noon,
      proposedBy: 'a',
      confirmedBy: 'b',
    })
    await button().trigger('click')
    expect(dialog().text()).toContain('30 分钟内：应急班次全员到岗')
    expect(dialog().text()).toContain('大屏场景：事件处置')
    const district = dialog().find('input[value="d0"]')
    await district.setValue(true)
    await district.setValue(false)
    await dialog().find('input[name="reason"]').setValue('雨停')
    await dialog().find('form').trigger('submit')
    expect(world.sent).toEqual([{ type: 'mode.propose', mode: 'normal', districtIds: [], reason: '雨停' }])
  })

  it('lets a second person confirm, or decline with a reason', async () => {
    await open('manager')
    await show({ proposal: waiting })
    await button().trigger('click')
    expect(dialog().text()).toContain('红色预警')
    await dialog().find('form').trigger('submit')
    await show({ proposal: waiting })
    await button().trigger('click')
    await dialog().find('input[name="reason"]').setValue('不必')
    await dialog().find('button[name="decline"]').trigger('click')
    expect(world.sent).toEqual([
      { type: 'mode.confirm', proposalId: 'M1' },
      { type: 'mode.decline', proposalId: 'M1', reason: '不必' },
    ])
  })

  it('does not let who proposed it confirm it, nor a duty officer do either', async () => {
    await open('chief')
    await show({ proposal: { ...waiting, proposedBy: 'chief' } })
    await button().trigger('click')
    expect(dialog().find('[role="note"]').text()).toContain('提议人以外')
    expect(dialog().find('button[name="decline"]').text()).toBe('撤回提议')
    await dialog().find('form').trigger('submit')
    expect(world.sent).toEqual([])
    desk.unmount()
    await open('duty')
    await press('k', { ctrlKey: true })
    await desk.find('input[name="word"]').setValue('mode')
    await desk.find('form.command').trigger('submit')
    expect(dialog().find('[role="note"]').text()).toBe('只有值班长可以提议切换')
    await dialog().find('form').trigger('submit')
    expect(world.sent).toEqual([])
  })

  it('names the proposal that stands in the way', async () => {
    await open('chief')
    world.outcome = { ok: false, error: { code: 'CONFLICT', message: '', details: { proposalId: 'M1', by: 'chief2' } } }
    await button().trigger('click')
    await dialog().find('input[name="reason"]').setValue('x')
    await dialog().find('form').trigger('submit')
    await flushPromises()
    expect(desk.find('.notice').text()).toContain('chief2 已提议切换')
  })
})
