/** Line 9: cases come together and apart; every caller is answered, every source told; nothing merges by itself unless a person approved the rule. */
import { describe, expect, it } from 'vitest'
import type { Command } from '../../../shared/model/command.ts'
import type { DomainEvent } from '../../../shared/model/event.ts'
import type { Incident } from '../../../shared/model/incident.ts'
import { linkDirections, mostLinks, oppositeDirection } from '../../../shared/model/duplicate.ts'
import { roles } from '../../../shared/model/role.ts'
import { AlarmWatch } from '../../../server/src/domain/alarm/watch.ts'
import { announce } from '../../../server/src/domain/alarm/announce.ts'
import { openCaseOf } from '../../../server/src/domain/alarm/case-of-alarm.ts'
import { algorithmOf } from '../../../server/src/domain/algorithm/state.ts'
import { mainCaseOf } from '../../../server/src/domain/incident/main-case.ts'
import { decideTick } from '../../../server/src/domain/tick.ts'
import { evictEnded } from '../../../server/src/domain/state.ts'
import { snapshotPieces } from '../../../server/src/domain/snapshot.ts'
import { person, sensorDrafts } from '../../support/engine.ts'
import { city, Paper, refusalOf, restoreState } from './support.ts'

const chief = person('chief')
const duty = person('duty')
const crew = person('crew', 'crew', { unitId: 'PUMP-01' })
const minuteMs = 60_000
const [a, b, c] = ['20260801-000001', '20260801-000002', '20260801-000003'] as const

const report = (over: Partial<Extract<Command, { type: 'incident.report' }>> = {}): Command => ({
  type: 'incident.report',
  classCode: 'E0506',
  title: '积水',
  description: '沐风路下立交积水很深，车开不过去',
  source: 'hotline',
  sourceRef: null,
  position: [121.4, 31.2],
  address: '沐风路100号',
  reporter: { name: '张三', phone: '13812345678', email: null },
  mediaUrl: null,
  occurredAt: null,
  priority: null,
  drill: false,
  ...over,
})
const merge = (incidentId: string, mainId: string, reason = '同一积水点'): Command => ({
  ...{ type: 'incident.merge', incidentId, mainId, reason },
})
const unmerge = (incidentId: string): Command => ({ type: 'incident.unmerge', incidentId, reason: '' })
const rowOf = (paper: Paper, id: string) => paper.state.incidents.get(id) as Incident
const fields = (paper: Paper, command: Command) => {
  const refusal = refusalOf(paper.ask(duty, command))
  return [refusal?.code, refusal?.details?.fields?.[0]?.field]
}
/** Two reports of one place, five minutes apart, and a third far away. */
function reported(): Paper {
  const paper = new Paper()
  paper.ask(duty, report())
  paper.now += 5 * minuteMs
  paper.ask(duty, report({ reporter: { name: '李四', phone: '13987654321', email: null }, source: 'open311' }))
  paper.ask(duty, report({ position: [121.6, 31.4], address: '远山路1号' }))
  return paper
}
/** Takes the case to its end. */
function close(paper: Paper, incidentId: string): void {
  const on = { incidentId }
  const unit = { ...on, unitId: 'PUMP-01' }
  const steps: [typeof duty, Command][] = [
    [duty, { type: 'incident.file', ...on, classCode: null, departmentId: null, priority: null }],
    [duty, { type: 'incident.dispatch', ...unit }],
    [crew, { type: 'incident.acknowledge', ...unit }],
    [crew, { type: 'incident.arrive', ...unit }],
    [crew, { type: 'incident.finish', ...unit, note: '' }],
    [chief, { type: 'incident.feed-back', ...on, note: '已排干' }],
    [duty, { type: 'incident.pass-check', ...on, note: '' }],
    [duty, { type: 'incident.close', ...on, note: '' }],
  ]
  for (const [actor, command] of steps) expect(refusalOf(paper.ask(actor, command))).toBeNull()
}
const told = (paper: Paper) =>
  paper.log.map(({ event }) => event).filter((event) => event.type === 'algorithm.advice-judged')

describe('line 9: merging', () => {
  it('makes one case of two: the merged one keeps its number and its caller, and the main one knows of it', () => {
    const paper = reported()
    expect(refusalOf(paper.ask(duty, merge(b, a)))).toBeNull()
    const merged = rowOf(paper, b)
    expect(merged).toMatchObject({
      ...{ id: b, state: 'merged', stageDueAt: null, closedAt: null, reporter: { name: '李四' } },
      merge: { mainId: a, by: 'duty', isByRule: false, from: 'reported', reason: '同一积水点', at: paper.now },
    })
    expect(rowOf(paper, a).mergedIds).toEqual([b])
    expect(mainCaseOf(paper.state.incidents, merged)?.id).toBe(a)
    expect(paper.state.ended.has(b)).toBe(false)
    expect(paper.state.cases.get(b)).toBeUndefined()
  })
  it('is for officers, with a reason, on the picture they see', () => {
    for (const role of roles) {
      const paper = reported()
      const code = refusalOf(paper.ask(person(role), merge(b, a)))?.code
      expect(code, role).toBe(role === 'duty' || role === 'chief' ? undefined : 'FORBIDDEN')
    }
    const paper = reported()
    expect(fields(paper, merge(b, a, ' '))).toEqual(['INVALID', 'reason'])
    expect(refusalOf(paper.ask(duty, merge(b, a), 7))?.code).toBe('CONFLICT')
    expect(fields(paper, merge('20260801-000009', a))).toEqual(['NOT_FOUND', 'incidentId'])
  })
  it('refuses what is no main case, naming the field', () => {
    const paper = reported()
    expect(fields(paper, merge(b, b))).toEqual(['INVALID', 'mainId'])
    expect(fields(paper, merge(b, '20260801-000009'))).toEqual(['NOT_FOUND', 'mainId'])
    paper.ask(duty, merge(b, a))
    expect(fields(paper, merge(c, b))).toEqual(['NOT_ALLOWED', 'mainId'])
    expect(refusalOf(paper.ask(duty, merge(b, c)))?.code).toBe('NOT_ALLOWED')
    paper.ask(duty, { type: 'incident.void', incidentId: a, reason: '误报' })
    expect(fields(paper, merge(c, a))).toEqual(['NOT_ALLOWED', 'mainId'])
  })
  it('keeps a drill and what is real apart', () => {
    const paper = reported()
    paper.ask(chief, { type: 'drill.start', scenario: 'rainstorm', countsInKpi: false, seed: null })
    paper.ask(duty, report({ drill: true }))
    expect(fields(paper, merge('20260801-000004', a))).toEqual(['NOT_ALLOWED', 'mainId'])
  })
  it(`takes ${mostLinks} reports into one case and not one more`, () => {
    const paper = reported()
    const full = { ...rowOf(paper, a), mergedIds: Array.from({ length: mostLinks }, (_, i) => `x${i}`) }
    paper.state.incidents.set(a, { ...full, mergedIds: full.mergedIds.slice(1) })
    expect(refusalOf(paper.ask(duty, merge(b, a)))).toBeNull()
    expect(fields(paper, merge(c, a))).toEqual(['NOT_ALLOWED', 'mainId'])
  })
  it('marks a stage that was left too late', () => {
    const paper = reported()
    paper.now = rowOf(paper, b).reportedAt + 15 * minuteMs
    paper.ask(duty, merge(b, a))
    expect(rowOf(paper, b).overdueStages).toEqual([])
    paper.now += 1
    paper.ask(duty, merge(c, a))
    expect(rowOf(paper, c).overdueStages).toEqual(['accept'])
  })
  it('takes the alarms along, and gives them back', () => {
    const paper = new Paper()
    const door = { name: 'door:x', role: 'door' } as const
    paper.ask(door, { type: 'catalog.create', drafts: sensorDrafts({ kind: 'methane', unit: '%LEL' }) })
    const watch = new AlarmWatch(city.alarmRules)
    const reading = {
      id: 1,
      sensorId: 1,
      phenomenonAt: paper.now,
      receivedAt: paper.now,
      value: 45,
      text: null,
      quality: 0,
    }
    watch.observe('methane', reading)
    paper.now += 30_000
    const verdict = watch.observe('methane', { ...reading, id: 2, phenomenonAt: paper.now, receivedAt: paper.now })
    const sensor = paper.state.sensors.get(1)
    if (verdict === undefined || sensor === undefined) throw new Error('the sensor raises its alarm')
    paper.fold(announce(paper.state, verdict, sensor, paper.context))
    const sensed = rowOf(paper, a)
    paper.ask(duty, report({ classCode: 'E0502' }))
    const main = b
    const [alarmId = ''] = sensed.alarmIds
    expect(refusalOf(paper.ask(duty, merge(sensed.id, main)))).toBeNull()
    expect(rowOf(paper, main).alarmIds).toEqual([alarmId])
    expect(paper.state.alarms.get(alarmId)?.incidentId).toBe(main)
    const alarm = paper.state.alarms.get(alarmId)
    expect(alarm && openCaseOf(paper.state, { ...alarm, incidentId: sensed.id })?.id).toBe(main)
    expect(refusalOf(paper.ask(duty, unmerge(sensed.id)))).toBeNull()
    expect(rowOf(paper, main).alarmIds).toEqual([])
    expect(paper.state.alarms.get(alarmId)?.incidentId).toBe(sensed.id)
  })
})

describe('line 9: unmerging', () => {
  it('restores the state it had, with its clocks as they are by now', () => {
    const paper = reported()
    paper.ask(duty, { type: 'incident.accept', incidentId: b })
    const before = rowOf(paper, b)
    paper.now += minuteMs
    paper.ask(duty, merge(b, a))
    const watch = new AlarmWatch([])
    paper.now += 20 * minuteMs
    paper.fold(decideTick(paper.state, watch, paper.context))
    expect(rowOf(paper, b).overdueStages, 'nothing runs over while it is merged').toEqual([])
    expect(refusalOf(paper.ask(duty, unmerge(b)))).toBeNull()
    const after = rowOf(paper, b)
    expect(after).toEqual({
      ...before,
      ...{ version: before.version + 2, updatedAt: paper.now, notSameIds: [a] },
    })
    expect(rowOf(paper, a).mergedIds).toEqual([])
    paper.fold(decideTick(paper.state, watch, paper.context))
    expect(rowOf(paper, b).overdueStages, 'the time that passed has passed').toEqual(['file'])
  })
  it('is possible until the main case has ended, and not after', () => {
    const paper = reported()
    paper.ask(duty, merge(b, a))
    close(paper, a)
    expect(refusalOf(paper.ask(duty, unmerge(b)))?.code).toBe('NOT_ALLOWED')
    expect(refusalOf(paper.ask(duty, unmerge(c)))?.code).toBe('NOT_ALLOWED')
  })
  it('is a word about the two: they are not proposed again, and a person may still merge them', () => {
    const paper = reported()
    paper.ask(duty, merge(b, a))
    paper.ask(duty, unmerge(b))
    expect([rowOf(paper, a).notSameIds, rowOf(paper, b).notSameIds]).toEqual([[b], [a]])
    paper.ask(duty, merge(b, a))
    expect([rowOf(paper, a).notSameIds, rowOf(paper, b).notSameIds]).toEqual([[], []])
  })
  it('survives a log whose merge is no longer held', () => {
    const paper = reported()
    const event: DomainEvent = {
      type: 'incident.unmerged',
      incidentId: b,
      state: 'reported',
      stageDueAt: null,
      reason: '',
    }
    paper.fold([{ event }])
    expect(rowOf(paper, b)).toMatchObject({ state: 'reported' })
  })
})

describe('line 9: every caller answered, every source told', () => {
  it('the merged case ends with its main case and the same result, whatever its way; its caller is called back then', () => {
    const paper = reported()
    paper.ask(duty, merge(b, a))
    paper.ask(duty, merge(c, a))
    const callBack: Command = { type: 'incident.evaluate', incidentId: b, satisfaction: 5, note: '' }
    expect(refusalOf(paper.ask(duty, callBack))?.code).toBe('NOT_ALLOWED')
    paper.now += minuteMs
    close(paper, a)
    for (const id of [b, c]) {
      expect(rowOf(paper, id)).toMatchObject({ state: 'merged', closedAt: paper.now, resolution: '已排干' })
      expect(paper.state.ended.has(id)).toBe(true)
    }
    expect(refusalOf(paper.ask(duty, callBack))).toBeNull()
    expect(rowOf(paper, b)).toMatchObject({ state: 'merged', satisfaction: 5 })
  })
  it('goes through every main case on the way', () => {
    const paper = reported()
    paper.ask(duty, merge(c, b))
    paper.ask(duty, merge(b, a))
    expect(mainCaseOf(paper.state.incidents, rowOf(paper, c))?.id).toBe(a)
    expect(rowOf(paper, c).closedAt, 'its main case is merged, not ended').toBeNull()
    paper.ask(duty, { type: 'incident.reject', incidentId: a, reason: '不属实' })
    for (const id of [b, c]) expect(rowOf(paper, id)).toMatchObject({ closedAt: paper.now, resolution: '不属实' })
  })
  it('waits again where the main case is taken up again', () => {
    const paper = reported()
    paper.ask(duty, merge(b, a))
    paper.ask(duty, { type: 'incident.reject', incidentId: a, reason: '不属实' })
    const event: DomainEvent = {
      ...{ type: 'incident.settled', incidentId: b, state: 'merged', stageDueAt: null },
      ...{ mainId: a, mainState: 'handling', resolution: null },
    }
    paper.fold([{ event }])
    expect(rowOf(paper, b)).toMatchObject({ closedAt: null, resolution: null })
    expect(paper.state.ended.has(b)).toBe(false)
  })
  it('is held as long as its main case is open, and let go like any other then', () => {
    const paper = reported()
    paper.ask(duty, merge(b, a))
    const later = paper.now + 1000 * 3_600_000
    expect(evictEnded(paper.state, later, 0, 0)).toEqual([])
    paper.ask(duty, { type: 'incident.reject', incidentId: a, reason: '不属实' })
    expect(evictEnded(paper.state, later, 0, 0).sort()).toEqual([a, b])
  })
})

describe('line 9: linking and telling apart', () => {
  it.each(linkDirections)('links both ways, the directions opposite: %s', (direction) => {
    const paper = reported()
    const link: Command = { type: 'incident.link', incidentId: a, otherId: b, direction, reason: '同一工地' }
    expect(refusalOf(paper.ask(duty, link))).toBeNull()
    expect(rowOf(paper, a).links).toMatchObject([{ incidentId: b, direction, reason: '同一工地', by: 'duty' }])
    expect(rowOf(paper, b).links).toMatchObject([{ incidentId: a, direction: oppositeDirection[direction] }])
    // Said anew, it is one link.
    paper.ask(duty, { ...link, direction: 'related' })
    expect(rowOf(paper, a).links).toMatchObject([{ incidentId: b, direction: 'related' }])
    const unlink: Command = { type: 'incident.unlink', incidentId: b, otherId: a, reason: '看错了' }
    expect(refusalOf(paper.ask(duty, unlink))).toBeNull()
    expect([rowOf(paper, a).links, rowOf(paper, b).links]).toEqual([[], []])
    expect(fields(paper, unlink)).toEqual(['NOT_ALLOWED', 'otherId'])
  })
  it('refuses links to nothing, to itself, and too many', () => {
    const paper = reported()
    const link = (otherId: string): Command => ({
      ...{ type: 'incident.link', incidentId: a, otherId, direction: 'related', reason: 'x' },
    })
    expect(fields(paper, link(a))).toEqual(['NOT_FOUND', 'otherId'])
    expect(fields(paper, link('20260801-000009'))).toEqual(['NOT_FOUND', 'otherId'])
    const one = { incidentId: 'x', direction: 'related', reason: '', by: '', at: 0 } as const
    const many = (n: number) => Array.from({ length: n }, (_, i) => ({ ...one, incidentId: `x${i}` }))
    paper.state.incidents.set(a, { ...rowOf(paper, a), links: many(mostLinks - 1) })
    expect(refusalOf(paper.ask(duty, link(b)))).toBeNull()
    expect(fields(paper, link(c))).toEqual(['NOT_ALLOWED', 'otherId'])
    // The other end is no longer held: this end is taken off all the same.
    const unlink: Command = { type: 'incident.unlink', incidentId: a, otherId: 'x3', reason: 'x' }
    expect(refusalOf(paper.ask(duty, unlink))).toBeNull()
  })
  it('remembers that two are not the same', () => {
    const paper = reported()
    const apart: Command = { type: 'incident.not-same', incidentId: b, otherId: a, reason: '' }
    expect(refusalOf(paper.ask(duty, apart))).toBeNull()
    expect([rowOf(paper, a).notSameIds, rowOf(paper, b).notSameIds]).toEqual([[b], [a]])
    paper.ask(duty, apart)
    expect(rowOf(paper, b).notSameIds).toEqual([a])
    expect(fields(paper, { ...apart, otherId: b })).toEqual(['NOT_FOUND', 'otherId'])
    expect(fields(paper, { ...apart, otherId: 'x' })).toEqual(['NOT_FOUND', 'otherId'])
  })
})

describe('line 9: the approved rule', () => {
  const approve = (over: object = {}): Command => ({
    ...{ type: 'algorithm.approve-rule', algorithmId: 'duplicates', minScore: 0.5, maxDistanceM: 50, maxMinutes: 30 },
    ...{ reason: '汛期试行' },
    ...over,
  })
  const again = report({ reporter: { name: '王五', phone: '13611112222', email: null } })

  it('is off by default: nothing merges by itself', () => {
    const paper = reported()
    expect([...paper.state.incidents.values()].map(({ state }) => state)).toEqual(['reported', 'reported', 'reported'])
  })
  it('merges what holds all of it, under its own name, and is undone by one act', () => {
    const paper = new Paper()
    paper.ask(duty, report())
    paper.ask(chief, approve())
    paper.now += minuteMs
    paper.ask(duty, again)
    expect(rowOf(paper, b)).toMatchObject({
      state: 'merged',
      merge: { mainId: a, isByRule: true, by: 'rule:duplicates' },
    })
    expect(rowOf(paper, b).merge?.reason).toMatch(/相距 0 米/)
    expect(refusalOf(paper.ask(duty, unmerge(b)))).toBeNull()
    expect(rowOf(paper, b).state).toBe('reported')
    expect(told(paper), 'a rule’s merge that was undone is advice that was wrong').toMatchObject([{ isTaken: false }])
    // Told apart, the rule leaves it alone, also where it is placed anew.
    paper.ask(duty, { type: 'incident.locate', incidentId: b, position: [121.4, 31.2], address: null })
    expect(rowOf(paper, b).state).toBe('reported')
  })
  it.each([
    ['its score', { minScore: 1 }],
    ['its distance', { maxDistanceM: 5 }],
    ['its time', { maxMinutes: 4 }],
  ])('does not merge beyond %s', (_, over) => {
    const paper = new Paper()
    paper.ask(duty, report())
    paper.ask(chief, approve(over))
    paper.now += 5 * minuteMs
    paper.ask(duty, report({ position: [121.4001, 31.2] }))
    expect(rowOf(paper, b).state).toBe('reported')
  })
  it('merges at its very limits', () => {
    const paper = new Paper()
    paper.ask(duty, report())
    paper.ask(chief, approve({ maxMinutes: 5, maxDistanceM: 0 }))
    paper.now += 5 * minuteMs
    paper.ask(duty, again)
    expect(rowOf(paper, b).state).toBe('merged')
  })
  it('does nothing once it is withdrawn, or the algorithm is off, or the place is not known', () => {
    for (const stop of [
      { type: 'algorithm.withdraw-rule', algorithmId: 'duplicates', reason: '误并多' },
      { type: 'algorithm.switch', algorithmId: 'duplicates', isOn: false, reason: '停用' },
    ] as const satisfies readonly Command[]) {
      const paper = new Paper()
      paper.ask(duty, report())
      paper.ask(chief, approve())
      expect(refusalOf(paper.ask(chief, stop))).toBeNull()
      paper.ask(duty, again)
      expect(rowOf(paper, b).state).toBe('reported')
    }
    const paper = new Paper()
    paper.ask(duty, report())
    paper.ask(chief, approve())
    paper.ask(duty, report({ position: null }))
    expect(rowOf(paper, b).state).toBe('reported')
    paper.ask(duty, { type: 'incident.locate', incidentId: b, position: [121.4, 31.2], address: '沐风路100号' })
    expect(rowOf(paper, b).state, 'and merges it when it is placed').toBe('merged')
  })
})

describe('line 10: what became of proposals', () => {
  it('is in the log: merged, told apart, merged and undone; nothing of what was not proposed', () => {
    const paper = reported()
    paper.ask(duty, merge(b, a))
    expect(told(paper)).toMatchObject([{ field: 'duplicate', proposed: a, chosen: a, isTaken: true, incidentId: b }])
    const tally = () => algorithmOf(paper.state.algorithms, 'duplicates').tally.duplicate
    expect(tally()).toEqual({ advised: 1, taken: 1 })
    paper.ask(duty, unmerge(b))
    expect(tally()).toEqual({ advised: 1, taken: 0 })
    paper.ask(duty, { type: 'incident.not-same', incidentId: b, otherId: a, reason: '' })
    expect(tally()).toEqual({ advised: 2, taken: 0 })
    paper.ask(duty, merge(c, a))
    expect(tally(), 'c is far away: nobody proposed it').toEqual({ advised: 2, taken: 0 })
    paper.ask(duty, unmerge(c))
    expect(tally()).toEqual({ advised: 2, taken: 0 })
    const restored = restoreState(snapshotPieces(paper.state))
    expect(restored && algorithmOf(restored.algorithms, 'duplicates').tally).toEqual(
      algorithmOf(paper.state.algorithms, 'duplicates').tally,
    )
  })
  it('is not counted while the algorithm is off', () => {
    const paper = reported()
    paper.ask(chief, { type: 'algorithm.switch', algorithmId: 'duplicates', isOn: false, reason: '停用' })
    paper.ask(duty, merge(b, a))
    expect(told(paper)).toEqual([])
    expect(rowOf(paper, b).merge?.score).toBeNull()
  })
})
