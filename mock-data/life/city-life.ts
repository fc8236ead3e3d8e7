/**
 * The life of a city as those outside it notice it: what its devices, its people and its offices send to the public doors, in
 * order. Pure and seeded: the same options and the same calls give the same inputs, at any speed of playing. The live simulator
 * and the history both play this; neither adds anything of its own.
 */
import type { DeviceRow } from '../../shared/contract/city-pack.ts'
import type { LonLat } from '../../shared/model/geo.ts'
import type { ScenarioCode } from '../../shared/model/scenario.ts'
import { seededRandom, seedFrom } from '../city/random.ts'
import { citizenSites } from '../incidents/citizen-sites.ts'
import { citizens, troubles } from '../incidents/citizens.ts'
import { planHappenings } from '../incidents/happenings.ts'
import { deviceFeed } from '../signals/device-feed.ts'
import { cityTime } from './city-time.ts'
import type { DoorInput } from './door-input.ts'
import type { LivedCity } from './lived-city.ts'
import { defaultRates, type LifeRates } from './rates.ts'

export interface CityLife {
  /** Everything that arrives in (the last call's `to`, `to`], oldest first. */
  advance(to: number): DoorInput[]
  /** A crew has finished work of this class at this place: what was wrong there ends, and its devices come back to normal. */
  mended(classCode: string, position: LonLat, at: number): void
}

export interface CityLifeOptions {
  readonly city: LivedCity
  readonly seed: number
  /** Of the server's clock, epoch ms. */
  readonly startAt: number
  /** City time runs this many times as fast as the server's clock; 1 to 60. */
  readonly speed: number
  /** Null = an ordinary day at the hour it is. */
  readonly scenario: ScenarioCode | null
  /** Multiplies devices and rates; 1 to 100. */
  readonly scale: number
  readonly rates?: Partial<LifeRates>
  /** Codes of the services the hotline offers; absent = all that citizens know. */
  readonly services?: ReadonlySet<string>
  /** Another rhythm for the devices of a kind, ms of the server's clock; null = these devices are not played. */
  readonly readEveryMs?: (kind: string) => number | null
  /** Devices that are played; absent = all. A device that a happening bends is played while it does, whatever is said here. */
  readonly plays?: (device: DeviceRow) => boolean
}

const siteCount = 600
const everyService: ReadonlySet<string> = new Set(troubles.map(({ code }) => code))

export function cityLife(options: CityLifeOptions): CityLife {
  const { city, seed, startAt, speed } = options
  const rates = { ...defaultRates, ...options.rates }
  const time = cityTime({ startAt, originAt: startAt, speed, timeZone: city.head.timeZone })
  const plan = planHappenings(
    city.devices,
    startAt,
    rates.happeningGapMs / speed,
    seededRandom(seedFrom(seed, 'happenings')),
  )
  const { readEveryMs, plays } = options
  const played = city.devices.filter((device) => (plays?.(device) ?? true) && readEveryMs?.(device.kind) !== null)
  const feed = deviceFeed(played, {
    seed,
    startAt,
    speed,
    hourAt: (at) => time.hourOf(time.cityAt(at)),
    ...(readEveryMs ? { readEveryMs } : {}),
  })
  const random = seededRandom(seedFrom(seed, 'citizens'))
  const sites = citizenSites(city, siteCount, seededRandom(seedFrom(seed, 'sites')))
  const people = citizens(sites, options.services ?? everyService, random)
  const stepMs = options.readEveryMs ? 60_000 : 1000
  let now = startAt
  let nextCallAt = startAt + 3000
  let calls = 0
  return {
    advance(to) {
      const out: DoorInput[] = []
      while (now < to) {
        now = Math.min(to, now + stepMs)
        plan.begin(now)
        for (const { code, at, value } of feed.due(now, plan.active))
          out.push({ door: 'sensorthings', at: now, code, phenomenonAt: at, value })
        for (; nextCallAt <= now; nextCallAt -= (rates.callGapMs / speed) * Math.log(1 - random.next())) {
          const request = people.next()
          if (request) out.push({ door: 'open311', at: nextCallAt, request, happeningId: `call-${++calls}` })
        }
      }
      return out.sort((a, b) => a.at - b.at)
    },
    mended: () => {},
  }
}
