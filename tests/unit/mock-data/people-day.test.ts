/** The hours people keep: shifts, fuel and breakdowns, offices, and what departments do in and out of them. */
import { describe, expect, it } from 'vitest'
import { calendar } from '../../../mock-data/city/calendar.ts'
import { seededRandom, seedFrom } from '../../../mock-data/city/random.ts'
import { bestCrew } from '../../../mock-data/crews/best-crew.ts'
import { crewDay } from '../../../mock-data/crews/crew-day.ts'
import { departmentMind } from '../../../mock-data/crews/department-mind.ts'
import { officerMind } from '../../../mock-data/crews/officer-mind.ts'
import { asksAfterMs } from '../../../mock-data/crews/hard-case.ts'
import { shiftNow } from '../../../mock-data/crews/shift.ts'
import { cityNow } from '../../../mock-data/life/city-now.ts'
import { cityTime } from '../../../mock-data/life/city-time.ts'
import { defaultCaseSettings } from '../../../shared/model/case-settings.ts'
import { officeHours } from '../../../shared/model/office-hours.ts'
import { defaultPeopleRates, type PeopleRates } from '../../../mock-data/life/people-rates.ts'
import type { Assignment, Incident } from '../../../shared/model/incident.ts'
import type { Unit, UnitStatus } from '../../../shared/model/unit.ts'

const minMs = 60_000
const hourMs = 60 * minMs
const at = (text: string) => Date.parse(`${text}+08:00`)
/** A Wednesday. */
const day = '2026-03-11'
const midnight = at(`${day}T00:00:00`)
const cityOf = (speed = 1, startAt = midnight) =>
  cityNow(cityTime({ startAt, originAt: startAt, speed, timeZone: 'Asia/Shanghai' }))
const office = officeHours(calendar, 'Asia/Shanghai')

describe('a shift', () => {
  const city = cityOf()
  it('begins and ends on the hour, by day and by night', () => {
    const isOn = (shift: 'day' | 'night' | 'round-the-clock', time: string, aheadMs = 0) =>
      shiftNow(shift, city, at(`${day}T${time}`), aheadMs).isOn
    expect([
      isOn('day', '07:59:59'),
      isOn('day', '08:00:00'),
      isOn('day', '19:59:59'),
      isOn('day', '20:00:00'),
    ]).toEqual([false, true, true, false])
    expect([isOn('night', '19:59:59'), isOn('night', '20:00:00'), isOn('night', '03:00:00')]).toEqual([
      false,
      true,
      true,
    ])
    expect([isOn('night', '07:59:59'), isOn('night', '08:00:00')]).toEqual([true, false])
    expect(isOn('round-the-clock', '04:00:00')).toBe(true)
    expect(isOn('day', '07:55:00', 5 * minMs)).toBe(true)
  })
  it('says since when it has been so', () => {
    expect(shiftNow('night', city, at(`${day}T02:00:00`), 0).sinceMs).toBeCloseTo(6 * hourMs, 3)
    expect(shiftNow('day', city, at(`${day}T21:30:00`), 0)).toMatchObject({ isOn: false })
    expect(shiftNow('day', city, at(`${day}T21:30:00`), 0).sinceMs).toBeCloseTo(1.5 * hourMs, 3)
  })
})

describe('a crew without a case', () => {
  const quiet = { ...defaultPeopleRates, shiftSpreadMin: 0, refuelsPerDay: 0, breakdownsPerDay: 0 }
  const crew = (shift: 'day' | 'night' | 'round-the-clock', rates: PeopleRates = quiet, seed = 1, speed = 1) =>
    crewDay({ unitId: 'A-01', shift, random: seededRandom(seed), seed, speed, city: cityOf(speed), rates })
  const row = (status: UnitStatus, statusSince: number, statusReason?: string) =>
    ({ id: 'A-01', status, statusSince, incidentId: null, ...(statusReason ? { statusReason } : {}) }) as Unit
  const time = (clock: string) => at(`${day}T${clock}`)

  it('goes off duty when its shift is over, and comes back when the next begins', () => {
    const one = crew('day')
    const since = time('08:00:00')
    expect(one.next(row('available', since), time('19:59:59'))).toBeNull()
    expect(one.next(row('available', since), time('20:00:00'))).toMatchObject({ status: 'off-duty' })
    const off = row('off-duty', time('20:00:05'))
    expect(one.next(off, time('23:00:00'))).toBeNull()
    expect(one.next(off, at('2026-03-12T07:59:59'))).toBeNull()
    expect(one.next(off, at('2026-03-12T08:00:00'))).toMatchObject({ type: 'unit.set-status', status: 'available' })
  })
  it('comes after its last case even where it took longer', () => {
    expect(crew('day').next(row('available', time('20:40:00')), time('20:40:10'))).toMatchObject({ status: 'off-duty' })
  })
  it('bows to who sent it off duty in its shift, or called it in out of it', () => {
    expect(crew('day').next(row('off-duty', time('10:00:00')), time('12:00:00'))).toBeNull()
    const called = crew('day')
    called.next(row('off-duty', time('20:00:05')), time('21:00:00'))
    expect(called.next(row('available', time('22:00:00')), time('22:00:10'))).toBeNull()
    expect(called.next(row('available', time('22:00:00')), at('2026-03-12T20:00:01'))?.status).toBe('off-duty')
  })
  it('keeps the city’s hours at any speed', () => {
    // At 60 the city's evening comes twenty minutes after its midnight.
    const fast = crew('day', quiet, 1, 60)
    expect(fast.next(row('available', midnight), midnight + 19.9 * minMs)).toBeNull()
    expect(fast.next(row('available', midnight), midnight + 20 * minMs)).toMatchObject({ status: 'off-duty' })
  })
  it('is out of service for fuel and breakdowns as often as its rates say, and comes back by itself', () => {
    const rates = { ...quiet, refuelsPerDay: 0.5, breakdownsPerDay: 0.25 }
    const stops = new Map<string, number>()
    let outMs = 0
    const days = 400
    const one = crew('round-the-clock', rates)
    let unit = row('available', midnight)
    for (let now = midnight; now < midnight + days * 24 * hourMs; now += 5 * minMs) {
      const act = one.next(unit, now)
      if (unit.status === 'out-of-service') outMs += 5 * minMs
      if (act === null) continue
      if (act.status === 'out-of-service') stops.set(act.reason ?? '', (stops.get(act.reason ?? '') ?? 0) + 1)
      unit = row(act.status, now, act.reason ?? undefined)
    }
    expect([...stops.keys()].sort()).toEqual(['车辆加油', '车辆故障检修'])
    expect((stops.get('车辆加油') ?? 0) / days).toBeGreaterThan(0.4)
    expect((stops.get('车辆加油') ?? 0) / days).toBeLessThan(0.6)
    expect(outMs / days).toBeGreaterThan(15 * minMs)
    expect(outMs / days).toBeLessThan(60 * minMs)
  })
  it('knows its own stop again after a restart, and leaves alone what a person stopped', () => {
    const own = row('out-of-service', midnight, '车辆加油')
    expect(crew('round-the-clock').next(own, midnight + 24 * hourMs)).toMatchObject({ status: 'available' })
    expect(crew('day').next(own, midnight + 23 * hourMs)).toMatchObject({ status: 'off-duty' })
    const by = row('out-of-service', midnight, '年检')
    expect(crew('round-the-clock').next(by, midnight + 24 * hourMs)).toBeNull()
  })
})

const base = {
  id: '20260311-000001',
  version: 3,
  classCode: 'E0110',
  priority: 4,
  state: 'pending-feedback',
  source: 'open311',
  position: [122.93, 30.98],
  description: '',
  reportedAt: midnight,
  updatedAt: midnight,
  stateSince: midnight,
  filedAt: midnight,
  dueAt: midnight + 72 * hourMs,
  finishedAt: null,
  reworkCount: 0,
  returnCount: 0,
  closedAt: null,
  overdueStages: [],
  assignments: [],
} as unknown as Incident

const dice = (id: string, word: string) => seededRandom(seedFrom(1, `${id} ${word}`))

describe('a department', () => {
  const mind = (rates: PeopleRates = { ...defaultPeopleRates, forgottenShare: 0 }) =>
    departmentMind({
      speed: 1,
      city: cityOf(),
      office,
      rates,
      dice,
      settings: defaultCaseSettings,
      isFree: () => false,
    })
  const done = (since: number, over: Partial<Incident> = {}): Incident => ({ ...base, stateSince: since, ...over })
  const waitMin = (row: Incident, rates?: PeopleRates) => ((mind(rates).next(row)?.at ?? NaN) - row.stateSince) / minMs

  it('feeds back in office hours, each priority after its own time', () => {
    for (const priority of [1, 2, 3, 4] as const) {
      const waits = Array.from({ length: 300 }, (_, n) =>
        waitMin(done(at(`${day}T08:30:00`), { id: `c${n}`, priority })),
      ).sort((a, b) => a - b)
      const median = defaultPeopleRates.feedBackMin[priority]
      expect(waits[150]! / median, `P${priority}`).toBeGreaterThan(0.85)
      expect(waits[150]! / median, `P${priority}`).toBeLessThan(1.2)
    }
    const due = mind().next(done(at(`${day}T09:00:00`)))
    expect(due?.act(due.at)).toMatchObject({ as: 'dept', body: { type: 'incident.feed-back' } })
  })
  it('leaves till morning what can wait, and does at night what cannot', () => {
    const night = at(`${day}T22:00:00`)
    expect(waitMin(done(night))).toBeGreaterThan(600)
    expect(waitMin(done(night, { priority: 2 }))).toBeLessThan(60)
    expect(waitMin(done(night, { dueAt: night + 4 * hourMs }))).toBeLessThan(120)
  })
  it('forgets a share of them', () => {
    const rates = { ...defaultPeopleRates, forgottenShare: 0.3 }
    const long = Array.from({ length: 400 }, (_, n) => waitMin(done(at(`${day}T08:00:00`), { id: `c${n}` }), rates))
    const share = long.filter((min) => min > 5 * defaultPeopleRates.feedBackMin[4]).length / 400
    expect(share).toBeGreaterThan(0.15)
    expect(share).toBeLessThan(0.35)
  })
})

describe('the officer', () => {
  const rates = { ...defaultPeopleRates, helpShare: { 1: 1, 2: 1, 3: 1, 4: 1 } }
  const mind = (with_: PeopleRates) =>
    officerMind({ speed: 1, seed: 1, placeOfWords: () => null, city: cityOf(), office, rates: with_ })
  const on = (unitId: string, over: Partial<Assignment> = {}) =>
    ({ unitId, state: 'on-scene', dispatchedAt: midnight, arrivedAt: midnight, endedAt: null, ...over }) as Assignment

  it('sends one more crew after the first has asked, and not another while it is coming', () => {
    const row: Incident = { ...base, state: 'handling', assignments: [on('A-01')] }
    const asksMs = asksAfterMs(1, row, rates) ?? NaN
    expect(mind(rates).actOnCase(row, midnight + asksMs)).toBeNull()
    expect(mind(rates).actOnCase(row, midnight + asksMs + 10 * minMs)).toMatchObject({ kind: 'dispatch' })
    const coming: Incident = { ...row, assignments: [on('A-01'), on('A-02', { state: 'en-route', arrivedAt: null })] }
    expect(mind(rates).actOnCase(coming, midnight + asksMs + 10 * minMs)).toBeNull()
    const none_ = { ...rates, helpShare: { 1: 0, 2: 0, 3: 0, 4: 0 } }
    expect(mind(none_).actOnCase(row, midnight + 5 * hourMs)).toBeNull()
  })
  it('says until when a case is quiet, and is right', () => {
    const row: Incident = { ...base, state: 'pending-check' }
    const officer = mind(rates)
    expect(officer.quietUntil(row.id)).toBe(0)
    expect(officer.actOnCase(row, midnight)).toBeNull()
    const until = officer.quietUntil(row.id)
    expect(until).toBeGreaterThan(midnight)
    expect(officer.actOnCase(row, until - 1)).toBeNull()
    expect(officer.actOnCase(row, until)).not.toBeNull()
  })
  it('takes the best crew made for the work that has not just refused; another only when the case has waited', () => {
    const units = new Map([
      ['SANI-01', { capabilities: ['E0110'] }],
      ['SANI-02', { capabilities: ['E01'] }],
      ['MEDI-01', { capabilities: ['E0597'] }],
    ])
    const proposals = ['MEDI-01', 'SANI-01', 'SANI-02'].map((unitId) => ({ unitId }))
    const waiting: Incident = { ...base, state: 'pending-dispatch' }
    const best = (list: typeof proposals, row: Incident, now: number) => bestCrew(list, row, units, now, 1)?.unitId
    expect(best(proposals, waiting, midnight)).toBe('SANI-01')
    const refused = { ...waiting, assignments: [on('SANI-01', { state: 'declined' })] }
    expect(best(proposals, refused, midnight)).toBe('SANI-02')
    expect(best(proposals.slice(0, 2), refused, midnight)).toBe('SANI-01')
    const patienceMs = defaultPeopleRates.fitCrewMin[4] * minMs
    expect(best(proposals.slice(0, 1), waiting, midnight + patienceMs - 1)).toBeUndefined()
    expect(best(proposals.slice(0, 1), waiting, midnight + patienceMs)).toBe('MEDI-01')
  })
})
