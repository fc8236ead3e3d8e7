/**
 * How often durations came, by length: classes of a thirty-second of their own length, so that any percentile can be told to within
 * 1.6 % however many there were, and two counts be added. Below 64 ms, and in how many there are, exact.
 */

const perOctave = 32
/** The last class holds all that is longer than two years. */
export const classCount = 1024

/** Less than nothing, where clocks disagreed, counts as nothing. */
export function classOf(ms: number): number {
  let [value, octave] = [Math.max(0, ms), 0]
  while (value >= 2 * perOctave) {
    value = Math.floor(value / 2)
    octave++
  }
  return Math.min(octave * perOctave + value, classCount - 1)
}

/** The middle of a class, ms. */
export function middleMs(of: number): number {
  const octave = Math.max(0, Math.floor(of / perOctave) - 1)
  return (of - octave * perOctave) * 2 ** octave + (2 ** octave - 1) / 2
}

export type DurationCounts = Int32Array
export const noDurations = (): DurationCounts => new Int32Array(classCount)
export function addDuration(to: DurationCounts, ms: number): void {
  const of = classOf(ms)
  to[of] = (to[of] as number) + 1
}
export function addDurations(to: DurationCounts, from: DurationCounts): void {
  for (let of = 0; of < classCount; of++) to[of] = (to[of] as number) + (from[of] as number)
}
export function totalOf(counts: DurationCounts): number {
  let total = 0
  for (const count of counts) total += count
  return total
}

/** Percentiles by the rule of `percentile` and of SQL's `percentile_cont`, of the classes' middles; null of none. `of`: the lowest first. */
export function percentilesOf(counts: DurationCounts, of: readonly number[]): (number | null)[] {
  const total = totalOf(counts)
  if (total === 0) return of.map(() => null)
  /** Of places that only go up: each walks over the counts once. */
  const climb = () => {
    let [at, seen] = [0, counts[0] as number]
    return (place: number): number => {
      while (seen <= place) seen += counts[++at] as number
      return middleMs(at)
    }
  }
  const [lower, upper] = [climb(), climb()]
  return of.map((part) => {
    const rank = part * (total - 1)
    const below = lower(Math.floor(rank))
    return below + (upper(Math.ceil(rank)) - below) * (rank - Math.floor(rank))
  })
}

// As text, since both databases take and give it alike: five bits a character, the sixth says that more follow.
const firstCode = 48

export function writeNumber(value: number): string {
  let [text, rest] = ['', value]
  do {
    const part = rest % 32
    rest = Math.floor(rest / 32)
    text += String.fromCharCode(firstCode + part + (rest > 0 ? 32 : 0))
  } while (rest > 0)
  return text
}

export class NumberReader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#text.length
  }

  next(): number {
    let [value, factor] = [0, 1]
    for (;;) {
      const code = this.#text.charCodeAt(this.#at++) - firstCode
      if (code < 32) return value + code * factor
      value += (code - 32) * factor
      factor *= 32
    }
  }
}

/** How many classes there are, then of each how far it is from the one before, and its count. Those of none are left out. */
export function writeCounts(counts: ReadonlyMap<number, number>): string {
  const sorted = [...counts].filter(([, count]) => count > 0).sort(([a], [b]) => a - b)
  let [text, last] = [writeNumber(sorted.length), 0]
  for (const [of, count] of sorted) {
    text += writeNumber(of - last) + writeNumber(count)
    last = of
  }
  return text
}

/** Passes over counts that are not asked for. */
export const skipCounts = (from: NumberReader): void => eachCount(from, () => undefined)

export function eachCount(from: NumberReader, take: (of: number, count: number) => void): void {
  let of = 0
  for (let classes = from.next(); classes > 0; classes--) {
    of += from.next()
    take(of, from.next())
  }
}

export function addCounts(to: DurationCounts, from: NumberReader): void {
  let of = 0
  for (let classes = from.next(); classes > 0; classes--) {
    of += from.next()
    to[of] = (to[of] ?? 0) + from.next()
  }
}
