/** The detector and its watch at their edges: a drift only a long mean shows, swings about a mean that holds, and habits of a year. */
import { describe, expect, it } from 'vitest'
import type { AlarmRule } from '../../../../shared/model/alarm.ts'
import type { AnomalyEvidence } from '../../../../shared/model/anomaly.ts'
import { plainSituation } from '../../../../server/src/domain/alarm/scope.ts'
import { DeviationDetector, speaksFrom } from '../../../../server/src/domain/anomaly/deviation-detector.ts'
import { DeviationWatch } from '../../../../server/src/domain/anomaly/deviation-watch.ts'
import { sampleSensor } from '../../../support/sample-rows.ts'
import { city, dayOf } from '../support.ts'

const builtIn = city.alarmRules.find(({ id }) => id === 'pm25-unusual') as AlarmRule
const startAt = Date.parse('2026-08-01T00:00:00+08:00')
const fiveMin = 300_000
const halfHour = 1_800_000
const aDay = 288
const aWeek = 7 * aDay
const noise = (row: number): number => {
  const x = Math.sin(row * 12.9898) * 43758.5453
  return 2 * (x - Math.floor(x)) - 1
}

function spoken(signal: (row: number) => number, from: number, to: number, stepMs = fiveMin): AnomalyEvidence[] {
  const detector = new DeviationDetector()
  const all: AnomalyEvidence[] = []
  for (let row = 0; row < to; row++)
    if (detector.observe(row * stepMs, signal(row)) >= speaksFrom && row >= from) all.push(detector.evidence())
  return all
}

describe('habits at their edges', () => {
  it('a drift too small for any short mean is told by the long one, with the mean it had', () => {
    const [at, by] = [3 * aWeek, 0.8]
    const found = spoken((row) => 50 + 3 * noise(row) + (row >= at ? by : 0), at, at + 400)
    const drift = found.find(({ cause }) => cause === 'long-mean')
    expect(drift?.value).toBeGreaterThan((drift?.expected ?? 0) + 0.1)
    expect(drift?.value).toBeLessThan(50 + by + 1)
  })
  it('a habit of more days than are counted is still a habit', () => {
    const signal = (row: number) => 50 + 40 * Math.sin((2 * Math.PI * row) / 48) + noise(row)
    const [from, to] = [250 * 48, 300 * 48]
    expect(spoken(signal, from, to, halfHour)).toEqual([])
    const at = 290 * 48 + 7
    const [spike, ...more] = spoken((row) => (row === at ? 5 : signal(row)), from, to, halfHour)
    expect(spike).toMatchObject({ value: 5, basis: 'time-of-day' })
    expect(Math.abs((spike?.expected ?? 0) - signal(at))).toBeLessThan(3)
    expect(more).toEqual([])
  })
  it.each([
    [3, 'told'],
    [3.5, 'not told'],
  ] as const)(
    'swings about a mean that holds, with a band of %s from reading to reading, are %s',
    (deadband, wanted) => {
      const [at, by] = [2 * aWeek, 2.8]
      const sensor = sampleSensor(7, { kind: 'road-speed', intervalMs: fiveMin })
      const watch = new DeviationWatch([{ ...builtIn, kind: 'road-speed', deadband }], dayOf)
      const said = Array.from({ length: at + 90 }, (_, row) => {
        const phenomenonAt = startAt + row * fiveMin
        const value = row < at ? 50 + 3 * noise(row) : 50 + (row % 2 ? by : -by)
        const reading = { id: row, sensorId: 7, phenomenonAt, receivedAt: phenomenonAt, value, text: null, quality: 0 }
        return watch.observe(sensor, reading, () => plainSituation)
      }).filter((one) => one !== undefined)
      expect(said.map(({ evidence }) => evidence?.en.split(':')[0])).toEqual(
        wanted === 'told' ? ['unusual swings'] : [],
      )
    },
  )
})
