/** 12345: who called, who is called back, and what is handed to 110, 119 and 120. */
import { describe, expect, it } from 'vitest'
import { refusalOf } from './support.ts'
import { duty, dept, incidentId, hourMs, report, filed, reason, led, closed, fieldOf } from './verb-desk.ts'

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
