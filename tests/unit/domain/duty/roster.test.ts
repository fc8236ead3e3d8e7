/** 值班表: a roster for any date, holidays and the emergency shift, 替班 and 换班 by two people. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkDutyBook } from '../../../../shared/contract/duty-book.ts'
import { cityCalendar } from '../../../../shared/model/city-calendar.ts'
import type { Command } from '../../../../shared/model/command.ts'
import {
  dutyShiftAt,
  dutyShiftOf,
  dutyShiftsFrom,
  rosterOf,
  type Substitution,
} from '../../../../shared/model/duty-roster.ts'
import { dutyBook } from '../../../../mock-data/city/duty-book.ts'
import { snapshotPieces } from '../../../../server/src/domain/snapshot.ts'
import { dayOf, Paper, refusalOf, restoreState } from '../support.ts'
import { person } from '../../../support/engine.ts'
import { book, bookJson } from '../../../support/duty-book.ts'
import { at, dutyPaper, tick } from './support.ts'

const duty = person('duty')
const chief = person('chief')
const manager = person('manager')
const quiet = { occasionOf: () => null, isEmergency: false, substitutions: [] }
const now = (paper: Paper) => paper.state.duty.get('now')
const placed = (paper: Paper, post: string) =>
  now(paper)
    ?.onDuty.filter((one) => one.post === post)
    .map(({ officerId }) => officerId)
const request = (...substitutions: Substitution[]): Command => ({
  type: 'duty.request-change',
  substitutions,
  reason: '家中有事',
})
const substitution = (shiftId: string, outId: string, inId: string, post: Substitution['post'] = 'accept') => ({
  shiftId,
  post,
  outId,
  inId,
})

describe('shifts', () => {
  it('begin at 08:00 and 20:00, and a night bears the date it begins on', () => {
    expect(dutyShiftAt(dayOf, at('01T07:59')).id).toBe('20260731-night')
    expect(dutyShiftAt(dayOf, at('01T08:00')).id).toBe('20260801-day')
    expect(dutyShiftAt(dayOf, at('01T19:59')).id).toBe('20260801-day')
    expect(dutyShiftAt(dayOf, at('01T20:00'))).toEqual({
      id: '20260801-night',
      part: 'night',
      startAt: at('01T20:00'),
      endAt: at('02T08:00'),
    })
  })
  it('follow one another without a gap and are found by their names, in any zone', () => {
    const zones = ['Asia/Shanghai', 'America/Los_Angeles', 'Pacific/Auckland', 'Asia/Kathmandu']
    const span = fc.integer({ min: Date.parse('2025-01-01'), max: Date.parse('2029-01-01') })
    fc.assert(
      fc.property(fc.constantFrom(...zones), span, (zone, instant) => {
        const days = cityCalendar(zone)
        const [first, second] = dutyShiftsFrom(days, instant, 2)
        expect(first && second && first.endAt === second.startAt).toBe(true)
        expect(first?.startAt).toBeLessThanOrEqual(instant)
        expect(first?.endAt).toBeGreaterThan(instant)
        expect(dutyShiftOf(days, first?.id ?? '')).toEqual(first)
      }),
      { numRuns: 100 },
    )
  })
  it('are none of a name that is no date', () => {
    for (const id of ['20260231-day', '20261301-night', '2026-08-01', '20260801-noon', ''])
      expect(dutyShiftOf(dayOf, id)).toBeNull()
  })
})

describe('a roster', () => {
  const rosterAt = (instant: number, over: Partial<Parameters<typeof rosterOf>[2]> = {}) =>
    rosterOf(book, dutyShiftAt(dayOf, instant), { ...quiet, ...over })
  it('goes round by the cycle, before its first day as well', () => {
    expect(rosterAt(at('01T12:00')).team.en).toBe('Team A')
    expect(rosterAt(at('01T21:00')).team.en).toBe('Team E')
    expect(rosterAt(at('06T12:00')).team.en).toBe('Team A')
    expect(rosterAt(Date.parse('2026-07-31T12:00:00+08:00')).team.en).toBe('Team E')
  })
  it('is strengthened by some posts of the reserve, and in an emergency by all of them', () => {
    const strengthened = rosterAt(at('01T12:00'), { occasionOf: () => '国庆节' })
    expect(strengthened).toMatchObject({ kind: 'strengthened', occasion: '国庆节' })
    expect(strengthened.places.filter(({ why }) => why === 'strengthened')).toEqual([
      { post: 'accept', officerId: 'B-accept', why: 'strengthened', insteadOf: null },
    ])
    const emergency = rosterAt(at('01T12:00'), { isEmergency: true })
    expect(emergency.places.filter(({ why }) => why === 'emergency')).toHaveLength(4)
    expect(emergency.places).toHaveLength(8)
  })
  it('of the demo city is sound, has every post on any shift, and nobody on two shifts on end', () => {
    const checked = checkDutyBook(dutyBook)
    if (!checked.ok) throw new Error(checked.problems.join('; '))
    const shifts = dutyShiftsFrom(dayOf, at('01T12:00'), 60)
    // Strengthened day after day: the reserves as well.
    const crews = shifts.map((shift) => rosterOf(checked.value, shift, { ...quiet, isEmergency: true }).places)
    for (const places of crews) expect(new Set(places.map(({ post }) => post)).size).toBe(8)
    crews.slice(1).forEach((places, n) => {
      const before = new Set(crews[n]?.map(({ officerId }) => officerId))
      expect(places.filter(({ officerId }) => before.has(officerId))).toEqual([])
    })
  })
})

describe('duty.json', () => {
  it.each([
    [{ ...bookJson, from: 'soon' }, 'duty.json: from: '],
    [
      { ...bookJson, cycle: [{ day: 'A', night: 'X', dayReserve: 'C', nightReserve: 'D' }] },
      'duty.json: cycle.0.night: no team X',
    ],
    [
      { ...bookJson, cycle: [{ day: 'A', night: 'A', dayReserve: 'C', nightReserve: 'D' }] },
      'duty.json: cycle.0: one team cannot',
    ],
    [
      {
        ...bookJson,
        teams: [{ id: 'A', name: { zh: '一', en: 'A' }, members: [{ post: 'chief', officerId: 'spare' }] }],
      },
      'duty.json: teams.0.members.0.post: spare may not sit there',
    ],
    [{ ...bookJson, officers: [...bookJson.officers, bookJson.officers[0]] }, 'duty.json: officers: two'],
  ])('names what is wrong with it, %#', (json, problem) => {
    const checked = checkDutyBook(json)
    expect(checked.ok ? '' : checked.problems.join('\n')).toContain(problem)
  })
})

describe('who is on duty', () => {
  it('is told when a shift begins, and again only when it is another', () => {
    const paper = dutyPaper()
    expect(now(paper)).toMatchObject({ shift: { id: '20260801-day' }, kind: 'ordinary' })
    expect(placed(paper, 'chief')).toEqual(['A-chief'])
    const length = paper.log.length
    tick(paper)
    expect(paper.log).toHaveLength(length)
    paper.now = at('01T20:00')
    tick(paper)
    expect(now(paper)).toMatchObject({ shift: { id: '20260801-night' } })
    expect(placed(paper, 'chief')).toEqual(['E-chief'])
  })
  it('is more people on a holiday of the calendar and on a date of the book', () => {
    const paper = dutyPaper()
    for (const [time, occasion] of [
      ['02T12:00', '公休'],
      ['03T12:00', '灯会'],
    ] as const) {
      paper.now = at(time)
      tick(paper)
      expect(now(paper)).toMatchObject({ kind: 'strengthened', occasion })
      expect(placed(paper, 'accept')).toHaveLength(2)
    }
  })
  it('is the emergency shift while a mode says so, and the ordinary one after', () => {
    const paper = dutyPaper()
    const propose = (mode: 'emergency' | 'normal'): void => {
      expect(paper.ask(chief, { type: 'mode.propose', mode, districtIds: [], reason: '台风' }).ok).toBe(true)
      const proposalId = `M${paper.state.counters.modeProposal}`
      expect(paper.ask(manager, { type: 'mode.confirm', proposalId }).ok).toBe(true)
      tick(paper)
    }
    propose('emergency')
    expect(now(paper)).toMatchObject({ kind: 'emergency', shift: { id: '20260801-day' } })
    expect(placed(paper, 'chief')).toEqual(['A-chief', 'B-chief'])
    propose('normal')
    expect(now(paper)).toMatchObject({ kind: 'ordinary' })
    expect(placed(paper, 'chief')).toEqual(['A-chief'])
  })
  it('is nobody where a city keeps no roster: then nothing is written', () => {
    const paper = new Paper()
    tick(paper)
    expect(paper.state.duty.size).toBe(0)
  })
})

describe('a change of the roster', () => {
  it('holds once a second person has approved it, and the shift’s crew with it', () => {
    const paper = dutyPaper()
    expect(paper.ask(duty, request(substitution('20260801-day', 'A-accept', 'spare'))).ok).toBe(true)
    expect(now(paper)?.changesAsked).toBe(1)
    tick(paper)
    expect(placed(paper, 'accept')).toEqual(['A-accept'])
    expect(refusalOf(paper.ask(duty, { type: 'duty.approve-change', changeId: 'S1', note: '' }))?.code).toBe(
      'FORBIDDEN',
    )
    expect(paper.ask(chief, { type: 'duty.approve-change', changeId: 'S1', note: '' }).ok).toBe(true)
    tick(paper)
    expect(placed(paper, 'accept')).toEqual(['spare'])
    expect(now(paper)?.changesAsked).toBe(0)
    expect(refusalOf(paper.ask(manager, { type: 'duty.approve-change', changeId: 'S1', note: '' }))?.code).toBe(
      'NOT_FOUND',
    )
  })
  it('is not approved by whoever asked', () => {
    const paper = dutyPaper()
    paper.ask(chief, request(substitution('20260801-day', 'A-accept', 'spare')))
    const own = paper.ask(chief, { type: 'duty.approve-change', changeId: 'S1', note: '' })
    expect(refusalOf(own)).toMatchObject({ code: 'FORBIDDEN', details: { askedBy: 'chief' } })
    expect(paper.ask(chief, { type: 'duty.decline-change', changeId: 'S1', reason: '不换了' }).ok).toBe(true)
    expect(paper.log.at(-1)?.event).toMatchObject({ change: { state: 'withdrawn' } })
  })
  it('is asked for once', () => {
    const paper = dutyPaper()
    const wish = request(substitution('20260801-day', 'A-accept', 'spare'))
    paper.ask(duty, wish)
    expect(refusalOf(paper.ask(chief, wish))).toMatchObject({ code: 'CONFLICT', details: { changeId: 'S1' } })
  })
  it('of two people swaps them, each on the other’s shift', () => {
    const paper = dutyPaper()
    const swap = request(
      substitution('20260808-day', 'C-dispatch', 'E-accept', 'dispatch'),
      substitution('20260810-day', 'E-accept', 'spare', 'accept'),
    )
    expect(refusalOf(paper.ask(duty, swap))).toBeNull()
    expect(paper.ask(manager, { type: 'duty.approve-change', changeId: 'S1', note: '同意' }).ok).toBe(true)
    paper.now = at('08T12:00')
    tick(paper)
    expect(placed(paper, 'dispatch')).toEqual(['E-accept'])
  })
  it.each([
    [substitution('20260731-night', 'C-accept', 'spare'), 'substitutions.0.shiftId', 'is over'],
    [substitution('20260231-day', 'A-accept', 'spare'), 'substitutions.0.shiftId', 'no such shift'],
    [substitution('20260801-day', 'B-accept', 'spare'), 'substitutions.0.outId', 'not at this post'],
    [substitution('20260801-day', 'A-accept', 'A-accept'), 'substitutions.0.inId', 'themselves'],
    [substitution('20260801-day', 'A-accept', 'nobody'), 'substitutions.0.inId', 'no officer'],
    [substitution('20260801-day', 'A-accept', 'B-chief'), 'substitutions.0.inId', 'may not sit'],
    [substitution('20260801-day', 'A-dispatch', 'A-accept', 'dispatch'), 'substitutions.0.inId', 'already'],
    [substitution('20260801-day', 'A-accept', 'E-accept'), 'substitutions.0.inId', 'two shifts on end: 20260801-night'],
    [substitution('20260801-night', 'E-accept', 'A-accept'), 'substitutions.0.inId', 'two shifts on end: 20260801-day'],
  ])('that cannot be is refused by its field, %#', (wish, field, problem) => {
    const refusal = refusalOf(dutyPaper().ask(duty, request(wish)))
    expect(refusal).toMatchObject({ code: 'INVALID', details: { fields: [{ field }] } })
    expect(refusal?.message).toContain(problem)
  })
  it('asked for outlives a restart', () => {
    const paper = dutyPaper()
    paper.ask(duty, request(substitution('20260801-day', 'A-accept', 'spare')))
    const again = restoreState(snapshotPieces(paper.state))
    expect(again?.rosterChanges).toEqual(paper.state.rosterChanges)
    expect([...(again?.rosterChanges.values() ?? [])]).toMatchObject([{ state: 'asked', reason: '家中有事' }])
  })
  it('nobody decided before its shift was over is gone', () => {
    const paper = dutyPaper()
    paper.ask(duty, request(substitution('20260801-day', 'A-accept', 'spare')))
    paper.now = at('01T19:59')
    tick(paper)
    expect(paper.state.rosterChanges.size).toBe(1)
    paper.now = at('01T20:00')
    tick(paper)
    expect(paper.state.rosterChanges.size).toBe(0)
    expect(paper.log.map(({ event }) => event)).toContainEqual(
      expect.objectContaining({ type: 'duty.change-decided', change: expect.objectContaining({ state: 'expired' }) }),
    )
  })
})
