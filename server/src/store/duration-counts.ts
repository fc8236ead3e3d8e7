/**
 * How often durations came, by length: classes of a thirty-second of their own length, so that any percentile can be told to within
 * 1.6 % however many there were, and two counts be added. Below 64 ms, and in how many there are, exact; and so is how many lie between two
 * bounds of a histogram (`duration-bins.ts`), because no class lies across one.
 */
import { binBounds } from '../../../shared/model/duration-bins.ts'

const perOctave = 32
/** The last one holds all that is longer than seventeen years. */
const evenClasses = 1120

/** Among classes of a thirty-second alone. Less than nothing, where clocks disagreed, counts as nothing. */
function evenClassOf(ms: number): number {
  let [value, octave] = [Math.max(0, ms), 0]
  while (value >= 2 * perOctave) {
    value = Math.floor(value / 2)
    octave++
  }
  return Math.min(octave * perOctave + value, evenClasses - 1)
}

function evenStart(of: number): number {
  const octave = Math.max(0, Math.floor(of / perOctave) - 1)
  return (of - octave * perOctave) * 2 ** octave
}

/** The shortest duration of each class, ms. */
const starts: readonly number[] = [
  ...new Set([...Array.from({ length: evenClasses }, (_, of) => evenStart(of)), ...binBounds]),
].sort((a, b) => a - b)
export const classCount = starts.length
/** The class that begins with each even one; behind them one that never comes. */
const firstOf = Array.from({ length: evenClasses }, (_, of) => starts.indexOf(evenStart(of))).concat(classCount)

export function classOf(ms: number): number {
  const even = evenClassOf(ms)
  let of = firstOf[even] as number
  for (const end = firstOf[even + 1] as number; of + 1 < end && (starts[of + 1] as number) <= ms;) of++
  return of
}

/** The middle of a class, ms. */
export function middleMs(of: number): number {
  const startMs = starts[of] as number
  return (startMs + (starts[of + 1] ?? startMs + 1) - 1) / 2
}

/** How many durations lie in each of the classes of a histogram, of which these are the lower bounds; the last has no end. */
export function countsBetween(counts: DurationCounts, bounds: readonly number[]): number[] {
  const firsts = bounds.map((bound) => classOf(bound))
  return firsts.map((first, i) => totalOf(counts.subarray(first, firsts[i + 1] ?? classCount)))
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

const characters = Array.from({ length: 64 }, (_, part) => String.fromCharCode(firstCode + part))

export function writeNumber(value: number): string {
  let [text, rest] = ['', value]
  while (rest >= 32) {
    text += characters[32 + (rest % 32)] as string
    rest = Math.floor(rest / 32)
  }
  return text + (characters[rest] as string)
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

/** Counts as text, added the lowest class first: how many classes there are, then of each how far it is from the one before, and its count. */
export class CountText {
  #text = ''
  #last = 0
  #classes = 0

  /** Those of none are left out. */
  add(of: number, count: number): void {
    if (count <= 0) return
    this.#text += writeNumber(of - this.#last) + writeNumber(count)
    this.#last = of
    this.#classes++
  }

  toString(): string {
    return writeNumber(this.#classes) + this.#text
  }
}

export function writeCounts(counts: ReadonlyMap<number, number>): string {
  const text = new CountText()
  for (const of of [...counts.keys()].sort((a, b) => a - b)) text.add(of, counts.get(of) as number)
  return String(text)
}

/** Passes over so many counts that are not asked for. */
export function skipCounts(from: NumberReader, how: number): void {
  for (let n = 0; n < how; n++) eachCount(from, () => undefined)
}

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
