/** What a mode changes, on by a switch and gone by the way back; and that what runs keeps what it began with, both ways. */
import { describe, expect, it } from 'vitest'
import type { Actor } from '../../../shared/model/role.ts'
import type { AlarmRule } from '../../../shared/model/alarm.ts'
import { everNormal } from '../../../shared/model/city-mode.ts'
import { defaultCaseSettings } from '../../../shared/model/case-settings.ts'
import type { Command } from '../../../shared/model/command.ts'
import type { Incident } from '../../../shared/model/incident.ts'
import { customaryEffects, type ModeEffects } from '../../../shared/model/mode-effects.ts'
import type { OperatingMode } from '../../../shared/model/mode.ts'
import { isRuleInForce, plainSituation, situationOf } from '../../../server/src/domain/alarm/scope.ts'
import { AlarmWatch } from '../../../server/src/domain/alarm/watch.ts'
import { cityModeOf } from '../../../server/src/domain/mode/state.ts'
import { evolve, newCityState } from '../../../server/src/domain/state.ts'
import { snapshotPieces } from '../../../server/src/domain/snapshot.ts'
import { decideTick } from '../../../server/src/domain/tick.ts'
import { smallCity } from '../../support/small-city.ts'
import { dayOf, Paper, refusalOf, restoreState } from './support.ts'

const duty: Actor = { name: 'duty', role: 'duty' }
const chief: Actor = { name: 'chief', role: 'chief' }
const manager: Actor = { name: 'manager', role: 'manager' }
const dept: Actor = { name: 'dept', role: 'dept', departmentId: 'drainage' }
const crew: Actor = { name: 'crew', role: 'crew', unitId: 'PUMP-01' }
const minuteMs = 60_000
const hourMs = 60 * minuteMs
const usual = defaultCaseSettings.stageMinutes
const file = { classCode: null, departmentId: null, priority: null }

const emergency: ModeEffects = {
  deadlines: {
    classes: ['E05'],
    roundTheClock: true,
    limitShare: 0.5,
    stageMinutes: { accept: 2, dispatch: 3, check: 4 },
  },
  roster: [],
  scene: 'flood',
  rulesOff: ['k-noise'],
}
const city = smallCity({ modes: { ...customaryEffects, emergency } })

class Hall extends Paper {
  constructor() {
    super(true, city)
  }
  switch(mode: OperatingMode, districtIds: readonly string[] = []): this {
    expect(refusalOf(this.ask(chief, { type: 'mode.propose', mode, districtIds, reason: '暴雨' }))).toBeNull()
    const proposalId = `M${this.state.counters.modeProposal}`
    expect(refusalOf(this.ask(manager, { type: 'mode.confirm', proposalId }))).toBeNull()
    return this
  }
  report(classCode = 'E0506', position: readonly [number, number] = [121.4, 31.2]): string {
    const told = { title: '积水', description: '', source: 'patrol', sourceRef: null, position, address: null }
    const rest = { reporter: null, mediaUrl: null, occurredAt: null, priority: null, drill: false }
    this.ask(duty, { type: 'incident.report', classCode, ...told, ...rest } as Command)
    return [...this.state.incidents.keys()].at(-1) as string
  }
  done(actor: Actor, id: string, verb: string, more: object = {}): this {
    const asked = { type: `incident.${verb}`, incidentId: id, ...more } as unknown as Command
    expect(refusalOf(this.ask(actor, asked)), verb).toBeNull()
    return this
  }
  row(id: string): Incident {
    return this.state.incidents.get(id) as Incident
  }
  /** Minutes its present stage has from now on. */
  stage(id: string): number {
    return ((this.row(id).stageDueAt as number) - this.now) / minuteMs
  }
}

describe('limits of stages', () => {
  it('are the mode’s for its classes, where it holds, and the ordinary ones again after the way back', () => {
    const hall = new Hall()
    expect(hall.stage(hall.report())).toBe(usual.accept)
    hall.switch('emergency', ['d1'])
    const here = hall.report()
    expect(hall.stage(here)).toBe(2)
    // Filing has no limit of its own in this mode.
    expect(hall.done(duty, here, 'accept').stage(here)).toBe(usual.file)
    expect(hall.done(duty, here, 'file', file).stage(here)).toBe(3)
    expect(hall.stage(hall.report('E0113')), 'another class').toBe(usual.accept)
    expect(hall.stage(hall.report('E0506', [121.6, 31.2])), 'another district').toBe(usual.accept)
    // What it is filed as counts.
    const other = hall.report('E0113')
    expect(hall.done(duty, other, 'file', { ...file, classCode: 'E0506' }).stage(other)).toBe(3)
    hall.switch('normal', ['d1'])
    expect(hall.stage(hall.report())).toBe(usual.accept)
    const after = hall.report()
    expect(hall.done(duty, after, 'file', file).stage(after)).toBe(usual.dispatch)
  })
  it('that run keep theirs, there and back; the next stage has those of then', () => {
    const hall = new Hall()
    const before = hall.report()
    const dueAt = hall.row(before).stageDueAt
    hall.switch('emergency')
    expect(hall.row(before).stageDueAt).toBe(dueAt)
    hall.done(duty, before, 'file', file)
    expect(hall.stage(before)).toBe(3)
    const under = hall.row(before).stageDueAt
    hall.switch('normal')
    expect(hall.row(before).stageDueAt).toBe(under)
    hall.done(duty, before, 'dispatch', { unitId: 'PUMP-01' })
    expect(hall.stage(before)).toBe(usual.receive)
  })
  it('a stage that was interrupted has what was left of it, though the mode is another by then', () => {
    const hall = new Hall()
    const id = hall.report()
    hall.done(duty, id, 'file', file)
    const untilAt = hall.now + 24 * hourMs
    hall.done(dept, id, 'request-suspension', { reason: '等料', untilAt }).done(duty, id, 'suspend')
    hall.switch('emergency')
    hall.now = untilAt
    hall.fold(decideTick(hall.state, new AlarmWatch([]), hall.context))
    expect(hall.row(id).state).toBe('pending-dispatch')
    expect(hall.stage(id)).toBe(usual.dispatch)
  })
  it('of what is found and put right on the spot are the mode’s too', () => {
    const hall = new Hall().switch('emergency')
    const act = { classCode: 'E0503', title: '疏通', description: '', position: [121.4, 31.2], address: null }
    const more = { priority: null, note: '已疏通', mediaUrl: null, conditionId: null, drill: false }
    hall.ask(crew, { type: 'incident.self-handle', ...act, ...more } as unknown as Command)
    const [row] = hall.state.incidents.values()
    expect(((row?.stageDueAt as number) - hall.now) / minuteMs).toBe(4)
    // 4 working hours, by the clock and half of it.
    expect((row?.dueAt as number) - hall.now).toBe(2 * hourMs)
  })
})

describe('the clock of a case', () => {
  it('begun before keeps its limit there, one begun under the mode keeps that one back; extended each by its own', () => {
    const hall = new Hall()
    const before = hall.report()
    hall.done(duty, before, 'file', file)
    const ordinary = hall.row(before).dueAt as number
    expect(ordinary - hall.now).toBe(2 * hourMs)
    hall.switch('emergency')
    const under = hall.report()
    hall.done(duty, under, 'file', file)
    const hastened = hall.row(under).dueAt as number
    expect(hastened - hall.now).toBe(hourMs)
    expect(hall.row(before).dueAt).toBe(ordinary)
    const extend = (id: string) => {
      hall.done(duty, id, 'assign', { departmentId: 'drainage' }).done(dept, id, 'receive')
      hall.done(dept, id, 'request-extension', { reason: '缺料' }).done(chief, id, 'approve-extension')
      return hall.row(id).dueAt
    }
    expect(extend(before)).toBe(ordinary + 2 * hourMs)
    hall.switch('normal')
    expect(hall.row(under).dueAt).toBe(hastened)
    expect(extend(under)).toBe(hastened + hourMs)
    const after = hall.report()
    expect((hall.done(duty, after, 'file', file).row(after).dueAt as number) - hall.now).toBe(2 * hourMs)
  })
})

describe('alarm rules that rest', () => {
  const rule: AlarmRule = {
    ...{ id: 'k-noise', version: 1, kind: 'k', sense: 'high', limit: 10, deadband: 1, onDelayMs: 0, onReadings: 1 },
    ...{ offDelayMs: 0, priority: 4, classCode: 'E0301' },
    ...{ name: { zh: '噪', en: 'n' }, consequence: { zh: '果', en: 'c' }, action: { zh: '措', en: 'a' } },
  }
  const other: AlarmRule = { ...rule, id: 'k-other', limit: 20 }
  const say = (watch: AlarmWatch, at: number, value: number) =>
    watch.observe('k', { id: 1, sensorId: 7, phenomenonAt: at, receivedAt: at, value, text: null, quality: 0 }, 'd1')

  it('end what stands and raise nothing while the mode holds; back, the next reading that crosses raises', () => {
    const hall = new Hall()
    const watch = new AlarmWatch([rule])
    const pass = () => watch.tick((hall.now += minuteMs), situationOf(cityModeOf(hall.state), hall.context))
    pass()
    expect(say(watch, hall.now, 15)?.rule?.id).toBe('k-noise')
    hall.switch('emergency', ['d1'])
    expect(pass()).toMatchObject([{ sensorId: 7, rule: null }])
    expect(say(watch, (hall.now += minuteMs), 15)?.rule ?? null).toBeNull()
    hall.switch('normal', ['d1'])
    pass()
    expect(say(watch, (hall.now += minuteMs), 15)?.rule?.id).toBe('k-noise')
  })
  it('rest alone: another rule of the sensor, another district and the most urgent go on', () => {
    const hall = new Hall().switch('emergency', ['d1'])
    const now = situationOf(cityModeOf(hall.state), hall.context)
    const watch = new AlarmWatch([other, rule])
    watch.tick(hall.now, now)
    expect(say(watch, hall.now, 25)?.rule?.id).toBe('k-other')
    expect([isRuleInForce(rule, 'd1', now), isRuleInForce(rule, 'd2', now), isRuleInForce(other, 'd1', now)]).toEqual([
      false,
      true,
      true,
    ])
    // It was made urgent since, by two people.
    expect(isRuleInForce({ ...rule, priority: 1 }, 'd1', now)).toBe(true)
    expect(isRuleInForce(rule, null, plainSituation)).toBe(true)
  })
})

describe('what the switch carries', () => {
  it('is the pack’s, stays in the log and the snapshot, and is gone with the way back', () => {
    const hall = new Hall().switch('emergency')
    expect(cityModeOf(hall.state).effects).toEqual(emergency)
    expect(restoreState(snapshotPieces(hall.state))?.modes).toEqual(hall.state.modes)
    hall.switch('normal')
    expect(cityModeOf(hall.state)).toMatchObject({ mode: 'normal', effects: customaryEffects.normal })
    const folded = newCityState(dayOf)
    for (const logged of hall.log) evolve(folded, logged)
    expect(folded.modes).toEqual(hall.state.modes)
  })
  it('of a log from before there were such effects changes no stage and rests no rule', () => {
    const { rulesOff: _off, deadlines, ...old } = emergency
    const { stageMinutes: _minutes, ...limits } = deadlines
    const hall = new Hall()
    const held = { mode: 'emergency', sinceAt: 1, reason: 'x', proposedBy: 'a', confirmedBy: 'b' } as const
    hall.fold([
      {
        event: {
          type: 'mode.switched',
          proposalId: 'M0',
          districtIds: [],
          held: { ...held, effects: { ...old, deadlines: limits } },
        },
      },
    ])
    expect(hall.stage(hall.report())).toBe(usual.accept)
    const rule = { id: 'k-noise', priority: 4 } as const
    expect(isRuleInForce(rule, 'd1', situationOf(cityModeOf(hall.state), hall.context))).toBe(true)
    expect(cityModeOf(newCityState(dayOf))).toBe(everNormal)
  })
})
