/** The rainstorm through the whole engine: readings in by intake, warnings by their door's own reading, cases out. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cityLife } from '../../mock-data/life/city-life.ts'
import { readAlert } from '../../server/src/doors/cap/read-alert.ts'
import { defaultAlarmRules } from '../../server/src/domain/alarm-rules.ts'
import { defaultCaseClasses } from '../../server/src/domain/case-classes.ts'
import { systemActor } from '../../shared/model/role.ts'
import { sensorKind } from '../../shared/model/sensor-kinds.ts'
import { HandClock, sensorDrafts, startTestEngine, testNoon, type TestEngine } from '../support/engine.ts'
import { livedCity } from '../support/lived-city.ts'
import { smallCity } from '../support/small-city.ts'

const minMs = 60_000
let test: TestEngine
const story: { readonly minute: number; readonly words: string }[] = []
const first = (pattern: RegExp) => story.find(({ words }) => pattern.test(words))?.minute ?? Infinity

beforeAll(async () => {
  const city = livedCity()
  const clock = new HandClock(testNoon)
  test = await startTestEngine({
    clock,
    city: smallCity({ alarmRules: defaultAlarmRules, caseClasses: defaultCaseClasses }),
  })
  const ids = new Map<string, number>()
  for (const { code, name, kind, position } of city.devices) {
    const drafts = sensorDrafts({ kind, name, unit: sensorKind(kind).unit, position: [position[0], position[1]] })
    const data = await test.must(systemActor, { type: 'catalog.create', drafts })
    ids.set(code, (data['ids'] as number[])[4] as number)
  }
  const life = cityLife({
    city,
    seed: 1,
    startAt: testNoon,
    speed: 1,
    scenario: 'rainstorm',
    scale: 1,
    rates: { happenings: 0 },
  })
  test.engine.onCommit(({ events, at }) => {
    for (const { event } of events) {
      const minute = (at - testNoon) / minMs
      if (event.type === 'alarm.raised')
        story.push({ minute, words: `alarm ${event.alarm.ruleId} ${event.alarm.sensorName} ${event.alarm.value}` })
      else if (event.type === 'incident.reported')
        story.push({ minute, words: `case ${event.incident.classCode} ${event.incident.title}` })
      else if (event.type.startsWith('warning.')) story.push({ minute, words: event.type })
    }
  })
  for (let minute = 1; minute <= 300; minute++) {
    const now = testNoon + minute * minMs
    const inputs = life.advance(now)
    clock.at = now
    const readings = inputs.flatMap((input) =>
      input.door === 'sensorthings'
        ? [{ sensorId: ids.get(input.code) as number, result: input.value, phenomenonAt: input.phenomenonAt }]
        : [],
    )
    await test.intake.accept(readings, now)
    for (const input of inputs) {
      if (input.door !== 'cap') continue
      const read = readAlert(new TextEncoder().encode(input.xml), () => [])
      if (!read.ok) throw new Error(JSON.stringify(read.errors))
      await test.must(systemActor, { type: 'warning.receive', alert: read.alert })
    }
    await test.pass(0)
  }
}, 120_000)
afterAll(() => test.stop())

describe('the rainstorm', () => {
  it('is warned of before it comes, and one warning takes the place of the other', () => {
    expect(first(/^warning/)).toBeLessThan(first(/^alarm rainfall-high/))
    expect(test.engine.view.warnings.size).toBeLessThanOrEqual(1)
  })
  it('goes its way: rain, the failed pump, low ground, roads, the river, deep water, and cases for what is dangerous', () => {
    const order = [/^alarm rainfall-high/, /^alarm water-depth-high/, /^alarm road-speed-slow/, /^case E0506/]
    const minutes = order.map(first)
    expect(minutes).toEqual([...minutes].sort((a, b) => a - b))
    // Runoff takes its time: at least half an hour from the rain to the first water over the line.
    expect(first(order[1]!)).toBeGreaterThan(first(order[0]!) + 30)
    expect(first(/^case P0597/)).toBe(first(/^alarm pump-failed/))
    // The river comes last: its water has hours to go.
    expect(first(/^case E0512/)).toBeGreaterThan(first(/^case E0506/))
  })
  it('opens few cases of many alarms', () => {
    const count = (pattern: RegExp) => story.filter(({ words }) => pattern.test(words)).length
    expect(count(/^alarm/)).toBeGreaterThan(30)
    expect(count(/^case/)).toBeLessThan(count(/^alarm/) / 3)
    expect(count(/^case E0506/)).toBeGreaterThanOrEqual(1)
    expect(test.errors).toEqual([])
  })
})
