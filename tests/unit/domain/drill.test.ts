/** A drill from its start to its end: who may, one at a time, what it touches and what it must never touch. */
import { describe, expect, it } from 'vitest'
import type { Command } from '../../../shared/model/command.ts'
import { drillEndedReason, longestDrillMs } from '../../../shared/model/drill.ts'
import { isOfDrill, isTrusted, quality } from '../../../shared/model/reading.ts'
import { roles } from '../../../shared/model/role.ts'
import { scenarioCodes, scenarios } from '../../../shared/model/scenario.ts'
import { snapshotPieces } from '../../../server/src/domain/snapshot.ts'
import { decideTick } from '../../../server/src/domain/tick.ts'
import { evolve, newCityState } from '../../../server/src/domain/state.ts'
import { AlarmWatch } from '../../../server/src/domain/alarm/watch.ts'
import { kpiToday } from '../../../server/src/domain/kpi/today.ts'
import { person, startTestEngine } from '../../support/engine.ts'
import { dayOf, Paper, refusalOf, restoreState } from './support.ts'

const chief = person('chief')
const duty = person('duty')
const crew = person('crew', 'crew', { unitId: 'PUMP-01' })
const start: Command = { type: 'drill.start', scenario: 'rainstorm', countsInKpi: false, seed: null }
const end = (drillId = 'D1'): Command => ({ type: 'drill.end', drillId, reason: '练完了' })
const report = (drill: boolean): Command => ({
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
  drill,
})

describe('starting and ending', () => {
  it('is the chief’s alone', () => {
    for (const role of roles) {
      const paper = new Paper()
      expect(paper.ask(person(role), start).ok).toBe(role === 'chief')
      if (role !== 'chief') paper.ask(chief, start)
      expect(paper.ask(person(role), end()).ok).toBe(role === 'chief')
    }
  })

  it('knows every scenario by name and meaning', () => {
    for (const scenario of scenarioCodes) {
      const paper = new Paper()
      paper.ask(chief, { type: 'drill.start', scenario, countsInKpi: true, seed: 7 })
      expect(paper.state.drills.get('D1')).toEqual({
        id: 'D1',
        version: 1,
        scenario,
        name: scenarios[scenario].name,
        startedBy: 'chief',
        startedAt: paper.now,
        endedAt: null,
        countsInKpi: true,
        seed: 7,
      })
      expect(scenarios[scenario].description.zh).not.toBe('')
      expect(scenarios[scenario].description.en).not.toBe('')
    }
  })

  it('goes on one at a time, and the refusal names the one that runs', () => {
    const paper = new Paper()
    paper.ask(chief, start)
    const before = paper.log.length
    expect(refusalOf(paper.ask(person('chief', 'chief2'), { ...start, scenario: 'typhoon' } as Command))).toMatchObject(
      {
        code: 'CONFLICT',
        details: { drillId: 'D1', scenario: 'rainstorm', startedBy: 'chief' },
      },
    )
    expect(paper.log).toHaveLength(before)
    paper.ask(chief, end())
    paper.ask(chief, start)
    // Another day each time, unless one is asked for.
    expect([...paper.state.drills.values()]).toMatchObject([{ id: 'D2', seed: 2 }])
  })

  it('ends what runs, once, for a reason', () => {
    const paper = new Paper()
    expect(refusalOf(paper.ask(chief, end()))?.code).toBe('NOT_FOUND')
    paper.ask(chief, start)
    expect(refusalOf(paper.ask(chief, { ...end(), reason: ' ' } as Command))?.code).toBe('INVALID')
    expect(refusalOf(paper.ask(chief, end(), 2))?.code).toBe('CONFLICT')
    expect(paper.ask(chief, end(), 1).ok).toBe(true)
    expect(paper.changes.drills.get('D1')).toMatchObject({ version: 2, endedAt: paper.now })
    expect(refusalOf(paper.ask(chief, end()))?.code).toBe('NOT_FOUND')
  })

  it.each([
    ['below', -1, false],
    ['at', 0, true],
    ['above', 1, true],
  ] as const)('%s the longest time a drill may take', (_, by, isOver) => {
    const paper = new Paper()
    paper.ask(chief, start)
    paper.ask(duty, report(true))
    paper.now += longestDrillMs + by
    paper.fold(decideTick(paper.state, new AlarmWatch([]), paper.context, new AlarmWatch([])))
    expect(paper.state.drills.size).toBe(isOver ? 0 : 1)
    expect(paper.state.incidents.get('20260801-000001')?.state).toBe(isOver ? 'void' : 'reported')
    expect(paper.log.at(-1)?.event.type === 'drill.ended').toBe(isOver)
  })
})

describe('a case of a drill', () => {
  it('can be reported only while one runs; a real one always', () => {
    const paper = new Paper()
    expect(refusalOf(paper.ask(duty, report(true)))).toMatchObject({ code: 'NOT_ALLOWED' })
    expect(paper.ask(duty, report(false)).ok).toBe(true)
    paper.ask(chief, start)
    expect(paper.ask(duty, report(true)).ok).toBe(true)
    expect(paper.ask(duty, report(false)).ok).toBe(true)
    expect([...paper.state.incidents.values()].map(({ drill }) => drill)).toEqual([false, true, false])
    paper.ask(chief, end())
    expect(refusalOf(paper.ask(duty, report(true)))?.code).toBe('NOT_ALLOWED')
  })

  it('binds its crew like a real one, and the end of the drill frees it', () => {
    const paper = new Paper()
    paper.ask(duty, report(false))
    paper.ask(chief, start)
    paper.ask(duty, report(true))
    const [real, drill] = ['20260801-000001', '20260801-000002']
    for (const [incidentId, unitId] of [
      [real, 'PUMP-02'],
      [drill, 'PUMP-01'],
    ] as const) {
      paper.ask(duty, { type: 'incident.file', incidentId, classCode: null, departmentId: null, priority: null })
      paper.ask(duty, { type: 'incident.dispatch', incidentId, unitId, reason: '指定' })
    }
    paper.ask(crew, { type: 'incident.acknowledge', incidentId: drill, unitId: 'PUMP-01' })
    expect(paper.state.units.get('PUMP-01')).toMatchObject({ status: 'acknowledged', incidentId: drill })
    expect(refusalOf(paper.ask(duty, { type: 'incident.dispatch', incidentId: real, unitId: 'PUMP-01' }))?.code).toBe(
      'UNIT_TAKEN',
    )
    paper.now += 1000
    const before = paper.log.length
    paper.ask(chief, end())
    expect(paper.log.slice(before).map(({ event }) => event.type)).toEqual([
      'incident.voided',
      'unit.status-set',
      'drill.ended',
    ])
    expect(paper.state.incidents.get(drill)).toMatchObject({
      state: 'void',
      resolution: drillEndedReason,
      closedAt: paper.now,
      stageDueAt: null,
      assignments: [{ state: 'recalled', endedAt: paper.now, reason: drillEndedReason }],
    })
    expect(paper.state.units.get('PUMP-01')).toMatchObject({ status: 'available', incidentId: null })
    expect(paper.state.incidents.get(real)?.state).toBe('pending-receipt')
    expect(paper.state.units.get('PUMP-02')).toMatchObject({ status: 'dispatched', incidentId: real })
  })

  it('and its warnings end with it; a warning in earnest stands', () => {
    const paper = new Paper()
    paper.ask(chief, start)
    for (const exercise of [true, false])
      paper.ask(duty, {
        type: 'warning.publish',
        colour: 'red',
        event: '暴雨',
        headline: '暴雨红色预警',
        description: '',
        instruction: '',
        districtIds: [],
        expiresAt: paper.now + 3_600_000,
        exercise,
      })
    paper.ask(chief, end())
    expect([...paper.state.warnings.values()]).toMatchObject([{ id: 'W2', exercise: false }])
    expect(paper.changes.warnings.get('W1')).toMatchObject({ liftedAt: paper.now, liftReason: drillEndedReason })
  })

  it('that has ended stays as it ended', () => {
    const paper = new Paper()
    paper.ask(chief, start)
    paper.ask(duty, report(true))
    paper.ask(duty, { type: 'incident.reject', incidentId: '20260801-000001', reason: '重复' })
    const before = paper.state.incidents.get('20260801-000001')
    paper.ask(chief, end())
    expect(paper.state.incidents.get('20260801-000001')).toBe(before)
  })

  it.each([
    [false, { reported: 0, alarmsRaised: 0 }],
    [true, { reported: 1, alarmsRaised: 0 }],
  ])('is in today’s numbers where its drill counts: %s', (countsInKpi, numbers) => {
    const paper = new Paper()
    paper.ask(chief, { ...start, countsInKpi } as Command)
    paper.ask(duty, report(true))
    const { kpi, incidents } = paper.state
    expect(kpiToday(kpi, dayOf, incidents.values(), paper.now)).toMatchObject({ ...numbers, openNow: numbers.reported })
    paper.ask(chief, end())
    expect(kpiToday(kpi, dayOf, incidents.values(), paper.now)).toMatchObject({ openNow: 0, refused: numbers.reported })
  })
})

describe('the quality bit', () => {
  it('marks a value and does not make it doubtful', () => {
    expect(isTrusted(quality.drill)).toBe(true)
    expect(isTrusted(quality.drill | quality.stuck)).toBe(false)
    expect([quality.good, quality.drill, quality.drill | quality.late].map(isOfDrill)).toEqual([false, true, true])
  })
})

describe('the log', () => {
  it('folds to the same state by snapshot as by events', () => {
    const paper = new Paper()
    paper.ask(chief, start)
    paper.ask(duty, report(true))
    const restored = restoreState(snapshotPieces(paper.state))
    expect(restored?.drills).toEqual(paper.state.drills)
    expect(restored?.counters.drill).toBe(1)
    const folded = newCityState(dayOf)
    for (const logged of paper.log) evolve(folded, logged)
    expect(folded.drills).toEqual(paper.state.drills)
  })

  it('of a city that never had drills folds as well: alarms without the mark are real', async () => {
    const city = await startTestEngine()
    await city.tell(await city.sensor({ kind: 'smoke' }), 1)
    await city.stop()
    const old = newCityState(dayOf)
    for (const logged of city.memory.log) {
      const { event } = logged
      if (event.type !== 'alarm.raised') evolve(old, logged)
      else {
        const { drill: _, ...alarm } = event.alarm
        evolve(old, { ...logged, event: { type: 'alarm.raised', alarm: alarm as typeof event.alarm } })
      }
    }
    expect([...old.alarms.values()]).toMatchObject([{ drill: false }])
    expect(old.alarmOfSensor.size).toBe(1)
    const pieces = [...snapshotPieces(old)].filter((piece) => !/^.{0,10}"(drills|drillIncidentOfSensor)"/.test(piece))
    const restored = restoreState(
      pieces.map((piece) => piece.replace('"drill":0,', '').replaceAll(',"drill":false', '')),
    )
    expect([...(restored?.alarms.values() ?? [])]).toMatchObject([{ drill: false }])
    expect(restored?.alarmOfSensor.size).toBe(1)
    expect(restored?.counters.drill).toBe(0)
  })
})
