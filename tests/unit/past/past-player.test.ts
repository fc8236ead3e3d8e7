/** What the player of a past says is the same each time, and readings reach the door together. */
import { describe, expect, it } from 'vitest'
import { pastPlayer } from '../../../mock-data/past/past-player.ts'
import type { HistoryInput, HistoryResult, HistoryStep } from '../../../shared/contract/history.ts'
import { livedCity } from '../../support/lived-city.ts'

const from = Date.parse('2026-03-10T07:00:00+08:00')
const until = from + 3 * 3_600_000

/** A server that takes everything and tells nothing of it. */
const taker = () => {
  let lastId = 0
  return (input: HistoryInput): HistoryResult => {
    if (input.kind !== 'create') return { ok: true }
    const kinds = { Sensors: ['Sensor'], ObservedProperties: ['ObservedProperty'], Things: ['Thing', 'Datastream'] }
    return { ok: true, made: input.bodies.flatMap(() => kinds[input.set].map((kind) => [kind, ++lastId] as const)) }
  }
}

function played(): HistoryStep[] {
  const player = pastPlayer({ city: livedCity(), seed: 1, from, until })
  const take = taker()
  const steps: HistoryStep[] = []
  for (let step = player.next(); step !== null; step = player.next()) {
    steps.push(structuredClone(step))
    player.took({ kind: 'stepped', results: step.inputs.map(take), changes: [] })
  }
  return steps
}

describe('the player of a past', () => {
  const steps = played()
  it('says the same each time', () => {
    expect(played()).toEqual(steps)
  })
  it('tells in the order of time, each step where the one before ended, to the end', () => {
    expect(steps.at(-1)?.until).toBe(until)
    let begin = from
    for (const { until: end, inputs } of steps) {
      const times = inputs.map(({ at }) => at)
      expect(times).toEqual([...times].sort((a, b) => a - b))
      for (const at of times) expect(at >= begin && at <= end).toBe(true)
      begin = end
    }
  })
  it('brings readings that have nothing between them together, none of them earlier than it was measured', () => {
    const kinds = steps.map(({ inputs }) => inputs.map(({ kind }) => kind))
    for (const step of kinds) expect(step.some((kind, i) => kind === 'readings' && step[i + 1] === kind)).toBe(false)
    const readings = steps.flatMap(({ inputs }) => inputs.filter((input) => input.kind === 'readings'))
    const told = readings.reduce((sum, { items }) => sum + items.length, 0)
    expect(told).toBeGreaterThan(2 * readings.length)
    // A few clocks are wrong, by a minute and a half at most.
    for (const { at, items } of readings)
      for (const { phenomenonAt } of items) expect(phenomenonAt).toBeLessThanOrEqual(at + 90_000)
  })
})
