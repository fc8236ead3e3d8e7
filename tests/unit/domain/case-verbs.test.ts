/** What the further verbs of a case do, who may, and what stands against them. */
import { describe, expect, it } from 'vitest'
import type { Actor } from '../../../shared/model/role.ts'
import type { Command } from '../../../shared/model/command.ts'
import type { Incident } from '../../../shared/model/incident.ts'
import { caseLight } from '../../../shared/model/case-light.ts'
import { AlarmWatch } from '../../../server/src/domain/alarm/watch.ts'
import { decideTick } from '../../../server/src/domain/tick.ts'
import { Paper, refusalOf, restoreState } from './support.ts'
import { snapshotPieces } from '../../../server/src/domain/snapshot.ts'

const duty: Actor = { name: 'duty', role: 'duty' }
const chief: Actor = { name: 'chief', role: 'chief' }
const chief2: Actor = { name: 'chief-2', role: 'chief' }
const manager: Actor = { name: 'manager', role: 'manager' }
const dept: Actor = { name: 'dept', role: 'dept', departmentId: 'drainage' }
const gas: Actor = { name: 'gas', role: 'dept', departmentId: 'gas' }
const crew: Actor = { name: 'crew', role: 'crew', unitId: 'PUMP-01' }
const incidentId = '20260801-000001'
const hourMs = 3_600_000

const report = (over: object = {}): Command =>
  ({
    type: 'incident.report',
    classCode: 'E0506',
    title: '积水',
    description: '',
    source: 'hotline',
    sourceRef: null,
    position: [121.4, 31.2],
    address: null,
    reporter: { name: '王', phone: '13812345678', email: null },
    mediaUrl: null,
    occurredAt: null,
    priority: null,
    drill: false,
    ...over,
  }) as Command

class Desk extends Paper {
  do(actor: Actor, verb: string, more: object = {}) {
    return this.ask(actor, { type: `incident.${verb}`, incidentId, ...more } as unknown as Command)
  }
  done(actor: Actor, verb: string, more: object = {}): this {
    expect(refusalOf(this.do(actor, verb, more)), verb).toBeNull()
    return this
  }
  get row(): Incident {
    return this.state.incidents.get(incidentId) as Incident
  }
  tick(ms = 0): this {
    this.now += ms
    this.fold(decideTick(this.state, new AlarmWatch([]), this.context))
    return this
  }
  types(from = 0): string[] {
    return this.log.slice(from).map(({ event }) => event.type)
  }
}
const file = { classCode: null, departmentId: null, priority: null }
function filed(over: object = {}): Desk {
  const desk = new Desk()
  desk.ask(duty, report(over))
  return desk.done(duty, 'file', file)
}
const reason = '因为'
const led = () => filed().done(duty, 'assign', { departmentId: 'drainage' }).done(dept, 'receive')
const closed = () =>
  led().done(dept, 'feed-back', { note: '好' }).done(duty, 'pass-check', { note: '' }).done(duty, 'close', { note: '' })
const hindrance = (decision: ReturnType<Paper['ask']>) => refusalOf(decision)?.details?.['hindrance']
const fieldOf = (decision: ReturnType<Paper['ask']>) => refusalOf(decision)?.details?.fields?.[0]?.field

describe('主办: a department that has the case', () => {
  it('is sent it, signs for it and feeds it back without a crew', () => {
    const desk = filed().done(duty, 'assign', { departmentId: 'drainage' })
    expect(desk.row.lead).toMatchObject({ departmentId: 'drainage', sentBy: 'duty', receivedAt: null })
    expect(refusalOf(desk.do(gas, 'receive'))?.code).toBe('FORBIDDEN')
    desk.done(dept, 'receive')
    expect(desk.row).toMatchObject({ state: 'handling', lead: { receivedBy: 'dept', receivedAt: desk.now } })
    desk.done(dept, 'feed-back', { note: '已疏通' })
    expect(desk.row).toMatchObject({ state: 'pending-check', resolution: '已疏通' })
  })
  it('gives it back with a reason to who sent it; the dispatcher sends it elsewhere, never back or on', () => {
    const desk = led().done(dept, 'return', { reason: '不属我单位' })
    expect(desk.row).toMatchObject({ state: 'returned', returnCount: 1 })
    expect(desk.row.lead).toBeUndefined()
    expect(desk.row.returns).toMatchObject([{ kind: 'department', by: 'dept', to: 'duty', reason: '不属我单位' }])
    for (const verb of ['feed-back', 'pass-check', 'close'])
      expect(refusalOf(desk.do(chief, verb, { note: '' }))?.code).toBe('NOT_ALLOWED')
    expect(fieldOf(desk.do(duty, 'reassign', { departmentId: 'drainage', reason }))).toBe('departmentId')
    desk.done(duty, 'reassign', { departmentId: 'gas', reason })
    expect(desk.row).toMatchObject({ state: 'pending-sign', lead: { departmentId: 'gas' } })
  })
  it('does not give it back while a crew is on it', () => {
    const desk = led().done(duty, 'dispatch', { unitId: 'PUMP-01' })
    expect(hindrance(desk.do(dept, 'return', { reason }))).toBe('crew-on-it')
    expect(hindrance(desk.do(dept, 'feed-back', { note: '' }))).toBe('crew-on-it')
    desk.done(duty, 'recall', { unitId: 'PUMP-01', reason })
    expect(desk.row.state).toBe('handling')
    desk.done(dept, 'return', { reason })
  })
  it('keeps it through a rework, and signs again', () => {
    const desk = led().done(dept, 'feed-back', { note: '' }).done(duty, 'fail-check', { reason })
    expect(desk.row).toMatchObject({ state: 'pending-sign', reworkCount: 1, lead: { departmentId: 'drainage' } })
  })
  it('sends work back to the crew that did it, and to no other', () => {
    const desk = filed().done(duty, 'dispatch', { unitId: 'PUMP-01' })
    for (const verb of ['acknowledge', 'depart', 'arrive', 'finish'])
      desk.done(crew, verb, { unitId: 'PUMP-01', note: '' })
    expect(refusalOf(desk.do(dept, 'send-back', { unitId: 'PUMP-02', reason }))?.code).toBe('NOT_ALLOWED')
    desk.done(dept, 'send-back', { unitId: 'PUMP-01', reason })
    expect(desk.row.state).toBe('pending-receipt')
    expect(desk.state.units.get('PUMP-01')).toMatchObject({ status: 'dispatched', incidentId })
  })
})

describe('退回受理: a case sent back to filing', () => {
  it('is for whoever filed it, or the chief, and not filed again as it was', () => {
    const desk = filed().done(duty, 'return-filing', { reason: '不属本中心' })
    expect(desk.row).toMatchObject({ state: 'pending-filing', returns: [{ kind: 'dispatcher', to: 'duty' }] })
    const other: Actor = { name: 'duty-2', role: 'duty' }
    expect(refusalOf(desk.do(other, 'file', { ...file, departmentId: 'gas' }))?.code).toBe('FORBIDDEN')
    expect(fieldOf(desk.do(duty, 'file', file))).toBe('departmentId')
    desk.done(duty, 'file', { ...file, departmentId: 'gas' })
    expect(desk.row.departmentId).toBe('gas')
  })
})

describe('延期', () => {
  it('takes two levels: of a department the dispatcher, then the chief; nobody agrees to their own', () => {
    const desk = led()
    const dueAt = desk.row.dueAt as number
    desk.done(dept, 'request-extension', { reason })
    expect(hindrance(desk.do(dept, 'request-extension', { reason }))).toBe('request-open')
    expect(refusalOf(desk.do(dept, 'approve-extension'))?.code).toBe('FORBIDDEN')
    desk.done(duty, 'approve-extension')
    expect(desk.row.dueAt).toBe(dueAt)
    expect(refusalOf(desk.do(duty, 'approve-extension'))?.code).toBe('FORBIDDEN')
    desk.done(chief, 'approve-extension')
    expect(desk.row).toMatchObject({ dueAt: dueAt + 2 * hourMs, stageDueAt: dueAt + 2 * hourMs })
    expect(desk.row.requests).toMatchObject([{ outcome: 'granted', approvals: [{ by: 'duty' }, { by: 'chief' }] }])
  })
  it('of a crew: its department, then the dispatcher; the chief may alone', () => {
    const desk = filed().done(duty, 'dispatch', { unitId: 'PUMP-01' }).done(crew, 'acknowledge', { unitId: 'PUMP-01' })
    desk.done(crew, 'request-extension', { reason })
    expect(refusalOf(desk.do(duty, 'approve-extension'))?.code).toBe('FORBIDDEN')
    desk.done(dept, 'approve-extension').done(duty, 'approve-extension')
    expect(desk.row.clock?.extensions).toBe(1)
    desk.done(crew, 'request-extension', { reason }).done(chief, 'approve-extension')
    expect(desk.row.clock?.extensions).toBe(2)
    expect(hindrance(desk.do(crew, 'request-extension', { reason }))).toBe('extended-twice')
  })
  it('a refusal does not count', () => {
    const desk = led()
    for (let i = 0; i < 25; i++)
      desk.done(dept, 'request-extension', { reason }).done(duty, 'refuse-request', { reason: '再想办法' })
    expect(desk.row.requests).toHaveLength(20)
    desk.done(dept, 'request-extension', { reason }).done(chief, 'approve-extension')
    expect(desk.row.clock?.extensions).toBe(1)
  })
  it.each([
    [-1, undefined],
    [0, undefined],
    [1, 'overdue'],
  ])('is not asked for when overdue (%i ms past the limit)', (past, against) => {
    const desk = led()
    desk.now = (desk.row.dueAt as number) + past
    expect(hindrance(desk.do(dept, 'request-extension', { reason }))).toBe(against)
  })
  it('is not granted either, once it is overdue', () => {
    const desk = led().done(dept, 'request-extension', { reason })
    desk.now = (desk.row.dueAt as number) + 1
    expect(hindrance(desk.do(chief, 'approve-extension'))).toBe('overdue')
  })
})

describe('挂账', () => {
  const until = (desk: Desk, ms: number) => ({ reason: '等雨季过去', untilAt: desk.now + ms })
  it('by a second person, once; the clock stands, nobody handles, and it ends by itself', () => {
    const desk = led()
    const dueAt = desk.row.dueAt as number
    desk.done(dept, 'request-suspension', until(desk, 24 * hourMs))
    desk.done(duty, 'suspend')
    expect(desk.row).toMatchObject({ state: 'suspended', dueAt: dueAt + 24 * hourMs, stageDueAt: null })
    expect(caseLight(desk.row, desk.now + 1)).toBe('grey')
    expect(refusalOf(desk.do(dept, 'feed-back', { note: '' }))?.code).toBe('NOT_ALLOWED')
    expect(refusalOf(desk.do(duty, 'dispatch', { unitId: 'PUMP-01' }))?.code).toBe('NOT_ALLOWED')
    desk.tick(24 * hourMs - 1)
    expect(desk.row.state).toBe('suspended')
    desk.tick(1)
    expect(desk.row).toMatchObject({ state: 'handling', dueAt: dueAt + 24 * hourMs })
    expect(hindrance(desk.do(dept, 'request-suspension', until(desk, hourMs)))).toBe('suspended-once')
  })
  it('stands for the case alone: who helps is held to their own time, and what would come after its end waits for it', () => {
    // Helpers have two hours of their own.
    for (const [hours, told] of [
      [3, ['incident.assist-overdue', 'incident.resumed']],
      [1, ['incident.resumed']],
    ] as const) {
      const desk = led().done(duty, 'add-assist', { departmentId: 'gas', task: 't' })
      desk.done(dept, 'request-suspension', until(desk, hours * hourMs)).done(duty, 'suspend')
      const from = desk.log.length
      desk.tick(3 * hourMs)
      expect(desk.log.slice(from).map(({ event }) => event.type)).toEqual(told)
      expect(desk.row.state).toBe('handling')
      desk.tick(1)
      expect(desk.row.assists?.[0]?.late).toBe(true)
    }
  })
  it('not by whoever asked; resumed sooner, the clock has stood only so long', () => {
    const desk = filed()
    const [dueAt, stageDueAt] = [desk.row.dueAt as number, desk.row.stageDueAt as number]
    desk.done(duty, 'request-suspension', until(desk, 24 * hourMs))
    expect(refusalOf(desk.do(duty, 'suspend'))?.code).toBe('FORBIDDEN')
    desk.done(chief, 'suspend')
    desk.now += hourMs
    desk.done(duty, 'resume')
    expect(desk.row).toMatchObject({
      state: 'pending-dispatch',
      dueAt: dueAt + hourMs,
      // The stage has what was left of it.
      stageDueAt: stageDueAt + hourMs,
      suspension: { endedAt: desk.now },
    })
  })
  it.each([
    [0, 'untilAt'],
    [1, undefined],
    [366 * 24 * hourMs, undefined],
    [366 * 24 * hourMs + 1, 'untilAt'],
  ])('until at most a year ahead (%i ms)', (ms, field) => {
    const desk = led()
    expect(fieldOf(desk.do(dept, 'request-suspension', until(desk, ms)))).toBe(field)
  })
  it('is not agreed to when its day has passed, nor with a crew on the case', () => {
    const desk = led().done(dept, 'request-suspension', until(led(), hourMs))
    desk.now += hourMs
    expect(fieldOf(desk.do(duty, 'suspend'))).toBe('untilAt')
    const busy = led().done(duty, 'dispatch', { unitId: 'PUMP-01' })
    expect(hindrance(busy.do(dept, 'request-suspension', until(busy, hourMs)))).toBe('crew-on-it')
  })
})

describe('协办', () => {
  it('has a clock of its own; the case is not closed before each has answered or was let off', () => {
    const desk = led()
    expect(fieldOf(desk.do(duty, 'add-assist', { departmentId: 'drainage', task: 't' }))).toBe('departmentId')
    expect(fieldOf(desk.do(duty, 'add-assist', { departmentId: 'nobody', task: 't' }))).toBe('departmentId')
    desk.done(duty, 'add-assist', { departmentId: 'gas', task: '关阀配合' })
    expect(fieldOf(desk.do(duty, 'add-assist', { departmentId: 'gas', task: 't' }))).toBe('departmentId')
    expect(desk.row.assists).toMatchObject([{ departmentId: 'gas', dueAt: desk.now + 2 * hourMs }])
    expect(refusalOf(desk.do(dept, 'receive-assist', { departmentId: 'gas' }))?.code).toBe('FORBIDDEN')
    desk.done(gas, 'receive-assist', { departmentId: 'gas' })
    expect(fieldOf(desk.do(gas, 'receive-assist', { departmentId: 'gas' }))).toBe('departmentId')
    desk.done(dept, 'feed-back', { note: '' }).done(duty, 'pass-check', { note: '' })
    expect(hindrance(desk.do(duty, 'close', { note: '' }))).toBe('assist-open')
    desk.tick(2 * hourMs)
    expect(desk.row.assists?.[0]?.late).toBeUndefined()
    desk.tick(1)
    expect(desk.row.assists?.[0]?.late).toBe(true)
    desk.done(gas, 'answer-assist', { departmentId: 'gas', note: '已关' }).done(duty, 'close', { note: '' })
    expect(desk.row.assists).toMatchObject([{ end: 'answered', late: true }])
  })
  it('is let off with a reason', () => {
    const desk = led().done(duty, 'add-assist', { departmentId: 'gas', task: 't' })
    desk.done(duty, 'waive-assist', { departmentId: 'gas', reason })
    expect(desk.row.assists).toMatchObject([{ end: 'waived', note: reason }])
    expect(hindrance(desk.do(gas, 'answer-assist', { departmentId: 'gas', note: '' }))).toBe('no-assist')
  })
})

describe('what comes of cases by itself', () => {
  it('at one instant is told by their numbers, also where one of them was due before', () => {
    const desk = new Desk()
    const second = '20260801-000002'
    const both = [incidentId, second]
    for (const id of both) {
      // It has fifteen working days.
      desk.ask(duty, report({ classCode: 'E0101' }))
      desk.done(duty, 'file', { ...file, incidentId: id })
    }
    // Nobody calls the second one's reporter.
    desk.done(duty, 'contact', { contacted: 'yes', note: '' }).tick(3 * hourMs)
    const from = desk.log.length
    desk.tick(60 * 24 * hourMs)
    const told = desk.log.slice(from).map(({ event }) => [event.type, (event as { incidentId: string }).incidentId])
    const marks = ['incident.reminded', 'incident.reminded']
    expect(told.slice(0, 5)).toEqual([
      ['incident.contact-missed', second],
      ...marks.flatMap((type) => both.map((id) => [type, id])),
    ])
  })
})

describe('催办 and 督办', () => {
  it('by people: kinds, an answer due, the answer', () => {
    const desk = led().done(duty, 'urge', { text: '请抓紧' })
    expect(desk.row.urging).toMatchObject({ count: 1, lastBy: 'duty' })
    const more = { reason, requirement: '今日办结', replyDueAt: desk.now + hourMs }
    expect(fieldOf(desk.do(chief, 'supervise', { ...more, kind: 'leader' }))).toBe('kind')
    expect(fieldOf(desk.do(chief, 'supervise', { ...more, kind: 'important', replyDueAt: desk.now }))).toBe(
      'replyDueAt',
    )
    desk.done(manager, 'supervise', { ...more, kind: 'leader' }).done(dept, 'reply', { text: '正在处置' })
    expect(desk.row.supervisions).toMatchObject([{ kind: 'leader', repliedBy: 'dept', reply: '正在处置' }])
    expect(hindrance(desk.do(dept, 'reply', { text: '又' }))).toBe('no-supervision')
  })
  it('by the clock: 50, 80, 100 % remind, 120 % supervises; each once, in order, also after a restart', () => {
    const desk = led()
    const from = desk.log.length
    const filedAt = desk.row.filedAt as number
    const marks = () =>
      desk.types(from).filter((type) => type === 'incident.reminded' || type === 'incident.supervised')
    desk.now = filedAt + hourMs - 1
    expect((desk.tick(), marks())).toEqual([])
    desk.tick(1).tick()
    expect(marks()).toEqual(['incident.reminded'])
    // Nothing runs for a day; then all that came meanwhile comes at once, in its order.
    const restored = restoreState(snapshotPieces(desk.state))
    expect(restored?.caseTimers.nextAt).toBe(desk.state.caseTimers.nextAt)
    desk.tick(24 * hourMs).tick()
    expect(desk.types(from)).toEqual([
      'incident.reminded',
      'incident.reminded',
      'incident.reminded',
      'incident.overdue',
      'incident.supervised',
    ])
    const told = desk.log.slice(from).map(({ event }) => ('share' in event ? event.share : null))
    expect(told).toEqual([0.5, 0.8, 1, null, 1.2])
    expect(desk.row).toMatchObject({ clock: { marksTold: 4 }, overdueStages: ['handle'] })
    expect(desk.row.supervisions).toMatchObject([{ kind: 'timeout', by: 'system' }])
  })
})

describe('the light of a case', () => {
  it('is green, yellow from the last fifth on, red past it', () => {
    const { row } = led()
    const [filedAt, dueAt] = [row.filedAt as number, row.dueAt as number]
    const soonAt = filedAt + 0.8 * (dueAt - filedAt)
    expect([filedAt, soonAt - 1, soonAt, dueAt, dueAt + 1].map((at) => caseLight(row, at))).toEqual([
      'green',
      'green',
      'yellow',
      'yellow',
      'red',
    ])
    expect(caseLight({ ...row, dueAt: null }, filedAt)).toBeNull()
    const { clock: _none, ...old } = row
    expect([soonAt - 1, soonAt].map((at) => caseLight(old, at))).toEqual(['green', 'yellow'])
  })
})

describe('ends and the way back', () => {
  it('强制结案 by the chief frees the crews', () => {
    const desk = filed().done(duty, 'dispatch', { unitId: 'PUMP-01' })
    expect(refusalOf(desk.do(duty, 'force-close', { reason }))?.code).toBe('FORBIDDEN')
    desk.done(chief, 'force-close', { reason })
    expect(desk.row).toMatchObject({ state: 'force-closed', closedAt: desk.now, resolution: reason })
    expect(desk.state.units.get('PUMP-01')).toMatchObject({ status: 'available', incidentId: null })
    expect(desk.state.ended.has(incidentId)).toBe(true)
  })
  it('重新办理 begins again with its time, and what was late stays late', () => {
    const desk = closed()
    desk.now += hourMs
    desk.done(duty, 'reopen', { reason })
    expect(desk.row).toMatchObject({
      state: 'pending-dispatch',
      closedAt: null,
      reopenCount: 1,
      dueAt: desk.now + 2 * hourMs,
    })
    expect(desk.state.ended.has(incidentId)).toBe(false)
    const refused = new Desk()
    refused.ask(duty, report())
    refused.done(duty, 'reject', { reason }).done(duty, 'reopen', { reason })
    expect(refused.row).toMatchObject({ state: 'pending-filing', dueAt: null })
  })
  it('申诉 once after closing, by two reviewers; the lateness stays', () => {
    const timely = closed()
    expect(hindrance(timely.do(dept, 'appeal', { reason }))).toBe('never-late')
    const desk = led()
    desk.tick((desk.row.dueAt as number) - desk.now + 1)
    desk.done(dept, 'feed-back', { note: '' }).done(duty, 'pass-check', { note: '' }).done(duty, 'close', { note: '' })
    desk.done(dept, 'appeal', { reason }).done(chief, 'approve-appeal')
    expect(refusalOf(desk.do(chief, 'approve-appeal'))?.code).toBe('FORBIDDEN')
    expect(desk.row.exempt).toBeUndefined()
    desk.done(manager, 'approve-appeal')
    expect(desk.row).toMatchObject({ exempt: true, overdueStages: ['handle'] })
    expect(hindrance(desk.do(dept, 'appeal', { reason }))).toBe('appealed-once')
    const lost = led()
    lost.tick((lost.row.dueAt as number) - lost.now + 1)
    lost
      .done(chief, 'force-close', { reason })
      .done(dept, 'appeal', { reason })
      .done(chief2, 'refuse-request', { reason })
    expect(lost.row.exempt).toBeUndefined()
    expect(hindrance(lost.do(dept, 'appeal', { reason }))).toBe('appealed-once')
  })
  it('自行处置: reported, filed and handled in one act, with words that prove it', () => {
    const desk = new Desk()
    const act = { classCode: 'E0506', title: '清理雨水口', description: '', position: null, address: null }
    const more = { priority: null, mediaUrl: null, conditionId: null, drill: false }
    expect(fieldOf(desk.do(crew, 'self-handle', { ...act, ...more, note: ' ' }))).toBe('note')
    expect(fieldOf(desk.do(crew, 'self-handle', { ...act, ...more, classCode: 'x', note: '好' }))).toBe('classCode')
    expect(refusalOf(desk.do(manager, 'self-handle', { ...act, ...more, note: '好' }))?.code).toBe('FORBIDDEN')
    expect(refusalOf(desk.do(crew, 'self-handle', { ...act, ...more, note: '好', drill: true }))?.code).toBe(
      'NOT_ALLOWED',
    )
    desk.done(crew, 'self-handle', { ...act, ...more, note: '已清理，照片附后' })
    expect(desk.row).toMatchObject({
      state: 'pending-check',
      simple: true,
      source: 'patrol',
      resolution: '已清理，照片附后',
    })
    desk.done(duty, 'pass-check', { note: '' }).done(duty, 'close', { note: '' })
  })
})

describe('核实', () => {
  it('is answered by the crew that was asked, or an officer, and decides nothing', () => {
    const desk = new Desk()
    desk.ask(duty, report())
    expect(refusalOf(desk.do(duty, 'verify', { unitId: 'NOBODY' }))?.code).toBe('NOT_FOUND')
    desk.done(duty, 'verify', { unitId: 'PUMP-01' })
    expect(desk.row).toMatchObject({ state: 'verifying', stageDueAt: desk.now + hourMs / 2 })
    const other: Actor = { name: 'other', role: 'crew', unitId: 'PUMP-02' }
    expect(refusalOf(desk.do(other, 'answer-verify', { result: 'exist', note: '' }))?.code).toBe('FORBIDDEN')
    desk.done(crew, 'answer-verify', { result: 'not-exist', note: '现场无积水' })
    expect(desk.row).toMatchObject({
      state: 'pending-filing',
      verification: { result: 'not-exist', answeredBy: 'crew' },
    })
  })
})

describe('12345', () => {
  const oneWorkingDayMs = 8 * hourMs
  it('先行联系 is owed to whoever can be called: one working day, in time or not', () => {
    const desk = filed()
    const dueAt = desk.row.firstContact?.dueAt as number
    // Reported on a Saturday noon.
    expect(dueAt).toBe(Date.parse('2026-08-03T18:00+08:00'))
    expect(oneWorkingDayMs).toBe(desk.context.workingHours.dayMs)
    desk.done(duty, 'contact', { contacted: 'yes', note: '' })
    expect(desk.row.firstContact).toMatchObject({ state: 'yes', contactedAt: desk.now })
    const late = filed()
    late.now = dueAt
    late.tick()
    expect(late.row.firstContact?.state).toBe('pending')
    late.tick(1)
    expect(late.row.firstContact?.state).toBe('no')
    late.done(duty, 'contact', { contacted: 'yes', note: '' })
    expect(late.row.firstContact).toMatchObject({ state: 'no', contactedAt: late.now })
    expect(filed({ reporter: null }).row.firstContact?.state).toBe('not-evaluated')
    expect(filed({ source: 'patrol' }).row.firstContact).toBeUndefined()
  })
  it('一键转接 leaves a record of who, when, to whom, the number and the words', () => {
    const desk = filed().done(duty, 'hand-over', {
      agency: '110',
      person: '7号接警员',
      number: 'J-1',
      words: '有人持械',
    })
    expect(desk.row.handovers).toEqual([
      { agency: '110', by: 'duty', handedAt: desk.now, person: '7号接警员', number: 'J-1', words: '有人持械' },
    ])
  })
  it('扬言 and 紧急类 are set and taken off by people', () => {
    const desk = filed().done(duty, 'flag', { flag: 'threat', isOn: true, reason: '' })
    expect(fieldOf(desk.do(duty, 'flag', { flag: 'threat', isOn: true, reason: '' }))).toBe('flag')
    expect(desk.row.flags).toEqual(['threat'])
    desk.done(duty, 'flag', { flag: 'threat', isOn: false, reason: '误判' })
    expect(desk.row.flags).toEqual([])
    expect(fieldOf(desk.do(duty, 'flag', { flag: 'threat', isOn: false, reason: '' }))).toBe('flag')
  })
  const call = { from: null, isReached: true, solved: 'explained', satisfaction: 'mostly', attitude: null, note: '' }
  it('回访 ends with an answer, or after three calls nobody takes', () => {
    const desk = closed()
    expect(fieldOf(desk.do(duty, 'call-back', { ...call, satisfaction: null }))).toBe('satisfaction')
    expect(fieldOf(desk.do(duty, 'call-back', { ...call, from: 'x' }))).toBe('from')
    desk.done(duty, 'call-back', call)
    expect(desk.row).toMatchObject({ state: 'evaluated', satisfaction: 4 })
    expect(desk.row.callBacks).toMatchObject([{ from: incidentId, solved: 'explained', satisfaction: 'mostly' }])
    const silent = closed()
    const miss = { ...call, isReached: false }
    silent.done(duty, 'call-back', miss).done(duty, 'call-back', miss)
    expect(silent.row.state).toBe('closed')
    silent.done(duty, 'call-back', miss)
    expect(silent.row).toMatchObject({ state: 'evaluated', satisfaction: null, callBacks: [{ misses: 3 }] })
    const byScore = closed().done(duty, 'evaluate', { satisfaction: 5, note: '' })
    expect(byScore.row.callBacks).toMatchObject([{ solved: 'solved', satisfaction: 'satisfied' }])
  })
  it('is owed to every caller whose report was merged, with the report it came with', () => {
    const desk = led()
    desk.ask(duty, report())
    const other = { incidentId: '20260801-000002' }
    desk.done(duty, 'merge', { ...other, mainId: incidentId, reason })
    const early = desk.do(duty, 'call-back', { ...call, ...other })
    expect(refusalOf(early)?.code).toBe('NOT_ALLOWED')
    desk
      .done(dept, 'feed-back', { note: '好' })
      .done(duty, 'pass-check', { note: '' })
      .done(duty, 'close', { note: '' })
    desk.done(duty, 'call-back', call)
    expect(desk.row.state).toBe('evaluated')
    desk.done(duty, 'call-back', { ...call, ...other })
    const merged = desk.state.incidents.get(other.incidentId)
    expect(merged).toMatchObject({ state: 'merged', callBacks: [{ from: other.incidentId, satisfaction: 'mostly' }] })
  })
})

describe('every stay in a stage', () => {
  it('is kept: since when, until when, by whom, and whether it was late', () => {
    const desk = new Desk()
    desk.ask(duty, report())
    desk.now += 15 * 60_000 + 1
    desk.done(duty, 'file', file).done(duty, 'assign', { departmentId: 'drainage' })
    expect(desk.row.visits).toMatchObject([
      { stage: 'accept', leftAt: desk.now, by: 'duty', late: true },
      { stage: 'dispatch', enteredAt: desk.now, leftAt: desk.now, departmentId: 'drainage' },
      { stage: 'sign', enteredAt: desk.now },
    ])
    expect(desk.row.visits?.[1]?.late).toBeUndefined()
  })
})
