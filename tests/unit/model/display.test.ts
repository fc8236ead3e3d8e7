import { describe, expect, it } from 'vitest'
import { checkProgramme } from '../../../shared/contract/display.ts'
import {
  holdOn,
  shownOn,
  type ProgrammeTurn,
  type WallHold,
  type WallMoment,
  type WallProgramme,
} from '../../../shared/model/display.ts'
import { noon } from '../../support/sample-rows.ts'

const moment = (over: Partial<WallMoment> = {}): WallMoment => ({
  nowAt: noon,
  weekday: 6,
  minute: 12 * 60,
  mode: 'normal',
  modeScene: 'overview',
  warnings: [],
  criticalSinceAt: null,
  ...over,
})
const turn = (over: Partial<ProgrammeTurn> = {}): ProgrammeTurn => ({
  days: [],
  from: '00:00',
  to: '00:00',
  when: {},
  scenes: ['sensors'],
  dwellS: 60,
  ...over,
})
const hold = (over: Partial<WallHold> = {}): WallHold => ({
  id: 'H1',
  display: null,
  scene: 'requests',
  caseId: null,
  position: null,
  pointer: null,
  by: 'duty',
  role: 'duty',
  sinceAt: noon,
  untilAt: noon + 900_000,
  ...over,
})
const programme = (...usual: ProgrammeTurn[]): WallProgramme => ({ usual, displays: [] })
const free = { holds: [] }
const scene = (usual: ProgrammeTurn[], over: Partial<WallMoment> = {}) =>
  shownOn(null, free, programme(...usual), moment(over)).scene

describe('the programme of a display', () => {
  it('is the overview where nothing is said', () => {
    expect(shownOn('hall', free, programme(), moment())).toEqual({ scene: 'overview', because: 'usual', hold: null })
  })

  it('begins with its minute and ends before its end', () => {
    const day = [turn({ from: '08:00', to: '20:00' })]
    expect([8 * 60 - 1, 8 * 60, 20 * 60 - 1, 20 * 60].map((minute) => scene(day, { minute }))).toEqual([
      'overview',
      'sensors',
      'sensors',
      'overview',
    ])
  })

  it('goes over midnight as the day it began on', () => {
    const friday = [turn({ days: [5], from: '22:00', to: '06:00' })]
    const at = (weekday: WallMoment['weekday'], minute: number) => scene(friday, { weekday, minute })
    expect([at(5, 22 * 60 - 1), at(5, 22 * 60), at(6, 6 * 60 - 1), at(6, 6 * 60)]).toEqual([
      'overview',
      'sensors',
      'sensors',
      'overview',
    ])
    expect(at(5, 60)).toBe('overview')
    const sunday = [turn({ days: [7], from: '22:00', to: '06:00' })]
    expect(scene(sunday, { weekday: 1, minute: 60 })).toBe('sensors')
  })

  it('takes its scenes in turn by the clock, the same on every display', () => {
    const turns = [turn({ scenes: ['overview', 'sensors', 'performance'], dwellS: 30 })]
    const startAt = Math.ceil(noon / 90_000) * 90_000
    const shown = [0, 29_999, 30_000, 59_999, 60_000, 90_000].map((ms) => scene(turns, { nowAt: startAt + ms }))
    expect(shown).toEqual(['overview', 'overview', 'sensors', 'sensors', 'performance', 'overview'])
  })

  it('puts a condition that is met before everything planned, and one that is not out of the way', () => {
    const turns = [turn(), turn({ when: { modes: ['emergency'] }, scenes: ['flood'] })]
    expect(scene(turns)).toBe('sensors')
    expect(scene(turns, { mode: 'emergency', modeScene: 'incidents' })).toBe('flood')
    const both = [turn({ when: { modes: ['alert'], warnings: ['red', 'orange'] }, scenes: ['flood'] })]
    expect(scene(both, { mode: 'alert', warnings: ['blue'], modeScene: 'requests' })).toBe('requests')
    expect(scene(both, { mode: 'alert', warnings: ['blue', 'red'] })).toBe('flood')
  })

  it('lets a mode name the scene where no condition does, before what is planned', () => {
    expect(shownOn(null, free, programme(turn()), moment({ mode: 'alert', modeScene: 'flood' }))).toMatchObject({
      scene: 'flood',
      because: 'mode',
    })
  })

  it("puts a display's own turns before the usual ones", () => {
    const both: WallProgramme = {
      usual: [turn()],
      displays: [{ id: 'hall', name: { zh: '大厅', en: 'Hall' }, turns: [turn({ scenes: ['performance'] })] }],
    }
    expect(shownOn('hall', free, both, moment()).scene).toBe('performance')
    expect(shownOn('lobby', free, both, moment()).scene).toBe('sensors')
  })
})

describe('what the desk holds', () => {
  it('goes before programme and mode until its time, and not at it', () => {
    const held = { holds: [hold()] }
    const at = (nowAt: number) => shownOn('hall', held, programme(turn()), moment({ nowAt, mode: 'alert' })).because
    expect([at(noon), at(noon + 899_999), at(noon + 900_000)]).toEqual(['hold', 'hold', 'mode'])
  })

  it('is of its display alone, and the newest of two', () => {
    const one = hold({ display: 'hall' })
    const all = hold({ id: 'H2', sinceAt: noon + 1, scene: 'flood' })
    expect(holdOn([one], 'lobby', noon)).toBeNull()
    expect(holdOn([one], null, noon)).toBeNull()
    expect(holdOn([one], 'hall', noon)?.id).toBe('H1')
    expect(holdOn([all, one], 'hall', noon + 1)?.id).toBe('H2')
  })

  it('gives way to a critical case reported after it, and to none it was pushed over', () => {
    const held = { holds: [hold()] }
    const because = (criticalSinceAt: number) => shownOn(null, held, programme(), moment({ criticalSinceAt })).because
    expect([because(noon - 1), because(noon), because(noon + 1)]).toEqual(['hold', 'hold', 'critical'])
    const takes = (...turns: ProgrammeTurn[]) =>
      shownOn(null, free, programme(...turns), moment({ criticalSinceAt: noon - 1 }))
    expect(takes(turn())).toMatchObject({ scene: 'incidents', because: 'critical' })
    // The overview has a camera of its own for it.
    expect(takes()).toMatchObject({ scene: 'overview', because: 'critical' })
  })
})

describe('displays.json', () => {
  it('says where it is wrong', () => {
    const wrong = checkProgramme({ usual: [{ from: '24:00', scenes: [], dwellS: 9 }] })
    expect(wrong.ok ? [] : wrong.problems.map((problem) => problem.split(': ')[1])).toEqual([
      'usual.0.from',
      'usual.0.scenes',
      'usual.0.dwellS',
    ])
    const row = { id: 'a', name: { zh: '甲', en: 'A' } }
    expect(checkProgramme({ displays: [row, row] })).toMatchObject({ ok: false })
    expect(checkProgramme({ displays: [row], usual: [{ scenes: ['flood'] }] })).toMatchObject({
      ok: true,
      value: { usual: [{ from: '00:00', to: '00:00', days: [], when: {}, dwellS: 60 }] },
    })
  })
})
