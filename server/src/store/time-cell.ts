/**
 * A cell of times as it is changed and written. By their arrival: how long after the report. By their report: in which hour of the day, where
 * they stand, how many; and of each interval how many have a target, how many kept it, and how long each took. A case adds the same counts
 * to dozens of cells: what it adds is made once, and a cell only notes whose counts are its own until it is written.
 */
import { caseIntervals } from '../../../shared/model/case-times.ts'
import type { CountCell } from './count-cells.ts'
import { CountText, eachCount, NumberReader, writeNumber } from './duration-counts.ts'

/** A cell's counts in the order they are written: how many of them stand before each. Behind the steps stands the number of cases. */
export const timeParts = { responses: 0, hours: 1, steps: 2, cases: 3 } as const
const firstInterval = timeParts.cases
const partCount = firstInterval + caseIntervals.length
const partSize = 2048
const casesPlace = partCount * partSize
const placeCount = casesPlace + 1 + 2 * caseIntervals.length
const withTargetPlace = (interval: number) => casesPlace + 1 + 2 * interval
const keptPlace = (interval: number) => casesPlace + 2 + 2 * interval

/** The counts that one more of each adds to. */
export type Places = readonly number[]

export const responsePlaces = (of: number): Places => [timeParts.responses * partSize + of]

/** `intervals`: the class of each one's length; null = not measured. */
export function casePlaces(counted: {
  readonly hour: number
  readonly step: number
  readonly intervals: readonly ({ readonly of: number; readonly hasTarget: boolean; readonly isKept: boolean } | null)[]
}): Places {
  const places = [casesPlace, timeParts.hours * partSize + counted.hour, timeParts.steps * partSize + counted.step]
  for (const [i, interval] of counted.intervals.entries()) {
    if (interval === null) continue
    places.push((firstInterval + i) * partSize + interval.of)
    if (interval.hasTarget) places.push(withTargetPlace(i))
    if (interval.isKept) places.push(keptPlace(i))
  }
  return places
}

/** Counts of one cell after another: one array for all of them, put back to nothing each time. */
class Tally {
  readonly #counts = new Float64Array(placeCount)
  #touched: number[] = []

  add(place: number, count: number): void {
    const before = this.#counts[place] as number
    if (before === 0) this.#touched.push(place)
    this.#counts[place] = before + count
  }

  /** Hands over each count there is, the lowest place first, and forgets it. */
  take(each: (place: number, count: number) => void): void {
    for (const place of this.#touched.sort((a, b) => a - b)) {
      const count = this.#counts[place] as number
      // One that came back to nothing was touched more than once.
      if (count === 0) continue
      this.#counts[place] = 0
      each(place, count)
    }
    this.#touched = []
  }
}
const tally = new Tally()

export class TimeCellChange implements CountCell {
  readonly #more: Places[] = []
  readonly #fewer: Places[] = []
  #stored = ''

  add(places: Places, sign: 1 | -1): void {
    if (sign === 1) this.#more.push(places)
    else this.#fewer.push(places)
  }

  /** What is stored of it; once. */
  read(body: string): void {
    this.#stored = body
  }

  #addUp(): void {
    for (const places of this.#more) for (const place of places) tally.add(place, 1)
    for (const places of this.#fewer) for (const place of places) tally.add(place, -1)
  }

  get isNothing(): boolean {
    if (this.#fewer.length === 0) return this.#more.length === 0
    this.#addUp()
    let isNothing = true
    tally.take(() => (isNothing = false))
    return isNothing
  }

  write(): string {
    this.#addUp()
    if (this.#stored !== '') addStored(new NumberReader(this.#stored))
    const texts = Array.from({ length: partCount }, () => new CountText())
    const numbers = Array.from({ length: placeCount - casesPlace }, () => 0)
    tally.take((place, count) => {
      if (place >= casesPlace) numbers[place - casesPlace] = count
      else texts[Math.floor(place / partSize)]?.add(place % partSize, count)
    })
    const numberAt = (place: number) => writeNumber(numbers[place - casesPlace] as number)
    const intervals = texts
      .slice(firstInterval)
      .map((text, i) => numberAt(withTargetPlace(i)) + numberAt(keptPlace(i)) + String(text))
    return texts.slice(0, firstInterval).join('') + numberAt(casesPlace) + intervals.join('')
  }
}

function addStored(numbers: NumberReader): void {
  const readPart = (part: number) => eachCount(numbers, (of, count) => tally.add(part * partSize + of, count))
  for (const part of [timeParts.responses, timeParts.hours, timeParts.steps]) readPart(part)
  tally.add(casesPlace, numbers.next())
  for (let i = 0; i < caseIntervals.length; i++) {
    tally.add(withTargetPlace(i), numbers.next())
    tally.add(keptPlace(i), numbers.next())
    readPart(firstInterval + i)
  }
}
