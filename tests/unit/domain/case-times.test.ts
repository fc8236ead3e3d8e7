/** T0 … T14: stamped once, never edited (issue 4.16). */
import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import type { IncidentEvent } from '../../../shared/model/event.ts'
import { caseIntervals, caseTimeCodes, intervalMs, stamped } from '../../../shared/model/case-times.ts'
import {
  defaultDispatchSettings,
  roadBandAt,
  targetFor,
  type TimeTarget,
} from '../../../shared/model/dispatch-settings.ts'
import { intervalKpis } from '../../../shared/model/time-kpi.ts'
import { timesOf } from '../../../shared/model/times-of-case.ts'
import { withTimes } from '../../../server/src/domain/incident/times.ts'
import { sampleAssignment, sampleIncident } from '../../support/sample-rows.ts'
import { Paper, refusalOf } from './support.ts'

const t0 = Date.parse('2026-08-01T12:00:00+08:00')
const move = { incidentId: 'x', state: 'handling', stageDueAt: null } as const
const report = {
  type: 'incident.report',
  classCode: 'E0506',
  title: '积水',
  description: '',
  source: 'hotline',
  sourceRef: null,
  position: null,
  address: null,
  reporter: null,
  mediaUrl: null,
  occurredAt: null,
  priority: null,
  drill: false,
} as const
const duty = { name: 'duty', role: 'duty' } as const

describe('the times of a case', () => {
  it('once stamped stay, whatever comes later and in whatever order', () => {
    const types = [
      'incident.located',
      'incident.filed',
      'incident.dispatched',
      'incident.acknowledged',
      'incident.departed',
      'incident.staged',
      'incident.arrived',
      'incident.controlled',
      'incident.transporting',
      'incident.reached',
      'incident.closed',
      'incident.commented',
    ] as const
    const event = fc.record({ type: fc.constantFrom(...types), at: fc.integer({ min: 0, max: 1e6 }) })
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        let incident = withTimes(sampleIncident(), { type: 'incident.reported', incident: sampleIncident() }, t0)
        const first = new Map<string, number>(Object.entries(incident.times ?? {}))
        for (const { type, at } of events) {
          const before = incident.times ?? {}
          incident = withTimes(incident, { ...move, type } as unknown as IncidentEvent, t0 + at)
          for (const code of caseTimeCodes)
            if (before[code] !== undefined) expect(incident.times?.[code]).toBe(before[code])
          for (const code of caseTimeCodes)
            if (incident.times?.[code] !== undefined && !first.has(code)) first.set(code, incident.times[code])
        }
        expect(new Map(Object.entries(incident.times ?? {}))).toEqual(first)
      }),
    )
    expect(stamped({ T1: 5 }, 'T1', 9)).toEqual({ T1: 5 })
  })

  it('begin with the call where a telephone says so', () => {
    const paper = new Paper()
    const [calledAt, answeredAt] = [paper.now - 20_000, paper.now - 12_000]
    expect(refusalOf(paper.ask(duty, { ...report, calledAt, answeredAt }))).toBeNull()
    paper.ask(duty, { ...report, calledAt })
    paper.ask(duty, { ...report, position: [121.4, 31.2] })
    const times = [...paper.state.incidents.values()].map((one) => one.times)
    expect(times).toEqual([
      { T0: calledAt, T1: answeredAt, T3: paper.now },
      { T0: calledAt, T3: paper.now },
      { T0: paper.now, T2: paper.now, T3: paper.now },
    ])
  })

  it.each([
    [{ calledAt: 1 }, 'calledAt'],
    [{ calledAt: -86_400_001 }, 'calledAt'],
    [{ answeredAt: 0 }, 'answeredAt'],
    [{ calledAt: -5, answeredAt: -6 }, 'answeredAt'],
    [{ calledAt: -5, answeredAt: 1 }, 'answeredAt'],
    [{ calledAt: -86_400_000, answeredAt: -86_400_000 }, null],
    [{ calledAt: 0, answeredAt: 0 }, null],
  ])('refuses a call that cannot be: %j', (offsets, field) => {
    const paper = new Paper()
    const at = Object.fromEntries(Object.entries(offsets).map(([name, ms]) => [name, paper.now + ms]))
    expect(refusalOf(paper.ask(duty, { ...report, ...at }))?.details?.fields?.[0]?.field ?? null).toBe(field)
  })

  it('is all clear when the last crew that worked is free, and not while one is on it or packs up', () => {
    const done = { ...sampleAssignment('A'), state: 'done' as const }
    const clear = (assignments: ReturnType<typeof sampleIncident>['assignments'], type = 'incident.finished') =>
      withTimes(
        sampleIncident({ assignments, times: {} }),
        { ...move, type, unitId: 'A', note: '' } as IncidentEvent,
        t0,
      ).times?.T13
    expect(clear([done])).toBe(t0)
    expect(clear([done], 'incident.cleared')).toBe(t0)
    expect(clear([done, { ...done, clearing: true }])).toBeUndefined()
    expect(clear([done, { ...done, state: 'en-route' }])).toBeUndefined()
    expect(clear([{ ...done, state: 'recalled' }], 'incident.recalled')).toBeUndefined()
    expect(clear([done], 'incident.commented')).toBeUndefined()
  })

  it('of rows from before they were kept are read from their other fields', () => {
    const one = { ...sampleAssignment('A'), acknowledgedAt: t0 + 9, departedAt: t0 + 30 }
    const other = { ...sampleAssignment('B'), acknowledgedAt: t0 + 5, departedAt: t0 + 40 }
    const old = sampleIncident({ assignments: [one, other], dispatchedAt: t0 + 1, arrivedAt: t0 + 90, filedAt: null })
    expect(timesOf(old)).toEqual({ T0: t0, T3: t0, T5: t0 + 1, T6: t0 + 5, T7: t0 + 30, T9: t0 + 90 })
    expect(timesOf({ ...old, times: { T0: 1 } })).toEqual({ T0: 1 })
  })
})

describe('intervals', () => {
  it('lie between their two times, and are none where one is missing or they stand the wrong way round', () => {
    const times = { T0: 0, T1: 8_000, T5: 50_000, T7: 110_000, T9: 400_000, T13: 1_000_000 }
    expect(caseIntervals.map((interval) => intervalMs(times, interval))).toEqual([
      8_000, 42_000, 60_000, 290_000, 600_000, 400_000,
    ])
    expect(intervalMs({ T0: 5, T5: 9 }, 'processing')).toBe(4)
    expect(intervalMs({ T0: 5 }, 'answer')).toBeNull()
    expect(intervalMs({ T7: 9, T9: 5 }, 'travel')).toBeNull()
    expect(intervalMs({ T7: 9, T9: 9 }, 'travel')).toBe(0)
  })

  it('come as percentiles and as the share that kept its target, whose last second is kept', () => {
    const of = (seconds: number, priority: 1 | 2) => sampleIncident({ priority, times: { T0: 0, T1: seconds * 1000 } })
    const targets: TimeTarget[] = [{ interval: 'answer', priority: 1, departmentId: null, seconds: 15, share: 0.9 }]
    const { answer, travel } = intervalKpis([of(14, 1), of(15, 1), of(16, 1), of(99, 2)], targets)
    expect(answer).toMatchObject({ count: 4, p50Ms: 15_500, withTarget: 3, kept: 2, compliance: 2 / 3 })
    expect(answer.p90Ms).toBeCloseTo(74_100)
    expect(answer.p95Ms).toBeCloseTo(86_550)
    expect(travel).toEqual({
      count: 0,
      p50Ms: null,
      p90Ms: null,
      p95Ms: null,
      withTarget: 0,
      kept: 0,
      compliance: null,
    })
  })

  it('are held to the most closely fitting target: priority before department before all', () => {
    const target = (seconds: number, priority: 1 | null, departmentId: string | null): TimeTarget => ({
      interval: 'turnout',
      priority,
      departmentId,
      seconds,
      share: 0.9,
    })
    const targets = [target(80, null, null), target(60, null, 'health'), target(50, 1, null), target(40, 1, 'health')]
    const seconds = (priority: 1 | 2, department: string | null) =>
      targetFor(targets, 'turnout', priority, department)?.seconds
    expect([seconds(2, null), seconds(2, 'health'), seconds(1, 'fire'), seconds(1, 'health')]).toEqual([80, 60, 50, 40])
    expect(targetFor(targets, 'travel', 1, null)).toBeUndefined()
  })
})

describe('road hours', () => {
  const bands = defaultDispatchSettings.roadBands
  const nameAt = (weekday: number, clock: string) =>
    bands[roadBandAt(bands, weekday, Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3)))]?.name.zh ?? null
  it.each([
    [1, '06:59', '日间'],
    [1, '07:00', '早高峰'],
    [1, '09:29', '早高峰'],
    [1, '09:30', '日间'],
    [6, '08:00', '日间'],
    [5, '19:29', '晚高峰'],
    [5, '22:00', null],
    [5, '05:59', null],
    [5, '06:00', '日间'],
  ])('weekday %i at %s: %s', (weekday, clock, name) => {
    expect(nameAt(weekday, clock)).toBe(name)
  })
  it('may run past midnight, and belong to weekends alone', () => {
    const night = [{ name: { zh: '夜', en: 'n' }, days: 'weekend', from: '22:00', to: '06:00', speed: {} }] as const
    expect([21, 22, 23, 0, 5, 6].map((hour) => roadBandAt(night, 6, hour * 60))).toEqual([-1, 0, 0, 0, 0, -1])
    expect(roadBandAt(night, 5, 0)).toBe(-1)
  })
})
