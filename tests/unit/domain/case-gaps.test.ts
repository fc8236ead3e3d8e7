/** Requests, filing and departments where something is missing: a limit, a class, a condition, somebody to ask. */
import { describe, expect, it } from 'vitest'
import type { Actor } from '../../../shared/model/role.ts'
import type { Command } from '../../../shared/model/command.ts'
import type { CaseClass } from '../../../shared/model/case-class.ts'
import type { Incident } from '../../../shared/model/incident.ts'
import { chosenCondition } from '../../../server/src/domain/incident/condition.ts'
import { city, Paper, refusalOf } from './support.ts'

const duty: Actor = { name: 'duty', role: 'duty' }
const chief: Actor = { name: 'chief', role: 'chief' }
const dept: Actor = { name: 'dept', role: 'dept', departmentId: 'drainage' }
const reason = '因为'

class Desk extends Paper {
  readonly id = '20260801-000001'
  constructor() {
    super()
    this.ask(duty, {
      ...{ type: 'incident.report', classCode: 'E0506', title: 't', description: '', source: 'hotline', drill: false },
      ...{
        sourceRef: null,
        position: [121.4, 31.2],
        address: null,
        reporter: { name: '王', phone: '13812345678', email: null },
        mediaUrl: null,
        occurredAt: null,
      },
      priority: null,
    } as Command)
  }
  do(actor: Actor, verb: string, more: object = {}) {
    const whole = { incidentId: this.id, reason, departmentId: 'drainage', classCode: null, priority: null, ...more }
    return this.ask(actor, { type: `incident.${verb}`, ...whole } as unknown as Command)
  }
  done(actor: Actor, verb: string, more: object = {}): this {
    expect(refusalOf(this.do(actor, verb, more)), verb).toBeNull()
    return this
  }
  get row(): Incident {
    return this.state.incidents.get(this.id) as Incident
  }
  /** As a log of before may have left it. */
  as(over: Partial<Incident>): this {
    this.state.incidents.set(this.id, { ...this.row, ...over })
    return this
  }
}
const handled = () => new Desk().done(duty, 'file').done(duty, 'assign').done(dept, 'receive')
const hindrance = (decision: ReturnType<Paper['ask']>) => refusalOf(decision)?.details?.['hindrance']
const fieldOf = (decision: ReturnType<Paper['ask']>) => refusalOf(decision)?.details?.fields?.[0]?.field

describe('a case of before there were clocks', () => {
  const old = { clock: undefined } as unknown as Partial<Incident>
  it('is extended by nobody', () => {
    const desk = handled().done(dept, 'request-extension').as(old)
    expect(hindrance(desk.do(chief, 'approve-extension'))).toBe('no-limit')
  })
  it('gets its clock when it is suspended, from when it was filed', () => {
    const desk = handled()
    desk
      .done(dept, 'request-suspension', { untilAt: desk.now + 86_400_000 })
      .as(old)
      .done(duty, 'suspend')
    expect(desk.row.clock).toMatchObject({ startAt: desk.row.filedAt, extensions: 0, marksTold: 0 })
  })
  it('is not suspended where it never had a limit', () => {
    for (const without of [{ classCode: 'gone' }, { filedAt: null }]) {
      const desk = handled()
      desk.done(dept, 'request-suspension', { untilAt: desk.now + 86_400_000 }).as({ ...old, ...without })
      expect(hindrance(desk.do(duty, 'suspend'))).toBe('no-limit')
    }
  })
  it('has help without a clock where its class is gone, else by the limit of its class', () => {
    const desk = handled().as(old).done(duty, 'add-assist', { departmentId: 'gas', task: '' })
    expect(desk.row.assists?.[0]?.dueAt).toBeGreaterThan(desk.now)
    desk.as({ classCode: 'gone', assists: [] }).done(duty, 'add-assist', { departmentId: 'gas', task: '' })
    expect(desk.row.assists?.[0]?.dueAt).toBeNull()
  })
  it('is given a clock from its filing when it is of another class', () => {
    const desk = new Desk().done(duty, 'file').as(old).done(duty, 'reclassify', { classCode: 'E0113' })
    expect(desk.row.clock).toMatchObject({ startAt: desk.row.filedAt, extensions: 0 })
  })
})

describe('a suspension', () => {
  it('until a day that has passed is refused, not granted: before, at, after', () => {
    for (const [byMs, isGranted] of [
      [-1, true],
      [0, false],
      [1, false],
    ] as const) {
      const desk = handled()
      const untilAt = desk.now + 86_400_000
      desk.done(dept, 'request-suspension', { untilAt })
      desk.now = untilAt + byMs
      const asked = desk.do(duty, 'suspend')
      expect(fieldOf(asked)).toBe(isGranted ? undefined : 'untilAt')
    }
  })
  it('is not refused by whoever asked for it', () => {
    const desk = handled()
    desk.done(duty, 'request-suspension', { untilAt: desk.now + 1000 })
    expect(refusalOf(desk.do(duty, 'refuse-request'))?.code).toBe('FORBIDDEN')
    desk.done(chief, 'refuse-request')
    expect(desk.row.requests).toMatchObject([{ outcome: 'refused', refusedBy: 'chief' }])
  })
})

describe('a filing condition', () => {
  const known = city.caseClasses.find(({ code }) => code === 'E0506') as CaseClass
  const [one] = known.conditions
  const found = { ...known, conditions: [one] } as CaseClass
  const two = { ...found, conditions: [one, { ...one, id: 'other' }] } as CaseClass
  it('is the only one, the one that was chosen, or asked for', () => {
    const [may, must] = [{ mustNameCondition: false }, { mustNameCondition: true }]
    expect(chosenCondition(found, null, may)).toBe(one)
    expect(chosenCondition(found, null, must)).toBe(one)
    expect(chosenCondition(two, 'other', must)).toMatchObject({ id: 'other' })
    expect(chosenCondition(two, null, may)).toBe(one)
    expect(chosenCondition(two, null, must, 'other')).toMatchObject({ id: 'other' })
    for (const [of, id] of [
      [two, null],
      [two, 'nothing'],
      [found, 'nothing'],
    ] as const)
      expect(chosenCondition(of, id, must)).toMatchObject({
        refusal: { details: { fields: [{ field: 'conditionId' }] } },
      })
  })
  it('that there is none of files nothing', () => {
    const desk = new Desk()
    expect(fieldOf(desk.do(duty, 'file', { conditionId: 'nothing' }))).toBe('conditionId')
    expect(desk.row.state).toBe('reported')
    const self = { classCode: 'E0506', title: 't', description: '', position: null, address: null, note: 'n' }
    const bare = { ...self, mediaUrl: null, conditionId: 'nothing', drill: false }
    const asked = desk.ask({ name: 'crew', role: 'crew', unitId: 'PUMP-01' }, {
      type: 'incident.self-handle',
      ...bare,
    } as unknown as Command)
    expect(['conditionId', undefined]).toContain(fieldOf(asked))
    expect(asked.ok).toBe(false)
  })
})

describe('whom a case goes back to', () => {
  it.each([
    ['duty', 'duty'],
    ['system', null],
    ['rule:gas', null],
    [undefined, null],
  ])('filed by %s: %s', (filedBy, to) => {
    const desk = new Desk()
      .done(duty, 'file')
      .as({ filedBy } as Partial<Incident>)
      .done(duty, 'return-filing')
    expect(desk.row.returns).toMatchObject([{ kind: 'dispatcher', to }])
  })
  it('nobody known, where a log did not keep who sent it', () => {
    const desk = handled()
    desk.as({ lead: { ...desk.row.lead, sentBy: undefined } as unknown as NonNullable<Incident['lead']> })
    desk.done(dept, 'return')
    expect(desk.row.returns).toMatchObject([{ kind: 'department', to: null }])
  })
  it('help that nobody gives is neither signed for nor let off', () => {
    const desk = handled().done(duty, 'add-assist', { departmentId: 'gas', task: '' })
    for (const verb of ['receive-assist', 'answer-assist', 'waive-assist']) {
      const actor = verb === 'waive-assist' ? duty : { ...dept, departmentId: 'drainage' }
      expect(fieldOf(desk.do(actor, verb, { departmentId: 'drainage', note: '' })), verb).toBe('departmentId')
    }
  })
})

describe('calls back', () => {
  const closed = () =>
    handled()
      .done(dept, 'feed-back', { note: '' })
      .done(duty, 'pass-check', { note: '' })
      .done(duty, 'close', { note: '' })
  it('of a report nobody made', () => {
    const call = { isReached: true, satisfaction: 'satisfied', attitude: null, note: '', solved: null }
    const desk = closed()
    expect(fieldOf(desk.do(duty, 'call-back', { ...call, from: 'nobody' }))).toBe('from')
    expect(fieldOf(desk.do(duty, 'call-back', { ...call, from: null, satisfaction: null }))).toBe('satisfaction')
    desk.done(duty, 'call-back', { ...call, from: null })
    expect(desk.row.callBacks).toMatchObject([{ solved: 'solved' }])
  })
})
