/** Deviations as alarms: P3 and P4 until a person promotes the rule, no case, told once, over when the sensor is as usual. */
import { describe, expect, it } from 'vitest'
import type { AlarmRule } from '../../../../shared/model/alarm.ts'
import type { Reading } from '../../../../shared/model/reading.ts'
import type { Sensor } from '../../../../shared/model/sensor.ts'
import { quality } from '../../../../shared/model/reading.ts'
import { presentRule } from '../../../../shared/model/alarm-rule-change.ts'
import { alarmRuleSchema } from '../../../../shared/contract/city-pack.ts'
import type { Verdict } from '../../../../server/src/domain/alarm/watch.ts'
import { announce } from '../../../../server/src/domain/alarm/announce.ts'
import { plainSituation } from '../../../../server/src/domain/alarm/scope.ts'
import { presentRules } from '../../../../server/src/domain/alarm/rules-in-force.ts'
import { snapshotPieces } from '../../../../server/src/domain/snapshot.ts'
import { modest } from '../../../../server/src/domain/anomaly/deviation-rule.ts'
import { DeviationWatch, habitMs } from '../../../../server/src/domain/anomaly/deviation-watch.ts'
import { Paper, city, dayOf, refusalOf, restoreState } from '../support.ts'

const min = 60_000
const step = 5 * min
const startAt = Date.parse('2026-08-01T00:00:00+08:00')
const builtIn = city.alarmRules.find(({ id }) => id === 'pm25-unusual') as AlarmRule
/** As the built-in one, of a kind whose figures are easy to read. */
const rule: AlarmRule = { ...builtIn, id: 'pm25-unusual', kind: 'road-speed', deadband: 20, offDelayMs: 1_800_000 }
const sensor: Sensor = {
  ...{ id: 7, name: '人民路车速', kind: 'road-speed', unit: 'km/h', sentUnit: 'km/h', thingId: 1 },
  ...{ position: null, districtId: '310101', intervalMs: step, registeredAt: startAt },
}
const usual = (row: number) => 60 + 3 * Math.sin(row * 12.9898) + 10 * Math.cos((2 * Math.PI * row) / 288)
const reading = (row: number, value = usual(row), flags: number = quality.good): Reading => {
  const phenomenonAt = startAt + row * step
  return { id: row, sensorId: 7, phenomenonAt, receivedAt: phenomenonAt + 1000, value, text: null, quality: flags }
}
const plain = () => plainSituation
const rowsOfAWeek = habitMs / step

/** A watch that has seen these rows, and what it said of them. */
function taught(rows: number, rules: readonly AlarmRule[] = [rule]) {
  const watch = new DeviationWatch(rules, dayOf)
  const said = []
  for (let row = 0; row < rows; row++) said.push(watch.observe(sensor, reading(row), plain))
  return { watch, said: said.filter((one) => one !== undefined) }
}

describe('expected-value detection: the watch', () => {
  it('says what is off its habits, with the words of it, once; and that it is over after the off-delay', () => {
    const { watch, said } = taught(2 * rowsOfAWeek)
    expect(said).toEqual([])
    let row = 2 * rowsOfAWeek
    expect(watch.observe(sensor, reading(row++, 5), plain)).toMatchObject({
      rule: { id: rule.id, priority: 4 },
      channel: 'deviation',
      value: 5,
      evidence: { zh: expect.stringMatching(/^突降，比同(日同)?时段均值低 \d+%（实测 5 km\/h，均值/) as string },
    })
    expect(watch.observe(sensor, reading(row++, 5), plain)).toBeUndefined()
    const backFrom = row
    let over
    while (over === undefined && row < backFrom + 100) over = watch.observe(sensor, reading(row++), plain)
    expect(over).toMatchObject({ rule: null, channel: 'deviation' })
    expect((row - 1 - backFrom) * step).toBeGreaterThanOrEqual(rule.offDelayMs)
    expect(watch.observe(sensor, reading(row), plain)).toBeUndefined()
  })
  it('says nothing before a week of habits, and from then on', () => {
    for (const [rows, isSaid] of [
      [rowsOfAWeek - 1, false],
      [rowsOfAWeek, true],
      [rowsOfAWeek + 1, true],
    ] as const) {
      const { watch } = taught(rows)
      expect(watch.observe(sensor, reading(rows, 5), plain) !== undefined, String(rows)).toBe(isSaid)
    }
  })
  it('does not tell of a departure below the rule\u2019s band, however rare it is', () => {
    const row = 2 * rowsOfAWeek
    const limits = [14, 26, 500].map((deadband) => {
      const { watch } = taught(row, [{ ...rule, deadband }])
      return watch.observe(sensor, reading(row, usual(row) - 25), plain) !== undefined
    })
    expect(limits).toEqual([true, expect.any(Boolean) as boolean, false])
  })
  it('takes no lesson from what cannot be trusted, is overtaken, or is of a kind without such a rule', () => {
    const { watch } = taught(2 * rowsOfAWeek)
    const row = 2 * rowsOfAWeek
    expect(watch.observe(sensor, reading(row, 5, quality.late), plain)).toBeUndefined()
    expect(watch.observe(sensor, reading(row - 1, 5), plain)).toBeUndefined()
    expect(watch.observe({ ...sensor, kind: 'parking', id: 8 }, reading(row, 5), plain)).toBeUndefined()
    expect([watch.watches('road-speed'), watch.watches('parking'), watch.size]).toEqual([true, false, 1])
    expect(watch.observe(sensor, reading(row, 5), plain)).toBeDefined()
  })
  it('tells in its scope alone', () => {
    const scoped = { ...rule, scope: { hours: { from: '08:00', to: '09:00' } } }
    for (const [minuteOfDay, isSaid] of [
      [479, false],
      [480, true],
    ] as const) {
      const { watch } = taught(2 * rowsOfAWeek, [scoped])
      const said = watch.observe(sensor, reading(2 * rowsOfAWeek, 5), () => ({ ...plainSituation, minuteOfDay }))
      expect(said !== undefined).toBe(isSaid)
    }
  })
  it('is taught from the stored past after a start, and judges nothing until then', () => {
    const watch = new DeviationWatch([rule], dayOf)
    watch.expectPast(sensor.id)
    const row = 2 * rowsOfAWeek
    expect(watch.observe(sensor, reading(row, 5), plain)).toBeUndefined()
    watch.teach(
      sensor.id,
      Array.from({ length: row }, (_, i) => ({ at: startAt + i * step, value: usual(i) })),
    )
    watch.teach(sensor.id, [{ at: startAt, value: 1e9 }])
    expect(watch.observe(sensor, reading(row, 5), plain)).toBeDefined()
  })
  it('knows after a restart that an alarm stands, and tells when it is over', () => {
    const watch = new DeviationWatch([rule], dayOf)
    watch.restore(sensor.id)
    const said = []
    for (let row = 0; row < 20; row++) said.push(watch.observe(sensor, reading(row), plain))
    expect(said.filter((one) => one !== undefined)).toMatchObject([{ rule: null }])
    watch.forget(sensor.id)
    expect(watch.size).toBe(0)
  })
  it('goes by other rules at once', () => {
    const { watch } = taught(2 * rowsOfAWeek)
    watch.setRules([])
    expect(watch.observe(sensor, reading(2 * rowsOfAWeek, 5), plain)).toBeUndefined()
    watch.setRules([{ ...rule, version: 2 }])
    expect(watch.observe(sensor, reading(2 * rowsOfAWeek, 5), plain)).toMatchObject({ rule: { version: 2 } })
  })
})

describe('expected-value detection: P3 and P4 until a person promotes the rule', () => {
  it.each([
    [1, 3],
    [2, 3],
    [3, 3],
    [4, 4],
  ] as const)('a rule that asks for P%d raises P%d, and never opens a case', (asked, raised) => {
    const bold = { ...rule, priority: asked, opensIncident: { classCode: 'E0689' } }
    expect(modest(bold)).toMatchObject({ priority: raised })
    expect(modest(bold)).not.toHaveProperty('opensIncident')
    expect(modest({ ...bold, promotedTo: null }).priority).toBe(raised)
    expect(modest({ ...bold, promotedTo: 2 })).toMatchObject({ priority: 2 })
    expect(modest({ ...bold, promotedTo: 2 })).not.toHaveProperty('opensIncident')
  })
  it('a pack that asks for more is refused by field', () => {
    const fields = (over: object) =>
      alarmRuleSchema.safeParse({ ...rule, ...over }).error?.issues.map(({ path }) => path.join('.')) ?? []
    expect(fields({})).toEqual([])
    expect(fields({ priority: 2 })).toContain('priority')
    expect(fields({ opensIncident: { classCode: 'E0689' } })).toEqual(['opensIncident'])
    expect([0.99, 1, 1.01].map((limit) => fields({ limit }).join())).toEqual(['limit', '', ''])
  })
  it('is promoted by two people with a reason, at a new version, and can be put back', () => {
    const paper = new Paper()
    const [chief, manager] = [
      { name: 'wang', role: 'chief' },
      { name: 'zhao', role: 'manager' },
    ] as const
    const propose = (promotedTo: 1 | 2 | null, ruleId = rule.id) =>
      paper.ask(chief, { type: 'alarm-rule.propose', ruleId, change: { promotedTo }, reason: '三个月误报率低于 5%' })
    const raisedAt = () => {
      const watch = new DeviationWatch(
        presentRules(city.alarmRules, paper.state.ruleChanges).map((one) =>
          one.id === rule.id ? { ...one, kind: rule.kind } : one,
        ),
        dayOf,
      )
      watch.teach(
        sensor.id,
        Array.from({ length: 2 * rowsOfAWeek }, (_, i) => ({ at: startAt + i * step, value: usual(i) })),
      )
      return watch.observe(sensor, reading(2 * rowsOfAWeek, 5), plain)?.rule
    }
    expect(raisedAt()).toMatchObject({ priority: 4, version: 1 })
    expect(refusalOf(propose(2, 'water-depth-high'))?.details?.fields?.[0]?.field).toBe('change.promotedTo')
    expect(refusalOf(propose(null))?.code, 'nothing is changed').toBe('INVALID')
    expect(
      refusalOf(
        paper.ask(
          { name: 'li', role: 'duty' },
          { type: 'alarm-rule.propose', ruleId: rule.id, change: { promotedTo: 2 }, reason: 'x' },
        ),
      )?.code,
    ).toBe('FORBIDDEN')
    propose(2)
    expect(raisedAt()).toMatchObject({ priority: 4 })
    paper.ask(manager, { type: 'alarm-rule.approve', changeId: 'R1', note: '' })
    expect(presentRule(rule, paper.state.ruleChanges.get(rule.id) ?? null).promotedTo).toBe(2)
    expect(raisedAt()).toMatchObject({ priority: 2, version: 2 })
    propose(null)
    paper.ask(manager, { type: 'alarm-rule.approve', changeId: 'R2', note: '' })
    expect(raisedAt()).toMatchObject({ priority: 4, version: 3 })
  })
})

describe('expected-value detection: its alarm', () => {
  const verdict = (over: Partial<Verdict> = {}): Verdict => ({
    ...{ sensorId: 7, rule: modest(rule), value: 5, since: startAt, at: startAt, receivedAt: startAt },
    channel: 'deviation',
    ...{ limit: 60, evidence: { zh: '比同日同时段均值低 92%', en: '92% below' } },
    ...over,
  })
  it('stands beside the alarm of a limit, keeps the words, and opens no case', () => {
    const paper = new Paper()
    const slow = city.alarmRules.find(({ id }) => id === 'road-speed-jam') as AlarmRule
    paper.fold(announce(paper.state, { ...verdict(), channel: 'value', rule: slow }, sensor, paper.context))
    paper.fold(announce(paper.state, verdict(), sensor, paper.context))
    expect([...paper.state.alarms.values()]).toMatchObject([
      { ruleId: slow.id },
      { ruleId: rule.id, priority: 4, limit: 60, evidence: { zh: '比同日同时段均值低 92%' }, incidentId: null },
    ])
    expect(paper.state.incidents.size).toBe(0)
    // The same again is not told again; its end ends it alone.
    expect(announce(paper.state, verdict(), sensor, paper.context)).toEqual([])
    paper.fold(announce(paper.state, verdict({ rule: null }), sensor, paper.context))
    expect([...paper.state.alarms.values()].map(({ active }) => active)).toEqual([true, false])
    // Off again, for another reason: the words are of now.
    paper.fold(announce(paper.state, verdict({ evidence: { zh: '突降', en: 'a drop' } }), sensor, paper.context))
    expect(paper.state.alarms.get('A2')).toMatchObject({ active: true, count: 2, evidence: { zh: '突降' } })
    const restored = restoreState(snapshotPieces(paper.state))
    expect(restored?.deviationAlarmOfSensor.get(7)).toBe('A2')
    expect(restored?.alarms.get('A2')?.evidence).toEqual({ zh: '突降', en: 'a drop' })
  })
})
