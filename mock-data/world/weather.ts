/**
 * Weather over the city: warmth by season, hour and the day's own mood; wind; and rain that falls from cells moving over the
 * ground, so that it rains here and not there, first in the west and then in the east. Everything follows from the seed and
 * the city's own time; a scenario brings cells and wind of its own.
 */
import { seededRandom, seedFrom } from '../city/random.ts'
import type { CityTime } from '../life/happening.ts'
import type { Ground } from './ground.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const minMs = 60_000

/** A body of rain: strongest in its middle, moving, growing in its first fifth and fading in its last third. */
export interface RainCell {
  /** City time, epoch ms. */
  readonly fromAt: number
  readonly toAt: number
  /** Where its middle is at `fromAt`, metres east and north of the city's. */
  readonly x: number
  readonly y: number
  /** How it moves, m/s. */
  readonly vx: number
  readonly vy: number
  readonly radiusM: number
  /** In its middle, mm/h. */
  readonly peakMmH: number
}

export interface ForcedWeather {
  /** Only what the scenario brings falls. */
  readonly isDryOtherwise: boolean
  readonly cells: readonly RainCell[]
  /** Mean wind at a moment of city time, m/s; null = the ordinary wind. */
  readonly windAt: (cityAt: number) => number | null
}

/** Heavy rain that comes by chance, from its first body's beginning to its last one's end. City time, epoch ms. */
export interface Storm {
  readonly fromAt: number
  readonly toAt: number
  /** In the middle of its strongest body, mm/h. */
  readonly peakMmH: number
}

export interface Weather {
  /** The storm that begins on this day (days of city time since 1970, UTC), as a weather office would see it coming. */
  stormOf(day: number): Storm | null
  /** Weather of this moment of city time; what is asked after is of it. */
  step(cityAt: number): void
  /** mm/h. */
  rainAt(x: number, y: number): number
  /** Mean over the city, mm/h. */
  readonly cityRain: number
  /** Mean wind, m/s. */
  readonly wind: number
  /** °C. */
  readonly temperature: number
  /** 0 … 1: how clear the sky is. */
  readonly sun: number
}

export interface WeatherOptions {
  readonly seed: number
  readonly time: CityTime
  readonly ground: Ground
  /** City time of the start: no storm by chance in the first two days. */
  readonly originAt: number
  readonly stormDaysPerYear: number
  readonly forced: ForcedWeather | null
}

/** What an ordinary shower never exceeds, mm/h: heavier rain is a storm. */
const mostOrdinary = 17

export function weather({ seed, time, ground, originAt, stormDaysPerYear, forced }: WeatherOptions): Weather {
  const { reachM } = ground
  const firstDay = Math.floor(originAt / dayMs)
  const days = new Map<
    number,
    { readonly cells: readonly RainCell[]; readonly warmth: number; readonly wind: number }
  >()

  function dayOf(day: number) {
    const known = days.get(day)
    if (known) return known
    const random = seededRandom(seedFrom(seed, `weather-${day - firstDay}`))
    const cells: RainCell[] = []
    const cell = (radiusM: number, peakMmH: number, minutes: number) => {
      const fromAt = day * dayMs + random.next() * dayMs
      const heading = random.between(-0.9, 0.9)
      const speed = random.between(2, 5)
      const [vx, vy] = [speed * Math.cos(heading), speed * Math.sin(heading)]
      // Half of its life before the middle of the city, half behind it.
      const half = (minutes * 60) / 2
      const aside = random.between(-0.8, 0.8) * reachM
      cells.push({
        fromAt,
        toAt: fromAt + minutes * minMs,
        x: -vx * half - aside * Math.sin(heading),
        y: -vy * half + aside * Math.cos(heading),
        vx,
        vy,
        radiusM,
        peakMmH,
      })
    }
    const kind = random.next()
    const isStorm = day - firstDay >= 2 && random.next() < stormDaysPerYear / 365
    if (isStorm)
      for (let n = random.whole(1, 2); n > 0; n--)
        cell(reachM * random.between(0.6, 1.1), random.between(60, 90), random.between(70, 130))
    else if (kind > 0.9) cell(reachM * 2, random.between(2.5, 5.5), random.between(180, 420))
    else if (kind > 0.68)
      for (let n = random.whole(2, 5); n > 0; n--)
        cell(random.between(1500, 3500), random.between(3, 15), random.between(30, 90))
    const made = { cells, warmth: random.between(-2.5, 2.5), wind: random.between(1.2, 3) }
    days.set(day, made)
    for (const old of days.keys()) if (old < day - 3) days.delete(old)
    return made
  }

  let active: RainCell[] = []
  let now = originAt
  const state = { cityRain: 0, wind: 0, temperature: 0, sun: 1 }
  const strength = (cell: RainCell) => {
    const share = (now - cell.fromAt) / (cell.toAt - cell.fromAt)
    return cell.peakMmH * Math.min(1, share / 0.2, (1 - share) / 0.35)
  }
  const rainAt = (x: number, y: number) => {
    let sum = 0
    let isForced = false
    for (const cell of active) {
      const since = (now - cell.fromAt) / 1000
      const dx = x - cell.x - cell.vx * since
      const dy = y - cell.y - cell.vy * since
      const far = (dx * dx + dy * dy) / (cell.radiusM * cell.radiusM)
      if (far < 6) sum += strength(cell) * Math.exp(-far)
      isForced ||= cell.peakMmH > mostOrdinary
    }
    return isForced ? sum : Math.min(mostOrdinary, sum)
  }
  const samples = [-0.6, 0, 0.6].flatMap((x) => [-0.6, 0, 0.6].map((y) => [x * reachM, y * reachM] as const))
  return {
    stormOf(day) {
      const cells = forced?.isDryOtherwise ? [] : dayOf(day).cells.filter(({ peakMmH }) => peakMmH > mostOrdinary)
      if (cells.length === 0) return null
      return {
        fromAt: Math.min(...cells.map(({ fromAt }) => fromAt)),
        toAt: Math.max(...cells.map(({ toAt }) => toAt)),
        peakMmH: Math.max(...cells.map(({ peakMmH }) => peakMmH)),
      }
    },
    step(cityAt) {
      now = cityAt
      const day = Math.floor(cityAt / dayMs)
      const today = dayOf(day)
      const ownCells = forced?.isDryOtherwise ? [] : [...dayOf(day - 1).cells, ...today.cells]
      active = [...ownCells, ...(forced?.cells ?? [])].filter((cell) => cell.fromAt < cityAt && cityAt < cell.toAt)
      state.cityRain = active.length ? samples.reduce((sum, [x, y]) => sum + rainAt(x, y), 0) / samples.length : 0
      state.sun = Math.max(0.15, 1 - state.cityRain / 6)
      const hour = time.hourOf(cityAt)
      const wave = Math.cos(((hour - 15) / 24) * 2 * Math.PI)
      const yearShare = ((cityAt / dayMs) % 365.25) / 365.25
      const season = 17 - 11 * Math.cos((yearShare - 0.06) * 2 * Math.PI)
      // From one day's mood to the next's, not at midnight.
      const along = cityAt / dayMs - day
      const mood = today.warmth + (dayOf(day + 1).warmth - today.warmth) * along
      const breeze = today.wind + (dayOf(day + 1).wind - today.wind) * along
      state.temperature = season + mood + 4 * wave * state.sun - Math.min(4, 0.4 * state.cityRain)
      state.wind = forced?.windAt(cityAt) ?? Math.max(0, breeze + 1.1 * wave + Math.min(1.5, 0.1 * state.cityRain))
    },
    rainAt,
    get cityRain() {
      return state.cityRain
    },
    get wind() {
      return state.wind
    },
    get temperature() {
      return state.temperature
    },
    get sun() {
      return state.sun
    },
  }
}
