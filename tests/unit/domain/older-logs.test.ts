/** Events of older logs, and of cases that never had the fact they are about: the fold takes them, and makes nothing up. */
import { describe, expect, it } from 'vitest'
import type { Incident } from '../../../shared/model/incident.ts'
import { evolveIncident, type IncidentMove } from '../../../server/src/domain/incident/evolve.ts'
import { nextMarkAt } from '../../../server/src/domain/incident/case-clock.ts'
import { nextTimerAt, timedEvents } from '../../../server/src/domain/incident/case-timers.ts'
import { isPastLimit, newOverrun, nextOverrunAt } from '../../../server/src/domain/incident/limits.ts'
import { newVisit, visitsAfter } from '../../../server/src/domain/incident/visits.ts'
import { unsigned } from '../../../server/src/domain/incident/evolve-facts.ts'
import { noon, sampleAssignment, sampleIncident } from '../../support/sample-rows.ts'
import { Paper } from './support.ts'

const at = noon + 60_000
const head = { incidentId: '20260801-000001', state: 'handling', stageDueAt: null } as const
const handling = (over: Partial<Incident> = {}) => sampleIncident({ state: 'handling', ...over })
const after = (row: Incident, event: object, by = 'duty') =>
  evolveIncident(row, { ...head, ...event } as unknown as IncidentMove, at, by)
/** What an event that finds nothing to change still does. */
const touched = (row: Incident) => ({ ...row, version: row.version + 1, updatedAt: at, stageDueAt: null })

describe('an event about a fact the case does not have', () => {
  const bare = handling()
  it.each([
    ['incident.verified', { result: 'exist', note: '' }],
    ['incident.received', {}],
    ['incident.reminded', { share: 0.5, markAt: at }],
    ['incident.contact-missed', { dueAt: at }],
  ])('%s leaves it as it is', (type, more) => {
    expect(after(bare, { type, ...more })).toEqual(touched(bare))
  })
  it.each([
    ['incident.request-refused', { kind: 'extension', reason: 'r' }, { requests: [] }],
    ['incident.assist-received', { departmentId: 'gas' }, { assists: [] }],
    ['incident.replied', { text: 't' }, { supervisions: [] }],
    ['incident.unlinked', { otherId: 'x' }, { links: [] }],
  ])('%s finds none to change', (type, more, wanted) => {
    expect(after(bare, { type, ...more })).toEqual({ ...touched(bare), ...wanted })
  })
  it('a suspension nobody asked for is that of whoever granted it', () => {
    const row = after(bare, {
      type: 'incident.suspended',
      role: 'duty',
      untilAt: at + 1,
      dueAt: null,
      clock: undefined,
    })
    expect(row.suspension).toMatchObject({ reason: '', askedBy: 'duty', approvedBy: 'duty', untilAt: at + 1 })
    expect(after(bare, { type: 'incident.resumed', dueAt: null }).suspension).toBeUndefined()
  })
  it('a case merged by a log that did not keep into which is split off as it is', () => {
    const merged = sampleIncident({ state: 'merged' })
    expect(after(merged, { type: 'incident.unmerged', mainId: 'x' })).toMatchObject({
      state: 'handling',
      stateSince: at,
    })
    const given = after(bare, { type: 'incident.merge-given-back', mergedId: 'x', alarmIds: [] })
    expect(given).toMatchObject({ mergedIds: [], notSameIds: ['x'] })
  })
  it('a rework of a case without a department signs nobody', () => {
    expect(unsigned(bare, at, 'duty')).toEqual({})
  })
})

describe('events from before a fact was kept', () => {
  it('filing says neither clock nor condition', () => {
    const file = { type: 'incident.filed', classCode: 'E1', departmentId: null, priority: 1, dueAt: null }
    const row = after(sampleIncident({ state: 'reported', acceptedAt: null }), file)
    expect(row).toMatchObject({ acceptedAt: at, filedAt: at, filedBy: 'duty' })
    expect([row.clock, row.conditionId]).toEqual([undefined, undefined])
  })
  it('locating says neither street nor grid', () => {
    const place = { type: 'incident.located', position: null, address: 'x', districtId: null }
    expect(after(handling({ streetId: 's', gridId: 'g' }), place)).toMatchObject({ streetId: 's', gridId: 'g' })
    expect(after(handling(), { ...place, streetId: 's', gridId: null })).toMatchObject({ streetId: 's', gridId: null })
    expect(after(handling({ streetId: 's' }), { ...place, streetId: 's' }).gridId).toBeUndefined()
  })
  it('reclassifying a case that is not filed sets no clock', () => {
    const row = handling({ dueAt: 5 })
    expect(after(row, { type: 'incident.reclassified', classCode: 'E2', priority: 1 }).dueAt).toBe(5)
  })
  it('closing says how it ended where somebody did', () => {
    expect(after(handling(), { type: 'incident.closed', note: '', disposition: '10', onTime: true }).disposition).toBe(
      '10',
    )
  })
})

describe('what only one of several is about', () => {
  it('assistance: the department’s own, while it is open', () => {
    const assist = {
      task: '',
      askedBy: '',
      askedAt: 0,
      dueAt: null,
      receivedAt: null,
      endedAt: null,
      end: null,
      note: '',
    }
    const assists = [
      { ...assist, departmentId: 'gas', endedAt: 1, end: 'waived' as const },
      { ...assist, departmentId: 'water' },
      { ...assist, departmentId: 'gas' },
    ]
    const row = after(handling({ assists }), { type: 'incident.assist-received', departmentId: 'gas' })
    expect(row.assists?.map(({ receivedAt }) => receivedAt)).toEqual([null, null, at])
  })
  it('a reply: all that wait for one', () => {
    const one = { kind: 'leader' as const, by: 'b', askedAt: 0, reason: '', requirement: '', replyDueAt: null }
    const supervisions = [
      { ...one, repliedAt: 3, repliedBy: 'x', reply: 'y' },
      { ...one, repliedAt: null, repliedBy: null, reply: '' },
    ]
    const row = after(handling({ supervisions }), { type: 'incident.replied', text: 't' }, 'dept')
    expect(row.supervisions?.map(({ reply, repliedAt }) => [reply, repliedAt])).toEqual([
      ['y', 3],
      ['t', at],
    ])
  })
  it('a crew that is free again: its own, and only what was packing up', () => {
    const crew = { ...sampleAssignment('A'), state: 'done' as const, endedAt: 1 }
    const assignments = [{ ...crew, clearing: true as const }, crew, { ...crew, unitId: 'B', clearing: true as const }]
    const row = after(handling({ assignments }), { type: 'incident.cleared', unitId: 'A' })
    expect(row.assignments.map(({ clearedAt }) => clearedAt)).toEqual([at, undefined, undefined])
  })
  it('a call back: the caller of that report, and no other', () => {
    const callBack = { misses: 0, endedAt: null, by: null, solved: null, satisfaction: null, attitude: null, note: '' }
    const callBacks = [
      { ...callBack, from: '20260801-000001' },
      { ...callBack, from: 'second' },
    ]
    const closed = sampleIncident({ state: 'closed', callBacks })
    const event = {
      from: 'second',
      isReached: true,
      solved: 'solved',
      satisfaction: 'satisfied',
      attitude: null,
      note: 'n',
    }
    const row = after(closed, { type: 'incident.called-back', ...event })
    expect(row.callBacks?.map(({ endedAt }) => endedAt)).toEqual([null, at])
    // A score answers whoever was still owed an answer; by words alone is not solved.
    const judged = after({ ...row, disposition: '05' }, { type: 'incident.evaluated', satisfaction: 5, note: '' })
    expect(judged.callBacks?.map(({ solved, by }) => [solved, by])).toEqual([
      ['explained', 'duty'],
      ['solved', 'duty'],
    ])
    const other = after({ ...row, disposition: '01' }, { type: 'incident.evaluated', satisfaction: 3, note: '' })
    expect(other.callBacks?.[0]?.solved).toBe('solved')
  })
})

describe('stays in stages', () => {
  it('without a limit have none; out of all stages there is none', () => {
    expect(newVisit('handling', 1, null)).toEqual([{ stage: 'handle', enteredAt: 1 }])
    expect(newVisit('handling', 1, 9)).toEqual([{ stage: 'handle', enteredAt: 1, dueAt: 9 }])
    expect(newVisit('closed', 1, null)).toEqual([])
  })
  it.each([
    ['in time', 9, 9, undefined],
    ['late', 9, 10, true],
    ['of an earlier stage', 4, 10, undefined],
    ['without a limit', null, 10, undefined],
  ])('left %s', (_, stageDueAt, leftAt, late) => {
    const row = handling({ visits: [{ stage: 'handle', enteredAt: 5 }], stageDueAt, departmentId: null })
    const [visit] = visitsAfter(row, { state: 'closed', stageDueAt: null }, leftAt, 'duty')
    expect(visit).toEqual({
      ...{ stage: 'handle', enteredAt: 5, leftAt, by: 'duty' },
      ...(stageDueAt === null ? {} : { dueAt: stageDueAt }),
      ...(late === undefined ? {} : { late }),
    })
  })
})

describe('clocks of a case that has none', () => {
  const rules = new Paper().context
  it('never speak', () => {
    const row = handling({ dueAt: null, stageDueAt: null })
    expect([nextMarkAt(row), nextTimerAt(row), newOverrun(row, at), nextOverrunAt(row)]).toEqual([
      null,
      null,
      null,
      null,
    ])
    expect([isPastLimit(row, at), timedEvents(row, at, rules)]).toEqual([false, []])
  })
  it('nor those of a case that has ended, however late', () => {
    const row = sampleIncident({ state: 'closed', dueAt: 1, stageDueAt: 1 })
    expect([nextTimerAt(row), isPastLimit(row, at), timedEvents(row, at, rules)]).toEqual([null, false, []])
  })
  it.each([
    [at, false],
    [at - 1, true],
  ])('the sooner of stage and case counts: due at %i', (dueAt, isPast) => {
    expect(isPastLimit(handling({ dueAt: null, stageDueAt: dueAt }), at)).toBe(isPast)
    expect(isPastLimit(handling({ dueAt, stageDueAt: null }), at)).toBe(isPast)
    expect(isPastLimit(handling({ dueAt, stageDueAt: at + 9 }), at)).toBe(isPast)
  })
  it('marks nothing twice', () => {
    const row = handling({ stageDueAt: at - 1, overdueStages: ['handle'] })
    expect([newOverrun(row, at), nextOverrunAt(row)]).toEqual([null, null])
  })
  it('a suspension that a log ended without saying when never ends by the clock', () => {
    const row = sampleIncident({ state: 'suspended', stageDueAt: null, dueAt: null })
    expect([nextTimerAt(row), timedEvents(row, at, rules)]).toEqual([null, []])
  })
})
