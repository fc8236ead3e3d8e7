/**
 * The weather office of an ordinary city: of a storm that comes by chance it warns some hours ahead, raises the level when the rain is
 * there, and lifts the warning when it is over, or lets it run out. Pure and seeded: how time is cut does not matter.
 */
import { seededRandom, seedFrom } from '../city/random.ts'
import { cancelText, warningText } from '../scenarios/cap-text.ts'
import type { WarningLevel, WarningScript } from '../scenarios/script.ts'
import { layFlat, ringAround } from '../world/ground.ts'
import type { Storm } from '../world/weather.ts'
import type { CityTime } from './happening.ts'
import type { LivedCity } from './lived-city.ts'

const minMs = 60_000
const hourMs = 60 * minMs
const dayMs = 24 * hourMs
/** A storm is seen coming at most this long before it begins. */
const farthestMs = 6 * hourMs
/** From here on rain is of the higher pair of levels, mm/h in the middle. */
const heavyMmH = 70
/** The area of a warning reaches a little over the city's edge. */
const outermost = 1.15

interface Document {
  /** By the server's clock. */
  readonly at: number
  readonly xml: string
}
export interface WeatherOffice {
  /** What it sends in (the last call's `to`, `to`], oldest first. */
  told(to: number): Document[]
}

export function weatherOffice(options: {
  readonly city: LivedCity
  readonly seed: number
  readonly startAt: number
  readonly speed: number
  readonly time: CityTime
  readonly stormOf: (day: number) => Storm | null
}): WeatherOffice {
  const { city, seed, startAt, speed, time, stormOf } = options
  const cityStart = time.cityAt(startAt)
  const firstDay = Math.floor(cityStart / dayMs)
  const serverAt = (cityAt: number) => Math.round(startAt + (cityAt - cityStart) / speed)
  const ground = layFlat(city.devices.map(({ position }) => position))
  const ring = ringAround(ground, [0, 0], outermost * ground.reachM)
  const { name: cityName, timeZone } = city.head

  function plan(day: number, { fromAt, toAt, peakMmH }: Storm): Document[] {
    const random = seededRandom(seedFrom(seed, `weather-office-${day - firstDay}`))
    const scenario = `weather-${day - firstDay}`
    let number = 0
    const warn = (
      kind: WarningScript['kind'],
      level: WarningLevel,
      at: number,
      until: number,
      replaces: string | null,
    ) => {
      const [sentAt, expiresAt] = [serverAt(at), serverAt(until)]
      const rest = { scenario, number: ++number, cityName, timeZone, ring, isExercise: false }
      const { identifier, xml } = warningText({ ...rest, warning: { kind, level }, sentAt, expiresAt, replaces })
      return { at: sentAt, identifier, xml }
    }
    const isHeavy = peakMmH >= heavyMmH
    const first = warn(
      'rainstorm',
      isHeavy ? 'yellow' : 'blue',
      fromAt - random.between(1.5, 4) * hourMs,
      toAt + 3 * hourMs,
      null,
    )
    const there = fromAt + random.between(5, 20) * minMs
    const raised = warn(
      'rainstorm',
      isHeavy ? 'orange' : 'yellow',
      there,
      toAt + random.between(1, 2.5) * hourMs,
      first.identifier,
    )
    const documents: Document[] = [first, raised]
    if (random.chance(0.5))
      documents.push(warn('lightning', 'yellow', fromAt - random.between(20, 60) * minMs, toAt + 30 * minMs, null))
    const sentAt = serverAt(toAt + random.between(20, 50) * minMs)
    if (random.chance(0.6)) {
      const rest = { scenario, number: ++number, cityName, timeZone }
      documents.push({
        at: sentAt,
        xml: cancelText({ ...rest, kind: 'rainstorm', sentAt, replaces: raised.identifier }),
      })
    }
    return documents
  }

  let nextDay = firstDay
  let waiting: Document[] = []
  return {
    told(to) {
      for (const last = Math.floor((time.cityAt(to) + farthestMs) / dayMs); nextDay <= last; nextDay++) {
        const storm = stormOf(nextDay)
        if (storm) waiting.push(...plan(nextDay, storm))
      }
      const due = waiting.filter(({ at }) => at <= to).sort((a, b) => a.at - b.at)
      if (due.length > 0) waiting = waiting.filter(({ at }) => at > to)
      return due
    },
  }
}
