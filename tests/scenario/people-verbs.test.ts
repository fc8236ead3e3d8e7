/**
 * What the city's people do beside the plain way of a case, through the whole engine: with rates raised so that a day and a half sees each
 * of them, nothing is refused but what two people wanted at once; with the rates at zero none of them happens.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import { defaultPeopleRates, type PeopleRates } from '../../mock-data/life/people-rates.ts'
import type { Incident } from '../../shared/model/incident.ts'
import { liveHours, type LivedHours } from '../support/lived-day.ts'
import { city } from '../support/program.ts'

/** A Wednesday. */
const from = Date.parse('2026-03-11T00:00:00+08:00')
const hourMs = 3_600_000
const live = async (hours: number, people: PeopleRates) =>
  liveHours({ cityDir: await city(), from, until: from + hours * hourMs, seed: 1, mostDevices: 60, people })

const often: PeopleRates = {
  ...defaultPeopleRates,
  returnShare: 0.3,
  onwardFilingShare: 0.3,
  extensionFrom: 0.5,
  extensionShare: 0.9,
  suspendShare: 0.3,
  suspendDays: [0.05, 0.3],
  sendBackShare: 0.08,
  unableCheckShare: 0.08,
  verifyShare: 0.15,
  assistShare: 0.3,
  urgeShare: 1,
  superviseShare: 1,
  superviseMin: 5,
  leaderShare: 0.4,
  forgottenShare: 0.15,
  appealShare: 0.9,
  appealMin: 20,
  unsaidArrivalShare: 0.3,
  stageShare: { E0502: 1, E0587: 1, E0110: 0.3 },
  transportShare: { medical: 1 },
}
const none = { 1: 0, 2: 0, 3: 0, 4: 0 }
const never: PeopleRates = {
  ...defaultPeopleRates,
  departmentShare: none,
  mergeShare: 0,
  failCheckShare: 0,
  unableCheckShare: 0,
  verifyShare: 0,
  assistShare: 0,
  sendBackShare: 0,
  extensionShare: 0,
  urgeShare: 0,
  superviseShare: 0,
  appealShare: 0,
  replyShare: 0,
  callBackShare: 0,
  unsaidArrivalShare: 0,
  stageShare: {},
  transportShare: {},
  clearShare: {},
  welfareShare: 0,
}

/** Between looking and asking somebody else moved the case, took the crew, or ended what it was to be merged into. */
const races = [
  /^[a-z.-]+: CONFLICT version \d+ is stale/,
  /^incident\.(acknowledge|decline|depart|stage|arrive|finish|transport|reach): NOT_ALLOWED (a case that is|[A-Z]+-\d+ is)/,
  /^plan\.answer: NOT_ALLOWED [A-Z]+-\d+ is not at the scene/,
  /^incident\.(dispatch|send-back): (UNIT_TAKEN|NOT_ALLOWED [A-Z]+-\d+ is)/,
  /^unit\.set-status: NOT_ALLOWED [A-Z]+-\d+ is on case/,
  /^incident\.merge: NOT_ALLOWED \S+ is (itself merged into|closed|evaluated|void)/,
]
const typesOf = ({ log }: LivedHours) => {
  const counts = new Map<string, number>()
  for (const { event } of log) counts.set(event.type, (counts.get(event.type) ?? 0) + 1)
  return counts
}
const everyVerb = [
  ...['assigned', 'received', 'returned', 'reassigned', 'sent-back', 'fed-back', 'check-failed', 'check-unable'],
  ...['requested', 'request-approved', 'request-refused', 'extended', 'suspended', 'resumed', 'exempted'],
  ...[
    'assist-added',
    'assist-received',
    'assist-answered',
    'assist-waived',
    'verify-asked',
    'verified',
    'urged',
    'supervised',
    'replied',
    'called-back',
    'merged',
    'settled',
  ],
  ...['staged', 'transporting', 'reached', 'cleared', 'recalled', 'declined'],
].map((name) => `incident.${name}`)

describe('a day and a half on which much goes otherwise', () => {
  let lived: LivedHours
  let cases: readonly Incident[]
  beforeAll(async () => {
    lived = await live(36, often)
    cases = lived.cases
  })

  it('sees every verb the people have', () => {
    expect(lived.errors).toEqual([])
    const types = typesOf(lived)
    expect([...everyVerb, 'plan.answered'].filter((type) => !types.has(type))).toEqual([])
  })
  it('refuses nothing but races, and few of them', () => {
    const named = [...lived.refusals.keys()]
    expect(named.filter((what) => !races.some((race) => race.test(what)))).toEqual([])
    const refused = [...lived.refusals.values()].reduce((sum, n) => sum + n, 0)
    expect(refused / lived.counts.events).toBeLessThan(0.01)
  })
  it('passes on what a department returned: to another, to a crew, or back to filing', () => {
    const returns = cases.flatMap(({ returns = [] }) => returns)
    expect(new Set(returns.map(({ kind }) => kind))).toEqual(new Set(['department', 'dispatcher', 'work']))
    const onwards = new Set<string>()
    const returnedFrom = new Map<string, string | null>()
    const departments = new Map<string, string | null>()
    for (const { event } of lived.log) {
      if (!('incidentId' in event) || typeof event.incidentId !== 'string') continue
      const { incidentId } = event
      if (event.type === 'incident.filed' || event.type === 'incident.assigned' || event.type === 'incident.reassigned')
        departments.set(incidentId, event.departmentId)
      if (event.type === 'incident.returned' && event.kind === 'department') {
        expect(event.reason).not.toBe('')
        returnedFrom.set(incidentId, departments.get(incidentId) ?? null)
        continue
      }
      const was = returnedFrom.get(incidentId)
      if (was === undefined || !/reassigned|dispatched|returned$/.test(event.type)) continue
      returnedFrom.delete(incidentId)
      onwards.add(event.type)
      if (event.type === 'incident.reassigned') expect(event.departmentId).not.toBe(was)
    }
    expect([...onwards].sort()).toEqual(['incident.dispatched', 'incident.reassigned', 'incident.returned'])
  })
  it('extends by two people’s yes, at most twice and never after the limit; suspends once, with a date', () => {
    const extended = cases.filter(({ clock }) => (clock?.extensions ?? 0) > 0)
    expect(extended.length).toBeGreaterThan(2)
    for (const { clock, requests = [] } of extended) {
      expect(clock?.extensions).toBeLessThanOrEqual(2)
      const granted = requests.filter(({ kind, outcome }) => kind === 'extension' && outcome === 'granted')
      for (const { approvals, by } of granted) {
        expect(approvals.map(({ role }) => role)).toEqual(['duty', 'chief'])
        expect(by).toBe('dept')
      }
    }
    const suspended = cases.flatMap(({ suspension }) => suspension ?? [])
    expect(suspended.length).toBeGreaterThan(2)
    for (const { beganAt, untilAt, askedBy, approvedBy } of suspended) {
      expect(untilAt).toBeGreaterThan(beganAt)
      expect([askedBy, approvedBy]).toEqual(['dept', 'duty'])
    }
  })
  it('hears both reviewers of an appeal, and a leader as well as the chief', () => {
    const appeals = cases.flatMap(({ requests = [] }) => requests.filter(({ kind }) => kind === 'appeal'))
    expect(appeals.some(({ outcome }) => outcome === 'refused')).toBe(true)
    const upheld = appeals.filter(({ outcome }) => outcome === 'granted')
    expect(upheld.length).toBeGreaterThan(0)
    for (const { approvals } of upheld) expect(approvals.map(({ by }) => by)).toEqual(['chief', 'manager'])
    const kinds = new Set(cases.flatMap(({ supervisions = [] }) => supervisions.map(({ kind }) => kind)))
    expect([...kinds].sort()).toEqual(['important', 'leader', 'timeout'])
  })
  it('asks every caller until somebody answers, in the four grades', () => {
    const calls = cases.flatMap(({ callBacks = [] }) => callBacks)
    expect(calls.length).toBeGreaterThan(100)
    expect(new Set(calls.flatMap(({ satisfaction }) => satisfaction ?? []))).toEqual(
      new Set(['satisfied', 'mostly', 'so-so', 'dissatisfied']),
    )
    expect(calls.some(({ misses, endedAt }) => misses > 0 && endedAt !== null)).toBe(true)
    // An answer counts for the case it was about, also where that was merged.
    expect(cases.some(({ state, satisfaction }) => state === 'merged' && satisfaction !== null)).toBe(true)
  })
  it('tells arrivals nobody thought of by the time they were', () => {
    const late = lived.log.flatMap(({ at, event }) =>
      event.type === 'incident.arrived' && event.occurredAt !== undefined ? [at - event.occurredAt] : [],
    )
    expect(late.length).toBeGreaterThan(5)
    for (const lateMs of late) expect(lateMs).toBeGreaterThan(60_000)
  })
})

describe('a day on which all of it is switched off', () => {
  it('sees none of it: what is left is the plain way', async () => {
    const lived = await live(24, never)
    expect(lived.errors).toEqual([])
    const types = typesOf(lived)
    // The clock's own supervision is the server's.
    const plain = ['incident.fed-back', 'incident.supervised', 'incident.recalled', 'incident.declined']
    const off = [...everyVerb, 'plan.answered'].filter((type) => !plain.includes(type))
    expect(off.filter((type) => types.has(type))).toEqual([])
    expect(types.get('incident.closed')).toBeGreaterThan(100)
    const byPeople = lived.log.filter(
      ({ event, cause }) => event.type === 'incident.supervised' && /command/.test(cause),
    )
    expect(byPeople).toEqual([])
  })
})
