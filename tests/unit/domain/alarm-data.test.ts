/** Data alarms: no data, flat line, bad quality; and one alarm for a gateway, not two hundred for what is behind it. */
import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import type { AlarmRule } from '../../../shared/model/alarm.ts'
import type { EntityDraft } from '../../../shared/model/catalog.ts'
import { quality } from '../../../shared/model/reading.ts'
import type { Sensor } from '../../../shared/model/sensor.ts'
import { DataWatch, gatewayKind } from '../../../server/src/domain/alarm/data-watch.ts'
import { GatewayWatch } from '../../../server/src/domain/alarm/gateway-watch.ts'
import { IdTimers } from '../../../server/src/domain/deadline/id-timers.ts'
import { MemoryEngineStore } from '../../support/memory-engine-store.ts'
import { person, sensorDrafts, startTestEngine, type TestEngine } from '../../support/engine.ts'
import { systemActor } from '../../../shared/model/role.ts'

const min = 60_000
const rule = (over: Partial<AlarmRule>): AlarmRule => ({
  ...{ id: 'no-data', version: 1, kind: '*', sense: 'no-data', limit: 3, deadband: 0, onDelayMs: 0, onReadings: 1 },
  ...{ offDelayMs: 0, priority: 4, classCode: 'P0128' },
  ...{ name: { zh: '', en: '' }, consequence: { zh: '', en: '' }, action: { zh: '', en: '' } },
  ...over,
})
const sensor = (id: number, over: Partial<Sensor> = {}): Sensor => ({
  ...{ id, name: `s${id}`, kind: 'k', unit: '', sentUnit: '', thingId: id, position: null, districtId: null },
  ...{ intervalMs: min, registeredAt: 0 },
  ...over,
})
const reading = (sensorId: number, at: number, value = 1, flags = 0) => ({
  ...{ id: 1, sensorId, phenomenonAt: at, receivedAt: at, value, text: null, quality: flags },
})

function watching(rules: readonly AlarmRule[], sensors: readonly Sensor[], now = 0) {
  const register = new Map(sensors.map((each) => [each.id, each]))
  const watch = new DataWatch(rules, register, now)
  return {
    watch,
    register,
    say: (id: number, at: number, value?: number, flags?: number) =>
      watch.observe(register.get(id) as Sensor, reading(id, at, value, flags)),
    silent: (at: number, most = 1000) => {
      const gateways = watch.tickGateways(at).map(({ gateway }) => gateway.name)
      return [...gateways, ...watch.tick(at, most).map(({ sensorId }) => sensorId)]
    },
  }
}

describe('no data', () => {
  it('is 3 × the interval since the last word: below, equal, above', () => {
    const { say, silent } = watching([rule({})], [sensor(7)])
    say(7, 1000)
    expect(silent(1000 + 3 * min - 1)).toEqual([])
    expect(silent(1000 + 3 * min)).toEqual([7])
    expect(silent(1000 + 4 * min)).toEqual([])
    expect(say(7, 1000 + 5 * min).sensor).toMatchObject({ rule: null, channel: 'data' })
    expect(silent(1000 + 8 * min)).toEqual([7])
  })
  it('is counted from the last word, whatever timer waits', () => {
    const { say, silent } = watching([rule({})], [sensor(7)])
    for (let at = 0; at <= 10 * min; at += min) {
      say(7, at)
      expect(silent(at)).toEqual([])
    }
    expect(silent(13 * min - 1)).toEqual([])
    expect(silent(13 * min)).toEqual([7])
  })
  it('is no longer than somebody has listened', () => {
    const { watch, silent, register } = watching([rule({})], [sensor(7)], 60 * min)
    watch.restore(register.get(7) as Sensor, reading(7, 0), null)
    expect(silent(63 * min - 1)).toEqual([])
    expect(silent(63 * min)).toEqual([7])
  })
  it('is not of a sensor that is gone, never spoke, or is watched by no such rule', () => {
    const { watch, say, silent, register } = watching(
      [rule({ kind: 'k' })],
      [sensor(7), sensor(8), sensor(9, { kind: 'o' })],
    )
    say(7, 0)
    say(9, 0)
    watch.forget(register.get(7) as Sensor)
    register.delete(7)
    expect(silent(60 * min)).toEqual([])
    watch.setRules([])
    say(8, 60 * min)
    expect(silent(600 * min)).toEqual([])
  })
  it('waits for the next tick where there are too many', () => {
    const { say, silent } = watching(
      [rule({})],
      [1, 2, 3].map((id) => sensor(id)),
    )
    for (const id of [1, 2, 3]) say(id, 0)
    expect(silent(3 * min, 2)).toEqual([1, 2])
    expect(silent(3 * min, 2)).toEqual([3])
  })
  it('stops being watched when its rule goes while a timer runs', () => {
    const { watch, say, silent } = watching([rule({})], [sensor(7)])
    say(7, 0)
    watch.setRules([])
    expect(silent(3 * min)).toEqual([])
  })
})

describe('a flat line and bad quality', () => {
  it('what is not trusted raises a data alarm after so many in a row, and a trusted word ends it', () => {
    const { say } = watching([rule({ id: 'bad', sense: 'bad-quality', onReadings: 3 })], [sensor(7)])
    expect(say(7, 1, 999, quality.outOfRange).sensor).toBeUndefined()
    expect(say(7, 2, 999, quality.unitMismatch).sensor).toBeUndefined()
    expect(say(7, 3, NaN, quality.missing).sensor).toMatchObject({
      rule: { id: 'bad' },
      value: quality.missing,
      since: 1,
    })
    expect(say(7, 4, NaN, 0).sensor).toMatchObject({ rule: null, value: 0 })
    expect(say(7, 5).sensor).toBeUndefined()
  })
  it('a run that is broken counts anew; late is no fault of the value', () => {
    const { say } = watching([rule({ id: 'bad', sense: 'bad-quality', onReadings: 2 })], [sensor(7)])
    say(7, 1, 9, quality.future)
    say(7, 2)
    expect(say(7, 3, 9, quality.future).sensor).toBeUndefined()
    for (let n = 4; n < 9; n++) expect(say(7, n, 9, quality.late).sensor).toBeUndefined()
  })
  it('a flat line is what intake calls stuck, or by a time of the rule’s own: below, equal, above', () => {
    const stuck = watching([rule({ id: 'flat', sense: 'flatline' })], [sensor(7)])
    expect(stuck.say(7, 1, 5, quality.stuck).sensor).toMatchObject({ rule: { id: 'flat' }, value: 5 })
    const own = watching([rule({ id: 'flat', sense: 'flatline', windowMs: 1000 })], [sensor(7)])
    own.say(7, 0, 5)
    expect(own.say(7, 999, 5).sensor).toBeUndefined()
    expect(own.say(7, 1000, 5).sensor).toMatchObject({ rule: { id: 'flat' } })
    expect(own.say(7, 1001, 6).sensor).toMatchObject({ rule: null })
  })
  it('the more urgent of two speaks; a rule for the kind goes before one for any', () => {
    const { say } = watching(
      [
        rule({ id: 'flat', sense: 'flatline', priority: 3 }),
        rule({ id: 'bad', sense: 'bad-quality', priority: 4 }),
        rule({ id: 'own', sense: 'bad-quality', kind: 'k', priority: 2 }),
      ],
      [sensor(7)],
    )
    expect(say(7, 1, 5, quality.stuck | quality.outOfRange).sensor?.rule?.id).toBe('own')
  })
  it('goes on under changed rules, and is known after a restart', () => {
    const bad = rule({ id: 'bad', sense: 'bad-quality' })
    const { watch, say, register } = watching([bad], [sensor(7)])
    say(7, 1, 9, quality.outOfRange)
    watch.setRules([{ ...bad, version: 2 }])
    expect(say(7, 2, 9, quality.outOfRange).sensor?.rule?.version).toBe(2)
    watch.setRules([])
    expect(say(7, 3).sensor).toBeUndefined()
    const again = watching([bad], [sensor(7)])
    again.watch.restore(register.get(7) as Sensor, reading(7, 3, 9, quality.outOfRange), 'bad')
    expect(again.say(7, 4).sensor).toMatchObject({ rule: null })
    again.watch.forget(register.get(7) as Sensor)
  })
})

describe('a gateway', () => {
  const gateway = rule({ id: 'gateway-silent', kind: gatewayKind, priority: 2 })
  const children = [1, 2, 3].map((id) => sensor(id, { gateway: 'G' }))
  it('is silent when all behind it are, before they are told themselves', () => {
    const { say, silent, watch, register } = watching([rule({}), gateway], children)
    say(1, 0)
    say(2, 20_000)
    say(3, 40_000)
    expect(silent(3 * min), 'in doubt: the first child waits for its gateway').toEqual([])
    expect(silent(40_000 + 3 * min - 1)).toEqual([])
    expect(silent(40_000 + 3 * min)).toEqual(['G', 1, 2, 3])
    expect(watch.isHidden(register.get(1) as Sensor)).toBe(true)
    expect(say(2, 10 * min).gateway).toMatchObject({ isSilent: false })
    expect(silent(13 * min - 1)).toEqual([])
    expect(silent(13 * min), 'all three once more: two never came back, and one went again').toEqual(['G', 1, 2, 3])
  })
  it('one broken device is its own alarm', () => {
    const { say, silent } = watching([rule({}), gateway], children)
    for (let at = 0; at <= 5 * min; at += 20_000) {
      if (at === 0) say(1, at)
      say(2, at)
      say(3, at)
      const found = silent(at)
      if (at === 3 * min) expect(found).toEqual([1])
      else expect(found).toEqual([])
    }
  })
  it('with one device, or without a rule, cannot be told from it', () => {
    const alone = watching([rule({}), gateway], [children[0] as Sensor])
    alone.say(1, 0)
    expect(alone.silent(3 * min)).toEqual([1])
    const unwatched = watching([rule({})], children)
    for (const id of [1, 2, 3]) unwatched.say(id, 0)
    expect(unwatched.silent(3 * min)).toEqual([1, 2, 3])
  })
  it('is let go with the last behind it', () => {
    const { watch, say, silent, register } = watching([rule({}), gateway], children)
    for (const id of [1, 2, 3]) say(id, 0)
    for (const id of [1, 2, 3]) {
      watch.forget(register.get(id) as Sensor)
      watch.forget(register.get(id) as Sensor)
    }
    expect(silent(60 * min)).toEqual([])
    expect(watch.isHidden(sensor(1, { gateway: 'G' }))).toBe(false)
    watch.restoreGateway('G')
    watch.setRules([rule({})])
    expect(watch.gatewayRule()).toBeUndefined()
  })
  it('timers of one that is watched no more are let go', () => {
    const gateways = new GatewayWatch(3)
    const its = gateways.join('G', sensor(1, { gateway: 'G' }), 0)
    gateways.join('G', sensor(2, { gateway: 'G', intervalMs: 2 * min }), 0)
    expect(gateways.dueAt(its)).toBe(6 * min)
    gateways.heard(its, min)
    expect(gateways.tick(6 * min)).toEqual([])
    gateways.setLimit(null)
    expect(gateways.tick(60 * min)).toEqual([])
    expect(gateways.isDoubtful(its, 60 * min)).toBe(false)
  })
})

describe('in the whole engine', () => {
  const behind = (name: string, n: number): EntityDraft[] =>
    sensorDrafts({ kind: 'methane', unit: '%LEL', name: `${name}${n}` }).map((draft) =>
      draft.kind === 'Thing' ? { ...draft, body: { ...draft.body, properties: { gateway: name } } } : draft,
    )
  async function manyBehind(live: TestEngine, count: number): Promise<number[]> {
    const ids: number[] = []
    for (let n = 0; n < count; n++) {
      const data = await live.must(systemActor, { type: 'catalog.create', drafts: behind('GW-1', n) })
      ids.push((data['ids'] as number[])[4] as number)
    }
    return ids
  }
  const states = (live: TestEngine) =>
    [...live.engine.view.alarms.values()].map(({ state, kind }) => `${kind} ${state}`)

  it('suppressed by design: one alarm on the gateway, not two hundred; what stays silent is told when it is back', async () => {
    const memory = new MemoryEngineStore()
    let live = await startTestEngine({ store: memory })
    const ids = await manyBehind(live, 200)
    for (const id of ids) await live.tell(id, 1)
    await live.pass(3 * min)
    const alarms = [...live.engine.view.alarms.values()]
    expect(alarms.filter(({ state }) => state === 'unacknowledged')).toMatchObject([
      { kind: 'gateway', gateway: 'GW-1', sensorId: null, ruleId: 'gateway-silent', priority: 2 },
    ])
    const hidden = alarms.filter(({ state }) => state === 'suppressed')
    expect(hidden).toHaveLength(200)
    expect(hidden[0]).toMatchObject({ suppression: { parentId: alarms[0]?.id, by: 'gateway-silent' } })
    expect(hidden[0]).toMatchObject({ annunciatedAt: null, value: 3, unit: 'min', limit: 3 })
    await live.stop()
    // What is hidden behind what survives a restart, and so does who is silent.
    live = await startTestEngine({ store: memory, clock: live.clock })
    live.clock.at += min
    for (const id of ids.slice(1)) await live.tell(id, 1)
    expect(states(live).sort()).toEqual(['gateway returned', 'methane suppressed'])
    for (let n = 0; n < 3; n++) {
      live.clock.at += min
      for (const id of ids.slice(1)) await live.tell(id, 1)
      await live.pass(0)
    }
    expect(states(live).sort(), 'the one that is broken itself').toEqual(['gateway returned', 'methane unacknowledged'])
    expect(live.errors).toEqual([])
    await live.stop()
  })

  it('a gateway nobody could hear while nothing ran is not silent for that', async () => {
    const memory = new MemoryEngineStore()
    let live = await startTestEngine({ store: memory })
    for (const id of await manyBehind(live, 3)) await live.tell(id, 1)
    await live.stop()
    live.clock.at += 60 * min
    live = await startTestEngine({ store: memory, clock: live.clock })
    await live.pass(3 * min - 1)
    expect(states(live)).toEqual([])
    await live.pass(1)
    expect(states(live)).toContain('gateway unacknowledged')
    await live.stop()
  })

  it('a child found dead before its gateway is moved behind it', async () => {
    const live = await startTestEngine()
    const ids = await manyBehind(live, 3)
    for (const id of ids) await live.tell(id, 1)
    for (let n = 0; n < 4; n++) {
      live.clock.at += min
      for (const id of ids.slice(1)) await live.tell(id, 1)
      await live.pass(0)
    }
    expect(states(live)).toEqual(['methane unacknowledged'])
    await live.pass(3 * min)
    expect(states(live).sort()).toEqual(['gateway unacknowledged', ...Array(3).fill('methane suppressed')])
    const first = [...live.engine.view.alarms.values()].find(({ sensorId }) => sensorId === ids[0])
    expect(first?.suppression?.by).toBe('gateway-silent')
    await live.tell(ids[0] as number, 1)
    expect(states(live).sort()).toEqual(['gateway returned', ...Array(2).fill('methane suppressed')])
    await live.pass(3 * min)
    expect(states(live).sort(), 'again').toEqual(['gateway unacknowledged', ...Array(3).fill('methane suppressed')])
    await live.stop()
  })

  it('bad data raises no value alarm and one of the data; both may stand side by side', async () => {
    const live = await startTestEngine()
    const id = await live.sensor({ kind: 'methane', unit: '%LEL' })
    for (let n = 0; n < 4; n++) {
      await live.tell(id, 5000)
      live.clock.at += 1000
    }
    expect([...live.engine.view.alarms.values()]).toMatchObject([{ ruleId: 'bad-quality', sense: 'bad-quality' }])
    await live.tell(id, 25)
    live.clock.at += 10_000
    await live.tell(id, 25)
    expect([...live.engine.view.alarms.values()].map(({ ruleId, state }) => `${ruleId} ${state}`).sort()).toEqual([
      'bad-quality returned',
      'methane-high unacknowledged',
    ])
    await live.must(systemActor, { type: 'catalog.delete', kind: 'Thing', id: 1 })
    await live.must(person('duty'), { type: 'alarm.acknowledge', alarmId: 'A1', comment: null })
    await live.must(person('duty'), { type: 'alarm.acknowledge', alarmId: 'A2', comment: null })
    expect(live.engine.view.alarms.size).toBe(0)
    await live.stop()
  })
})

it('timers by number come in the order of their time, then of their number', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(50), fc.nat(20))), fc.nat(25), (pairs, now) => {
      const timers = new IdTimers()
      for (const [id, at] of pairs) timers.add(id, at)
      const taken: number[] = []
      for (let id = timers.takeDue(now); id !== undefined; id = timers.takeDue(now)) taken.push(id)
      const wanted = pairs
        .filter(([, at]) => at <= now)
        .sort(([a, atA], [b, atB]) => atA - atB || a - b)
        .map(([id]) => id)
      expect(taken).toEqual(wanted)
      expect(timers.size).toBe(pairs.length - wanted.length)
    }),
  )
})
