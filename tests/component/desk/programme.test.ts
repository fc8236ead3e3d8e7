/** 轮巡计划 on the desk: written by a chief with a reason, checked as the door checks it, seen by all officers. */
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { useWallsStore } from '../../../client/src/stores/walls.ts'
import { conditions, movedUp, problemsOf, toggled } from '../../../client/src/views/desk/programme-draft.ts'
import { freeWall, type ProgrammeTurn, type WallProgramme } from '../../../shared/model/display.ts'
import { desk, dialog, open, press, reset, world } from './open-desk.ts'

beforeEach(reset)
afterEach(() => desk.unmount())

const turn = (over: Partial<ProgrammeTurn> = {}): ProgrammeTurn => ({
  ...{ days: [], from: '00:00', to: '00:00', when: {}, scenes: ['overview'], dwellS: 60 },
  ...over,
})
const canvas = { width: 3840, height: 1080, parts: [{ id: 'left', x: 0, y: 0, width: 1920, height: 1080 }] }
const programme: WallProgramme = {
  usual: [turn({ scenes: ['overview', 'sensors'] }), turn({ scenes: ['flood'], when: { warnings: ['red'] } })],
  displays: [{ id: 'hall', name: { zh: '大厅', en: 'Hall' }, turns: [], canvas }],
}
async function show(who: 'duty' | 'chief', own: WallProgramme | null = programme): Promise<void> {
  await open(who)
  useWallsStore().replace([{ id: 'wall', row: { ...freeWall, version: 4, programme: own } }])
  await flushPromises()
  await press('3')
  await dialog().find('button[name="programme"]').trigger('click')
}
const turns = () => dialog().findAll('.turn')
async function give(reason = '汛期'): Promise<unknown> {
  await dialog().find('input[name="reason"]').setValue(reason)
  await dialog().find('form').trigger('submit')
  await flushPromises()
  const draft = world.sent.at(-1)
  return draft?.type === 'wall.set-programme' ? draft.programme : draft
}

describe('the programme', () => {
  it('is put into force with a reason and the version it was begun from', async () => {
    await show('chief')
    expect(turns()).toHaveLength(2)
    await dialog().find('form').trigger('submit')
    expect(world.sent, 'not without a reason').toEqual([])
    expect(await give(' 汛期 ')).toEqual(programme)
    expect(world.sent).toEqual([{ type: 'wall.set-programme', expectedVersion: 4, programme, reason: '汛期' }])
  })
  it('has turns by days, hours, conditions, scenes and how long each stays', async () => {
    await show('chief', null)
    expect(dialog().text()).toContain('没有时段')
    await dialog().find('button[name="add-turn"]').trigger('click')
    expect(dialog().text()).toContain('每天')
    for (const day of ['5', '1']) await dialog().find(`input[name="day"][value="${day}"]`).setValue(true)
    await dialog().find('input[name="from"]').setValue('22:00')
    await dialog().find('input[name="to"]').setValue('06:00')
    expect(dialog().text()).toContain('跨零点')
    await dialog().find('input[name="dwell"]').setValue(120)
    await dialog().find('input[name="mode"][value="alert"]').setValue(true)
    await dialog().find('input[name="warning"][value="red"]').setValue(true)
    await dialog().find('input[name="warning"][value="red"]').setValue(false)
    await dialog().find('select[name="add-scene"]').setValue('flood')
    await dialog().find('button[name="drop-scene"]').trigger('click')
    const written = { days: [1, 5], from: '22:00', to: '06:00', when: { modes: ['alert'] }, scenes: ['flood'] }
    expect(await give()).toEqual({ usual: [{ ...written, dwellS: 120 }], displays: [] })
  })
  it('has turns that are moved and removed', async () => {
    await show('chief')
    expect(dialog().find('button[name="up"]').attributes('disabled')).toBeDefined()
    await dialog().findAll('button[name="up"]')[1]?.trigger('click')
    await dialog().findAll('button[name="remove-turn"]')[1]?.trigger('click')
    expect(turns()).toHaveLength(1)
    expect(await give()).toMatchObject({ usual: [programme.usual[1]] })
  })
  it('has displays that are added, named and removed; a canvas stays with its display', async () => {
    await show('chief')
    await dialog().find('select[name="of"]').setValue('0')
    expect(dialog().text()).toContain('由多台拼成一屏：left')
    expect(dialog().text()).toContain('没有自己的时段')
    await dialog().find('button[name="add-turn"]').trigger('click')
    await dialog().find('button[name="add-display"]').trigger('click')
    expect(dialog().find('[role="alert"]').text()).toContain('displays.1.id')
    for (const [field, value] of [
      ['id', 'lobby'],
      ['zh', '门厅'],
      ['en', 'Lobby'],
    ] as const)
      await dialog().find(`input[name="${field}"]`).setValue(value)
    expect(dialog().find('[role="alert"]').exists()).toBe(false)
    const hall = { ...programme.displays[0], turns: [turn()] }
    const lobby = { id: 'lobby', name: { zh: '门厅', en: 'Lobby' }, turns: [] }
    expect(await give()).toEqual({ ...programme, displays: [hall, lobby] })
  })
  it.each([
    [9, false],
    [10, true],
    [3600, true],
    [3601, false],
  ])('lets a scene stay for %i seconds: %s', async (dwellS, isSound) => {
    await show('chief')
    await dialog().find('input[name="dwell"]').setValue(dwellS)
    await dialog().find('input[name="reason"]').setValue('试')
    expect(turns()[0]?.classes('wrong')).toBe(!isSound)
    expect(turns()[1]?.classes('wrong')).toBe(false)
    expect(dialog().find('button[type="submit"]').attributes('disabled') === undefined).toBe(isSound)
  })
  it('goes back to the city pack’s with a reason, where people changed it', async () => {
    await show('chief', null)
    expect(dialog().find('button[name="restore"]').exists()).toBe(false)
    desk.unmount()
    await show('chief')
    await dialog().find('input[name="reason"]').setValue('复原')
    await dialog().find('button[name="restore"]').trigger('click')
    await flushPromises()
    expect(world.sent).toEqual([{ type: 'wall.set-programme', expectedVersion: 4, programme: null, reason: '复原' }])
  })
  it('is shown to a duty officer, who may not change it, and Esc leads back to the remote control', async () => {
    await show('duty')
    expect(dialog().text()).toContain('仅值班长可修改')
    expect(dialog().find('fieldset.all').attributes('disabled')).toBeDefined()
    expect(dialog().find('button[type="submit"]').attributes('disabled')).toBeDefined()
    await dialog().trigger('cancel')
    expect(dialog().find('h2').text()).toBe('推送上屏')
  })
})

describe('a draft', () => {
  it('moves, toggles, and keeps no condition that names nothing', () => {
    expect(movedUp(['a', 'b', 'c'], 2)).toEqual(['a', 'c', 'b'])
    expect(movedUp(['a', 'b'], 0)).toEqual(['a', 'b'])
    expect(toggled(['a'], 'b')).toEqual(['a', 'b'])
    expect(toggled(['a', 'b'], 'a')).toEqual(['b'])
    expect(conditions({ modes: [], warnings: ['red'] })).toEqual({ warnings: ['red'] })
  })
  it('names what the door would refuse', () => {
    expect(problemsOf(programme)).toEqual([])
    expect(problemsOf({ ...programme, usual: [turn({ scenes: [] })] })).toEqual(['usual.0.scenes'])
  })
})
