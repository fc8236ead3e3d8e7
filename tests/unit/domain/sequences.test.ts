/** The same sequences each time: they reach every state of a case, and what checks them finds what is wrong. */
import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { incidentStates, type Incident } from '../../../shared/model/incident.ts'
import type { LoggedEvent } from '../../../shared/model/event.ts'
import { newCityState } from '../../../server/src/domain/state.ts'
import { snapshotPieces } from '../../../server/src/domain/snapshot.ts'
import { dayOf, restoreState, type Paper } from './support.ts'
import { play } from './sequences/play.ts'
import { isConsistent, isToldByItsLog, movesByTheTable } from './sequences/invariants.ts'
import { step } from './sequences/steps.ts'

describe('sequences of acts', () => {
  it('reaches every state of a case', () => {
    const reached = new Set<string>()
    const sample = fc.sample(fc.array(step, { minLength: 120, maxLength: 200 }), { numRuns: 120, seed: 7 })
    for (const steps of sample)
      play(steps, ({ state }) => state.incidents.forEach((incident) => reached.add(incident.state)))
    expect([...reached].sort()).toEqual([...incidentStates].sort())
  })

  it('reaches what is asked beside cases: modes, responses, warnings, plans, alarms and their rules', () => {
    const told = new Set<string>()
    const sample = fc.sample(fc.array(step, { minLength: 120, maxLength: 200 }), { numRuns: 200, seed: 7 })
    for (const steps of sample) for (const { event } of play(steps, () => undefined).log) told.add(event.type)
    const wanted = [
      ...['mode.proposed', 'mode.switched', 'mode.proposal-ended', 'response.started', 'response.start-proposed'],
      ...['response.change-proposed', 'response.level-changed', 'response.ended', 'response.proposal-ended'],
      ...['warning.published', 'warning.lifted', 'warning.noted', 'plan.applied', 'plan.ticked', 'plan.reinforced'],
      ...['plan.diverted', 'plan.called', 'plan.agency-ended', 'alarm.shelved', 'alarm.unshelved'],
      ...['alarm.taken-out-of-service', 'alarm.returned-to-service', 'sensor.taken-out-of-service'],
      ...['alarm-rule.change-proposed', 'alarm-rule.change-approved', 'alarm-rule.change-declined'],
      ...['duty.shift-began', 'duty.crew-changed', 'duty.change-asked', 'duty.change-decided', 'duty.console-taken'],
      ...['duty.console-released', 'duty.hand-over-prepared', 'duty.hand-over-signed', 'duty.items-acknowledged'],
      ...['duty.handed-over', 'duty.hand-over-cancelled', 'duty.signed-on', 'duty.signed-off', 'duty.found-absent'],
      ...['duty.roll-called', 'duty.roll-marked', 'duty.roll-ended', 'alarm.eased', 'plan.report-due'],
      ...['algorithm.rule-approved', 'algorithm.rule-withdrawn', 'alarm.marked-false'],
    ]
    expect(wanted.filter((type) => !told.has(type))).toEqual([])
  })

  it('would be found inconsistent, and its log untrue', () => {
    const sample = fc.sample(fc.array(step, { minLength: 20, maxLength: 20 }), { numRuns: 50, seed: 7 })
    const papers = sample.map((steps) => play(steps, () => undefined))
    const openOf = ({ state }: Paper) => [...state.incidents.values()].find(({ id }) => !state.ended.has(id))
    const paper = papers.find((one) => openOf(one) !== undefined) as Paper
    const incident = openOf(paper) as Incident
    isConsistent(paper)
    isToldByItsLog(paper, 0.5)
    paper.state.caseTimers.set(incident.id, 1)
    expect(() => isConsistent(paper)).toThrow('its timer is set')
    paper.state.incidents.set(incident.id, { ...incident, title: 'another' })
    expect(() => isToldByItsLog(paper, 0.5)).toThrow('the log gives the same state')
    paper.state.incidents.set(incident.id, { ...incident, alarmIds: [], mergedIds: ['x'] })
    expect(() => isConsistent(paper)).toThrow('both rows know of it')
    const leap = { type: 'incident.closed', incidentId: incident.id, state: 'evaluated', stageDueAt: null }
    paper.log.push({ ...paper.log[0], event: leap } as unknown as LoggedEvent)
    expect(() => movesByTheTable(paper)).toThrow('no move but the table’s')
  })
})

describe('a snapshot', () => {
  it('of another layout is not read', () => {
    const pieces = [...snapshotPieces(newCityState(dayOf))]
    expect(restoreState(pieces)).not.toBeNull()
    const older = pieces.map((piece) => piece.replace('"layout":2', '"layout":1'))
    expect(older).not.toEqual(pieces)
    expect(restoreState(older)).toBeNull()
  })
})
