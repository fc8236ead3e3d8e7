/** An ordinary year: every kind has its days, weeks and weather, and stays where no rule speaks. */
import { describe, expect, it } from 'vitest'
import { seededRandom, seedFrom } from '../../../../mock-data/city/random.ts'
import { cityTime } from '../../../../mock-data/life/city-time.ts'
import { noCauses } from '../../../../mock-data/world/causes.ts'
import { world } from '../../../../mock-data/world/world.ts'
import { defaultAlarmRules } from '../../../../server/src/domain/alarm-rules.ts'
import type { DeviceRow } from '../../../../shared/contract/city-pack.ts'
import { sensorKind, sensorKinds } from '../../../../shared/model/sensor-kinds.ts'
import { livedCity } from '../../../support/lived-city.ts'

const pack = livedCity()
const kinds = sensorKinds.filter(({ code }) => code !== 'other').map(({ code }) => code)
const devices: DeviceRow[] = kinds.flatMap((kind) => pack.devices.filter((device) => device.kind === kind).slice(0, 6))
const city = { ...pack, devices }
const originAt = Date.parse('2026-01-05T00:00:00+08:00')
const hourMs = 3_600_000
const own = devices.map(({ code }) => seededRandom(seedFrom(1, code)).next())
const lived = (fromAt = originAt) => {
  const time = cityTime({ startAt: fromAt, originAt: fromAt, speed: 1, timeZone: 'Asia/Shanghai' })
  return world({ city, devices, seed: 1, time, originAt: fromAt, stormDaysPerYear: 0, causes: noCauses, own })
}
/** Values of each kind's first device through a week, by the quarter hour. */
const week = (kind: string, fromAt = originAt) => {
  const physics = lived(fromAt)
  const device = devices.findIndex((one) => one.kind === kind)
  return Array.from({ length: 7 * 96 }, (_, n) => {
    physics.step(fromAt + n * 900_000, fromAt + n * 900_000)
    return physics.measure(device, own[device]!, 0)
  })
}
const atHour = (values: readonly number[], day: number, hour: number) => values[day * 96 + hour * 4]!

describe('an ordinary year', () => {
  it('stays within what instruments can say, and where no rule speaks', () => {
    const random = seededRandom(4)
    const rules = new Map<string, typeof defaultAlarmRules>(
      kinds.map((kind) => [kind, defaultAlarmRules.filter((rule) => rule.kind === kind)]),
    )
    for (let month = 0; month < 12; month++) {
      const fromAt = originAt + month * 30 * 24 * hourMs
      const physics = lived(fromAt)
      for (let step = 0; step < 5 * 96; step++) {
        physics.step(fromAt + step * 900_000, fromAt + step * 900_000)
        devices.forEach(({ kind }, device) => {
          const value = physics.measure(device, own[device]!, random.between(-2.4, 2.4))
          const { range } = sensorKind(kind)
          if (value < range[0] - 0.5 || value > range[1]) throw new Error(`${kind} says ${value}`)
          for (const { sense, limit, id } of rules.get(kind) ?? []) {
            const isOver = sense === 'low' ? value <= limit : sense === 'high' ? value >= limit : value === limit
            if (isOver) throw new Error(`${id}: ${value} in month ${month} at step ${step}`)
          }
        })
      }
    }
    expect(devices.length).toBeGreaterThan(100)
  })
  it('drives slower on a working morning than at night and on Sunday', () => {
    const speed = week('road-speed')
    expect(atHour(speed, 0, 8)).toBeLessThan(atHour(speed, 0, 3))
    expect(atHour(speed, 0, 8)).toBeLessThan(atHour(speed, 6, 8))
  })
  it('is full of people at its places by day and empty by night', () => {
    const crowd = week('crowd-density')
    const day = (n: number) => Math.max(...crowd.slice(n * 96 + 28, n * 96 + 80))
    expect(day(0)).toBeGreaterThan(3 * atHour(crowd, 0, 3))
  })
  it('fills its bins and empties them', () => {
    const fill = week('bin-fill')
    const emptied = fill.filter((value, n) => n > 0 && value < fill[n - 1]! - 20)
    expect(emptied.length).toBeGreaterThanOrEqual(13)
    expect(Math.max(...fill)).toBeGreaterThan(60)
  })
  it('breathes tide in its river, warmth in its air, use in its pipes and its wires', () => {
    for (const [kind, least] of [
      ['river-level', 0.15],
      ['temperature', 4],
      ['water-pressure', 0.02],
      ['supply-voltage', 2],
      ['ozone', 20],
      ['noise', 5],
      ['pm25', 5],
      ['bridge-strain', 5],
      ['dust', 40],
    ] as const) {
      const values = week(kind)
      expect(Math.max(...values) - Math.min(...values), kind).toBeGreaterThan(least)
    }
  })
  it('is the same for the same seed', () => {
    expect(week('pm25')).toEqual(week('pm25'))
  })
})
