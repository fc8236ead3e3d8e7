/** Management of change: two people, a reason, old and new in the log, and a watch that goes on where it was. */
import { describe, expect, it } from 'vitest'
import type { AlarmRule } from '../../../shared/model/alarm.ts'
import { presentRule } from '../../../shared/model/alarm-rule-change.ts'
import { AlarmWatch } from '../../../server/src/domain/alarm/watch.ts'
import { mostProposals } from '../../../server/src/domain/alarm/rule-change.ts'
import { rulesInForce } from '../../../server/src/domain/alarm/rules-in-force.ts'
import { snapshotPieces } from '../../../server/src/domain/snapshot.ts'
import { person, startTestEngine } from '../../support/engine.ts'
import { MemoryEngineStore } from '../../support/memory-engine-store.ts'
import { Paper, city, refusalOf, restoreState } from './support.ts'

const chief = { name: 'wang', role: 'chief' } as const
const second = { name: 'zhao', role: 'manager' } as const
const propose = (change: Record<string, unknown> = { limit: 20 }, ruleId = 'water-depth-high') =>
  ({ type: 'alarm-rule.propose', ruleId, change, reason: '雨季调整' }) as const
const approve = (changeId = 'R1') => ({ type: 'alarm-rule.approve', changeId, note: '' }) as const
const rule = city.alarmRules.find(({ id }) => id === 'water-depth-high') as AlarmRule

describe('line 1: rules are changed by two people', () => {
  it('proposed by one, approved by another; a new version, old and new in the log', () => {
    const paper = new Paper()
    expect(refusalOf(paper.ask({ name: 'li', role: 'duty' }, propose()))?.code).toBe('FORBIDDEN')
    expect(refusalOf(paper.ask(chief, propose()))).toBeNull()
    expect(paper.state.ruleChanges.size).toBe(0)
    expect(refusalOf(paper.ask(chief, approve()))?.code).toBe('FORBIDDEN')
    expect(refusalOf(paper.ask(second, approve()))).toBeNull()
    expect(paper.log.at(-1)?.event).toMatchObject({
      type: 'alarm-rule.change-approved',
      change: { from: { limit: 15 }, to: { limit: 20 }, fromVersion: 1, toVersion: 2, decidedBy: 'zhao' },
    })
    expect(presentRule(rule, paper.state.ruleChanges.get(rule.id) ?? null)).toMatchObject({
      limit: 20,
      version: 2,
      deadband: rule.deadband,
      changedBy: 'R1',
    })
    expect(refusalOf(paper.ask(second, approve()))?.code).toBe('NOT_FOUND')
  })

  it('may be declined, with a reason', () => {
    const paper = new Paper()
    paper.ask(chief, propose())
    expect(refusalOf(paper.ask(second, { type: 'alarm-rule.decline', changeId: 'R1', reason: '依据不足' }))).toBeNull()
    expect(paper.state.ruleProposals.size).toBe(0)
    expect(paper.state.ruleChanges.size).toBe(0)
    expect(paper.log.at(-1)?.event).toMatchObject({ change: { state: 'declined', note: '依据不足' } })
  })

  it('refuses what changes nothing, an unknown rule, a stale version, and more than can be looked at', () => {
    const paper = new Paper()
    expect(refusalOf(paper.ask(chief, propose({})))?.code).toBe('INVALID')
    expect(refusalOf(paper.ask(chief, propose({ limit: rule.limit })))?.code).toBe('INVALID')
    expect(refusalOf(paper.ask(chief, propose({ limit: 1 }, 'none')))?.code).toBe('NOT_FOUND')
    expect(refusalOf(paper.ask(chief, propose(), 7))?.code).toBe('CONFLICT')
    expect(refusalOf(paper.ask(chief, propose(), 1))).toBeNull()
    paper.ask(chief, propose({ limit: 21 }))
    paper.ask(second, approve('R1'))
    expect(refusalOf(paper.ask(second, approve('R2')))?.code, 'made against an older version').toBe('CONFLICT')
    for (let n = 0; paper.state.ruleProposals.size < mostProposals; n++) paper.ask(chief, propose({ limit: 30 + n }))
    expect(refusalOf(paper.ask(chief, propose({ limit: 99 })))?.code).toBe('NOT_ALLOWED')
  })

  it('survives a snapshot; a pack that brings another version has the last word', () => {
    const paper = new Paper()
    paper.ask(chief, propose())
    paper.ask(chief, propose({ limit: 22 }))
    paper.ask(second, approve())
    const restored = restoreState(snapshotPieces(paper.state))
    expect(restored?.ruleChanges.get(rule.id)?.to.limit).toBe(20)
    expect(restored?.ruleProposals.has('R2')).toBe(true)
    expect(restored?.counters.ruleChange).toBe(2)
    const newer = { ...rule, version: 9, limit: 12 }
    expect(presentRule(newer, paper.state.ruleChanges.get(rule.id) ?? null)).toMatchObject({ limit: 12, version: 9 })
  })

  it('a rule that is switched off judges nothing, and what stood by it returns', async () => {
    const memory = new MemoryEngineStore()
    const live = await startTestEngine({ store: memory })
    const id = await live.sensor({ kind: 'smoke' })
    await live.tell(id, 1)
    expect(live.engine.view.alarms.get('A1')?.state).toBe('unacknowledged')
    await live.must(person('chief'), propose({ enabled: false }, 'smoke-alarm'))
    await live.must(person('manager'), approve())
    expect(live.engine.view.alarms.get('A1')?.state).toBe('returned')
    expect(live.engine.view.ruleChanges.get('smoke-alarm')?.to.enabled).toBe(false)
    live.clock.at += 1000
    await live.tell(id, 1)
    expect(live.engine.view.alarms.get('A1')?.state).toBe('returned')
    await live.stop()
    const again = await startTestEngine({ store: memory, clock: live.clock })
    again.clock.at += 1000
    await again.tell(id, 1)
    expect(again.engine.view.alarms.get('A1')?.state, 'after a restart too').toBe('returned')
    await again.stop()
  })
})

describe('the watch under new rules', () => {
  const read = (watch: AlarmWatch, at: number, value: number) =>
    watch.observe('water-depth', {
      ...{ id: 1, sensorId: 7, phenomenonAt: at, receivedAt: at, value, text: null, quality: 0 },
    })
  const plain = { ...rule, onDelayMs: 0, onReadings: 1, offDelayMs: 0, deadband: 0 }
  it('keeps what stands, and judges its next reading by the new limit', () => {
    const watch = new AlarmWatch([plain])
    expect(read(watch, 1, 16)?.rule?.limit).toBe(15)
    watch.setRules([{ ...plain, limit: 12, version: 2 }], () => 'water-depth')
    expect(read(watch, 2, 13)?.rule).toMatchObject({ limit: 12, version: 2 })
    watch.setRules([{ ...plain, limit: 20, version: 3 }], () => 'water-depth')
    expect(read(watch, 3, 16)).toMatchObject({ rule: null })
  })
  it('leaves a sensor alone that nobody knows any more', () => {
    const watch = new AlarmWatch([plain])
    read(watch, 1, 16)
    watch.setRules([], () => undefined)
    expect(read(watch, 2, 16)).toBeUndefined()
  })
})

it('rules in force are those that are not switched off', () => {
  const paper = new Paper()
  paper.ask(chief, propose({ enabled: false }))
  paper.ask(second, approve())
  const inForce = rulesInForce(city.alarmRules, paper.state.ruleChanges)
  const delivered = city.alarmRules.filter(({ enabled }) => enabled !== false)
  expect(inForce.map(({ id }) => id)).toEqual(delivered.map(({ id }) => id).filter((id) => id !== rule.id))
})

it('a rule the pack brings switched off is listed, and in force once two people switch it on', () => {
  const paper = new Paper()
  const off = city.alarmRules.find(({ enabled }) => enabled === false)
  const isInForce = () => rulesInForce(city.alarmRules, paper.state.ruleChanges).some(({ id }) => id === off?.id)
  expect(off).toBeDefined()
  expect(isInForce()).toBe(false)
  paper.ask(chief, { ...propose({ enabled: true }), ruleId: off?.id ?? '' } as ReturnType<typeof propose>)
  expect(isInForce()).toBe(false)
  paper.ask(second, approve())
  expect(isInForce()).toBe(true)
})
