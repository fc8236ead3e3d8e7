/** 主办 and 协办, cases sent back, ended, and taken up again, verb by verb. */
import { describe, expect, it } from 'vitest'
import type { Actor } from '../../../shared/model/role.ts'
import { refusalOf } from './support.ts'
import {
  duty,
  chief,
  chief2,
  manager,
  dept,
  gas,
  crew,
  incidentId,
  hourMs,
  report,
  Desk,
  file,
  filed,
  reason,
  led,
  closed,
  hindrance,
  fieldOf,
} from './verb-desk.ts'

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
