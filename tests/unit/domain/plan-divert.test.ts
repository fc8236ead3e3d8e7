/** Crews diverted from a less urgent case. */
import { describe, expect, it } from 'vitest'
import type { Command } from '../../../shared/model/command.ts'
import { divertOptions } from '../../../shared/model/divert-option.ts'
import { refusalOf } from './support.ts'
import { PlannedPaper, dispatch, acts, duty } from './planned-paper.ts'

describe('a crew diverted', () => {
  it('leaves a less urgent case for a more urgent one, in one act told on both', () => {
    const paper = new PlannedPaper()
    const low = paper.open(4)
    paper.ask(duty, dispatch(low))
    acts(paper, low, 'acknowledge', 'depart')
    const dueAt = paper.state.incidents.get(low)?.dueAt
    const high = paper.open(1)
    expect(refusalOf(paper.ask(duty, dispatch(high)))?.code).toBe('UNIT_TAKEN')
    const divert = (unitId = 'PUMP-01', incidentId = high, reason = '人命关天'): Command => ({
      type: 'plan.divert',
      incidentId,
      unitId,
      reason,
    })
    const target = paper.state.incidents.get(high) as never
    expect(divertOptions(target, paper.state.units.values(), paper.state.incidents, () => true)).toEqual([
      { unitId: 'PUMP-01', fromIncidentId: low, fromPriority: 4, unitStatus: 'en-route', left: 0 },
    ])
    expect(divertOptions(target, paper.state.units.values(), paper.state.incidents, () => false)).toEqual([])
    expect(refusalOf(paper.ask(duty, divert('PUMP-01', high, ' ')))?.message).toContain('reason')
    expect(refusalOf(paper.ask(duty, divert('NOBODY')))?.code).toBe('NOT_FOUND')
    expect(refusalOf(paper.ask(duty, divert('FIRE-01')))?.code).toBe('NOT_ALLOWED')
    expect(refusalOf(paper.ask(duty, divert(), 99))?.code).toBe('CONFLICT')
    const before = paper.log.length
    expect(paper.ask(duty, divert())).toMatchObject({ ok: true, data: { fromIncidentId: low, left: 0 } })
    const told = paper.log.slice(before).flatMap(({ event }) => (event.type === 'plan.diverted' ? [event] : []))
    expect(told).toMatchObject([
      { incidentId: low, otherId: high, way: 'away', reason: '人命关天', left: 0 },
      { incidentId: high, otherId: low, way: 'here' },
    ])
    expect(paper.state.incidents.get(low)).toMatchObject({ state: 'pending-dispatch', dueAt })
    expect(paper.state.incidents.get(high)).toMatchObject({ state: 'pending-receipt' })
    expect(paper.state.units.get('PUMP-01')).toMatchObject({ status: 'dispatched', incidentId: high })
    // It cannot go back the same way.
    expect(refusalOf(paper.ask(duty, divert('PUMP-01', low)))?.code).toBe('NOT_ALLOWED')
  })

  it('is offered from the least urgent first, and before one that is at its scene already', () => {
    const paper = new PlannedPaper()
    const at = (priority: 2 | 3 | 4, unitId: string) => {
      const id = paper.open(priority)
      paper.ask(duty, dispatch(id, unitId))
      return id
    }
    const scene = at(4, 'PUMP-01')
    acts(paper, scene, 'acknowledge', 'arrive')
    at(4, 'PUMP-02')
    at(3, 'FIRE-01')
    const high = paper.state.incidents.get(paper.open(1)) as never
    expect(
      divertOptions(high, paper.state.units.values(), paper.state.incidents, () => true).map(({ unitId }) => unitId),
    ).toEqual(['PUMP-02', 'PUMP-01', 'FIRE-01'])
  })
})
