/** Duty at its edges: cities without a roster, rosters of another edition, sheets of everything, and lines about what is gone. */
import { describe, expect, it } from 'vitest'
import type { Alarm } from '../../../../shared/model/alarm.ts'
import type { Command } from '../../../../shared/model/command.ts'
import type { DomainEvent, LoggedEvent } from '../../../../shared/model/event.ts'
import type { Incident } from '../../../../shared/model/incident.ts'
import { mostSingles, type HandOverKind } from '../../../../shared/model/duty.ts'
import { entryOf } from '../../../../server/src/domain/duty/entries.ts'
import { handOverItems } from '../../../../server/src/domain/duty/hand-over-items.ts'
import { openHandOver } from '../../../../server/src/domain/duty/state.ts'
import { evolve, newCityState } from '../../../../server/src/domain/state.ts'
import { cityContext } from '../../../../server/src/engine/city-context.ts'
import { person } from '../../../support/engine.ts'
import { bookJson } from '../../../support/duty-book.ts'
import { sampleAlarm, sampleIncident, sampleSensor, sampleUnit } from '../../../support/sample-rows.ts'
import { checkDutyBook } from '../../../../shared/contract/duty-book.ts'
import { smallCity } from '../../../support/small-city.ts'
import { dayOf, Paper, refusalOf } from '../support.ts'
import { at, dutyCity, dutyPaper, tick } from './support.ts'

const duty = person('duty')
const chief = person('chief')
const relief = person('chief', 'relief')
const manager = person('manager')
const now = (paper: Paper) => paper.state.duty.get('now')
const wish = (inId = 'spare', shiftId = '20260801-day'): Command => ({
  type: 'duty.request-change',
  substitutions: [{ shiftId, post: 'accept', outId: 'A-accept', inId }],
  reason: '家中有事',
})
const approve: Command = { type: 'duty.approve-change', changeId: 'S1', note: '' }

/** A city whose book is another one from some moment on. */
function editedPaper() {
  let contextAt = cityContext(dutyCity, dayOf, new Map())
  const paper = new Paper(true, dutyCity, (instant) => contextAt(instant))
  tick(paper)
  return { paper, edit: (next: typeof dutyCity) => (contextAt = cityContext(next, dayOf, new Map())) }
}

describe('a city that keeps no roster', () => {
  it('has shifts all the same, once somebody has written in their log', () => {
    const paper = new Paper()
    paper.ask(duty, { type: 'duty.note', text: '甲' })
    tick(paper)
    expect(now(paper)).toMatchObject({ shift: { id: '20260801-day' }, onDuty: [] })
    paper.now = at('01T20:00')
    tick(paper)
    expect(now(paper)).toMatchObject({ shift: { id: '20260801-night' }, kind: 'ordinary', onDuty: [] })
    expect(paper.changes.dutyEntries.at(-1)).toMatchObject({ facts: { chief: '', leader: '', count: 0 } })
  })
  it('changes none', () => {
    expect(refusalOf(new Paper().ask(duty, wish()))).toMatchObject({ code: 'NOT_ALLOWED' })
    const { paper, edit } = editedPaper()
    paper.ask(duty, wish())
    edit(smallCity())
    expect(refusalOf(paper.ask(chief, approve))).toMatchObject({ code: 'NOT_ALLOWED' })
  })
})

describe('a change of the roster', () => {
  it('is declined by a chief, and not by another officer', () => {
    const paper = dutyPaper()
    paper.ask(duty, wish())
    const decline: Command = { type: 'duty.decline-change', changeId: 'S1', reason: '人手不足' }
    expect(refusalOf(paper.ask(person('duty', 'another'), decline))?.code).toBe('FORBIDDEN')
    expect(refusalOf(paper.ask(chief, decline))).toBeNull()
    expect(paper.log.at(-1)?.event).toMatchObject({ change: { state: 'declined', note: '人手不足' } })
  })
  it('is of the emergency shift while that is on, and of the ordinary one before and after', () => {
    const paper = dutyPaper()
    const reserve = (shiftId: string): Command => ({
      ...{ type: 'duty.request-change', reason: '家中有事' },
      substitutions: [{ shiftId, post: 'accept', outId: 'B-accept', inId: 'spare' }],
    })
    expect(refusalOf(paper.ask(duty, reserve('20260801-day')))).toMatchObject({ code: 'INVALID' })
    paper.ask(chief, { type: 'mode.propose', mode: 'emergency', districtIds: [], reason: '台风' })
    paper.ask(manager, { type: 'mode.confirm', proposalId: 'M1' })
    expect(refusalOf(paper.ask(duty, reserve('20260801-day')))).toBeNull()
    // Of a shift to come nobody knows the mode.
    expect(refusalOf(paper.ask(duty, reserve('20260806-day')))).toMatchObject({ code: 'INVALID' })
  })
  it('that was sound when it was asked for is looked at again when it is decided', () => {
    const paper = dutyPaper()
    paper.ask(duty, wish('spare', '20260801-day'))
    paper.now = at('01T20:00')
    expect(refusalOf(paper.ask(chief, approve))).toMatchObject({ code: 'INVALID' })
  })
  it('is let go of when all its shifts are over, and not before', () => {
    const paper = dutyPaper()
    const [day] = [at('01T12:00')]
    paper.ask(duty, wish())
    paper.ask(chief, approve)
    paper.ask(duty, wish('spare', '20260806-day'))
    expect([...paper.state.rosterChanges.keys()]).toEqual(['S1', 'S2'])
    paper.now = day + 86_400_000
    tick(paper)
    expect([...paper.state.rosterChanges.keys()]).toEqual(['S2'])
  })
  it('names whoever stands in by their number where another edition of the book does not know them', () => {
    const { paper, edit } = editedPaper()
    paper.ask(duty, wish())
    paper.ask(chief, approve)
    const book = checkDutyBook({ ...bookJson, officers: bookJson.officers.filter(({ id }) => id !== 'spare') })
    if (!book.ok) throw new Error(book.problems.join())
    edit({ ...dutyCity, duty: book.value })
    tick(paper)
    expect(now(paper)?.onDuty.find(({ post }) => post === 'accept')?.name).toEqual({ zh: 'spare', en: 'spare' })
  })
})

describe('the hand-over', () => {
  const signed = () => {
    const paper = dutyPaper()
    paper.ask(chief, { type: 'duty.take-console' })
    paper.ask(chief, { type: 'duty.prepare-hand-over', matters: ['甲', '乙'] })
    paper.ask(chief, { type: 'duty.sign-hand-over' })
    return paper
  }
  const acknowledge = (itemIds: readonly string[]): Command => ({ type: 'duty.acknowledge-items', itemIds })
  it('is signed once, and acknowledged as it stands', () => {
    const paper = signed()
    expect(refusalOf(paper.ask(chief, { type: 'duty.sign-hand-over' }))?.message).toContain('signed already')
    expect(refusalOf(paper.ask(relief, acknowledge(['matter:1', 'matter:9'])))).toMatchObject({
      details: { fields: [{ field: 'itemIds.1' }] },
    })
  })
  it('is taken over by whoever acknowledged it', () => {
    const paper = signed()
    paper.ask(relief, acknowledge(['matter:1', 'matter:2']))
    const third = person('chief', 'third')
    expect(refusalOf(paper.ask(third, { type: 'duty.take-over' }))).toMatchObject({
      code: 'FORBIDDEN',
      details: { incoming: 'relief' },
    })
  })
  it('may be cancelled, and then there is none', () => {
    const paper = signed()
    expect(paper.ask(chief, { type: 'duty.cancel-hand-over', reason: '推迟' }).ok).toBe(true)
    expect(openHandOver(paper.state)).toBeNull()
    expect(now(paper)?.handOver).toBeNull()
    expect(paper.changes.dutyEntries.at(-1)).toMatchObject({ what: 'duty-hand-over-cancelled', text: '推迟' })
    expect(refusalOf(paper.ask(relief, { type: 'duty.take-over' }))).toMatchObject({ code: 'NOT_ALLOWED' })
  })
  it('of a log whose sheet is unknown changes nothing', () => {
    const { state, log } = signed()
    const before = now({ state } as Paper)
    const event: DomainEvent = { type: 'duty.hand-over-signed', handOverId: 'H9' }
    evolve(state, { ...(log.at(-1) as LoggedEvent), event })
    evolve(newCityState(dayOf), { ...(log.at(-1) as LoggedEvent), event })
    expect(openHandOver(state)).toMatchObject({ id: 'H1', state: 'signed' })
    expect(now({ state } as Paper)?.handOver).toEqual(before?.handOver)
  })
  it('needs no sheet for a leader to release the console', () => {
    const paper = dutyPaper()
    expect(refusalOf(paper.ask(manager, { type: 'duty.release-console', reason: '甲' }))?.code).toBe('NOT_ALLOWED')
    paper.ask(chief, { type: 'duty.take-console' })
    expect(paper.ask(manager, { type: 'duty.release-console', reason: '甲' }).ok).toBe(true)
    expect(now(paper)?.console).toBeNull()
    expect(refusalOf(paper.ask(chief, { type: 'duty.prepare-hand-over', matters: [] }))?.code).toBe('NOT_ALLOWED')
  })
})

describe('a sheet of everything', () => {
  const paper = dutyPaper()
  const until = paper.now + 3_600_000
  const alarm = (id: string, over: Partial<Alarm>) => paper.state.alarms.set(id, sampleAlarm({ id, ...over }))
  const incident = (id: string, over: Partial<Incident>) =>
    paper.state.incidents.set(id, sampleIncident({ id, state: 'handling', ...over }))
  const shelved = (untilAt: number) => ({ by: 'b', at: 0, untilAt, code: 'maintenance' as const, words: '' })
  alarm('A1', { state: 'shelved', shelving: shelved(until + 1), name: { zh: '甲', en: 'a' } })
  alarm('A2', { state: 'shelved', shelving: shelved(until), name: { zh: '乙', en: 'b' } })
  alarm('A3', { sensorId: null, sensorName: 'GW-1', gateway: 'GW-1' })
  alarm('A4', { sense: 'no-data', sensorName: '雨量' })
  alarm('A5', { sense: 'flatline', sensorName: '水位' })
  alarm('A6', { sense: 'bad-quality', sensorName: '气压' })
  alarm('A7', { drill: true, sense: 'no-data' })
  const out = { by: 'b', reason: 'r', at: 0, untilAt: until }
  paper.state.sensors.set(7, sampleSensor(7, { outOfService: out }))
  paper.state.sensors.set(8, sampleSensor(8))
  paper.state.units.set('U1', sampleUnit({ id: 'U1', name: '一队', lostFixAt: 1 }))
  const supervised = { kind: 'leader', by: 'm', reason: '事由', requirement: '', askedAt: 1, repliedAt: null }
  const asked = [
    { ...supervised, replyDueAt: until },
    { ...supervised, requirement: '限时办结', replyDueAt: until - 1 },
    { ...supervised, replyDueAt: null },
    { ...supervised, replyDueAt: 1, repliedAt: 1 },
  ] as unknown as NonNullable<Incident['supervisions']>
  const filedAt = paper.now - 10 * 3_600_000
  incident('20260801-000001', {
    priority: 3,
    dueAt: paper.now - 1,
    filedAt,
    supervisions: asked,
    state: 'pending-check',
  })
  incident('20260801-000002', { priority: 3, dueAt: paper.now + 1000, filedAt })
  incident('20260801-000003', { priority: 3, dueAt: paper.now + 86_400_000, filedAt: paper.now, state: 'reported' })
  incident('20260801-000004', { priority: 3, dueAt: null, drill: true })
  const owed = (kind: 'first' | 'follow-up', dueAt: number, madeAt: number | null) =>
    ({ kind, number: 1, dueAt, madeAt, by: null, to: null, body: null, facts: null }) as const
  for (const id of ['20260801-000001', '20260801-000004'])
    paper.ask(duty, { type: 'plan.grade', incidentId: id, grade: 'serious', reason: '甲' })
  const row = paper.state.casePlans.get('20260801-000001')!
  const reports = [owed('follow-up', until, null), owed('first', 1, 1), owed('first', until - 1, null)]
  paper.state.casePlans.set(row.id, { ...row, reports })
  for (const [mode, districtIds] of [
    ['alert', []],
    ['emergency', ['d1']],
  ] as const) {
    paper.ask(chief, { type: 'mode.propose', mode, districtIds, reason: '暴雨' })
    paper.ask(manager, { type: 'mode.confirm', proposalId: `M${paper.state.counters.modeProposal}` })
  }
  const items = handOverItems(paper.state, paper.context, [])
  const of = (kind: HandOverKind) => items.filter((item) => item.kind === kind).flatMap(({ lines }) => lines)

  it('tells shelved alarms and devices out of service, the soonest first', () => {
    expect(of('shelved').map(({ subject }) => subject)).toEqual(['A2', 'A1'])
    expect(of('out-of-service')).toMatchObject([{ subject: '7', untilAt: until }])
  })
  it('tells what cannot be heard or believed: gateways, devices, crews', () => {
    expect(of('link').map(({ subject, state }) => [subject, state])).toEqual([
      ['GW-1', null],
      ['雨量', null],
      ['水位', null],
      ['气压', null],
      ['U1', 'lost'],
    ])
  })
  it('tells cases by state, and what is late or soon will be', () => {
    expect(of('cases').map(({ state, value }) => [state, value])).toEqual([
      ['handling', 1],
      ['pending-check', 1],
      ['reported', 1],
    ])
    expect(of('due-soon').map(({ subject, state }) => [subject, state])).toEqual([
      ['20260801-000001', 'red'],
      ['20260801-000002', 'yellow'],
    ])
  })
  it('tells instructions that wait for an answer, by what they ask', () => {
    expect(of('instruction').map(({ text, untilAt }) => [text, untilAt])).toEqual([
      ['限时办结', until - 1],
      ['事由', until],
    ])
  })
  it('tells reports owed, of no drill', () => {
    expect(of('report-owed').map(({ subject, state, untilAt }) => [subject, state, untilAt])).toEqual([
      ['20260801-000001', 'first', until - 1],
      ['20260801-000001', 'follow-up', until],
    ])
  })
  it('tells the city’s mode and its districts’', () => {
    expect(of('mode').map(({ subject, state }) => [subject, state])).toEqual([
      ['city', 'alert'],
      ['d1', 'emergency'],
    ])
  })
  it('gives so many single things an item each, and one to the rest', () => {
    const matters = Array.from({ length: mostSingles + 2 }, (_, n) => `事项${n}`)
    const own = handOverItems(paper.state, paper.context, matters).filter(({ kind }) => kind === 'matter')
    expect(own).toHaveLength(mostSingles + 1)
    expect(own.at(-1)).toMatchObject({ id: 'matter', total: 2 })
  })
})

describe('a line of the shift’s log', () => {
  const { state, log } = dutyPaper()
  const lineOf = (event: object, before?: Partial<Incident>) => {
    const logged = { ...(log[0] as LoggedEvent), event: event as DomainEvent }
    return entryOf(state, logged, before === undefined ? undefined : sampleIncident(before))
  }
  const reclassified = (from: number, to: number, drill = false) =>
    lineOf({ type: 'incident.reclassified', priority: to }, { priority: from as 1, drill })
  it.each([
    [2, 3, true],
    [3, 2, true],
    [3, 4, false],
    [2, 2, false],
  ])('tells of another priority where it is or was one of the upper two: %d to %d', (from, to, isTold) => {
    expect(reclassified(from, to) !== null).toBe(isTold)
  })
  it('tells nothing of a drill’s case', () => {
    expect(reclassified(1, 2, true)).toBeNull()
    expect(lineOf({ type: 'incident.dispatched', unitId: 'U' }, { priority: 1, drill: true })).toBeNull()
  })
  it('tells of cases that are not held any more what can be told', () => {
    expect(lineOf({ type: 'incident.force-closed', incidentId: 'x' })).toBeNull()
    expect(lineOf({ type: 'incident.force-closed', incidentId: 'x' }, {})).toMatchObject({
      facts: { title: expect.any(String) },
    })
    expect(lineOf({ type: 'plan.graded', incidentId: 'x', grade: 'major' })).toMatchObject({
      facts: { caseId: 'x', title: '', to: 'major' },
    })
  })
  it('tells of reports made and reports late', () => {
    const report = { incidentId: 'x', kind: 'follow-up', number: 2 }
    expect(lineOf({ type: 'plan.reported', ...report, to: '市委值班室' })).toMatchObject({
      facts: { kind: 'follow-up', number: 2, receiver: '市委值班室' },
    })
    expect(lineOf({ type: 'plan.report-overdue', ...report })).toMatchObject({ facts: { number: 2 } })
  })
  it('names a device that is gone by its number', () => {
    const outOfService = { untilAt: 5, reason: '检修' }
    expect(lineOf({ type: 'sensor.taken-out-of-service', sensorId: 99, outOfService })).toMatchObject({
      facts: { sensor: '99', untilAt: 5 },
      text: '检修',
    })
    expect(lineOf({ type: 'sensor.returned-to-service', sensorId: 99 })).toMatchObject({ facts: { sensor: '99' } })
    state.sensors.set(7, sampleSensor(7, { name: '桥下' }))
    for (const type of ['sensor.taken-out-of-service', 'sensor.returned-to-service'])
      expect(lineOf({ type, sensorId: 7, outOfService })).toMatchObject({ facts: { sensor: '桥下' } })
  })
  it('tells of floods of alarms, and of grave alarms that anybody was told of', () => {
    expect(lineOf({ type: 'flood.began' })).toMatchObject({ what: 'flood-began' })
    expect(lineOf({ type: 'flood.ended' })).toMatchObject({ what: 'flood-ended' })
    const raised = (over: Partial<Alarm>) =>
      lineOf({ type: 'alarm.raised', alarm: sampleAlarm({ priority: 1, ...over }) })
    expect(raised({})).toMatchObject({ facts: { sensor: 'bridge' } })
    for (const over of [{ drill: true }, { annunciatedAt: null }, { priority: 2 as const }])
      expect(raised(over)).toBeNull()
  })
  it('of a shift’s two thousand and more, the oldest are no longer put right', () => {
    const paper = dutyPaper()
    for (let n = 0; n < 2_000; n++) paper.ask(duty, { type: 'duty.note', text: '甲' })
    expect(paper.state.dutyLines.size).toBe(2_000)
    expect(refusalOf(paper.ask(duty, { type: 'duty.correct', seq: 1, text: '乙' }))?.code).toBe('INVALID')
  })
  it('folds to the same without anybody to tell of changes', () => {
    const paper = dutyPaper()
    paper.ask(duty, wish())
    paper.ask(chief, approve)
    const plain = newCityState(dayOf)
    for (const logged of paper.log) evolve(plain, logged)
    expect(plain.duty).toEqual(paper.state.duty)
    expect(plain.rosterChanges).toEqual(paper.state.rosterChanges)
  })
})
