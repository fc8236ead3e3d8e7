/** Causes and their effects, one body of physics at a time. */
import { describe, expect, it } from 'vitest'
import { cityTime } from '../../../../mock-data/life/city-time.ts'
import { gathered } from '../../../../mock-data/world/crowds.ts'
import { leaked, pressureLost } from '../../../../mock-data/world/gas.ts'
import { layFlat } from '../../../../mock-data/world/ground.ts'
import { hydrology, type WaterSite } from '../../../../mock-data/world/hydrology.ts'
import { powerAreas } from '../../../../mock-data/world/power.ts'
import { demandAt, traffic } from '../../../../mock-data/world/traffic.ts'
import { weather, type ForcedWeather, type Weather } from '../../../../mock-data/world/weather.ts'
import { roadFeatureSchema } from '../../../../shared/contract/city-pack.ts'
import type { LonLat } from '../../../../shared/model/geo.ts'

const minMs = 60_000
const hourMs = 60 * minMs
const originAt = Date.parse('2026-08-03T00:00:00+08:00')
const time = cityTime({ startAt: originAt, originAt, speed: 1, timeZone: 'Asia/Shanghai' })
const corners: LonLat[] = [
  [122.88, 30.93],
  [122.98, 31.03],
]
const ground = layFlat(corners)
const skyOf = (forced: ForcedWeather | null, seed = 1, stormDaysPerYear = 0): Weather =>
  weather({ seed, time, ground, originAt, stormDaysPerYear, forced })
/** The same rain everywhere from `fromMin` to `toMin`. */
const pouring = (mmH: number, fromMin: number, toMin: number): Weather => {
  let now = originAt
  const isWet = () => now >= originAt + fromMin * minMs && now < originAt + toMin * minMs
  return {
    stormOf: () => null,
    step: (at) => void (now = at),
    rainAt: () => (isWet() ? mmH : 0),
    get cityRain() {
      return isWet() ? mmH : 0
    },
    wind: 3,
    temperature: 20,
    sun: 1,
  }
}

describe('weather', () => {
  it('is warm in the afternoon and in summer, and never beyond what a temperate city knows', () => {
    const sky = skyOf(null)
    let [low, high] = [Infinity, -Infinity]
    for (let hour = 0; hour < 365 * 24; hour += 3) {
      sky.step(originAt + hour * hourMs)
      low = Math.min(low, sky.temperature)
      high = Math.max(high, sky.temperature)
    }
    expect(low).toBeGreaterThan(-5)
    expect(low).toBeLessThan(6)
    expect(high).toBeGreaterThan(29)
    expect(high).toBeLessThan(38)
    sky.step(originAt + 4 * hourMs)
    const night = sky.temperature
    sky.step(originAt + 15 * hourMs)
    expect(sky.temperature).toBeGreaterThan(night + 3)
  })
  it('without storms keeps every rain under the rule’s line, and rains on some days and not on most hours', () => {
    const sky = skyOf(null)
    let wet = 0
    let most = 0
    for (let step = 0; step < 60 * 96; step++) {
      sky.step(originAt + step * 15 * minMs)
      for (const [x, y] of [
        [0, 0],
        [2500, -2500],
      ] as const)
        most = Math.max(most, sky.rainAt(x, y))
      if (sky.rainAt(0, 0) > 0.1) wet++
    }
    expect(most).toBeLessThan(20)
    expect(wet / (60 * 96)).toBeGreaterThan(0.005)
    expect(wet / (60 * 96)).toBeLessThan(0.2)
  })
  it('brings storms by their rate, and none in the first two days', () => {
    const stormDays = (rate: number) => {
      const sky = skyOf(null, 5, rate)
      const days = new Set<number>()
      for (let step = 0; step < 200 * 144; step++) {
        sky.step(originAt + step * 10 * minMs)
        if (sky.rainAt(0, 0) > 35) days.add(Math.floor(step / 144))
      }
      return days
    }
    expect(stormDays(0).size).toBe(0)
    const all = stormDays(365)
    expect(all.size).toBeGreaterThan(80)
    expect(Math.min(...all)).toBeGreaterThanOrEqual(1)
    expect(stormDays(36).size).toBeLessThan(40)
  })
  it('moves over the city: it rains in the west before it rains in the east', () => {
    const cell = {
      fromAt: originAt,
      toAt: originAt + 2 * hourMs,
      x: -5000,
      y: 0,
      vx: 10_000 / 7200,
      vy: 0,
      radiusM: 2000,
      peakMmH: 80,
    }
    const sky = skyOf({ isDryOtherwise: true, cells: [cell], windAt: () => 9 })
    const first = (x: number) => {
      for (let minute = 0; minute < 120; minute++) {
        sky.step(originAt + minute * minMs)
        if (sky.rainAt(x, 0) > 20) return minute
      }
      return Infinity
    }
    const [west, middle, east] = [first(-4000), first(0), first(3500)]
    expect(west).toBeLessThan(middle)
    expect(middle).toBeLessThan(east)
    expect(sky.wind).toBe(9)
  })
})

describe('water', () => {
  const points = Array.from({ length: 12 }, (_, n): WaterSite => ({
    code: `W${n}`,
    position: [122.93 + n * 1e-4, 30.98],
    isUnderpass: n % 3 === 0,
  }))
  const depths = (mmH: number, minutes: number, pumps: LonLat[] = [], isDown: (p: number) => boolean = () => false) => {
    const sky = pouring(mmH, 0, minutes)
    const water = hydrology(1, ground, sky, points, pumps)
    const curve: number[][] = []
    for (let minute = 0; minute < 360; minute++) {
      sky.step(originAt + minute * minMs)
      water.step(60, originAt + minute * minMs, isDown)
      curve.push(points.map((_, n) => water.depth(n)))
    }
    return { curve, water }
  }
  const deepest = (curve: readonly number[][]) => curve.map((row) => Math.max(...row))

  it('runs off as fast as an ordinary shower brings it', () => {
    expect(Math.max(...deepest(depths(17, 360).curve))).toBe(0)
  })
  it('stands later than it rains, goes on rising after the worst of it, and runs off', () => {
    const top = deepest(depths(75, 60).curve)
    const wetAt = top.findIndex((depth) => depth > 0)
    const alarmAt = top.findIndex((depth) => depth >= 15)
    expect(wetAt).toBeGreaterThanOrEqual(4)
    expect(alarmAt).toBeGreaterThan(wetAt + 10)
    expect(top[65]!).toBeGreaterThan(top[59]!)
    expect(top.at(-1)).toBe(0)
  })
  it('stands deeper where the pump fails, and the pump runs while it does not', () => {
    const pump: LonLat[] = [[122.931, 30.981]]
    const served = depths(75, 90, pump)
    const failed = depths(75, 90, pump, () => true)
    expect(Math.max(...deepest(failed.curve))).toBeGreaterThan(Math.max(...deepest(served.curve)) + 5)
    expect(failed.water.pumpState(0)).toBe(2)
    expect(served.water.pumpOf(0)).toBe(0)
    const sky = pouring(75, 0, 90)
    const water = hydrology(1, ground, sky, points, pump)
    const states = new Set<number>()
    for (let minute = 0; minute < 360; minute++) {
      sky.step(originAt + minute * minMs)
      water.step(60, originAt + minute * minMs, () => false)
      states.add(water.pumpState(0))
    }
    expect([...states]).toEqual([0, 1])
    expect(water.pumpState(0)).toBe(0)
  })
  it('lifts the river hours after the rain, over its tide', () => {
    const sky = pouring(30, 0, 120)
    const water = hydrology(1, ground, sky, [], [])
    const rise: number[] = []
    for (let minute = 0; minute < 720; minute++) {
      sky.step(originAt + minute * minMs)
      water.step(60, originAt, () => false)
      rise.push(water.riverRise - 0.18 * Math.cos((originAt / (12.42 * hourMs)) * 2 * Math.PI))
    }
    const peakAt = rise.indexOf(Math.max(...rise))
    expect(peakAt).toBeGreaterThan(120)
    expect(peakAt).toBeLessThan(360)
    expect(rise[60]!).toBeLessThan(rise[peakAt]! * 0.5)
  })
})

describe('traffic', () => {
  const step = 0.006
  // One long road from the edge through the middle: each stretch is a neighbourhood of its own.
  const roads = Array.from({ length: 12 }, (_, n) =>
    roadFeatureSchema.parse({
      type: 'Feature',
      properties: { class: 'primary', speedKmh: 60, oneway: true, name: '长路' },
      geometry: {
        type: 'LineString',
        coordinates: [
          [122.89 + n * step, 30.98],
          [122.89 + (n + 1) * step, 30.98],
        ],
      },
    }),
  )
  const dry = pouring(0, 0, 0)
  const regionOf = (net: ReturnType<typeof traffic>, n: number) =>
    net.regionAt(ground.xOf([122.89 + n * step, 30.98]), 0)
  it('wants more on a working morning than at night or on a Sunday', () => {
    expect(demandAt(8, 1)).toBeGreaterThan(0.9)
    expect(demandAt(3, 1)).toBeLessThan(0.1)
    expect(demandAt(8, 7)).toBeLessThan(0.5)
  })
  it('backs up behind an accident, first next to it, then further; what lies ahead stays free', () => {
    const net = traffic(ground, dry, roads, [])
    const blocked = regionOf(net, 9)
    const at = { x: ground.xOf([122.89 + 9 * step, 30.98]), y: 0, taken: 0.8 }
    const since = new Map<number, number>()
    for (let minute = 0; minute < 90; minute++) {
      net.step(60, 12, 2, 1.2, [at])
      for (const n of [9, 8, 7]) if (net.jam(regionOf(net, n)) > 0.25 && !since.has(n)) since.set(n, minute)
    }
    expect(net.upstreamOf(blocked)).toContain(regionOf(net, 8))
    expect(net.upstreamOf(blocked)).not.toContain(regionOf(net, 10))
    expect(since.get(9)).toBeDefined()
    expect(since.get(8)!).toBeGreaterThan(since.get(9)!)
    expect(since.get(7)!).toBeGreaterThan(since.get(8)!)
    expect(net.jam(regionOf(net, 11))).toBeLessThan(0.05)
  })
  it('loses capacity to rain', () => {
    const jams = (mmH: number) => {
      const sky = pouring(mmH, 0, 600)
      const net = traffic(ground, sky, roads, [])
      for (let minute = 0; minute < 60; minute++) net.step(60, 8, 2, 1, [])
      return net.jam(regionOf(net, 5))
    }
    expect(jams(60)).toBeGreaterThan(jams(0) + 0.15)
  })
})

describe('gas', () => {
  const leak = { fromAt: 0, toAt: 60 * minMs, x: 0, y: 0, peakLel: 60 }
  it('fills near wells within minutes, far ones never, and clears once it is closed', () => {
    expect(leaked([leak], 20, 0, 0)).toBe(0)
    expect(leaked([leak], 20, 0, 10 * minMs)).toBeGreaterThan(40)
    expect(leaked([leak], 1000, 0, 10 * minMs)).toBe(0)
    expect(leaked([leak], 20, 0, 60 * minMs)).toBeGreaterThan(leaked([leak], 20, 0, 75 * minMs) * 5)
  })
  it('takes pressure from the mains around it while it lasts', () => {
    expect(pressureLost([leak], 100, 0, 10 * minMs)).toBeGreaterThan(0.6)
    expect(pressureLost([leak], 5000, 0, 10 * minMs)).toBeLessThan(0.01)
    expect(pressureLost([leak], 100, 0, 61 * minMs)).toBe(0)
  })
})

describe('crowds and power', () => {
  it('people gather, stay and go home', () => {
    const event = { fromAt: 0, toAt: 100, x: 0, y: 0, radiusM: 300, peak: 5 }
    expect([0, 50, 100].map((at) => Math.round(gathered([event], 0, 0, at)))).toEqual([0, 5, 0])
    expect(gathered([event], 2000, 0, 50)).toBe(0)
  })
  it('every place has one feeder, and its substations are among the middles', () => {
    const at: LonLat = [122.93, 30.98]
    const areas = powerAreas(3, ground, [at])
    expect(areas.count).toBeGreaterThanOrEqual(4)
    expect(areas.areaAt(ground.xOf(at), ground.yOf(at))).toBe(0)
  })
})
