/** How strongly a count is coloured: 0 for none, then five steps of equal width up to the most there is. Pure. */
export const heatSteps = 5
export const heatLevel = (count: number, most: number): number =>
  count <= 0 || most <= 0 ? 0 : Math.max(1, Math.ceil((heatSteps * count) / most))

/** The counts that wear each step, from 1 on; a step no count wears is left out. */
export function heatRanges(most: number): { readonly level: number; readonly from: number; readonly to: number }[] {
  return Array.from({ length: heatSteps }, (_, i) => ({
    level: i + 1,
    from: Math.floor((i * most) / heatSteps) + 1,
    to: Math.floor(((i + 1) * most) / heatSteps),
  })).filter(({ from, to }) => from <= to)
}

export interface HeatDay {
  /** `yyyy-mm-dd` */
  readonly day: string
  readonly reported: number
}
/** 1 = Monday. */
export const weekdayOf = (day: string): number => ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1

export interface HeatWeek {
  /** The month that begins in this week, 1 to 12; null where none does. */
  readonly month: number | null
  /** Monday first; null outside of the period. */
  readonly days: readonly (HeatDay | null)[]
}
/** Days, in order and without gaps, as weeks; the first week tells its month too. */
export function weeksOf(days: readonly HeatDay[]): HeatWeek[] {
  const [first] = days
  if (first === undefined) return []
  const padded: (HeatDay | null)[] = [...Array.from({ length: weekdayOf(first.day) - 1 }, () => null), ...days]
  return Array.from({ length: Math.ceil(padded.length / 7) }, (_, week) => {
    const own = Array.from({ length: 7 }, (_day, at) => padded[week * 7 + at] ?? null)
    const begins = own.find((one) => one !== null && (one.day.endsWith('-01') || one === first))
    return { month: begins == null ? null : Number(begins.day.slice(5, 7)), days: own }
  })
}
