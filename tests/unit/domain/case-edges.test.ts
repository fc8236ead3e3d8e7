/** Cases, crews, plans, warnings and the catalogue at their edges: what is gone, what is missing, what comes twice. */
import { describe, expect, it } from 'vitest'
import type { Command } from '../../../shared/model/command.ts'
import type { DomainEvent } from '../../../shared/model/event.ts'
import type { Incident } from '../../../shared/model/incident.ts'
import { mostReportsKept, type SituationReport } from '../../../shared/model/situation-report.ts'
import { AlarmWatch } from '../../../server/src/domain/alarm/watch.ts'
import { findCandidates } from '../../../server/src/domain/duplicate/candidates.ts'
import { readingClass } from '../../../server/src/domain/duplicate/judged.ts'
import { sensorOf } from '../../../server/src/domain/catalog/sensor-of.ts'
import { crewSet } from '../../../server/src/domain/dispatch/crew-set.ts'
import { travelPart } from '../../../server/src/domain/dispatch/parts.ts'
import { recommend } from '../../../server/src/domain/dispatch/recommend.ts'
import { limitUnder } from '../../../server/src/domain/mode/limits.ts'
import { evolveReports } from '../../../server/src/domain/plan/fold-reports.ts'
import { snapshotPieces } from '../../../server/src/domain/snapshot.ts'
import { decideTick } from '../../../server/src/domain/tick.ts'
import { sharingCrew } from '../../../server/src/domain/unit/cross-staffing.ts'
import { person, type sensorDrafts } from '../../support/engine.ts'
import { sampleSensor, sampleUnit } from '../../support/sample-rows.ts'
import { Paper, refusalOf } from './support.ts'

const duty = person('duty')
const chief = person('chief')
const door = { name: 'door:x', role: 'door' } as const
const id = '20260801-000001'
const report = (over: object = {}): Command =>
  ({
    ...{ type: 'incident.report', classCode: 'E0506', title: '积水', description: '积水很深', source: 'hotline' },
    ...{ sourceRef: null, position: [121.4, 31.2], address: null, reporter: null, mediaUrl: null, occurredAt: null },
    ...{ priority: null, drill: false, ...over },
  }) as Command
const file = { classCode: null, departmentId: null, priority: null }
class Hall extends Paper {
  constructor(...reports: readonly object[]) {
    super()
    for (const one of reports.length === 0 ? [{}] : reports) this.ask(duty, report(one))
  }
  try(verb: string, more: object = {}, actor = duty) {
    return this.ask(actor, { type: `incident.${verb}`, incidentId: id, ...more } as Command)
  }
  do(verb: string, more: object = {}, actor = duty): this {
    expect(refusalOf(this.try(verb, more, actor)), verb).toBeNull()
    return this
  }
  get row(): Incident {
    return this.state.incidents.get(id) as Incident
  }
}

describe('the fold', () => {
  it.each<DomainEvent>([
    { type: 'incident.commented', incidentId: 'x', state: 'handling', stageDueAt: null, text: '' },
    { type: 'warning.lifted', warningId: 'W9', reason: '' },
    { type: 'drill.ended', drillId: 'D9', reason: '', by: 'duty' } as unknown as DomainEvent,
    { type: 'sensor.returned-to-service', sensorId: 99, why: 'expired', reason: '' },
  ])('passes over what is about nothing it knows: $type', (event) => {
    const paper = new Paper()
    // The head counts events, and the shift's log writes down what it hears.
    const tables = () => [...snapshotPieces(paper.state)].slice(1).filter((piece) => !piece.includes('"dutyLines"'))
    const before = tables()
    paper.fold([{ event }])
    expect(tables()).toEqual(before)
  })
})

it('crews are enrolled by the system alone', () => {
  const [enrol] = [{ type: 'unit.enrol', unitId: 'X' }] as unknown as readonly Command[]
  expect(refusalOf(new Paper().ask(chief, enrol as Command))?.code).toBe('FORBIDDEN')
})

it('more late cases than a tick takes: of each no more than what comes before the last one taken', () => {
  const paper = new Paper(false)
  const count = 1_001
  for (let n = 0; n < count; n++) {
    paper.now += 1000
    paper.ask(duty, report({ title: `t${n}`, position: null }))
    // Nobody asks it to be filed: it runs over where it stands.
    paper.ask(duty, { type: 'incident.file', incidentId: [...paper.state.incidents.keys()][n], ...file } as Command)
  }
  paper.now += 30 * 86_400_000
  const told: string[] = []
  for (let tick = 0; tick < 20; tick++) {
    const emitted = decideTick(paper.state, new AlarmWatch([]), paper.context)
    const own = emitted.filter(({ event }) => event.type === 'incident.overdue' || event.type === 'incident.supervised')
    told.push(...own.map(({ event }) => `${event.type} ${(event as { incidentId: string }).incidentId}`))
    paper.fold(emitted)
  }
  expect(told.filter((one) => one.startsWith('incident.overdue'))).toHaveLength(count)
  expect(new Set(told.filter((one) => one.startsWith('incident.overdue'))).size).toBe(count)
})

describe('dispatch', () => {
  it('keeps no advice while the recommendation is off', () => {
    const off: Command = { type: 'algorithm.switch', algorithmId: 'recommendation', isOn: false, reason: '停用' }
    for (const isOff of [false, true]) {
      const hall = new Hall().do('file', file)
      if (isOff) expect(refusalOf(hall.ask(chief, off))).toBeNull()
      hall.do('dispatch', { unitId: 'PUMP-01' })
      const dispatched = hall.log.find(({ event }) => event.type === 'incident.dispatched')?.event
      expect(dispatched).toMatchObject({ unitId: 'PUMP-01', by: duty.name })
      expect('recommended' in (dispatched as object)).toBe(!isOff)
    }
  })
  it('names the class by its number where the city has it no longer', () => {
    const { context, state } = new Paper()
    const of = { classCode: 'E0506', position: [121.4, 31.2] as [number, number] }
    const words = recommend(of, undefined, state.units, context).flatMap(({ parts }) =>
      parts.map((part) => part.words.zh),
    )
    expect(words.some((one) => one.includes('E0506'))).toBe(true)
  })
  it('says how a travel time was come by', () => {
    const way = (basis: string) => ({ seconds: 600, metres: 5000, basis }) as Parameters<typeof travelPart>[0]
    const said = (basis: string, roads: Parameters<typeof travelPart>[1]) => travelPart(way(basis), roads).words.zh
    expect(said('straight', null)).toBe('预计10分钟到达，距5.0公里（直线估算）')
    expect(said('roads', null)).toBe('预计10分钟到达，距5.0公里')
    expect(said('roads', { zh: '早高峰', en: 'morning rush' })).toBe('预计10分钟到达，距5.0公里（早高峰路况）')
  })
  it('of two vehicles of one crew sends the one that costs less, whichever was picked first', () => {
    const { context } = new Paper()
    const of = { classCode: 'E0506', position: [121.4, 31.2] as [number, number] }
    const at = (unitId: string, lon: number, capabilities: string[]) =>
      [
        unitId,
        sampleUnit({ id: unitId, station: [lon, 31.2], departmentId: null, capabilities, staffedBy: 'crew' }),
      ] as const
    for (const [far, near] of [
      ['A', 'B'],
      ['B', 'A'],
    ] as const) {
      const units = new Map(
        [at(far, 121.45, ['E0506', 'rescue']), at(near, 121.401, ['E0506', 'drainage'])].sort(([a], [b]) =>
          a.localeCompare(b),
        ),
      )
      const needs = [
        { capability: 'rescue', count: 1 },
        { capability: 'drainage', count: 1 },
      ]
      for (const order of [needs, needs.toReversed()]) {
        const { chosen } = crewSet(of, undefined, units, context, order)
        expect(chosen.map(({ proposal }) => proposal.unitId)).toEqual([near])
      }
    }
  })
  it('a crew without a station leaves no zone short', () => {
    const { context } = new Paper()
    const unit = sampleUnit({ id: 'X', station: null, departmentId: null, capabilities: ['E0506'] })
    const world = {
      ...context,
      fixOf: () => ({ position: [121.41, 31.2], fixAt: context.now, receivedAt: context.now }),
    } as never
    const of = { classCode: 'E0506', position: [121.4, 31.2] as [number, number] }
    const set = crewSet(of, undefined, new Map([['X', unit]]), world, [{ capability: 'drainage', count: 1 }])
    expect(set.chosen.map(({ proposal }) => proposal.unitId)).toEqual(['X'])
    expect(set.cover).toEqual([])
  })
  it('a vehicle with people of its own shares them with nobody', () => {
    const [one, other] = [sampleUnit({ id: 'A' }), sampleUnit({ id: 'B' })]
    expect(one.staffedBy).toBeUndefined()
    expect(sharingCrew([one, other], one)).toEqual([])
  })
  it('a crew’s status is set by officers, and by itself; of a crew that is there', () => {
    const set = (unitId: string): Command =>
      ({ type: 'unit.set-status', unitId, status: 'off-duty', reason: null }) as Command
    const code = (who: ReturnType<typeof person>, unitId: string) => refusalOf(new Paper().ask(who, set(unitId)))?.code
    expect(code(person('wall'), 'PUMP-01')).toBe('FORBIDDEN')
    expect(code(person('crew', 'crew', { unitId: 'PUMP-02' }), 'PUMP-01')).toBe('FORBIDDEN')
    expect(code(person('crew', 'crew', { unitId: 'PUMP-01' }), 'PUMP-01')).toBeUndefined()
    expect(code(duty, 'NOBODY')).toBe('NOT_FOUND')
  })
  it('a crew’s status is set on its present version only', () => {
    const paper = new Paper()
    const version = paper.state.units.get('PUMP-01')?.version ?? 0
    const set: Command = { type: 'unit.set-status', unitId: 'PUMP-01', status: 'off-duty', reason: null } as Command
    expect(refusalOf(paper.ask(duty, set, version - 1))?.code).toBe('CONFLICT')
    expect(refusalOf(paper.ask(duty, set, version))).toBeNull()
  })
})

describe('a case', () => {
  it('is closed with the code that was chosen', () => {
    const hall = new Hall().do('file', file).do('dispatch', { unitId: 'PUMP-01' })
    for (const verb of ['acknowledge', 'depart', 'arrive', 'finish'])
      hall.do(verb, { unitId: 'PUMP-01', note: '' }, person('crew', 'crew', { unitId: 'PUMP-01' }))
    hall
      .do('feed-back', { note: '' }, person('dept'))
      .do('pass-check', { note: '' })
      .do('close', { note: '', disposition: 'handled' })
    expect(hall.log.find(({ event }) => event.type === 'incident.closed')?.event).toMatchObject({
      disposition: 'handled',
    })
  })
  it('merged while nobody proposes duplicates is no advice, taken or not', () => {
    const other = '20260801-000002'
    const merge: Command = { type: 'incident.merge', incidentId: other, mainId: id, reason: '同一处' }
    for (const isOn of [true, false]) {
      const hall = new Hall({}, {})
      if (!isOn) hall.ask(chief, { type: 'algorithm.switch', algorithmId: 'duplicates', isOn, reason: '停用' })
      expect(refusalOf(hall.ask(duty, merge))).toBeNull()
      expect(hall.log.some(({ event }) => event.type === 'algorithm.advice-judged')).toBe(isOn)
      const apart = new Hall({}, {})
      if (!isOn) apart.ask(chief, { type: 'algorithm.switch', algorithmId: 'duplicates', isOn, reason: '停用' })
      apart.do('not-same', { otherId: other, reason: '两处' })
      expect(apart.log.some(({ event }) => event.type === 'algorithm.advice-judged')).toBe(isOn)
    }
  })
  it('that others were merged into tells them when it goes on again, without a result', () => {
    const hall = new Hall({}, { title: '还是积水' }).do('file', file)
    const other = '20260801-000002'
    const merge: Command = { type: 'incident.merge', incidentId: other, mainId: id, reason: '同一处' }
    expect(refusalOf(hall.ask(duty, merge))).toBeNull()
    hall.do('force-close', { reason: '已排干' }, chief).do('reopen', { reason: '又积水了' }, chief)
    const told = hall.log.flatMap(({ event }) => (event.type === 'incident.settled' ? [event] : []))
    expect(told.map(({ incidentId, mainState, resolution }) => [incidentId, mainState, resolution])).toEqual([
      [other, 'force-closed', '已排干'],
      [other, hall.row.state, null],
    ])
    expect(hall.state.incidents.get(other)?.closedAt).toBeNull()
  })
  it('of a drill is not opened again once the drill is over', () => {
    const paper = new Paper()
    paper.ask(chief, { type: 'drill.start', scenario: 'rainstorm', countsInKpi: false, seed: null })
    paper.ask(duty, report({ drill: true }))
    const asked = (verb: string, more: object) =>
      paper.ask(chief, { type: `incident.${verb}`, incidentId: id, ...more } as Command)
    expect(refusalOf(asked('file', file))).toBeNull()
    expect(refusalOf(asked('force-close', { reason: '演示' }))).toBeNull()
    expect(refusalOf(paper.ask(chief, { type: 'drill.end', drillId: 'D1', reason: '练完了' }))).toBeNull()
    expect(refusalOf(asked('reopen', { reason: '再看' }))?.message).toBe('its drill is over')
  })
  it('is reported by those who may', () => {
    expect(refusalOf(new Paper().ask(person('wall'), report()))?.code).toBe('FORBIDDEN')
    expect(refusalOf(new Paper().ask(duty, report()))).toBeNull()
  })
  it('is helped with by departments there are', () => {
    const hall = new Hall().do('file', file).do('assign', { departmentId: 'drainage' })
    const fields = (departmentId: string) =>
      refusalOf(hall.try('add-assist', { departmentId, task: '配合' }))?.details?.fields?.[0]?.field
    expect(fields('x')).toBe('departmentId')
    expect(fields('gas')).toBeUndefined()
  })
  it('that is only a draft is compared with all', () => {
    const hall = new Hall()
    const { state, context, row } = hall
    const { id: _none, ...draft } = row
    expect(findCandidates(state.cases, draft, context.readClass).map(({ incidentId }) => incidentId)).toEqual([id])
    expect(findCandidates(state.cases, row, context.readClass)).toEqual([])
  })
  it('is read for its class only while that algorithm is on', () => {
    const paper = new Paper()
    const told = {
      title: '',
      description: '楼下有煤气味，闻到臭鸡蛋的味道',
      address: null,
      reporter: null,
      source: 'hotline',
      sourceRef: null,
    }
    expect(readingClass(paper.state, paper.context)(told as never)).toBe('E0502')
    paper.ask(chief, { type: 'algorithm.switch', algorithmId: 'suggestions', isOn: false, reason: '停用' })
    expect(readingClass(paper.state, paper.context)(told as never)).toBeNull()
  })
  it('is held to hours by the clock only where its mode says so', () => {
    const limit = { amount: 4, unit: 'work-hour' } as const
    const effects = (roundTheClock: boolean) => ({ classes: [], roundTheClock, limitShare: 0.5 }) as never
    expect(limitUnder(effects(true), limit)).toEqual({ amount: 2, unit: 'urgent-hour' })
    expect(limitUnder(effects(false), limit)).toEqual({ amount: 2, unit: 'work-hour' })
  })
})

describe('reports', () => {
  const duties: SituationReport = {
    ...{ kind: 'follow-up', number: 1, dueAt: 10, madeAt: null, by: null, to: null, body: null, facts: null },
  }
  const due = { type: 'plan.report-due', incidentId: id, kind: 'follow-up', number: 2, dueAt: 20 } as const
  it('a duty that came late stays late when another of its kind takes its place', () => {
    expect(evolveReports([duties], due, 11, 'x')).toMatchObject([{ number: 2, dueAt: 20 }])
    expect(evolveReports([duties], due, 11, 'x')[0]?.late).toBeUndefined()
    expect(evolveReports([{ ...duties, late: true }], due, 11, 'x')).toMatchObject([{ number: 2, late: true }])
  })
  it.each([mostReportsKept - 1, mostReportsKept, mostReportsKept + 1])('%i made: the newest are kept', (count) => {
    const made = Array.from({ length: count - 1 }, (_, i) => ({ ...duties, number: i, madeAt: i }))
    const owed = [
      { ...duties, kind: 'first' as const, number: 500 },
      { ...duties, number: 900 },
    ]
    const reported = {
      type: 'plan.reported',
      incidentId: id,
      kind: 'follow-up',
      number: 900,
      to: 't',
      body: null,
      facts: null,
    }
    const after = evolveReports([...owed, ...made], reported as never, 99, 'x')
    expect(after.filter(({ madeAt }) => madeAt !== null)).toHaveLength(Math.min(count, mostReportsKept))
    expect(after.some(({ number, madeAt }) => number === 500 && madeAt === null)).toBe(true)
  })
})

describe('warnings from outside', () => {
  const facts = {
    ...{ colour: 'orange', event: '暴雨', headline: 'h', description: '', eventEn: null, headlineEn: null },
    ...{ instruction: '', districtIds: [], areaText: '', polygons: [], circles: [], categories: ['Met'] },
    ...{
      urgency: 'Expected',
      severity: 'Severe',
      certainty: 'Likely',
      issuedBy: 'x',
      effectiveAt: null,
      onsetAt: null,
    },
  }
  const named = (identifier: string) => ({ identifier, sender: 'met', sentAt: 1 })
  const receive = (paper: Paper, identifier: string, msgType: string, over: object = {}) =>
    paper.ask(door, {
      type: 'warning.receive',
      alert: {
        ...{ name: named(identifier), status: 'Actual', msgType, scope: 'Public', references: [], note: '' },
        ...{ facts: { ...facts, expiresAt: paper.now + 3_600_000 }, ...over },
      },
    } as unknown as Command)
  const lifts = (paper: Paper) =>
    paper.log.flatMap(({ event }) => (event.type === 'warning.lifted' ? [[event.warningId, event.reason]] : []))
  it('a cancellation says why, or that the issuer did not', () => {
    for (const [note, reason] of [
      ['', 'cancelled by the issuer'],
      ['雨停了', '雨停了'],
    ] as const) {
      const paper = new Paper()
      receive(paper, 'a', 'Alert')
      expect(receive(paper, 'b', 'Cancel', { references: [named('a')], note })).toMatchObject({ ok: true })
      expect(lifts(paper)).toEqual([['W1', reason]])
    }
  })
  it('one that was only noted here is known, and lifts nothing', () => {
    const paper = new Paper()
    receive(paper, 'a', 'Ack')
    const answer = receive(paper, 'b', 'Cancel', { references: [named('a')] })
    expect(answer).toMatchObject({ ok: true, data: { outcome: 'lifted', ended: [] } })
    expect(lifts(paper)).toEqual([])
  })
})

describe('the catalogue', () => {
  const create = (paper: Paper, drafts: ReturnType<typeof sensorDrafts>) =>
    paper.ask(door, { type: 'catalog.create', drafts })
  it('a device without anything around it is a sensor all the same', () => {
    const { context } = new Paper()
    const bare = { kind: 'Datastream', id: 5, body: { name: 'x' }, links: {} } as const
    expect(sensorOf(bare as never, undefined, () => undefined, context)).toMatchObject({
      ...{ id: 5, name: 'x', kind: 'other', thingId: 0, position: null, districtId: null },
    })
    expect(sampleSensor(5).id).toBe(5)
  })
  it('what is linked twice is linked once; what has another place stays when one is deleted', () => {
    const paper = new Paper()
    create(paper, [
      { kind: 'Location', body: {}, links: {} },
      { kind: 'Location', body: {}, links: {} },
      { kind: 'Thing', body: {}, links: { Location: [{ new: 0 }, { new: 1 }, { new: 0 }] } },
      { kind: 'HistoricalLocation', body: {}, links: { Thing: [{ new: 2 }], Location: [{ new: 0 }, { new: 1 }] } },
    ] as never)
    const linked = () => [
      paper.state.entities.Thing.get(1)?.links.Location,
      paper.state.entities.HistoricalLocation.get(1)?.links.Location,
    ]
    expect(linked()).toEqual([
      [1, 2],
      [1, 2],
    ])
    const drop = (dropped: number) => paper.ask(door, { type: 'catalog.delete', kind: 'Location', id: dropped })
    expect(refusalOf(drop(1))).toBeNull()
    expect(linked()).toEqual([[2], [2]])
    // The last place of a record of places takes the record along, and of a thing it does not.
    expect(refusalOf(drop(2))).toBeNull()
    expect(linked()).toEqual([[], undefined])
  })
})
