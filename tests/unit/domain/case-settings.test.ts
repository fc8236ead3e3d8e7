/** What a city's own settings change of a case: limits, marks, counts and who must agree. The usual ones are tested with their verbs. */
import { describe, expect, it } from 'vitest'
import type { Actor } from '../../../shared/model/role.ts'
import { defaultCaseSettings, type CaseSettings } from '../../../shared/model/case-settings.ts'
import type { Command } from '../../../shared/model/command.ts'
import type { DomainEvent } from '../../../shared/model/event.ts'
import type { Incident } from '../../../shared/model/incident.ts'
import { AlarmWatch } from '../../../server/src/domain/alarm/watch.ts'
import { decideTick } from '../../../server/src/domain/tick.ts'
import { Paper, refusalOf } from './support.ts'

const duty: Actor = { name: 'duty', role: 'duty' }
const duty2: Actor = { name: 'duty-2', role: 'duty' }
const chief: Actor = { name: 'chief', role: 'chief' }
const dept: Actor = { name: 'dept', role: 'dept', departmentId: 'drainage' }
const incidentId = '20260801-000001'
const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
const file = { classCode: null, departmentId: null, priority: null }
const reason = '因为'

class Desk extends Paper {
  /** Set once its crews are enrolled. */
  own: Partial<CaseSettings> = {}
  override get context() {
    return { ...super.context, caseSettings: { ...defaultCaseSettings, ...this.own } }
  }
  do(actor: Actor, verb: string, more: object = {}) {
    return this.ask(actor, { type: `incident.${verb}`, incidentId, ...more } as unknown as Command)
  }
  done(actor: Actor, verb: string, more: object = {}): this {
    expect(refusalOf(this.do(actor, verb, more)), verb).toBeNull()
    return this
  }
  report(classCode = 'E0506'): this {
    const told = { title: '积水', description: '', source: 'hotline', sourceRef: null, position: [121.4, 31.2] }
    const reporter = { name: '王', phone: '13812345678', email: null }
    const rest = { address: null, mediaUrl: null, occurredAt: null, priority: null, drill: false }
    return this.done(duty, 'report', { classCode, ...told, reporter, ...rest })
  }
  led(): this {
    return this.report()
      .done(duty, 'file', file)
      .done(duty, 'assign', { departmentId: 'drainage' })
      .done(dept, 'receive')
  }
  tick(ms: number): this {
    this.now += ms
    this.fold(decideTick(this.state, new AlarmWatch([]), this.context))
    return this
  }
  get row(): Incident {
    return this.state.incidents.get(incidentId) as Incident
  }
}
const deskOf = (own: Partial<CaseSettings>): Desk => {
  const desk = new Desk()
  desk.own = own
  return desk
}
const hindrance = (decision: ReturnType<Paper['ask']>) => refusalOf(decision)?.details?.['hindrance']
const fieldOf = (decision: ReturnType<Paper['ask']>) => refusalOf(decision)?.details?.fields?.[0]?.field

describe('a city’s own', () => {
  it('stage limits hold, one after the other', () => {
    const desk = deskOf({ stageMinutes: { accept: 1, file: 2, dispatch: 3, receive: 4, check: 5, close: 6 } })
    const left = () => ((desk.row.stageDueAt as number) - desk.now) / minuteMs
    const seen: number[] = []
    const note = { note: '' }
    desk.report()
    seen.push(left())
    desk.done(duty, 'accept')
    seen.push(left())
    desk.done(duty, 'file', file)
    seen.push(left())
    desk.done(duty, 'dispatch', { unitId: 'PUMP-01' })
    seen.push(left())
    const crew: Actor = { name: 'crew', role: 'crew', unitId: 'PUMP-01' }
    for (const verb of ['acknowledge', 'depart', 'arrive']) desk.done(crew, verb, { unitId: 'PUMP-01' })
    desk.done(crew, 'finish', { unitId: 'PUMP-01', ...note }).done(dept, 'feed-back', note)
    seen.push(left())
    desk.done(duty, 'pass-check', note)
    seen.push(left())
    expect(seen).toEqual([1, 2, 3, 4, 5, 6])
  })
  it('先行联系 and 签收 limits hold', () => {
    const hour = { amount: 1, unit: 'urgent-hour' } as const
    const desk = deskOf({ firstContact: hour, sign: hour }).report()
    expect(desk.row.firstContact?.dueAt).toBe(desk.now + 60 * minuteMs)
    desk.done(duty, 'file', file).done(duty, 'assign', { departmentId: 'drainage' })
    expect(desk.row.stageDueAt).toBe(desk.now + 60 * minuteMs)
  })
  it('marks are told at its own shares, the light turns with the second', () => {
    const desk = deskOf({ remindAtPercent: [25, 75], superviseAtPercent: 150 }).led()
    const { dueAt, clock } = desk.row
    const filedAt = clock!.startAt
    const part = (share: number) => filedAt + share * ((dueAt as number) - filedAt)
    expect([clock!.halfAt, clock!.soonAt, clock!.graveAt]).toEqual([part(0.25), part(0.75), part(1.5)])
    const from = desk.log.length
    desk.tick(part(1.5) - desk.now)
    const told = desk.log.slice(from).flatMap(({ event }) => ('share' in event ? [[event.type, event.share]] : []))
    expect(told).toEqual([
      ['incident.reminded', 0.25],
      ['incident.reminded', 0.75],
      ['incident.reminded', 1],
      ['incident.supervised', 1.5],
    ])
  })
  it('number of extensions holds: below, equal and above', () => {
    const none = deskOf({ mostExtensions: 0 }).led()
    expect(hindrance(none.do(dept, 'request-extension', { reason }))).toBe('extended-twice')
    const once = deskOf({ mostExtensions: 1 }).led()
    once.done(dept, 'request-extension', { reason }).done(chief, 'approve-extension')
    expect(hindrance(once.do(dept, 'request-extension', { reason }))).toBe('extended-twice')
  })
  it('longest suspension holds: equal is allowed, a moment more is not', () => {
    const desk = deskOf({ longestSuspensionDays: 10 }).led()
    const untilAt = desk.now + 10 * dayMs
    expect(fieldOf(desk.do(dept, 'request-suspension', { reason, untilAt: untilAt + 1 }))).toBe('untilAt')
    desk.done(dept, 'request-suspension', { reason, untilAt })
  })
  it('levels of agreement hold: a suspension by two, and no chief alone', () => {
    const approvals = { ...defaultCaseSettings.approvals, suspension: [['duty'], ['chief']] } as const
    const desk = deskOf({ approvals }).led()
    desk.done(dept, 'request-suspension', { reason, untilAt: desk.now + dayMs })
    expect(refusalOf(desk.do(chief, 'suspend'))?.code).toBe('FORBIDDEN')
    desk.done(duty, 'suspend')
    expect(desk.row.state).toBe('handling')
    desk.done(chief, 'suspend')
    expect(desk.row.state).toBe('suspended')
    const both = deskOf({ chiefExtendsAlone: false }).led().done(dept, 'request-extension', { reason })
    expect(refusalOf(both.do(chief, 'approve-extension'))?.code).toBe('FORBIDDEN')
    both.done(duty2, 'approve-extension')
    expect(both.row.clock?.extensions).toBe(0)
    both.done(chief, 'approve-extension')
    expect(both.row.clock?.extensions).toBe(1)
  })
  it('tries of a call-back hold, and the log says which ended the duty', () => {
    const desk = deskOf({ callBackTries: 1 }).led().done(dept, 'feed-back', { note: '好' })
    desk.done(duty, 'pass-check', { note: '' }).done(duty, 'close', { note: '' })
    const miss = { from: null, isReached: false, solved: null, satisfaction: null, attitude: null, note: '' }
    desk.done(duty, 'call-back', miss)
    expect(desk.row).toMatchObject({ state: 'evaluated', callBacks: [{ misses: 1, endedAt: desk.now }] })
    // Replayed under any settings it is the same; a log from before the setting ends by the third.
    const replayed = (change: (event: DomainEvent) => DomainEvent) => {
      const paper = new Paper(false)
      for (const { at, actor, event } of desk.log) {
        paper.now = at
        paper.fold([{ event: change(event) }], actor)
      }
      return paper.state.incidents.get(incidentId)?.callBacks
    }
    expect(replayed((event) => event)).toEqual(desk.row.callBacks)
    const before = (event: DomainEvent): DomainEvent => {
      if (event.type !== 'incident.called-back') return event
      const { ends: _ends, ...old } = event
      return old
    }
    expect(replayed(before)).toMatchObject([{ misses: 1, endedAt: null }])
  })
  it('wish that a condition be named holds for officers, not for classes of one', () => {
    const desk = deskOf({ mustNameCondition: true }).report('E0503')
    expect(fieldOf(desk.do(duty, 'file', file))).toBe('conditionId')
    desk.done(duty, 'file', { ...file, conditionId: '1' })
    deskOf({ mustNameCondition: true }).report('E0506').done(duty, 'file', file)
  })
})
