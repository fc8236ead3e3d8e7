/** 签到签退 and 点名: who is expected when, late, absent and early at the limits, substitutes, and who answered a roll call. */
import { describe, expect, it } from 'vitest'
import type { Command } from '../../../../shared/model/command.ts'
import {
  attendanceKey,
  attendanceStateOf,
  mostRollCalls,
  type RollCall,
} from '../../../../shared/model/duty-attendance.ts'
import { checkDutyBook } from '../../../../shared/contract/duty-book.ts'
import type { LoggedEvent } from '../../../../shared/model/event.ts'
import { evolve, newCityState } from '../../../../server/src/domain/state.ts'
import { snapshotPieces } from '../../../../server/src/domain/snapshot.ts'
import { person } from '../../../support/engine.ts'
import { bookJson } from '../../../support/duty-book.ts'
import { dayOf, Paper, refusalOf, restoreState } from '../support.ts'
import { at, dutyCity, dutyPaper, tick } from './support.ts'

const duty = person('duty')
const chief = person('chief')
const manager = person('manager')
const minute = 60_000
const day = '20260801-day'
const night = '20260801-night'
const on = (officerId: string): Command => ({ type: 'duty.sign-on', officerId })
const off = (officerId: string, reason = ''): Command => ({ type: 'duty.sign-off', officerId, reason })
const row = (paper: Paper, officerId: string, shiftId = day) =>
  paper.state.attendance.get(attendanceKey(shiftId, officerId))
const stateOf = (paper: Paper, officerId: string, shiftId = day) => {
  const one = row(paper, officerId, shiftId)
  return one && attendanceStateOf(one)
}
/** The shift begins at its first instant. */
function morning(): Paper {
  const paper = dutyPaper()
  paper.now = at('01T20:00')
  tick(paper)
  paper.now = at('02T08:00')
  tick(paper)
  return paper
}
const sunday = '20260802-day'
/** Of a book where officers have accounts of their own. */
function accounts(): Paper {
  const officers = bookJson.officers.map((one) => ({ ...one, account: `${one.id}-account` }))
  const book = checkDutyBook({ ...bookJson, officers })
  if (!book.ok) throw new Error(book.problems.join())
  const paper = new Paper(true, { ...dutyCity, duty: book.value })
  tick(paper)
  return paper
}
const accept = 'B-accept'

describe('signing on', () => {
  it.each([
    [0, 'on'],
    [10 * minute, 'on'],
    [10 * minute + 1, 'late'],
  ])('%d ms after one is expected is %s', (after, state) => {
    const paper = morning()
    paper.now += after
    expect(paper.ask(duty, on(accept))).toMatchObject({ ok: true, data: { shiftId: sunday, late: state === 'late' } })
    expect(stateOf(paper, accept, sunday)).toBe(state)
    expect(paper.changes.dutyEntries.at(-1)).toMatchObject({
      ...{ kind: 'attendance', what: 'duty-signed-on', actor: 'duty' },
      facts: {
        name: { en: 'accept of B' },
        post: { zh: '受理席' },
        attendance: { en: state === 'late' ? 'Late' : 'Signed on' },
      },
    })
  })
  it('is expected from when one was placed: nobody is late for a shift they were called into', () => {
    const paper = dutyPaper()
    expect(row(paper, 'A-chief')).toMatchObject({ expectedAt: paper.now, shiftId: day })
    paper.ask(chief, { type: 'mode.propose', mode: 'emergency', districtIds: [], reason: '台风' })
    paper.ask(manager, { type: 'mode.confirm', proposalId: 'M1' })
    paper.now += 5 * minute
    tick(paper)
    expect(row(paper, 'B-chief')).toMatchObject({ expectedAt: paper.now, why: 'emergency' })
    expect(row(paper, 'A-chief')?.expectedAt).toBe(paper.now - 5 * minute)
  })
  it.each([
    [-1, false],
    [0, true],
  ])('opens an hour before the shift, %d ms', (after, isOpen) => {
    const paper = dutyPaper()
    paper.now = at('01T19:00') + after
    const answer = paper.ask(duty, on('E-accept'))
    expect(answer.ok).toBe(isOpen)
    if (!isOpen) expect(refusalOf(answer)).toMatchObject({ code: 'NOT_ALLOWED', details: { opensAt: at('01T19:00') } })
    paper.now = at('01T20:00')
    tick(paper)
    expect(stateOf(paper, 'E-accept', night)).toBe(isOpen ? 'on' : 'expected')
  })
  it('is once, for a place one has', () => {
    const paper = dutyPaper()
    paper.ask(duty, on('A-accept'))
    expect(refusalOf(paper.ask(duty, on('A-accept')))).toMatchObject({ details: { signedOn: 'A-accept' } })
    for (const id of ['B-accept', 'nobody'])
      expect(refusalOf(paper.ask(duty, on(id)))).toMatchObject({ details: { fields: [{ field: 'officerId' }] } })
    expect(refusalOf(new Paper().ask(duty, on('A-accept')))?.code).toBe('NOT_ALLOWED')
  })
  it('a leader on call for two shifts on end signs on for each', () => {
    const paper = dutyPaper()
    const change: Command = {
      ...{ type: 'duty.request-change', reason: '外出' },
      substitutions: [{ shiftId: night, post: 'leader', outId: 'E-leader', inId: 'A-leader' }],
    }
    expect(refusalOf(paper.ask(duty, change))).toBeNull()
    paper.ask(manager, { type: 'duty.approve-change', changeId: 'S1', note: '' })
    expect(paper.ask(manager, on('A-leader')).ok).toBe(true)
    expect(refusalOf(paper.ask(manager, on('A-leader')))?.details).toMatchObject({ signedOn: 'A-leader' })
    paper.now = at('01T19:30')
    expect(paper.ask(manager, on('A-leader'))).toMatchObject({ ok: true, data: { shiftId: night } })
    paper.now = at('01T20:01')
    tick(paper)
    // The shift that was first is left first.
    expect(paper.ask(manager, off('A-leader'))).toMatchObject({ ok: true, data: { shiftId: day } })
  })
  it('is by the officer’s own account, where there is one', () => {
    const paper = accounts()
    expect(refusalOf(paper.ask(duty, on('A-accept')))).toMatchObject({
      ...{ code: 'FORBIDDEN', details: { account: 'A-accept-account' } },
    })
    const self = person('duty', 'A-accept-account')
    expect(paper.ask(self, on('A-accept')).ok).toBe(true)
    expect(refusalOf(paper.ask(duty, off('A-accept', '急事')))?.code).toBe('FORBIDDEN')
    expect(paper.ask(self, off('A-accept', '急事')).ok).toBe(true)
  })
})

describe('absence', () => {
  it.each([
    [30 * minute, 'expected'],
    [30 * minute + 1, 'absent'],
  ])('is found by the clock once, %d ms after', (after, state) => {
    const paper = morning()
    paper.ask(duty, on(accept))
    paper.now += after
    tick(paper)
    expect(stateOf(paper, 'B-dispatch', sunday)).toBe(state)
    expect(stateOf(paper, accept, sunday)).toBe('on')
    const length = paper.log.length
    tick(paper)
    expect(paper.log).toHaveLength(length)
  })
  it('stays on the sheet until they come, and in the row after', () => {
    const paper = morning()
    paper.ask(chief, { type: 'duty.take-console' })
    paper.now += 31 * minute
    tick(paper)
    const absentOnSheet = () => {
      paper.ask(chief, { type: 'duty.prepare-hand-over', matters: [] })
      const [sheet] = paper.state.handOvers.values()
      return sheet?.items.find(({ kind }) => kind === 'absence')?.lines.map(({ subject }) => subject)
    }
    expect(absentOnSheet()).toContain('B-dispatch')
    expect(paper.ask(duty, on('B-dispatch')).ok).toBe(true)
    expect(absentOnSheet()).not.toContain('B-dispatch')
    expect(row(paper, 'B-dispatch', sunday)).toMatchObject({ late: true, absentAt: paper.now })
  })
  it('is not of whoever was replaced in time; the substitute is expected from then on', () => {
    const paper = dutyPaper()
    const replaced = (outId: string, inId: string, changeId: string) => {
      const substitutions = [{ shiftId: day, post: 'accept', outId, inId }] as const
      expect(refusalOf(paper.ask(duty, { type: 'duty.request-change', reason: '病', substitutions }))).toBeNull()
      paper.ask(chief, { type: 'duty.approve-change', changeId, note: '' })
      tick(paper)
    }
    replaced('A-accept', 'spare', 'S1')
    expect(row(paper, 'A-accept')).toBeUndefined()
    expect(row(paper, 'spare')).toMatchObject({ why: 'substitute', expectedAt: paper.now })
    expect(refusalOf(paper.ask(duty, on('A-accept')))).toMatchObject({ code: 'INVALID' })
  })
  it('of whoever was found absent stays when another stands in', () => {
    const paper = dutyPaper()
    paper.now += 31 * minute
    tick(paper)
    const substitutions = [{ shiftId: day, post: 'accept', outId: 'A-accept', inId: 'spare' }] as const
    paper.ask(duty, { type: 'duty.request-change', reason: '病', substitutions })
    paper.ask(chief, { type: 'duty.approve-change', changeId: 'S1', note: '' })
    tick(paper)
    expect(stateOf(paper, 'A-accept')).toBe('absent')
  })
})

describe('signing off', () => {
  it.each([
    [-1, 'early'],
    [0, 'off'],
  ])('%d ms from the end of the shift is %s; before it a reason is needed', (after, state) => {
    const paper = dutyPaper()
    paper.ask(duty, on('A-accept'))
    paper.now = at('01T20:00') + after
    tick(paper)
    const refusal = refusalOf(paper.ask(duty, off('A-accept', ' ')))
    if (state === 'early') expect(refusal).toMatchObject({ details: { fields: [{ field: 'reason' }] } })
    if (state === 'early') expect(paper.ask(duty, off('A-accept', '家中急事')).ok).toBe(true)
    expect(stateOf(paper, 'A-accept')).toBe(state)
    expect(refusalOf(paper.ask(duty, off('A-accept')))?.code).toBe('NOT_ALLOWED')
  })
  it('is not of a chief who has the console', () => {
    const paper = dutyPaper()
    paper.ask(chief, on('A-chief'))
    paper.ask(chief, { type: 'duty.take-console' })
    expect(refusalOf(paper.ask(chief, off('A-chief', '甲')))).toMatchObject({ details: { heldBy: 'chief' } })
    paper.ask(manager, { type: 'duty.release-console', reason: '甲' })
    expect(paper.ask(chief, off('A-chief', '甲')).ok).toBe(true)
  })
  it('may come a shift later, and not two', () => {
    const paper = dutyPaper()
    paper.ask(duty, on('A-accept'))
    paper.now = at('01T20:00')
    tick(paper)
    expect(stateOf(paper, 'A-accept')).toBe('on')
    paper.now = at('02T08:00')
    tick(paper)
    expect(row(paper, 'A-accept')).toBeUndefined()
  })
})

describe('a roll call', () => {
  const call = (over: object = {}): Command => ({
    ...{ type: 'duty.call-roll', means: 'video', hall: true, centreIds: ['d1'] },
    ...over,
  })
  const mark = (subject: string, outcome: 'answered' | 'absent', rollCallId = 'N1'): Command => ({
    ...{ type: 'duty.mark-roll', rollCallId, subject, outcome, note: '' },
  })
  const roll = (paper: Paper, id = 'N1') => paper.state.rollCalls.get(id) as RollCall
  const outcomes = (paper: Paper) => Object.fromEntries(roll(paper).items.map((item) => [item.subject, item.outcome]))
  it('is of the hall and of districts; who answers is said by themselves, who is absent by whoever may call', () => {
    const paper = dutyPaper()
    expect(paper.ask(chief, call())).toMatchObject({ ok: true, data: { rollCallId: 'N1', called: 5 } })
    paper.now += minute
    expect(paper.ask(duty, mark('officer:A-accept', 'answered')).ok).toBe(true)
    expect(roll(paper).items[2]).toMatchObject({ outcome: 'answered', markedAt: paper.now, markedBy: 'duty' })
    expect(refusalOf(paper.ask(duty, mark('centre:d1', 'absent')))?.code).toBe('FORBIDDEN')
    expect(paper.ask(chief, mark('centre:d1', 'absent')).ok).toBe(true)
    expect(refusalOf(paper.ask(chief, mark('centre:d1', 'absent')))?.code).toBe('CONFLICT')
    // They were only slow.
    expect(paper.ask(duty, mark('centre:d1', 'answered')).ok).toBe(true)
    expect(refusalOf(paper.ask(chief, { type: 'duty.end-roll', rollCallId: 'N1' }, 1))?.code).toBe('CONFLICT')
    expect(paper.ask(manager, { type: 'duty.end-roll', rollCallId: 'N1' }).ok).toBe(true)
    expect(outcomes(paper)).toMatchObject({ 'officer:A-accept': 'answered', 'officer:A-chief': 'absent' })
    expect(paper.changes.dutyEntries.at(-1)).toMatchObject({
      ...{ kind: 'attendance', what: 'duty-roll-ended' },
      facts: { rollCallId: 'N1', count: 2, absent: { en: 'leader of A, chief of A, dispatch of A' } },
    })
    expect(refusalOf(paper.ask(duty, mark('centre:d1', 'answered')))?.code).toBe('NOT_FOUND')
  })
  it.each([
    [10 * minute, false],
    [10 * minute + 1, true],
  ])('is over after its time, %d ms', (after, isOver) => {
    const paper = dutyPaper()
    paper.ask(chief, call({ hall: false }))
    paper.now += after
    if (isOver) expect(refusalOf(paper.ask(duty, mark('centre:d1', 'answered')))?.code).toBe('NOT_ALLOWED')
    tick(paper)
    expect(roll(paper).endedAt !== null).toBe(isOver)
    if (!isOver) expect(paper.ask(duty, mark('centre:d1', 'answered')).ok).toBe(true)
    paper.now += 1
    tick(paper)
    expect(outcomes(paper)).toEqual({ 'centre:d1': isOver ? 'absent' : 'answered' })
    if (!isOver) expect(paper.changes.dutyEntries.at(-1)?.facts).toMatchObject({ absent: { zh: '无' } })
  })
  it('is one at a time, of somebody, and of districts there are', () => {
    const paper = dutyPaper()
    for (const [over, field] of [
      [{ centreIds: ['x'] }, 'centreIds.0'],
      [{ centreIds: ['d1', 'd1'] }, 'centreIds.1'],
      [{ hall: false, centreIds: [] }, 'centreIds'],
    ] as const)
      expect(refusalOf(paper.ask(chief, call(over)))).toMatchObject({ details: { fields: [{ field }] } })
    expect(paper.ask(chief, call()).ok).toBe(true)
    expect(refusalOf(paper.ask(chief, call()))).toMatchObject({ code: 'CONFLICT', details: { rollCallId: 'N1' } })
    expect(refusalOf(paper.ask(chief, mark('centre:d2', 'answered')))).toMatchObject({
      details: { fields: [{ field: 'subject' }] },
    })
    expect(refusalOf(paper.ask(chief, { type: 'duty.end-roll', rollCallId: 'N2' }))?.code).toBe('NOT_FOUND')
  })
  it('is answered by one’s own account, where there is one, or said by whoever calls', () => {
    const paper = accounts()
    paper.ask(chief, call())
    expect(refusalOf(paper.ask(duty, mark('officer:A-accept', 'answered')))?.code).toBe('FORBIDDEN')
    expect(paper.ask(person('duty', 'A-accept-account'), mark('officer:A-accept', 'answered')).ok).toBe(true)
    expect(paper.ask(chief, mark('officer:A-dispatch', 'answered')).ok).toBe(true)
    expect(paper.ask(duty, mark('centre:d1', 'answered')).ok).toBe(true)
  })
  it('needs no roster, and is kept for its shift, so many at most', () => {
    const paper = new Paper()
    expect(refusalOf(paper.ask(chief, call({ centreIds: [] })))?.code).toBe('INVALID')
    for (let n = 1; n <= mostRollCalls + 1; n++) {
      expect(paper.ask(chief, call()).ok).toBe(true)
      paper.ask(chief, { type: 'duty.end-roll', rollCallId: `N${n}` })
    }
    expect([...paper.state.rollCalls.keys()]).toEqual(Array.from({ length: mostRollCalls }, (_, n) => `N${n + 2}`))
    tick(paper)
    paper.now = at('01T19:55')
    paper.ask(chief, call())
    paper.now = at('01T20:00')
    tick(paper)
    // One that runs over the change of shift goes on.
    expect([...paper.state.rollCalls.values()].map(({ endedAt }) => endedAt)).toEqual([null])
  })
  it('unknown to this log changes nothing', () => {
    const paper = dutyPaper()
    const event = { type: 'duty.roll-ended', rollCallId: 'N9', answered: 0, absent: [] } as const
    evolve(paper.state, { ...(paper.log.at(-1) as LoggedEvent), event })
    expect(paper.state.rollCalls.size).toBe(0)
  })
})

it('attendance and roll calls survive a snapshot, and fold from the log to the same', () => {
  const paper = dutyPaper()
  paper.ask(duty, on('A-accept'))
  paper.ask(chief, { type: 'duty.call-roll', means: 'phone', hall: true, centreIds: ['d2'] })
  paper.ask(duty, { type: 'duty.mark-roll', rollCallId: 'N1', subject: 'centre:d2', outcome: 'answered', note: '赵' })
  paper.now += 31 * minute
  tick(paper)
  paper.ask(duty, off('A-accept', '病'))
  const replayed = newCityState(dayOf)
  for (const logged of paper.log) evolve(replayed, logged)
  for (const other of [restoreState(snapshotPieces(paper.state)), replayed]) {
    expect(other?.attendance).toEqual(paper.state.attendance)
    expect(other?.rollCalls).toEqual(paper.state.rollCalls)
    expect(other?.counters).toEqual(paper.state.counters)
  }
})

it.each([
  [{ attendance: { lateAfterMin: 31 } }, 'duty.json: attendance.absentAfterMin: nobody is absent before'],
  [
    { officers: bookJson.officers.map((one) => ({ ...one, account: 'li' })) },
    'duty.json: officers: two have the same account',
  ],
])('a book that contradicts itself is named, %#', (over, problem) => {
  const checked = checkDutyBook({ ...bookJson, ...over })
  expect(checked.ok ? '' : checked.problems.join('\n')).toContain(problem)
})
