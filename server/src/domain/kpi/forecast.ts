/**
 * What is to be expected of an hourly number: what it was in the same hour a week before (of a short past: a day before), and around it a
 * band as wide as nine of ten past errors of that very rule were. Nothing is fitted and nothing smoothed, so that anybody can check it with
 * a pencil. Guarantees: what is said of an hour uses nothing that was not known a day before it, so that the share of past hours the band
 * held is what it promises of those to come. Refuses to guess where too little is known.
 */
import { percentile } from '../../../../shared/model/kpi.ts'

/** The share of hours the band is meant to hold. */
export const bandLevel = 0.9
/** Hours ahead of which each hour is told. */
export const aheadHours = 24
const weekHours = 7 * 24
const dayHours = 24
/** Errors looked back on: four weeks of them. */
const mostErrors = 4 * weekHours
/** Fewer errors than these say nothing of one in twenty. */
export const fewestErrors = 2 * dayHours

export interface HourSlot {
  /** 0 = Monday. */
  readonly weekday: number
  readonly hour: number
}
export interface ForecastInput {
  /** One a hour without gaps, oldest first; null: not known, or still to come. */
  readonly values: readonly (number | null)[]
  /** Weekday and hour of each by the city's clock, also on days on which clocks change. */
  readonly slots: readonly HourSlot[]
  /** Values cannot lie below; null = they can. */
  readonly floor: number | null
}
export interface Expected {
  readonly expected: number
  readonly low: number
  readonly high: number
}
export interface Forecast {
  readonly season: 'week' | 'day' | null
  /** Of each hour; null where too little was known a day before it. */
  readonly bands: readonly (Expected | null)[]
}

/** What is expected of each: the last number known of the same slot, at least a day before it. */
function expectations({ values, slots }: ForecastInput, season: 'week' | 'day'): (number | null)[] {
  const nearest = season === 'week' ? weekHours - 3 : aheadHours
  const keyOf = ({ weekday, hour }: HourSlot) => (season === 'week' ? weekday * dayHours + hour : hour)
  const seen = new Map<number, { readonly at: number; readonly value: number }[]>()
  return slots.map((slot, at) => {
    const key = keyOf(slot)
    const known = seen.get(key) ?? []
    const value = values[at] ?? null
    if (value !== null) seen.set(key, [...known, { at, value }])
    return known.findLast((before) => at - before.at >= nearest)?.value ?? null
  })
}

function bandsBy(input: ForecastInput, season: 'week' | 'day'): (Expected | null)[] {
  const { values, floor } = input
  const errors: { readonly at: number; readonly error: number }[] = []
  const bounded = (value: number) => (floor === null ? value : Math.max(floor, value))
  return expectations(input, season).map((expected, at) => {
    const known = errors.filter((one) => at - one.at >= aheadHours).slice(-mostErrors)
    const value = values[at] ?? null
    if (expected !== null && value !== null) errors.push({ at, error: value - expected })
    const enough = known.length < fewestErrors ? [] : known
    const sorted = enough.map(({ error }) => error).sort((a, b) => a - b)
    const [low, high] = [percentile(sorted, (1 - bandLevel) / 2), percentile(sorted, (1 + bandLevel) / 2)]
    if (expected === null || low === null || high === null) return null
    return { expected, low: bounded(expected + low), high: bounded(expected + high) }
  })
}

/** By weeks where they give every last hour a band, else by days, else not at all. */
export function forecast(input: ForecastInput): Forecast {
  for (const season of ['week', 'day'] as const) {
    const bands = bandsBy(input, season)
    if (bands.length > 0 && bands.slice(-aheadHours).every((band) => band !== null)) return { season, bands }
  }
  return { season: null, bands: input.values.map(() => null) }
}

/** How often the band held what came, over the hours of which both are known; `share` null where there are none. */
export function coverageOf(
  values: readonly (number | null)[],
  bands: readonly (Expected | null)[],
): { readonly tried: number; readonly share: number | null } {
  const held = values.flatMap((value, at) => {
    const band = bands[at] ?? null
    return value === null || band === null ? [] : [value >= band.low && value <= band.high]
  })
  return { tried: held.length, share: held.length === 0 ? null : held.filter(Boolean).length / held.length }
}
