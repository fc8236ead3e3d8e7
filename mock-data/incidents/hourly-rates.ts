/** The rates of all classes at an hour of a weekday, and the draw by thinning. */
import type { Random } from '../city/random.ts'
import { classRates, hourShapes, type ClassRate, type HourShape } from './class-rates.ts'

export interface HourlyRates {
  /** Of all classes together at the busiest time, an hour of city time; the rate candidates come at. */
  readonly mostPerHour: number
  /** A candidate at this time becomes one of a class, or, by thinning, nothing. `weekday`: 1 = Monday … 7 = Sunday. `share` ≤ 1 thins further. */
  draw(hour: number, weekday: number, share: number, random: Random): string | null
  /** Expected happenings of a class in an hour of city time. */
  perHour(rate: ClassRate, hour: number, weekday: number): number
}

/** Shapes are kept by quarter of an hour, with a mean of one over the day. */
const quarters = 96
const shapes = new Map<HourShape, readonly number[]>(
  (Object.keys(hourShapes) as HourShape[]).map((name) => {
    const raw = Array.from({ length: quarters }, (_, q) => hourShapes[name]((q + 0.5) / 4))
    const mean = raw.reduce((a, b) => a + b, 0) / quarters
    return [name, raw.map((value) => value / mean)]
  }),
)

export function hourlyRates(scale: number): HourlyRates {
  const perHour = ({ perDay, hours, weekend }: ClassRate, hour: number, weekday: number) =>
    ((perDay * scale) / 24) * (shapes.get(hours)?.[Math.floor(hour * 4)] ?? 1) * (weekday >= 6 ? weekend : 1)
  const tables = [5, 6].map((weekday) =>
    Array.from({ length: quarters }, (_, q) => {
      let sum = 0
      return classRates.map((rate) => (sum += perHour(rate, q / 4, weekday)))
    }),
  )
  const mostPerHour = Math.max(1e-9, ...tables.flat().map((sums) => sums.at(-1) ?? 0))
  return {
    mostPerHour,
    perHour,
    draw(hour, weekday, share, random) {
      const sums = tables[weekday >= 6 ? 1 : 0]?.[Math.floor(hour * 4)] ?? []
      const ticket = (random.next() * mostPerHour) / Math.max(1e-9, share)
      const index = sums.findIndex((sum) => ticket < sum)
      return classRates[index]?.code ?? null
    },
  }
}
