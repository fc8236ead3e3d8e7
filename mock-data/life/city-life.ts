/**
 * The life of a city as those outside it notice it: what its devices, its people and its offices send to the public doors, in
 * order. Pure and seeded: the same options and the same calls give the same inputs, at any speed of playing. The live simulator
 * and the history both play this; neither adds anything of its own.
 */
import type { DeviceRow } from '../../shared/contract/city-pack.ts'
import type { LonLat } from '../../shared/model/geo.ts'
import type { ScenarioCode } from '../../shared/model/scenario.ts'
import { sensorKind } from '../../shared/model/sensor-kinds.ts'
import { seededRandom, seedFrom } from '../city/random.ts'
import { callerSource } from '../incidents/caller-source.ts'
import { happeningSource } from '../incidents/happening-source.ts'
import { complaintByCode } from '../incidents/words/complaints.ts'
import { playScript } from '../scenarios/play-script.ts'
import { scripts } from '../scenarios/scripts.ts'
import { deviceVoices, type Measured } from '../signals/device-voices.ts'
import { noCauses, type Causes } from '../world/causes.ts'
import { world, type World } from '../world/world.ts'
import { cityTime, scenarioOrigin } from './city-time.ts'
import type { DoorInput } from './door-input.ts'
import type { CityTime, PeopleOptions } from './happening.ts'
import type { LivedCity } from './lived-city.ts'
import { manyDevices } from './many-devices.ts'
import { defaultRates, type LifeRates } from './rates.ts'
import { stage, type Stage } from './stage.ts'
import { weatherOffice } from './weather-office.ts'

export interface CityLife {
  /** Everything that arrives in (the last call's `to`, `to`], oldest first. */
  advance(to: number): DoorInput[]
  /**
   * A crew has finished work of this class at this place: what was wrong there ends, and its devices come back to normal. The device that
   * stands there has been looked at, too: one whose clock was wrong would else never be believed that it is over.
   */
  mended(classCode: string, position: LonLat, at: number): void
  /**
   * A drill begins now, or ends (null): its causes come over the city as it is, and what comes of them is told apart by
   * `isDrill`. The devices it touches speak for the drill alone as long as it lasts.
   */
  drill(code: ScenarioCode | null, at: number, seed?: number): void
  /** The city's own time, and how much longer a way takes than on a free road. */
  readonly time: CityTime
  slownessAt(position: LonLat): number
  /** All that are played: the pack's, and their copies where `scale` is above 1. */
  readonly devices: readonly DeviceRow[]
}

export interface CityLifeOptions {
  readonly city: LivedCity
  readonly seed: number
  /** Of the server's clock, epoch ms. */
  readonly startAt: number
  /** City time runs this many times as fast as the server's clock; 1 to 60. */
  readonly speed: number
  /** Null = whatever chance brings, at the hour it is. A scenario begins at its own hour. */
  readonly scenario: ScenarioCode | null
  /** Multiplies devices and rates; 1 to 100. */
  readonly scale: number
  readonly rates?: Partial<LifeRates>
  /** Codes of the services the hotline offers; absent = all that citizens know. */
  readonly services?: ReadonlySet<string>
  /** Another rhythm for the devices of a kind, ms of the server's clock; null = they speak only when something happens to them. */
  readonly readEveryMs?: (kind: string) => number | null
  /** Devices that have a rhythm; absent = all. The others speak only when something happens to them. */
  readonly plays?: (device: DeviceRow) => boolean
  /** Begins with one of each urgent kind within a minute; absent = on an ordinary run in its own rhythm. */
  readonly hasOpening?: boolean
  /** How finely time passes, ms of the server's clock: a second, or a minute where the rhythm is set by hand. */
  readonly tickMs?: number
}

interface Drill {
  readonly stage: Stage
  /** The same hours without the drill's causes: where the two worlds differ, the drill has touched. */
  readonly control: World
  readonly touched: Set<number>
  warnings: { readonly at: number; readonly xml: string }[]
}

const everyService: ReadonlySet<string> = new Set(complaintByCode.keys())
const hourMs = 3_600_000
/** A drill's world that differs from the city's own by more than this part of a kind's normal span is the drill's. */
const touchedSpans = 0.1

export function cityLife(options: CityLifeOptions): CityLife {
  const { city, seed, startAt, speed, scale, readEveryMs, plays } = options
  const rates: LifeRates = { ...defaultRates, ...options.rates }
  const tickMs = options.tickMs ?? (readEveryMs ? 60_000 : 1000)
  const { timeZone } = city.head
  const script = options.scenario === null ? null : scripts[options.scenario]
  const originAt = script?.begins ? scenarioOrigin(startAt, script.begins, timeZone) : startAt
  const time = cityTime({ startAt, originAt, speed, timeZone })
  const devices = manyDevices(city.devices, scale, seed)
  const indexOf = new Map(devices.map(({ code }, index) => [code, index]))
  const spotOf = ([lon, lat]: LonLat) => `${lon.toFixed(5)} ${lat.toFixed(5)}`
  const standingAt = new Map<string, number[]>()
  devices.forEach(({ position }, index) => {
    const spot = spotOf(position)
    standingAt.set(spot, [...(standingAt.get(spot) ?? []), index])
  })
  const own = Float64Array.from(devices, ({ code }) => seededRandom(seedFrom(seed, `own-${code}`)).next())
  const span = Float64Array.from(devices, ({ kind }) => {
    const [low, high] = sensorKind(kind).normal
    return Math.max(1e-6, high - low)
  })

  const people = (word: string, factors: Pick<PeopleOptions, 'callFactorAt' | 'chanceFactorAt'>, at: number) => ({
    city,
    seed: seedFrom(seed, word),
    startAt: at,
    speed,
    scale,
    time,
    rates,
    services: options.services ?? everyService,
    ...factors,
  })
  const physics = (causes: Causes) =>
    world({ city, devices, seed, time, originAt, stormDaysPerYear: rates.stormDaysPerYear, causes, own })
  const setStage = (on: World, who: PeopleOptions, hasOpening: boolean, control?: World): Stage => {
    const source = happeningSource({ ...who, hasOpening })
    const callers = callerSource({
      ...who,
      hasOpening,
      isThere: (id) => source.active.has(id),
      isRainingAt: (position) => on.rainAt(position) > 0.5,
    })
    // What would be there without the drill is the city's own, and told of once.
    return stage(on, source, callers, time, control && (({ key }) => !control.troubles.some((one) => one.key === key)))
  }
  const played =
    script && playScript(script, { city, seed, beginCityAt: originAt, beginAt: startAt, speed, isDrill: false })
  const always = { callFactorAt: () => 1, chanceFactorAt: () => 1 }
  const main = setStage(
    physics(played?.causes ?? noCauses),
    people('people', played ?? always, startAt),
    options.hasOpening ?? (script === null && readEveryMs === undefined),
  )
  let warnings = [...(played?.warnings ?? [])]
  let drill: Drill | null = null
  // A scripted day has the warnings of its script.
  const office =
    script === null ? weatherOffice({ city, seed, startAt, speed, time, stormOf: main.world.stormOf }) : null

  // A faster city has faster devices, up to what a server should be asked to take.
  const nominalPerS = devices.reduce((sum, { kind }) => sum + 1000 / sensorKind(kind).intervalMs, 0)
  const faster = Math.min(
    speed,
    Math.max(1, (rates.mostReadingsPerS * Math.max(1, scale)) / Math.max(1e-9, nominalPerS)),
  )
  const rhythm = (device: DeviceRow): number | null => {
    if (plays && !plays(device)) return null
    return readEveryMs ? readEveryMs(device.kind) : Math.max(1000, sensorKind(device.kind).intervalMs / faster)
  }
  const voices = deviceVoices({
    devices,
    seed,
    startAt,
    speed,
    time,
    rates,
    everyMs: rhythm,
    isSetByHand: readEveryMs !== undefined,
  })
  const wakeAt = (at: number) => (code: string) => {
    const device = indexOf.get(code)
    if (device !== undefined) voices.wake(device, at)
  }
  const measuredOn = (on: Stage, device: number, noise: number, at: number, isDrill: boolean): Measured | null => {
    if (on.world.isDead(device)) return null
    const { code } = devices[device] as DeviceRow
    const quiet = on.world.measure(device, own[device] as number, noise)
    const since = on.bent.since(code)
    if (since === null) return { value: quiet, isWatched: false, watchedMs: 0, isDrill }
    return { value: on.bent.value(code, quiet, at), isWatched: true, watchedMs: at - since, isDrill }
  }
  const measure = (device: number, noise: number, at: number): Measured | null => {
    const ordinary = measuredOn(main, device, noise, at, false)
    if (drill === null) return ordinary
    const drilled = measuredOn(drill.stage, device, noise, at, true)
    if (drilled === null || ordinary === null) return drilled && ordinary
    const untouched = drill.control.measure(device, own[device] as number, noise)
    const isTouched = drilled.isWatched || Math.abs(drilled.value - untouched) > touchedSpans * (span[device] as number)
    if (!isTouched) return ordinary
    drill.touched.add(device)
    return { ...drilled, isWatched: true, watchedMs: Math.max(drilled.watchedMs, hourMs) }
  }

  let now = startAt
  let tickedAt = startAt
  main.world.step(startAt, originAt)

  function tick(to: number, out: DoorInput[]): void {
    out.push(...main.tick(tickedAt, to, wakeAt(to)))
    for (const device of main.world.jolted()) voices.wake(device, to)
    if (drill) {
      drill.control.step(to, time.cityAt(to))
      for (const call of drill.stage.tick(tickedAt, to, wakeAt(to))) out.push({ ...call, isDrill: true })
      for (const device of drill.stage.world.jolted()) voices.wake(device, to)
    }
    tickedAt = to
  }
  function heard(to: number, out: DoorInput[]): void {
    for (const { device, at, phenomenonAt, value, isDrill } of voices.speak(to, measure)) {
      const { code } = devices[device] as DeviceRow
      out.push({ door: 'sensorthings', at, code, phenomenonAt, value, ...(isDrill ? { isDrill } : {}) })
    }
    const told = (list: typeof warnings, isDrill: boolean) => {
      for (const { at, xml } of list) if (at <= to) out.push({ door: 'cap', at, xml, ...(isDrill ? { isDrill } : {}) })
      return list.filter(({ at }) => at > to)
    }
    warnings = told(warnings, false)
    for (const { at, xml } of office?.told(to) ?? []) out.push({ door: 'cap', at, xml })
    if (drill) drill.warnings = told(drill.warnings, true)
  }
  return {
    devices,
    time,
    slownessAt: (position) => (drill ? drill.stage : main).world.slownessAt(position),
    advance(to) {
      const out: DoorInput[] = []
      while (now < to) {
        const next = Math.min(to, tickedAt + tickMs)
        heard(next, out)
        if (next === tickedAt + tickMs) tick(next, out)
        now = next
      }
      return out.sort((a, b) => a.at - b.at)
    },
    mended(classCode, position, at) {
      main.mended(classCode, position, at, wakeAt(at))
      drill?.stage.mended(classCode, position, at, wakeAt(at))
      for (const device of standingAt.get(spotOf(position)) ?? []) voices.serviced(device, at)
    },
    drill(code, at, drillSeed = at) {
      // What the drill has touched says once more how it is.
      for (const device of drill?.touched ?? []) voices.wake(device, at)
      drill = null
      if (code === null) return
      const told = playScript(scripts[code], {
        city,
        seed,
        beginCityAt: time.cityAt(at),
        beginAt: at,
        speed,
        isDrill: true,
      })
      // Nothing by chance: what happens in a drill is the script's, and its callers tell of that alone.
      const scripted = { callFactorAt: told.callFactorAt, chanceFactorAt: () => 0 }
      const on = physics(told.causes)
      const control = physics(noCauses)
      for (const one of [on, control]) one.step(at, time.cityAt(at))
      drill = {
        stage: setStage(on, people(`drill-${code}-${drillSeed}`, scripted, at), false, control),
        control,
        touched: new Set(),
        warnings: [...told.warnings],
      }
    },
  }
}
