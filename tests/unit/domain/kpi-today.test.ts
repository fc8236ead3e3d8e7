import { describe, expect, it } from 'vitest'
import type { DomainEvent } from '../../../shared/model/event.ts'
import type { Incident } from '../../../shared/model/incident.ts'
import { countEvent, kpiToday, newKpi } from '../../../server/src/domain/kpi/today.ts'
import { sampleIncident } from '../../support/sample-rows.ts'
import { dayOf } from './support.ts'

const midnight = Date.parse('2026-08-01T00:00:00+08:00')
const min = 60_000
const move = { incidentId: 'x', state: 'closed', stageDueAt: null } as const
const fresh = (over: Partial<Incident> = {}) => sampleIncident({ dispatchedAt: null, arrivedAt: null, ...over })
const reported = (over: Partial<Incident> = {}): DomainEvent => ({ type: 'incident.reported', incident: fresh(over) })
const closed = (onTime: boolean): DomainEvent => ({ type: 'incident.closed', ...move, note: '', onTime })
const arrived: DomainEvent = { type: 'incident.arrived', ...move, unitId: 'U' }
const dispatched: DomainEvent = { type: 'incident.dispatched', ...move, unitId: 'U', by: 'd', etaS: null }

function today(
  acts: readonly (readonly [at: number, event: DomainEvent, before?: Incident])[],
  now: number,
  open: Incident[] = [],
) {
  const kpi = newKpi()
  for (const [at, event, before] of acts) countEvent(kpi, dayOf, event, at, before)
  return kpiToday(kpi, dayOf, open, now)
}

describe('today', () => {
  it('begins empty at the city’s own midnight', () => {
    expect(today([], midnight)).toMatchObject({
      dayStartAt: midnight,
      reported: 0,
      onTimeRate: null,
      responseP50Ms: null,
    })
    const late = today([[midnight - 1, reported()]], midnight - 1)
    expect(late).toMatchObject({ dayStartAt: midnight - 86_400_000, reported: 1 })
    expect(today([[midnight - 1, reported()]], midnight)).toMatchObject({ dayStartAt: midnight, reported: 0 })
    expect(
      today(
        [
          [midnight - 1, reported()],
          [midnight, reported()],
        ],
        midnight,
      ),
    ).toMatchObject({ reported: 1 })
  })

  it('counts each act by its own instant, first dispatch and first arrival only', () => {
    const at = midnight + 60 * min
    const kpi = today(
      [
        [at, reported()],
        [at, dispatched, fresh()],
        [at, dispatched, fresh({ dispatchedAt: at })],
        [at, arrived, fresh({ reportedAt: at - 600_000 })],
        [at, arrived, fresh({ arrivedAt: at })],
        [at, arrived, fresh({ reportedAt: at - 200_000 })],
        [at, closed(true), fresh()],
        [at, closed(false), fresh()],
        [at, { type: 'incident.voided', ...move, reason: '' }, fresh()],
        [at, { type: 'incident.rejected', ...move, reason: '' }, fresh()],
      ],
      at,
    )
    expect(kpi).toMatchObject({ reported: 1, dispatched: 1, closed: 2, refused: 2, onTimeRate: 0.5 })
    expect(kpi).toMatchObject({ responseP50Ms: 400_000, responseP90Ms: 560_000 })
  })

  it('leaves drills out', () => {
    const drill = fresh({ drill: true, reportedAt: midnight })
    const kpi = today(
      [
        [midnight, reported({ drill: true })],
        [midnight, closed(true), drill],
        [midnight, arrived, drill],
      ],
      midnight,
      [drill],
    )
    expect(kpi).toMatchObject({ reported: 0, closed: 0, responseP50Ms: null, openNow: 0 })
  })

  it('counts what is open, and of that what is over its limit', () => {
    const rows = [
      fresh({ stageDueAt: midnight }),
      fresh({ stageDueAt: midnight + 1 }),
      fresh({ state: 'closed', stageDueAt: 0 }),
    ]
    expect(today([], midnight, rows)).toMatchObject({ openNow: 2, overdueNow: 0 })
    expect(today([], midnight + 1, rows)).toMatchObject({ openNow: 2, overdueNow: 1 })
  })

  it('keeps the last hour by the minute, across midnight', () => {
    const acts = [
      [midnight - 30 * min, reported()],
      [midnight - 30 * min + 1, reported()],
      [midnight + 5 * min, closed(true), fresh()],
    ] as const
    const now = midnight + 10 * min
    const kpi = today(acts, now)
    expect(kpi.reportedByMinute).toHaveLength(60)
    expect(kpi.reportedByMinute.indexOf(2)).toBe(59 - 40)
    expect(kpi.closedByMinute.indexOf(1)).toBe(59 - 5)
    expect(today(acts, midnight + 29 * min).reportedByMinute[0]).toBe(2)
    expect(today(acts, midnight + 30 * min).reportedByMinute.every((n) => n === 0)).toBe(true)
    expect(today(acts, midnight + 10_000 * min).closedByMinute.every((n) => n === 0)).toBe(true)
  })
})
