/**
 * Every scenario against the real rules, in virtual time: what is expected of it (in its own script), and a golden of each
 * alarm with its minute. Chance is switched off, so that what speaks is the scenario's.
 */
import { describe, expect, it } from 'vitest'
import { cityLife } from '../../mock-data/life/city-life.ts'
import type { TroubleKind } from '../../mock-data/life/happening.ts'
import type { DoorInput } from '../../mock-data/life/door-input.ts'
import { scripts } from '../../mock-data/scenarios/scripts.ts'
import { readAlert } from '../../server/src/doors/cap/read-alert.ts'
import { scenarioCodes, type ScenarioCode } from '../../shared/model/scenario.ts'
import { alarmJudge, livedCity } from '../support/lived-city.ts'

const startAt = Date.parse('2026-08-03T09:00:00+08:00')
const minMs = 60_000
const lasting = (code: ScenarioCode) => Math.min(scripts[code].lastsMin, 1440)
const colours = { blue: 'blue', yellow: 'yellow', orange: 'orange', red: 'red' } as const

/** How a trouble's happening is named by what it is: the truth that no door is told. */
const kindsOfTrouble: readonly (readonly [prefix: string, kind: TroubleKind])[] = [
  ['t-flood-', 'flooded-road'],
  ['t-tree-', 'fallen-tree'],
  ['t-power-', 'power-cut'],
  ['t-signals-', 'signals-out'],
  ['t-lift-', 'lift-trapped'],
  ['t-pump-', 'pump-failed'],
  ['t-jam-', 'jam'],
  ['t-gas-', 'gas-smell'],
  ['t-crowd-', 'crowd'],
  ['t-noticed-', 'low-water-pressure'],
]

function play(code: ScenarioCode, seed = 1) {
  const city = livedCity()
  const life = cityLife({ city, seed, startAt, speed: 1, scenario: code, scale: 1, rates: { happenings: 0 } })
  const judge = alarmJudge(life)
  const others: Exclude<DoorInput, { door: 'sensorthings' }>[] = []
  for (let minute = 1; minute <= lasting(code); minute++) {
    const now = startAt + minute * minMs
    const inputs = life.advance(now)
    judge.take(inputs, now)
    for (const input of inputs) if (input.door !== 'sensorthings') others.push(input)
  }
  const alarms = judge.alarms.map((alarm) => ({ ...alarm, minute: (alarm.at - startAt) / minMs }))
  return { alarms, others }
}

const seeds = [1, 2, 3]
describe.each(seeds.flatMap((seed) => scenarioCodes.map((code) => [code, seed] as const)))(
  '%s, seed %i',
  (code, seed) => {
    const { alarms, others } = play(code, seed)
    const { expected, warnings = [] } = scripts[code]
    const first = (ruleId: string) => alarms.find((alarm) => alarm.ruleId === ruleId)?.minute ?? Infinity

    it('raises the alarms it is expected to, about as many, when they are due, in their order', () => {
      for (const { ruleId, least, most, firstFromMin, firstToMin } of expected.alarms) {
        const count = alarms.filter((alarm) => alarm.ruleId === ruleId).length
        expect(count, ruleId).toBeGreaterThanOrEqual(least)
        if (most !== null) expect(count, ruleId).toBeLessThanOrEqual(most)
        expect(first(ruleId), ruleId).toBeGreaterThanOrEqual(firstFromMin)
        expect(first(ruleId), ruleId).toBeLessThanOrEqual(firstToMin)
      }
      const order = expected.order.map(first)
      expect(order).toEqual([...order].sort((a, b) => a - b))
    })
    it('leaves silent what has nothing to do with it', () => {
      const loud = new Set(alarms.map(({ ruleId }) => ruleId))
      expect(expected.silent.filter((ruleId) => loud.has(ruleId))).toEqual([])
    })
    it('warns level by level, in documents the city’s own CAP door reads', () => {
      const told = others.flatMap((input) => (input.door === 'cap' ? [input] : []))
      expect(told.map(({ at }) => Math.round((at - startAt) / minMs))).toEqual(warnings.map(({ atMin }) => atMin))
      const read = told.map(({ xml }) => readAlert(new TextEncoder().encode(xml), () => []))
      for (const one of read) expect(one).toMatchObject({ ok: true })
      const levels = told.map(({ xml }) => /（?(蓝|黄|橙|红)色预警/.exec(xml)?.[1])
      const names = { 蓝: colours.blue, 黄: colours.yellow, 橙: colours.orange, 红: colours.red }
      expect(levels.map((level) => names[level as keyof typeof names])).toEqual(expected.warnings)
      for (const { xml } of told) expect(xml).toContain('<status>Actual</status>')
    })
    it('is noticed by people: so many troubles of each kind, each told of by somebody', () => {
      const told = new Set(others.flatMap((input) => (input.door === 'open311' ? [input.happeningId] : [])))
      const kinds = [...told].flatMap((id) => kindsOfTrouble.find(([prefix]) => id.startsWith(prefix))?.[1] ?? [])
      for (const [kind, least] of Object.entries(expected.noticed))
        expect(kinds.filter((one) => one === kind).length, kind).toBeGreaterThanOrEqual(least)
    })
    // Other seeds are held to what is expected, one to what it was.
    if (seed === 1)
      it('is what it was', async () => {
        const lines = alarms.map(
          ({ minute, ruleId, code: device, value }) =>
            `${minute.toFixed(1).padStart(6)}  ${ruleId}  ${device}  ${value}`,
        )
        await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`goldens/${code}.txt`)
      })
  },
)

it('a scenario is the same for the same seed and another for another', () => {
  const first = play('gas-leak')
  expect(play('gas-leak')).toEqual(first)
  expect(play('gas-leak', 2).alarms).not.toEqual(first.alarms)
})

describe('a drill', () => {
  it('comes over the city as it is: what it touches is marked, the rest speaks on, and all is as before when it ends', () => {
    const city = livedCity()
    const options = {
      city,
      seed: 1,
      startAt,
      speed: 1,
      scenario: null,
      scale: 1,
      rates: { happenings: 0 },
      hasOpening: false,
    }
    const life = cityLife(options)
    life.advance(startAt + 10 * minMs)
    life.drill('gas-leak', startAt + 10 * minMs, 7)
    const during = life.advance(startAt + 70 * minMs)
    const drilled = during.filter((input) => input.isDrill)
    const readings = drilled.flatMap((input) => (input.door === 'sensorthings' ? [input] : []))
    const kindOf = new Map(city.devices.map(({ code, kind }) => [code, kind]))
    expect(readings.some(({ code }) => kindOf.get(code) === 'methane')).toBe(true)
    for (const { code } of readings) expect(['methane', 'gas-pressure']).toContain(kindOf.get(code))
    expect(Math.max(...readings.map(({ value }) => value))).toBeGreaterThan(40)
    const warnings = drilled.flatMap((input) => (input.door === 'cap' ? [input.xml] : []))
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toContain('<status>Exercise</status>')
    // Whoever smells it calls, and calls for the drill; of what the day brings without it nobody tells twice.
    const calls = drilled.flatMap((input) => (input.door === 'open311' ? [input.request] : []))
    expect(calls.length).toBeGreaterThan(2)
    expect(calls.some(({ serviceCode }) => serviceCode === 'E0502')).toBe(true)
    expect(calls.filter(({ serviceCode }) => serviceCode === 'E0689')).toEqual([])
    // No device says one thing to the drill and, after the drill has taken it, another to the city.
    const touched = new Set(readings.map(({ code }) => code))
    const worst = during.filter(
      (input) =>
        input.door === 'sensorthings' && !input.isDrill && kindOf.get(input.code) === 'methane' && input.value > 10,
    )
    expect(worst).toEqual([])
    life.drill(null, startAt + 70 * minMs)
    const after = life.advance(startAt + 72 * minMs)
    expect(after.some((input) => input.isDrill)).toBe(false)
    const said = new Set(after.flatMap((input) => (input.door === 'sensorthings' ? [input.code] : [])))
    for (const code of touched) expect(said.has(code), code).toBe(true)
  })
})
