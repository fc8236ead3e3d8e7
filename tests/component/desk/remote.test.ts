/** 推送上屏 on the desk: what is pushed, by whom it is held and given back, and which displays are on. */
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { useDisplaysStore } from '../../../client/src/stores/displays.ts'
import { useLinkStore } from '../../../client/src/stores/link.ts'
import { useWallsStore } from '../../../client/src/stores/walls.ts'
import type { DisplayNow } from '../../../shared/contract/display-roll.ts'
import { freeWall, type WallHold, type WallProgramme } from '../../../shared/model/display.ts'
import { noon, sampleIncident } from '../../support/sample-rows.ts'
import { desk, dialog, open, press, put, reset, world } from './open-desk.ts'

beforeEach(reset)
afterEach(() => desk.unmount())

const programme: WallProgramme = {
  usual: [],
  displays: [
    {
      ...{ id: 'hall', name: { zh: '指挥大厅', en: 'Hall' }, turns: [] },
      canvas: { width: 3840, height: 1080, parts: [{ id: 'hall-1', x: 0, y: 0, width: 1920, height: 1080 }] },
    },
    { id: 'lobby', name: { zh: '门厅', en: 'Lobby' }, turns: [] },
  ],
}
const hold = (over: Partial<WallHold> = {}): WallHold => ({
  ...{ id: 'H1', display: 'lobby', scene: 'flood', caseId: null, position: null, pointer: null, by: 'duty' },
  ...{ role: 'duty', sinceAt: noon, untilAt: noon + 900_000 },
  ...over,
})
async function show(who: 'duty' | 'chief' | 'manager', ...holds: WallHold[]): Promise<void> {
  await open(who)
  useWallsStore().replace([{ id: 'wall', row: { ...freeWall, version: 1, programme, holds } }])
  await put(sampleIncident({ id: 'c1', title: '人民路积水', state: 'pending-dispatch', position: [121.4, 31.2] }))
}
const button = (name: string) => dialog().find(`button[name="${name}"]`)

describe('pushing to the wall', () => {
  it('puts the selected case on one display, by keys alone', async () => {
    await show('duty')
    await press('j')
    await press('3')
    expect(dialog().find<HTMLInputElement>('input[value="incidents"]').element.checked).toBe(true)
    await dialog().find('select[name="display"]').setValue('lobby')
    await dialog().find('form').trigger('submit')
    await flushPromises()
    const push = { type: 'wall.push', display: 'lobby', scene: 'incidents', caseId: 'c1', minutes: 15 }
    expect(world.sent).toEqual([push])
  })
  it.each([
    [0, []],
    [1, [1]],
    [240, [240]],
    [241, []],
    [1.5, []],
  ])('holds for %s minutes: %j', async (minutes, given) => {
    await show('duty')
    await press('3')
    await dialog().find('input[name="minutes"]').setValue(minutes)
    await dialog().find('form').trigger('submit')
    await flushPromises()
    expect(world.sent.map((draft) => (draft.type === 'wall.push' ? draft.minutes : draft.type))).toEqual(given)
  })
  it('without a case pushes a scene to all', async () => {
    await show('duty')
    await press('3')
    await dialog().find('input[value="performance"]').setValue()
    await dialog().find('form').trigger('submit')
    await flushPromises()
    const push = { type: 'wall.push', display: null, scene: 'performance', caseId: null, minutes: 15 }
    expect(world.sent).toEqual([push])
  })
  it('says who holds what until when; the holder and a chief may give it back, another may not', async () => {
    await show('duty', hold({ by: 'chief' }))
    await press('3')
    expect(dialog().find('.held').text()).toContain('门厅 · 防汛')
    expect(dialog().find('.held').text()).toContain('chief 保持至 12:15')
    expect(button('release').attributes('disabled')).toBeDefined()
    desk.unmount()
    for (const who of ['duty', 'chief'] as const) {
      await show(who, hold())
      await press('3')
      await button('release').trigger('click')
      await flushPromises()
      expect(world.sent.at(-1), who).toEqual({ type: 'wall.release', holdId: 'H1' })
      if (who === 'duty') desk.unmount()
    }
  })
  it('points at the selected case, and takes the mark away where none is selected', async () => {
    await show('duty', hold())
    await press('j')
    await press('3')
    await button('point').trigger('click')
    await flushPromises()
    expect(world.sent).toEqual([{ type: 'wall.point', holdId: 'H1', position: [121.4, 31.2] }])
  })
  it('is no manager’s', async () => {
    await show('manager', hold())
    await press('3')
    expect(dialog().text()).toContain('仅值班员、值班长可推送')
    expect(dialog().find('button[type="submit"]').attributes('disabled')).toBeDefined()
    expect(button('release').attributes('disabled')).toBeDefined()
    await dialog().find('form').trigger('submit')
    expect(world.sent).toEqual([])
  })
})

describe('displays that are on', () => {
  const row = (over: Partial<DisplayNow> = {}): DisplayNow => ({
    ...{ displayId: 's1', name: 'hall-1', scene: 'flood', widthPx: 3840, heightPx: 2160, build: '/b.js' },
    ...{ isHidden: false, seenAt: noon + 58_000, lagMs: 87, isLost: false },
    ...over,
  })
  const rows = () =>
    dialog()
      .findAll('tbody tr')
      .map((line) => line.findAll('th, td').map((cell) => cell.text()))

  it('are listed with scene, size, lag, age and version', async () => {
    await show('duty')
    useLinkStore().servedBuild = '/b.js'
    useDisplaysStore().set([
      row(),
      row({ displayId: 's2', name: null, build: '/a.js', isHidden: true, lagMs: null, seenAt: noon + 20_000 }),
    ])
    await press('3')
    expect(rows()).toEqual([
      ['指挥大厅 · hall-1', '在线', '防汛', '3840 × 2160', '87 毫秒', '刚刚', '最新'],
      ['未命名', '画面被遮挡', '防汛', '3840 × 2160', '—', '40 秒前', '待更新'],
    ])
  })
  it('that are lost are told on the desk’s bar and in the list, with when they were last heard', async () => {
    await show('duty')
    const word = () => desk.find('header button.remote')
    expect(word().text()).toContain('推送上屏')
    const never = { displayId: null, name: 'lobby', scene: null, widthPx: null, heightPx: null, build: null }
    useDisplaysStore().set([
      row({ isLost: true, seenAt: noon }),
      row({ ...never, seenAt: null, lagMs: null, isLost: true }),
    ])
    await flushPromises()
    expect(word().text()).toContain('2 块大屏失联')
    expect(word().classes()).toContain('loud')
    await word().trigger('click')
    expect(rows().map(([name, state, , , , seen]) => [name, state, seen])).toEqual([
      ['指挥大厅 · hall-1', '失联', '1 分钟前'],
      ['门厅', '未上线', '—'],
    ])
  })
})
