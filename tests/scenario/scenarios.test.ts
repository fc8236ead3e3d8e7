/**
 * Each scripted day, lived in virtual time in the small demo city and judged by the real alarm rules: what its script expects,
 * said one by one; and beside it a golden of the whole, so that a change of causes or of rules is seen.
 */
import { describe, expect, it } from 'vitest'
import { cityLife } from '../../mock-data/life/city-life.ts'
import type { DoorInput } from '../../mock-data/life/door-input.ts'
import { scripts } from '../../mock-data/scenarios/scripts.ts'
import { scenarioCodes, type ScenarioCode } from '../../shared/model/scenario.ts'
import { alarmJudge, livedCity, type JudgedAlarm } from '../support/lived-city.ts'

const startAt = Date.parse('2026-07-15T15:30:00+08:00')
const minuteMs = 60_000
/** An ordinary day has no end of its own. */
const longestMin = 24 * 60

interface Lived {
  readonly alarms: readonly JudgedAlarm[]
  readonly inputs: readonly DoorInput[]
}
function live(code: ScenarioCode, seed = 1): Lived {
  const life = cityLife({
    city: livedCity(),
    seed,
    startAt,
    speed: 1,
    scenario: code,
    scale: 1,
    // Nothing by chance: what comes is the script's own.
    rates: { happenings: 0 },
    readEveryMs: () => 2 * minuteMs,
  })
  const judge = alarmJudge(life)
  const inputs: DoorInput[] = []
  for (let minute = 1; minute <= Math.min(longestMin, scripts[code].lastsMin); minute++) {
    const now = startAt + minute * minuteMs
    const heard = life.advance(now)
    judge.take(heard, now)
    for (const input of heard) if (input.door !== 'sensorthings') inputs.push(input)
  }
  return { alarms: judge.alarms, inputs }
}
const minuteOf = (at: number) => Math.floor((at - startAt) / minuteMs)
const levelOf = (xml: string) => /(蓝|黄|橙|红)色/.exec(xml)?.[1] ?? '?'
const levels = { blue: '蓝', yellow: '黄', orange: '橙', red: '红' } as const

/** A line a rule: how many alarms, the first, the last; then warnings and calls by quarter of an hour. */
function told({ alarms, inputs }: Lived): string {
  const rules = [...new Set(alarms.map(({ ruleId }) => ruleId))].sort()
  const lines = rules.map((rule) => {
    const at = alarms.filter(({ ruleId }) => ruleId === rule).map((alarm) => minuteOf(alarm.at))
    return `${rule}: ${at.length}, minute ${at[0]} to ${at.at(-1)}`
  })
  const warned = inputs.flatMap((input) =>
    input.door === 'cap' ? [`${levelOf(input.xml)} ${minuteOf(input.at)}`] : [],
  )
  const calls: number[] = []
  for (const input of inputs)
    if (input.door === 'open311') {
      const quarter = Math.floor(minuteOf(input.at) / 15)
      calls[quarter] = (calls[quarter] ?? 0) + 1
    }
  return [...lines, `warnings: ${warned.join(', ')}`, `calls: ${Array.from(calls, (n) => n ?? 0).join(' ')}`, ''].join(
    '\n',
  )
}

describe.each(scenarioCodes)('%s', (code) => {
  const lived = live(code)
  const { expected } = scripts[code]
  const first = (rule: string) => lived.alarms.find(({ ruleId }) => ruleId === rule)

  it('raises the alarms it is to raise, when it is to raise them', () => {
    for (const { ruleId, least, most, firstFromMin, firstToMin } of expected.alarms) {
      const count = lived.alarms.filter((alarm) => alarm.ruleId === ruleId).length
      expect(count, ruleId).toBeGreaterThanOrEqual(least)
      if (most !== null) expect(count, ruleId).toBeLessThanOrEqual(most)
      const minute = minuteOf(first(ruleId)?.at ?? Infinity)
      expect(minute, ruleId).toBeGreaterThanOrEqual(firstFromMin)
      expect(minute, ruleId).toBeLessThanOrEqual(firstToMin)
    }
  })
  it('raises them in their order, and leaves the others silent', () => {
    const at = expected.order.map((rule) => first(rule)?.at ?? Infinity)
    expect(at).toEqual([...at].sort((a, b) => a - b))
    for (const rule of expected.silent) expect(first(rule), rule).toBeUndefined()
  })
  it('warns level by level', () => {
    const warned = lived.inputs.flatMap((input) => (input.door === 'cap' ? [levelOf(input.xml)] : []))
    expect(warned).toEqual(expected.warnings.map((level) => levels[level]))
  })
  it('is as it was', async () => {
    await expect(told(lived)).toMatchFileSnapshot(`goldens/${code}.txt`)
  })
})

it('the same seed lives the same day, another seed another', () => {
  expect(told(live('gas-leak'))).toBe(told(live('gas-leak')))
  expect(live('gas-leak', 2).inputs).not.toEqual(live('gas-leak').inputs)
})
