/** 延期 and 挂账, 催办 and 督办, the light of a case, and what comes of cases by the clock. */
import { describe, expect, it } from 'vitest'
import { caseLight } from '../../../shared/model/case-light.ts'
import { refusalOf, restoreState } from './support.ts'
import { snapshotPieces } from '../../../server/src/domain/snapshot.ts'
import {
  duty,
  chief,
  manager,
  dept,
  crew,
  incidentId,
  hourMs,
  report,
  Desk,
  file,
  filed,
  reason,
  led,
  hindrance,
  fieldOf,
} from './verb-desk.ts'

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
