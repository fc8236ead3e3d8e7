/** Two-layer status, its moves as data, telling for a crew, vehicles with one crew, loss and arrival (issue 4.13). */
import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import type { Actor } from '../../../shared/model/role.ts'
import type { Command } from '../../../shared/model/command.ts'
import type { SelfSetStatus, UnitFix, UnitStatus } from '../../../shared/model/unit.ts'
import {
  fixLinkAt,
  primaryStatusOf,
  primaryStatuses,
  selfSetStatuses,
  unitStatusInfo,
  unitStatuses,
} from '../../../shared/model/unit.ts'
import { isOnShift, shiftAt } from '../../../shared/model/shift.ts'
import { selfSetTransition, statusesBefore, unitTransitions } from '../../../shared/model/unit-transitions.ts'
import { arrivalSuggested } from '../../../server/src/domain/unit/arrival.ts'
import { holdsCrew } from '../../../server/src/domain/unit/cross-staffing.ts'
import { LinkWatch } from '../../../server/src/domain/unit/link-watch.ts'
import { sampleUnit } from '../../support/sample-rows.ts'
import { dayOf, Paper, refusalOf } from './support.ts'

const duty: Actor = { name: 'duty', role: 'duty' }
const crewOf = (unitId: string): Actor => ({ name: unitId, role: 'crew', unitId })
const crew = crewOf('PUMP-01')
const incidentId = '20260801-000001'
const minMs = 60_000
const set = (status: SelfSetStatus, more: { reason?: string; unitId?: string; occurredAt?: number } = {}) => {
  const { reason = null, unitId = 'PUMP-01', occurredAt } = more
  const at = occurredAt === undefined ? {} : { occurredAt }
  return { type: 'unit.set-status', unitId, status, reason, ...at } as const
}
const unitOf = (paper: Paper, id = 'PUMP-01') => paper.state.units.get(id)!
const assignmentOf = (paper: Paper) => paper.state.incidents.get(incidentId)?.assignments.at(-1)
type OwnVerb = 'acknowledge' | 'depart' | 'stage' | 'arrive' | 'transport' | 'reach'
const tell = (verb: OwnVerb, occurredAt?: number, unitId = 'PUMP-01'): Command => ({
  type: `incident.${verb}`,
  incidentId,
  unitId,
  ...(occurredAt === undefined ? {} : { occurredAt }),
})
const finish = (clearing?: boolean): Command => ({
  type: 'incident.finish',
  incidentId,
  unitId: 'PUMP-01',
  note: '',
  ...(clearing === undefined ? {} : { clearing }),
})
const send = (unitId = 'PUMP-01', id = incidentId): Command => ({
  type: 'incident.dispatch',
  incidentId: id,
  unitId,
  reason: '指定',
})
function report(paper: Paper, id: string): void {
  paper.ask(duty, {
    type: 'incident.report',
    classCode: 'E0506',
    title: '积水',
    description: '',
    source: 'hotline',
    sourceRef: null,
    position: [121.4, 31.2],
    address: null,
    reporter: null,
    mediaUrl: null,
    occurredAt: null,
    priority: null,
    drill: false,
  })
  paper.ask(duty, { type: 'incident.file', incidentId: id, classCode: null, departmentId: null, priority: null })
}
function sent(): Paper {
  const paper = new Paper()
  report(paper, incidentId)
  expect(refusalOf(paper.ask(duty, send()))).toBeNull()
  return paper
}

describe('the two layers of a crew’s status', () => {
  it('name exactly one primary status and one or more of the registry’s secondary ones each', () => {
    for (const status of unitStatuses) {
      const { primary, secondary, next } = unitStatusInfo[status]
      expect(primaryStatuses).toContain(primary)
      expect(secondary.length).toBeGreaterThan(0)
      if (next !== undefined)
        expect(unitTransitions.some((row) => row.from.includes(status) && row.to === next)).toBe(true)
    }
    expect(unitStatusInfo.available.next).toBeUndefined()
    expect(primaryStatusOf({ status: 'available', blockedBy: 'X' })).toBe('NotAvailable')
    expect(primaryStatusOf({ status: 'covering' })).toBe('ConditionallyAvailable')
  })

  it('are reached and left by the table: every status has a way in and a way out', () => {
    for (const status of unitStatuses) {
      expect(
        unitTransitions.some((row) => row.to === status),
        `into ${status}`,
      ).toBe(true)
      expect(
        unitTransitions.some((row) => row.from.includes(status)),
        `out of ${status}`,
      ).toBe(true)
    }
    expect(statusesBefore('comment')).toEqual([])
  })

  it.each(unitStatuses.flatMap((from) => selfSetStatuses.map((to) => [from, to] as const)))(
    'from %s to %s by the table alone',
    (from, to) => {
      const paper = new Paper()
      const held = { ...unitOf(paper), status: from, statusSince: paper.now }
      paper.state.units.set('PUMP-01', held)
      const row = selfSetTransition(from, to)
      const decision = paper.ask(crew, set(to, { reason: '加油' }))
      expect(decision.ok).toBe(row !== undefined || from === to)
      if (row?.needsReason) {
        paper.state.units.set('PUMP-01', held)
        expect(refusalOf(paper.ask(crew, set(to)))?.details?.fields?.[0]?.field).toBe('reason')
      }
    },
  )

  it('a crew may be sent from what is conditional, never from what is not', () => {
    for (const status of ['available', 'covering', 'busy-misc', 'off-duty', 'out-of-service'] as const) {
      const paper = new Paper()
      report(paper, incidentId)
      paper.ask(crew, set(status, { reason: '加油' }))
      expect(paper.ask(duty, send()).ok, status).toBe(unitStatusInfo[status].primary !== 'NotAvailable')
    }
  })
})

describe('a crew on its case', () => {
  it('goes the whole way, and each step stamps its time once', () => {
    const paper = sent()
    const steps: [Command, UnitStatus][] = [
      [tell('acknowledge'), 'acknowledged'],
      [tell('depart'), 'en-route'],
      [tell('stage'), 'staged'],
      [tell('arrive'), 'on-scene'],
      [tell('transport'), 'transporting'],
      [tell('reach'), 'at-destination'],
      [finish(true), 'clearing'],
    ]
    for (const [command, status] of steps) {
      paper.now += minMs
      expect(refusalOf(paper.ask(crew, command)), command.type).toBeNull()
      expect(unitOf(paper).status).toBe(status)
    }
    expect(unitOf(paper)).toMatchObject({ incidentId: null, clearingFrom: incidentId })
    expect(assignmentOf(paper)).toMatchObject({ state: 'done', clearing: true })
    paper.now += minMs
    paper.ask(crew, set('available'))
    expect(unitOf(paper)).not.toHaveProperty('clearingFrom')
    expect(assignmentOf(paper)).toMatchObject({ endedAt: paper.now - minMs, clearedAt: paper.now })
    expect(assignmentOf(paper)).not.toHaveProperty('clearing')
    expect(paper.state.incidents.get(incidentId)?.state).toBe('pending-feedback')
  })

  it('that packs up and is sent again leaves its old case clear', () => {
    const paper = sent()
    for (const command of [tell('acknowledge'), tell('arrive'), finish(true)]) paper.ask(crew, command)
    report(paper, '20260801-000002')
    paper.now += minMs
    expect(refusalOf(paper.ask(duty, send('PUMP-01', '20260801-000002')))).toBeNull()
    expect(assignmentOf(paper)).toMatchObject({ clearedAt: paper.now })
    expect(unitOf(paper)).toMatchObject({ status: 'dispatched', incidentId: '20260801-000002' })
  })

  it('a second word that it is under control changes nothing; a crew elsewhere says nothing', () => {
    const paper = sent()
    paper.ask(crew, tell('acknowledge'))
    expect(
      refusalOf(paper.ask(crewOf('PUMP-02'), { type: 'incident.control', incidentId, unitId: 'PUMP-02' }))?.code,
    ).toBe('NOT_ALLOWED')
    expect(refusalOf(paper.ask(duty, { type: 'incident.control', incidentId, occurredAt: paper.now + 1 }))?.code).toBe(
      'INVALID',
    )
    const at = paper.now
    paper.now += minMs
    expect(refusalOf(paper.ask(duty, { type: 'incident.control', incidentId, occurredAt: at }))).toBeNull()
    paper.now += minMs
    paper.ask(crew, { type: 'incident.control', incidentId, unitId: 'PUMP-01' })
    expect(paper.log.filter(({ event }) => event.type === 'incident.controlled')).toHaveLength(1)
    expect(paper.state.incidents.get(incidentId)?.times?.T10).toBe(at)
  })
})

describe('with its terminal off (代报)', () => {
  it('an officer tells for it, by the time it happened, and that stays marked', () => {
    const paper = sent()
    const at = paper.now + 30_000
    paper.now += 5 * minMs
    expect(refusalOf(paper.ask(duty, tell('acknowledge', at)))).toBeNull()
    expect(assignmentOf(paper)).toMatchObject({ acknowledgedAt: at, relayed: true })
    expect(unitOf(paper)).toMatchObject({ status: 'acknowledged', statusSince: at, statusRelayed: true })
    expect(paper.log.at(-2)).toMatchObject({ at: paper.now, actor: 'duty', event: { occurredAt: at, relayed: true } })
    paper.ask(crew, tell('depart'))
    expect(unitOf(paper)).not.toHaveProperty('statusRelayed')
    expect(assignmentOf(paper)?.relayed).toBe(true)
  })

  it('the crew itself tells later what happened, unmarked', () => {
    const paper = sent()
    paper.now += minMs
    const at = paper.now - 10_000
    paper.ask(crew, tell('acknowledge', at))
    expect(assignmentOf(paper)).toMatchObject({ acknowledgedAt: at })
    expect(assignmentOf(paper)).not.toHaveProperty('relayed')
  })

  const dayMs = 86_400_000
  it.each([
    ['now', 0, null],
    ['ahead', 1, 'lies in the future'],
    ['when it was sent', -2 * minMs, null],
    ['before it was sent', -2 * minMs - 1, 'lies before what the crew did last'],
  ])('told %s', (_words, offset, problem) => {
    const paper = sent()
    paper.now += 2 * minMs
    const refusal = refusalOf(paper.ask(crew, tell('acknowledge', paper.now + offset)))
    expect(refusal?.details?.fields?.[0]?.problem ?? null).toBe(problem)
  })

  it.each([
    [dayMs, null],
    [dayMs + 1, 'lies more than a day back'],
  ])('nothing is told from longer than a day ago (%i ms)', (ago, problem) => {
    const paper = new Paper()
    paper.now += 2 * dayMs
    const refusal = refusalOf(paper.ask(duty, set('off-duty', { occurredAt: paper.now - ago })))
    expect(refusal?.details?.fields?.[0]?.problem ?? null).toBe(problem)
  })

  it('an officer sets the status of a crew off a case, marked; the crew’s own is not', () => {
    const paper = new Paper()
    paper.ask(duty, set('out-of-service', { reason: '电台故障' }))
    expect(unitOf(paper).statusRelayed).toBe(true)
    paper.ask(crew, set('available'))
    expect(unitOf(paper)).not.toHaveProperty('statusRelayed')
  })
})

const enrol = (unitId: string, staffedBy?: string): Command => ({
  type: 'unit.enrol',
  unitId,
  name: unitId,
  kind: 'fire',
  capabilities: [],
  departmentId: null,
  station: [121.4, 31.2],
  shift: 'round-the-clock',
  ...(staffedBy === undefined ? {} : { staffedBy }),
})
const system: Actor = { name: 'system', role: 'system' }
function twoVehicles(): Paper {
  const paper = new Paper(false)
  for (const id of ['LADDER', 'TENDER']) paper.ask(system, enrol(id, 'CREW-7'))
  paper.ask(system, enrol('PUMP-01'))
  report(paper, incidentId)
  report(paper, '20260801-000002')
  return paper
}

describe('vehicles that share one crew', () => {
  it('sending one blocks the other, in the same act, until it is free', () => {
    const paper = twoVehicles()
    expect(refusalOf(paper.ask(duty, send('LADDER')))).toBeNull()
    expect(unitOf(paper, 'TENDER').blockedBy).toBe('LADDER')
    expect(refusalOf(paper.ask(duty, send('TENDER', '20260801-000002')))).toMatchObject({
      code: 'UNIT_TAKEN',
      details: { unitId: 'TENDER', withUnitId: 'LADDER', incidentId, by: 'duty', since: paper.now },
    })
    paper.ask(duty, { type: 'incident.recall', incidentId, unitId: 'LADDER', reason: '误派' })
    expect(unitOf(paper, 'TENDER')).not.toHaveProperty('blockedBy')
    expect(refusalOf(paper.ask(duty, send('TENDER', '20260801-000002')))).toBeNull()
    expect(unitOf(paper, 'LADDER').blockedBy).toBe('TENDER')
  })

  it('they pack up together, and the vehicle stays blocked meanwhile', () => {
    const paper = twoVehicles()
    paper.ask(duty, send('LADDER'))
    const ladder = crewOf('LADDER')
    for (const verb of ['acknowledge', 'arrive'] as const) paper.ask(ladder, tell(verb, undefined, 'LADDER'))
    paper.ask(ladder, { type: 'incident.finish', incidentId, unitId: 'LADDER', note: '', clearing: true })
    expect(refusalOf(paper.ask(duty, send('TENDER', '20260801-000002')))).toMatchObject({ code: 'NOT_ALLOWED' })
    paper.ask(ladder, set('available', { unitId: 'LADDER' }))
    expect(unitOf(paper, 'TENDER')).not.toHaveProperty('blockedBy')
  })

  it('a pack that gives each its own crew frees them', () => {
    const paper = twoVehicles()
    paper.ask(duty, send('LADDER'))
    paper.ask(system, enrol('LADDER'))
    expect(unitOf(paper, 'TENDER')).not.toHaveProperty('blockedBy')
    const { version } = unitOf(paper, 'LADDER')
    paper.ask(system, enrol('LADDER'))
    expect(unitOf(paper, 'LADDER').version).toBe(version)
    paper.ask(system, enrol('PUMP-01', 'ALONE'))
    paper.ask(system, enrol('PUMP-01'))
    expect(unitOf(paper, 'PUMP-01')).not.toHaveProperty('staffedBy')
  })

  it('is never out with two of them, whatever is asked in whatever order', () => {
    const unitId = fc.constantFrom('LADDER', 'TENDER', 'PUMP-01')
    const act = fc.oneof(
      fc.record({ kind: fc.constant('send' as const), unitId, second: fc.boolean() }),
      fc.record({ kind: fc.constant('recall' as const), unitId, second: fc.boolean() }),
      fc.record({ kind: fc.constant('forward' as const), unitId, second: fc.boolean() }),
      fc.record({ kind: fc.constant('set' as const), unitId, second: fc.boolean() }),
    )
    fc.assert(
      fc.property(fc.array(act, { minLength: 5, maxLength: 40 }), (acts) => {
        const paper = twoVehicles()
        for (const { kind, unitId: id, second } of acts) {
          const on = second ? '20260801-000002' : incidentId
          if (kind === 'send') paper.ask(duty, send(id, on))
          else if (kind === 'recall')
            paper.ask(duty, { type: 'incident.recall', incidentId: on, unitId: id, reason: 'x' })
          else if (kind === 'set') paper.ask(crewOf(id), set(second ? 'available' : 'off-duty', { unitId: id }))
          else {
            const { status, incidentId: caseId } = unitOf(paper, id)
            if (caseId === null) continue
            const to = { incidentId: caseId, unitId: id }
            if (status === 'dispatched') paper.ask(crewOf(id), { type: 'incident.acknowledge', ...to })
            else if (status === 'acknowledged') paper.ask(crewOf(id), { type: 'incident.arrive', ...to })
            else paper.ask(crewOf(id), { type: 'incident.finish', ...to, note: '', clearing: second })
          }
          const [a, b] = [unitOf(paper, 'LADDER'), unitOf(paper, 'TENDER')]
          expect(holdsCrew(a) && holdsCrew(b), 'one crew, one vehicle').toBe(false)
          expect(b.blockedBy).toBe(holdsCrew(a) ? 'LADDER' : undefined)
          expect(a.blockedBy).toBe(holdsCrew(b) ? 'TENDER' : undefined)
        }
      }),
      { numRuns: 100 },
    )
  })
})

describe('the age of a fix', () => {
  it.each([
    [0, 'live'],
    [59_999, 'live'],
    [60_000, 'live'],
    [60_001, 'stale'],
    [299_999, 'stale'],
    [300_000, 'stale'],
    [300_001, 'lost'],
  ])('%i ms is %s', (ageMs, link) => {
    expect(fixLinkAt(1_000_000, 1_000_000 + ageMs)).toBe(link)
    expect(fixLinkAt(null, 0)).toBe('none')
  })

  it('loss is said once by a timer at five minutes, and once that it is over', () => {
    const watch = new LinkWatch()
    const paper = new Paper()
    const say = (events: ReturnType<LinkWatch['tick']>) => {
      paper.fold(events.map((event) => ({ event })))
      return events.map(({ type }) => type)
    }
    const at = paper.now
    expect(say(watch.heard(unitOf(paper), at))).toEqual([])
    expect(say(watch.tick(paper.state.units, at + 300_000))).toEqual([])
    expect(say(watch.tick(paper.state.units, at + 300_001))).toEqual(['unit.lost'])
    expect(unitOf(paper).lostFixAt).toBe(at)
    expect(say(watch.tick(paper.state.units, at + 900_000))).toEqual([])
    expect(say(watch.heard(unitOf(paper), at - 1))).toEqual([])
    expect(say(watch.heard(unitOf(paper), at + 900_000))).toEqual(['unit.regained'])
    expect(unitOf(paper)).not.toHaveProperty('lostFixAt')
  })

  it('after a restart a loss the log has said is not said again; a crew that left the pack says nothing', () => {
    const watch = new LinkWatch()
    const paper = new Paper()
    const lost = { ...unitOf(paper), lostFixAt: paper.now }
    paper.state.units.set('PUMP-01', lost)
    expect(watch.heard(lost, paper.now)).toEqual([])
    watch.heard(sampleUnit({ id: 'GONE' }), paper.now)
    expect(watch.tick(paper.state.units, paper.now + 400_000)).toEqual([])
    paper.fold([{ event: { type: 'unit.lost', unitId: 'GONE', fixAt: 1 } }])
    expect(paper.state.units.has('GONE')).toBe(false)
  })
})

describe('arrival', () => {
  const metresNorth = (m: number): readonly [number, number] => [121.4, 31.2 + m / 111_195]
  const fixAt = (paper: Paper, over: Partial<UnitFix> = {}): UnitFix => ({
    unitId: 'PUMP-01',
    position: metresNorth(0),
    headingDeg: null,
    speedMps: 0,
    accuracyM: null,
    fixAt: paper.now,
    receivedAt: paper.now,
    ...over,
  })
  const onTheWay = () => {
    const paper = sent()
    paper.ask(crew, tell('acknowledge'))
    paper.ask(crew, tell('depart'))
    return paper
  }
  const isSuggested = (paper: Paper, over: Partial<UnitFix> = {}) =>
    arrivalSuggested(unitOf(paper), fixAt(paper, over), paper.state.incidents).length === 1

  it.each([
    [99, 0, true],
    [100, 0, true],
    [101, 0, false],
    [0, 4.99 / 3.6, true],
    [0, 5 / 3.6, false],
    [0, 5.01 / 3.6, false],
    [0, null, false],
  ])('%i m away at %s m/s is suggested: %s', (metres, speedMps, suggested) => {
    expect(isSuggested(onTheWay(), { position: metresNorth(metres - 0.01), speedMps })).toBe(suggested)
  })

  it('is suggested once, changes no status, and ends with the next status', () => {
    const paper = onTheWay()
    const events = arrivalSuggested(unitOf(paper), fixAt(paper), paper.state.incidents)
    paper.fold(events.map((event) => ({ event })))
    expect(unitOf(paper)).toMatchObject({ status: 'en-route', arrivalSuggestedAt: paper.now })
    expect(isSuggested(paper)).toBe(false)
    paper.ask(crew, tell('arrive'))
    expect(unitOf(paper)).not.toHaveProperty('arrivalSuggestedAt')
    expect(isSuggested(paper)).toBe(false)
  })

  it('is not for a crew without a case, one that has not answered, a case without a place, or an old fix', () => {
    expect(isSuggested(new Paper())).toBe(false)
    expect(isSuggested(sent())).toBe(false)
    const paper = onTheWay()
    expect(isSuggested(paper, { fixAt: paper.now - 1 })).toBe(false)
    const incident = paper.state.incidents.get(incidentId)!
    paper.state.incidents.set(incidentId, { ...incident, position: null })
    expect(isSuggested(paper)).toBe(false)
  })
})

describe('shifts', () => {
  const day = dayOf(Date.parse('2026-08-05T12:00:00+08:00'))
  const at = (clock: string) => Date.parse(`2026-08-05T${clock}+08:00`)
  it.each([
    ['00:00:00.000', 'night', '2026-08-04T20:00:00+08:00'],
    ['07:59:59.999', 'night', '2026-08-04T20:00:00+08:00'],
    ['08:00:00.000', 'day', '2026-08-05T08:00:00+08:00'],
    ['19:59:59.999', 'day', '2026-08-05T08:00:00+08:00'],
    ['20:00:00.000', 'night', '2026-08-05T20:00:00+08:00'],
  ] as const)('at %s it is %s', (clock, shift, startAt) => {
    expect(shiftAt(day.startAt, at(clock))).toEqual({ shift, startAt: Date.parse(startAt) })
    expect(isOnShift(shift, day.startAt, at(clock))).toBe(true)
    expect(isOnShift(shift === 'day' ? 'night' : 'day', day.startAt, at(clock))).toBe(false)
    expect(isOnShift('round-the-clock', day.startAt, at(clock))).toBe(true)
  })

  it('count what a crew was sent to, and begin again with the next', () => {
    const paper = sent()
    expect(unitOf(paper).work?.assignments).toBe(1)
    paper.ask(duty, { type: 'incident.recall', incidentId, unitId: 'PUMP-01', reason: 'x' })
    paper.ask(duty, send())
    expect(unitOf(paper).work).toEqual({ shiftStartAt: Date.parse('2026-08-01T08:00:00+08:00'), assignments: 2 })
    paper.ask(duty, { type: 'incident.recall', incidentId, unitId: 'PUMP-01', reason: 'x' })
    paper.now = Date.parse('2026-08-01T20:00:00+08:00')
    paper.ask(duty, send())
    expect(unitOf(paper).work).toEqual({ shiftStartAt: paper.now, assignments: 1 })
  })
})
