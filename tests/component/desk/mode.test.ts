/** 平急转换 on the desk: the word in the bar, and the dialog that proposes, confirms and declines. */
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { useModesStore } from '../../../client/src/stores/modes.ts'
import { everNormal, type CityMode, type ModeProposal } from '../../../shared/model/city-mode.ts'
import type { AlarmRule } from '../../../shared/model/alarm.ts'
import { defaultCaseSettings } from '../../../shared/model/case-settings.ts'
import { customaryEffects, type ModeTable } from '../../../shared/model/mode-effects.ts'
import { noon } from '../../support/sample-rows.ts'
import { desk, dialog, inCity, open, press, reset, world } from './open-desk.ts'

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

const rule = (id: string, scope?: AlarmRule['scope']): AlarmRule => ({
  ...{ id, version: 1, kind: 'k', sense: 'high', limit: 10, deadband: 4, onDelayMs: 0, onReadings: 1 },
  ...{ offDelayMs: 0, priority: 3, classCode: 'E0512', name: { zh: `规则${id}`, en: id } },
  ...{ consequence: { zh: '果', en: 'c' }, action: { zh: '措', en: 'a' } },
  ...(scope === undefined ? {} : { scope }),
})
const table: ModeTable = {
  ...customaryEffects,
  emergency: {
    ...customaryEffects.emergency,
    deadlines: { classes: ['E0506'], roundTheClock: true, limitShare: 0.5, stageMinutes: { accept: 5, file: 15 } },
    rulesOff: ['bins'],
  },
}

describe('before anything is confirmed', () => {
  const change = (name: string) => dialog().find(`[data-change="${name}"]`).text()
  const begin = async (role: 'chief' | 'manager') => {
    world.answers.set('/modes', table)
    await open(role)
    await inCity({
      caseSettings: {
        ...defaultCaseSettings,
        stageMinutes: { ...defaultCaseSettings.stageMinutes, accept: 15, file: 15 },
      },
      alarmRules: [
        rule('bins'),
        rule('dust', { modes: ['normal'] }),
        rule('flood', { modes: ['emergency'] }),
        rule('gas'),
      ],
    })
  }
  it('the chosen mode says what it changes: limits by stage, rules that rest, who comes, the wall', async () => {
    await begin('chief')
    await press('7')
    await flushPromises()
    await dialog().find('input[value="emergency"]').setValue()
    expect(change('deadlines')).toContain('E0506')
    expect(change('deadlines')).toContain('夜间和节假日照走')
    expect(change('deadlines')).toContain('时限减为 50%')
    expect(change('deadlines')).toContain('受理 15 分 → 5 分')
    expect(change('deadlines'), 'what is the same is not said').not.toContain('立案 15')
    expect(change('rules')).toBe('规则bins bins规则dust dust')
    expect(change('roster')).toContain('60 分钟内：专家组待命')
    expect(change('sceneName')).toBe('大屏场景：事件处置')
    expect(dialog().find('[data-part="who"]').text()).toContain('提议人以外的值班长或领导在 15 分钟内确认')
  })
  it('the second person sees the same of what waits', async () => {
    await begin('manager')
    await show({ proposal: waiting })
    await press('7')
    await flushPromises()
    expect(change('deadlines')).toContain('时限减为 50%')
    expect(change('roster')).toContain('应急班次全员到岗')
  })
  it('where it cannot be asked for, that is said and nothing is shown in its place', async () => {
    await open('chief')
    await press('7')
    await flushPromises()
    expect(dialog().find('[role="alert"]').text()).toBe('未能取得切换后的变化')
    expect(dialog().find('[data-change]').exists()).toBe(false)
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
    // The way back is chosen, so that what ends by it is shown.
    const ends = dialog().find('section[aria-label="恢复平时后撤销"]')
    expect(ends.text()).toContain('30 分钟内：应急班次全员到岗')
    expect(ends.text()).toContain('大屏场景：事件处置')
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
