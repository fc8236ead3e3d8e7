/** More that is due than one tick takes: the rest comes with the next, in the order in which it would have come one by one. */
import { describe, expect, it } from 'vitest'
import type { Command } from '../../../shared/model/command.ts'
import { AlarmWatch } from '../../../server/src/domain/alarm/watch.ts'
import { decideTick } from '../../../server/src/domain/tick.ts'
import { newKpi, countEvent, kpiToday } from '../../../server/src/domain/kpi/today.ts'
import { sampleIncident } from '../../support/sample-rows.ts'
import { dayOf, Paper } from './support.ts'

const most = 1_000
const report = (n: number): Command =>
  ({
    ...{ type: 'incident.report', classCode: 'E0506', title: `t${n}`, description: '', source: 'hotline' },
    ...{ sourceRef: null, position: null, address: null, reporter: null, mediaUrl: null, occurredAt: null },
    ...{ priority: null, drill: false },
  }) as Command

function lateCases(count: number): Paper {
  const paper = new Paper(false)
  for (let n = 0; n < count; n++) {
    // Several in one instant, so that their order is by name.
    if (n % 3 === 0) paper.now += 1000
    paper.ask({ name: 'duty', role: 'duty' }, report(n))
  }
  return paper
}
function tick(paper: Paper): string[] {
  const from = paper.log.length
  paper.fold(decideTick(paper.state, new AlarmWatch([]), paper.context))
  return paper.log.slice(from).flatMap(({ event }) => (event.type === 'incident.overdue' ? [event.incidentId] : []))
}

describe('cases that run late together', () => {
  it.each([most - 1, most, most + 1, most + 500])('%i of them', (count) => {
    const paper = lateCases(count)
    const ids = [...paper.state.incidents.keys()]
    paper.now += 30 * 86_400_000
    const told: string[][] = []
    for (let n = 0; n < 4; n++) told.push(tick(paper))
    expect(told.flat()).toEqual(ids)
    expect(told[0]?.length).toBeLessThanOrEqual(most)
    expect(told.filter((one) => one.length > 0)).toHaveLength(count > most ? 2 : 1)
  })
  it('a timer whose case is gone is passed over', () => {
    const paper = lateCases(2)
    const [first] = [...paper.state.incidents.keys()]
    paper.state.incidents.delete(first as string)
    paper.now += 30 * 86_400_000
    expect(tick(paper)).toHaveLength(1)
  })
})

describe('today’s numbers', () => {
  const noonAt = Date.parse('2026-08-01T12:00:00+08:00')
  const reported = { type: 'incident.reported', incident: sampleIncident() } as const
  it('by the minute: an hour back and no further', () => {
    const kpi = newKpi()
    const minute = 60_000
    for (const backMin of [0, 59, 60]) countEvent(kpi, dayOf, reported, noonAt - backMin * minute, undefined)
    const { reported: all, reportedByMinute } = kpiToday(kpi, dayOf, [], noonAt)
    expect([all, reportedByMinute[59], reportedByMinute[0]]).toEqual([3, 1, 1])
    expect(reportedByMinute.reduce((sum, n) => sum + n, 0)).toBe(2)
  })
  it('know nothing of a case that is not in memory', () => {
    const kpi = newKpi()
    const closed = {
      type: 'incident.closed',
      incidentId: 'x',
      state: 'closed',
      stageDueAt: null,
      note: '',
      onTime: true,
    }
    expect(countEvent(kpi, dayOf, closed as never, noonAt, undefined)).toBe(false)
    expect(kpiToday(kpi, dayOf, [], noonAt).closed).toBe(0)
  })
})
