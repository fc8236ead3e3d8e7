import { describe, expect, it } from 'vitest'
import type { Command } from '../../../shared/model/command.ts'
import { defaultCaseSettings } from '../../../shared/model/case-settings.ts'
import { isPastLimit, newOverrun, nextOverrunAt, stageDueAt } from '../../../server/src/domain/incident/limits.ts'
import { decideTick } from '../../../server/src/domain/tick.ts'
import { AlarmWatch } from '../../../server/src/domain/alarm/watch.ts'
import { sampleIncident } from '../../support/sample-rows.ts'
import { Paper } from './support.ts'

const duty = { name: 'duty', role: 'duty' } as const
const report: Command = {
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
}
const { stageMinutes } = defaultCaseSettings
const minuteMs = 60_000
const incidentId = '20260801-000001'
const rules = new Paper(false).context

describe('limits of a stage', () => {
  it('run from its beginning; handling has what the case has', () => {
    expect(stageDueAt('pending-filing', 1000, null, rules)).toBe(1000 + stageMinutes.file * minuteMs)
    expect(stageDueAt('handling', 1000, 5000, rules)).toBe(5000)
    // The department has what is left of it; handling ends when it feeds back.
    expect(stageDueAt('pending-feedback', 4000, 5000, rules)).toBe(5000)
    expect(stageDueAt('closed', 1000, 5000, rules)).toBeNull()
  })

  it.each([
    [-1, null],
    [0, null],
    [1, 'dispatch'],
  ])('are overrun from the first instant past them (%i ms)', (past, stage) => {
    const incident = sampleIncident({ stageDueAt: 1000, dueAt: 9000, stateSince: 0 })
    expect(newOverrun(incident, 1000 + past)?.stage ?? null).toBe(stage)
    expect(isPastLimit(incident, 1000 + past)).toBe(stage !== null)
    expect(nextOverrunAt(incident)).toBe(1001)
  })

  it('blame for the whole case only the stage it ran out in', () => {
    const running = sampleIncident({ state: 'pending-check', stageDueAt: 9000, dueAt: 5000, stateSince: 4000 })
    expect(newOverrun(running, 5000)).toBeNull()
    expect(newOverrun(running, 5001)).toEqual({ stage: 'check', dueAt: 5000 })
    expect(newOverrun({ ...running, stateSince: 5001 }, 6000)).toBeNull()
    expect(isPastLimit({ ...running, stateSince: 5001 }, 6000)).toBe(true)
    const fedBackLate = sampleIncident({ state: 'pending-feedback', stageDueAt: 5000, dueAt: 5000, stateSince: 6000 })
    expect(newOverrun(fedBackLate, 7000)).toBeNull()
    expect(nextOverrunAt(fedBackLate)).toBeNull()
  })

  it('are marked once', () => {
    const incident = sampleIncident({ stageDueAt: 1000, overdueStages: ['dispatch'] })
    expect(newOverrun(incident, 2000)).toBeNull()
    expect(newOverrun(sampleIncident({ state: 'closed', stageDueAt: null }), 1e15)).toBeNull()
  })
})

describe('time passing', () => {
  const tick = (paper: Paper) => paper.fold(decideTick(paper.state, new AlarmWatch([]), paper.context))
  const overdue = (paper: Paper) => paper.log.filter(({ event }) => event.type === 'incident.overdue').length

  it('marks an overrun at the tick after it, once, for ever', () => {
    const paper = new Paper()
    paper.ask(duty, report)
    paper.now += stageMinutes.accept * minuteMs
    tick(paper)
    expect(overdue(paper)).toBe(0)
    paper.now += 1
    tick(paper)
    tick(paper)
    expect(overdue(paper)).toBe(1)
    paper.ask(duty, { type: 'incident.accept', incidentId })
    expect(paper.state.incidents.get(incidentId)?.overdueStages).toEqual(['accept'])
  })

  it('marks a stage that is left late before any tick saw it', () => {
    const paper = new Paper()
    paper.ask(duty, report)
    paper.now += stageMinutes.accept * minuteMs + 1
    paper.ask(duty, { type: 'incident.accept', incidentId })
    expect(paper.log.slice(-2).map(({ event }) => event.type)).toEqual(['incident.overdue', 'incident.accepted'])
    expect(paper.state.incidents.get(incidentId)?.version).toBe(3)
  })

  it.each([
    [-1, true],
    [0, true],
    [1, false],
  ])('decides on time by the case limit (%i ms)', (past, onTime) => {
    const paper = new Paper()
    paper.ask(duty, report)
    const crew = { name: 'crew', role: 'crew', unitId: 'PUMP-01' } as const
    paper.ask(duty, { type: 'incident.file', incidentId, classCode: null, departmentId: null, priority: null })
    const dueAt = paper.state.incidents.get(incidentId)?.dueAt ?? 0
    expect(dueAt).toBe(paper.now + 2 * 3_600_000)
    paper.ask(duty, { type: 'incident.dispatch', incidentId, unitId: 'PUMP-01' })
    paper.ask(crew, { type: 'incident.acknowledge', incidentId, unitId: 'PUMP-01' })
    expect(paper.state.incidents.get(incidentId)?.stageDueAt).toBe(dueAt)
    paper.ask(crew, { type: 'incident.arrive', incidentId, unitId: 'PUMP-01' })
    paper.ask(crew, { type: 'incident.finish', incidentId, unitId: 'PUMP-01', note: '' })
    paper.ask({ name: 'chief', role: 'chief' }, { type: 'incident.feed-back', incidentId, note: '' })
    paper.ask(duty, { type: 'incident.pass-check', incidentId, note: '' })
    paper.now = dueAt + past
    paper.ask(duty, { type: 'incident.close', incidentId, note: '' })
    expect(paper.log.at(-1)?.event).toMatchObject({ type: 'incident.closed', onTime })
  })

  it('lifts a warning at its end', () => {
    const paper = new Paper()
    const warning = {
      colour: 'orange',
      event: '暴雨',
      headline: '暴雨橙色预警',
      description: '',
      instruction: '',
      exercise: false,
      districtIds: ['d1'],
    } as const
    paper.ask(duty, { type: 'warning.publish', ...warning, expiresAt: paper.now + 1000 })
    paper.now += 999
    tick(paper)
    expect(paper.state.warnings.size).toBe(1)
    paper.now += 1
    tick(paper)
    expect(paper.state.warnings.size).toBe(0)
    expect(paper.changes.warnings.get('W1')).toMatchObject({ liftedAt: paper.now, version: 2 })
    expect(paper.ask(duty, { type: 'warning.publish', ...warning, expiresAt: paper.now })).toMatchObject({ ok: false })
    const elsewhere = { ...warning, districtIds: ['d1', 'x'], expiresAt: paper.now + 1 }
    expect(paper.ask(duty, { type: 'warning.publish', ...elsewhere })).toMatchObject({
      refusal: { details: { fields: [{ field: 'districtIds.1' }] } },
    })
  })
})
