/**
 * The physical city: weather, water, traffic, people, power, gas and air, stepped together by the city's own time. Says what a
 * device would measure and what troubles anyone there would notice. Pure; costs nothing that grows with time.
 */
import type { DeviceRow } from '../../shared/contract/city-pack.ts'
import type { LonLat } from '../../shared/model/geo.ts'
import { seedFrom } from '../city/random.ts'
import type { CityTime, Trouble } from '../life/happening.ts'
import type { LivedCity } from '../life/lived-city.ts'
import type { Causes } from './causes.ts'
import { gathered, profileAt } from './crowds.ts'
import { leaked, pressureLost, type Leak } from './gas.ts'
import { layFlat } from './ground.ts'
import { hydrology } from './hydrology.ts'
import { batteryKinds, powerAreas, type Outage } from './power.ts'
import { isTrapped, readerOf, type Surroundings } from './readings.ts'
import { demandAt, slownessOf, traffic, type Obstacle } from './traffic.ts'
import { troubleWatch } from './troubles.ts'
import { weather, type Weather } from './weather.ts'

export interface World {
  /** Takes the world on to this moment; `at` is the server's clock. Steps of less than a minute of city time are gathered. */
  step(at: number, cityAt: number): void
  /** What the device would measure now. */
  measure(device: number, own: number, noise: number): number
  /** No mains, no battery: it says nothing. */
  isDead(device: number): boolean
  readonly stormOf: Weather['stormOf']
  /** mm/h. */
  rainAt(position: LonLat): number
  /** How much longer a way takes here than on a free road, at least 1. */
  slownessAt(position: LonLat): number
  /** All that stand now. */
  readonly troubles: readonly Trouble[]
  /** Devices whose state changed by a switch, not by degrees, since the last call: they speak at once. */
  jolted(): readonly number[]
  /** Work of this class was finished here. */
  mended(classCode: string, position: LonLat, cityAt: number): void
  /** A happening that is felt by others than its own devices: a road that is blocked, a pump that does not run. */
  happens(id: string, kind: string, position: LonLat, severity: number, codes: readonly string[]): void
  ended(id: string): void
}

export interface WorldOptions {
  readonly city: LivedCity
  /** The devices by whose index it is asked; copies of the pack's among them. */
  readonly devices: readonly DeviceRow[]
  readonly seed: number
  readonly time: CityTime
  /** City time of the start. */
  readonly originAt: number
  readonly stormDaysPerYear: number
  readonly causes: Causes
  /** The own level of each device, 0 … 1. */
  readonly own: ArrayLike<number>
}

const stepMs = 60_000
/** A happening on the road takes this much of it at its worst. */
const roadTaken = 0.62
const mendReachM = 600

export function world(options: WorldOptions): World {
  const { city, devices, seed, time, originAt, causes } = options
  const ground = layFlat(city.devices.map((device) => device.position))
  const x = Float64Array.from(devices, ({ position }) => ground.xOf(position))
  const y = Float64Array.from(devices, ({ position }) => ground.yOf(position))
  const read = devices.map(readerOf)
  const sky = weather({
    seed,
    time,
    ground,
    originAt,
    stormDaysPerYear: options.stormDaysPerYear,
    forced: causes.weather,
  })
  const indexOfKind = (kind: string) => devices.flatMap((device, i) => (device.kind === kind ? [i] : []))
  const lowPoints = indexOfKind('water-depth')
  const pumps = indexOfKind('pump')
  const slot = new Int32Array(devices.length).fill(-1)
  for (const list of [lowPoints, pumps]) list.forEach((device, n) => (slot[device] = n))
  const row = (device: number) => devices[device] as DeviceRow
  const water = hydrology(
    seedFrom(seed, 'water'),
    ground,
    sky,
    lowPoints.map((d) => ({
      code: row(d).code,
      position: row(d).position,
      isUnderpass: /下穿|下立交|隧道|涵洞|underpass/i.test(`${row(d).site}${row(d).name}`),
    })),
    pumps.map((d) => row(d).position),
  )
  const placeAt = ({ geometry }: (typeof city.places)[number]): LonLat => [
    geometry.coordinates[0],
    geometry.coordinates[1],
  ]
  const draws = city.places.filter(({ properties }) => /station|commerce|government|office|mall/.test(properties.kind))
  const roads = traffic(ground, sky, city.roads, draws.map(placeAt))
  const power = powerAreas(
    seed,
    ground,
    city.places.filter(({ properties }) => /^(power|substation)$/.test(properties.kind)).map(placeAt),
  )
  const area = Uint16Array.from(devices, (_, d) => power.areaAt(x[d] as number, y[d] as number))
  const region = Int32Array.from(devices, (_, d) => roads.regionAt(x[d] as number, y[d] as number))
  const crowdProfile = devices.map((device) =>
    device.kind === 'crowd-density' ? profileAt(device.position, city.places, ground) : null,
  )
  const runsOnMains = Uint8Array.from(devices, (device) => (batteryKinds.has(device.kind) ? 0 : 1))

  let leaks: Leak[] = [...causes.leaks]
  let outages: Outage[] = [...causes.outages]
  let pumpFailures = [...causes.pumpFailures]
  let accidents = [...causes.accidents]
  const happening = new Map<string, { readonly obstacle: Obstacle | null; readonly codes: readonly string[] }>()
  const out = new Uint8Array(power.count)
  const outSince = new Float64Array(power.count)
  let joltedAreas: number[] = []
  let joltedPumps = new Set<number>()
  const pumpSaid = new Uint8Array(pumps.length)
  let now = originAt
  let isFirst = true
  let air = 0.3
  let obstacles: Obstacle[] = []

  const around: Surroundings = {
    hour: 0,
    weekday: 1,
    isDark: false,
    get temperature() {
      return sky.temperature
    },
    get wind() {
      return sky.wind
    },
    get staleAir() {
      return air
    },
    get riverRise() {
      return water.riverRise
    },
    rain: (d) => sky.rainAt(x[d] as number, y[d] as number),
    depth: (d) => water.depth(slot[d] as number),
    pump: (d) => water.pumpState(slot[d] as number),
    jam: (d) => {
      let jam = roads.jam(region[d] as number)
      for (const { x: ox, y: oy, taken } of obstacles) {
        const far = Math.hypot(ox - (x[d] as number), oy - (y[d] as number))
        if (far < 500) jam = Math.max(jam, taken * (1 - far / 800))
      }
      return jam
    },
    crowd: (d) => {
      const profile = crowdProfile[d]?.(around.hour, around.weekday >= 6) ?? 0
      const stay = 1 - Math.min(0.6, sky.cityRain / 15)
      return (
        (0.2 + 1.1 * (options.own[d] as number)) * profile * stay +
        gathered(causes.gatherings, x[d] as number, y[d] as number, now)
      )
    },
    gas: (d) => leaked(leaks, x[d] as number, y[d] as number, now),
    gasPressureLost: (d) => pressureLost(leaks, x[d] as number, y[d] as number, now),
    isPowerOut: (d) => out[area[d] as number] === 1,
    outForMs: (d) => now - (outSince[area[d] as number] as number),
  }
  const mutable = around as { -readonly [K in 'hour' | 'weekday' | 'isDark']: Surroundings[K] }
  const isDown = (p: number) => {
    const device = pumps[p] as number
    const { code } = row(device)
    if (out[area[device] as number]) return true
    if (pumpFailures.some((one) => one.code === code && one.fromAt <= now && now < one.toAt)) return true
    for (const { codes } of happening.values()) if (codes.includes(code)) return true
    return false
  }
  const watch = troubleWatch({ seed, devices, ground, roads })

  function take(seconds: number) {
    for (let a = 0; a < power.count; a++) {
      const isOut = outages.some((one) => one.area === a && one.fromAt <= now && now < one.toAt) ? 1 : 0
      if (isOut === out[a]) continue
      out[a] = isOut
      outSince[a] = now
      joltedAreas.push(a)
    }
    sky.step(now)
    mutable.hour = time.hourOf(now)
    mutable.weekday = time.weekdayOf(now)
    const half = 6 + 1.1 * Math.cos((((now / 86_400_000) % 365.25) / 365.25 - 0.47) * 2 * Math.PI)
    mutable.isDark = Math.abs(around.hour - 12.2) > half
    water.step(seconds, now, isDown)
    for (let p = 0; p < pumps.length; p++) {
      const state = water.pumpState(p)
      if (state !== pumpSaid[p]) joltedPumps.add(pumps[p] as number)
      pumpSaid[p] = state
    }
    obstacles = []
    for (const { fromAt, toAt, ...accident } of accidents) if (fromAt <= now && now < toAt) obstacles.push(accident)
    for (const { obstacle } of happening.values()) if (obstacle) obstacles.push(obstacle)
    lowPoints.forEach((device, n) => {
      const depth = water.depth(n)
      if (depth > 15)
        obstacles.push({ x: x[device] as number, y: y[device] as number, taken: Math.min(0.5, depth / 90) })
    })
    // Signals without power: every crossing is given way by hand.
    for (let a = 0; a < power.count; a++) {
      const [mx, my] = power.middleOf(a)
      if (out[a]) obstacles.push({ x: mx, y: my, taken: 0.35 })
    }
    roads.step(seconds, around.hour, around.weekday, causes.demandAt(now), obstacles)
    const fresh = Math.min(1, sky.wind / 7 + sky.cityRain / 4)
    air += (Math.max(0, 0.75 - 0.8 * fresh) - air) * (1 - Math.exp(-seconds / 10_000))
  }
  return {
    step(at, cityAt) {
      if (isFirst) {
        isFirst = false
        now = cityAt
        take(0)
        // The morning does not begin with empty roads.
        for (let minute = 0; minute < 20; minute++)
          roads.step(60, around.hour, around.weekday, causes.demandAt(now), obstacles)
      } else if (cityAt - now >= stepMs) {
        while (cityAt - now > 0) {
          const ms = Math.min(5 * stepMs, cityAt - now)
          now += ms
          take(ms / 1000)
        }
      } else return
      watch.look({
        at,
        cityAt: now,
        wind: sky.wind,
        depthOf: (d) => water.depth(slot[d] as number),
        lowPoints,
        pumps,
        isPumpDown: (d) => water.pumpState(slot[d] as number) === 2,
        out,
        middleOf: power.middleOf,
        trapped: (a) =>
          devices.findIndex(
            (one, d) => one.kind === 'elevator' && area[d] === a && isTrapped(options.own[d] as number),
          ),
        leaks,
        gatherings: causes.gatherings,
        noticed: causes.noticed,
      })
    },
    measure: (d, own, noise) => (read[d] as (typeof read)[number])(around, d, own, noise),
    isDead: (d) => runsOnMains[d] === 1 && out[area[d] as number] === 1,
    stormOf: sky.stormOf,
    rainAt: (position) => sky.rainAt(ground.xOf(position), ground.yOf(position)),
    slownessAt: (position) =>
      slownessOf(
        demandAt(around.hour, around.weekday),
        roads.jam(roads.regionAt(ground.xOf(position), ground.yOf(position))),
      ),
    get troubles() {
      return watch.standing
    },
    jolted() {
      const devicesOf = new Set(joltedAreas)
      const list = devicesOf.size ? devices.flatMap((_, d) => (devicesOf.has(area[d] as number) ? [d] : [])) : []
      for (const device of joltedPumps) if (!list.includes(device)) list.push(device)
      joltedAreas = []
      joltedPumps = new Set()
      return list
    },
    mended(classCode, position, cityAt) {
      const [px, py] = [ground.xOf(position), ground.yOf(position)]
      const isHere = (one: { readonly x: number; readonly y: number }) =>
        Math.hypot(one.x - px, one.y - py) < mendReachM
      if (classCode === 'E0502')
        leaks = leaks.map((leak) =>
          isHere(leak) && leak.toAt > cityAt && leak.fromAt < cityAt ? { ...leak, toAt: cityAt } : leak,
        )
      else if (classCode === 'E0598')
        outages = outages.map((one) =>
          one.area === power.areaAt(px, py) && one.fromAt < cityAt && one.toAt > cityAt
            ? { ...one, toAt: cityAt }
            : one,
        )
      else if (classCode === 'P0597')
        pumpFailures = pumpFailures.map((one) => {
          const device = devices.find(({ code }) => code === one.code)
          if (!device || one.fromAt > cityAt || one.toAt < cityAt) return one
          return isHere({ x: ground.xOf(device.position), y: ground.yOf(device.position) })
            ? { ...one, toAt: cityAt }
            : one
        })
      else if (classCode === 'E0689')
        accidents = accidents.map((one) =>
          isHere(one) && one.fromAt < cityAt && one.toAt > cityAt ? { ...one, toAt: cityAt } : one,
        )
      watch.mended(classCode, px, py)
    },
    happens(id, kind, position, severity, codes) {
      const isRoad = kind === 'road-speed'
      const obstacle = isRoad
        ? { x: ground.xOf(position), y: ground.yOf(position), taken: roadTaken * (0.5 + 0.5 * severity) }
        : null
      if (isRoad || kind === 'pump') happening.set(id, { obstacle, codes: kind === 'pump' ? codes : [] })
    },
    ended: (id) => void happening.delete(id),
  }
}
