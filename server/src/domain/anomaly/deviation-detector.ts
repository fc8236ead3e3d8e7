/**
 * Says of each reading how unlike it is to all before: control charts on what the expected value leaves over, with the largest departure so far for a limit in place
 * of so many sigmas (docs/adr/0014). Guarantees: the same readings give the same scores; memory and time a reading are bounded; it looks at no later
 * reading, and needs no setting of a sensor's own. Knows no rule and no alarm.
 */
import type { AnomalyCause, AnomalyEvidence } from '../../../../shared/model/anomaly.ts'
import type { Expected } from './expected-value.ts'
import { cell, newMemory, shortWindow } from './detector-memory.ts'
import { blend, expect, learn } from './expected-value.ts'

/** From this score on a departure is one to speak of: the one threshold, for every sensor. */
export const speaksFrom = 1.05
/** Readings it only learns from, at first. */
export const learnsFrom = 100
/** It stays quiet for this part of all it has seen after it spoke, so that one event is told once; within these bounds, in readings. */
const quietPart = 0.03
const [quietLeast, quietMost] = [20, 100]
/** Readings of quiet after it spoke, having seen so many. */
export const quietAfter = (seen: number): number =>
  Math.floor(Math.min(quietMost, Math.max(quietLeast, seen * quietPart)))

const longRate = 1 / 48
const swingRate = 0.08
/** A limit, once it was learned, grows by no more than this with one reading: an anomaly must not hide the next. */
const growth = 1.2
/** A limit forgets by this part a reading: half of it in 24 days of readings a minute, in 120 of one each five. */
const fade = 0.99998
/** Standing still for fewer readings is never odd. */
const stillFrom = 24
/** A score for a departure where there never was any. */
const unheardOf = 3
/** How much a part of the range beyond the range weighs. */
const rangeWeight = 2

/** Charts whose limit is their own largest value. Their places in the memory. */
const charts = { reading: 0, 'short-mean': 1, 'long-mean': 2, swing: 3 } as const
const stillPlace = 4

export class DeviationDetector {
  readonly #memory = newMemory()
  readonly #expected: Expected = { value: Number.NaN, basis: 'overall' }
  #cause: AnomalyCause = 'reading'
  #usual = 0
  #present = 0
  #score = 0
  #causeScore = 0
  #value = 0
  #previous = 0

  /**
   * Takes the next reading; answers its score, 0 while it learns or stays quiet. `localAt`: ms on the clock the sensor's habits follow (the city's own), days beginning
   * at whole multiples of a day. `value` is finite.
   */
  observe(localAt: number, value: number): number {
    const memory = this.#memory
    const { cells, recent } = memory
    const seen = cells[cell.seen] as number
    if (seen === 0) {
      cells[cell.mean] = cells[cell.highest] = cells[cell.lowest] = value
      this.#take(localAt, value)
      return 0
    }
    expect(memory, localAt, this.#expected)
    const previous = cells[cell.previous] as number
    const left = value - this.#expected.value
    recent[seen % shortWindow] = left
    const long = (cells[cell.longMean] = blend(cells[cell.longMean] as number, left, longRate))
    const change = Math.abs(value - previous)
    const swing = (cells[cell.swing] = blend(cells[cell.swing] as number, change, Math.max(swingRate, 1 / seen)))
    const isLearned = seen >= learnsFrom
    this.#score = this.#causeScore = 0
    this.#value = value
    this.#previous = previous
    // Before that a mean of one reading would set the limit.
    if (seen >= shortWindow) {
      this.#chart('reading', Math.abs(left), isLearned)
      this.#chart('short-mean', Math.abs(this.#shortMean()), isLearned)
      this.#chart('long-mean', Math.abs(long), isLearned)
      this.#chart('swing', swing, isLearned)
    }
    this.#still(change === 0, isLearned)
    this.#range(value, isLearned)
    this.#take(localAt, value)
    return this.#speak(isLearned)
  }

  /** Why the last reading had its score. */
  evidence(): AnomalyEvidence {
    const { value: expected, basis } = this.#expected
    const cause = this.#cause
    const value =
      cause === 'short-mean'
        ? expected + this.#shortMean()
        : cause === 'long-mean'
          ? expected + (this.#memory.cells[cell.longMean] as number)
          : this.#value
    const [usual, present, score] = [this.#usual, this.#present, this.#causeScore]
    return { cause, basis, value, expected, previous: this.#previous, usual, present, score }
  }

  /** Is the last reading within what was seen before, whether it speaks or is quiet? Everything is while it learns. */
  get isUsual(): boolean {
    return this.seen <= learnsFrom || this.#score < 1
  }

  /** Readings taken so far. */
  get seen(): number {
    return this.#memory.cells[cell.seen] as number
  }

  #shortMean(): number {
    let sum = 0
    for (const one of this.#memory.recent) sum += one
    return sum / shortWindow
  }

  #chart(cause: keyof typeof charts, present: number, isLearned: boolean): void {
    const { largest } = this.#memory
    const place = charts[cause]
    const limit = largest[place] as number
    this.#weigh(cause, limit > 0 ? present / limit : present > 0 ? unheardOf : 0, limit, present)
    const next = isLearned && limit > 0 ? Math.min(present, limit * growth) : present
    largest[place] = Math.max(limit * fade, next)
  }

  #still(isSame: boolean, isLearned: boolean): void {
    const { cells, largest } = this.#memory
    const run = isSame ? (cells[cell.run] as number) + 1 : 0
    const longest = largest[stillPlace] as number
    // Only a run that has ended is a habit.
    if (!isLearned || run === 0) largest[stillPlace] = Math.max(longest * fade, cells[cell.run] as number)
    cells[cell.run] = run
    // What never moved since it is known may be meant to stand.
    if (cells[cell.highest] === cells[cell.lowest]) return
    const usual = Math.max(stillFrom, longest)
    this.#weigh('still', run / usual, usual, run)
  }

  #range(value: number, isLearned: boolean): void {
    const { cells } = this.#memory
    const [highest, lowest, mean] = [
      cells[cell.highest] as number,
      cells[cell.lowest] as number,
      cells[cell.mean] as number,
    ]
    const [width, beyond] = [highest - lowest, Math.max(value - highest, lowest - value)]
    if (beyond > 0) {
      const score = width > 0 ? 1 + (rangeWeight * beyond) / width : unheardOf
      this.#weigh('range', score, value > highest ? highest : lowest, value)
    }
    const most = isLearned && width > 0 ? width * (growth - 1) : Infinity
    cells[cell.highest] = value > highest ? Math.min(value, highest + most) : blend(highest, mean, 1 - fade)
    cells[cell.lowest] = value < lowest ? Math.max(value, lowest - most) : blend(lowest, mean, 1 - fade)
  }

  #weigh(cause: AnomalyCause, score: number, usual: number, present: number): void {
    this.#score = Math.max(this.#score, score)
    // The first that is reason enough is the one to name: they are weighed in the order of what they tell.
    if (this.#causeScore >= speaksFrom || score <= this.#causeScore) return
    this.#cause = cause
    this.#causeScore = score
    this.#usual = usual
    this.#present = present
  }

  #take(localAt: number, value: number): void {
    const { cells } = this.#memory
    const seen = cells[cell.seen] as number
    if (seen > 0) learn(this.#memory, localAt, value)
    cells[cell.previous] = value
    cells[cell.lastAt] = localAt
    cells[cell.seen] = seen + 1
  }

  #speak(isLearned: boolean): number {
    const { cells, largest } = this.#memory
    if (!isLearned) return 0
    const quietLeft = cells[cell.quietLeft] as number
    if (quietLeft > 0) {
      cells[cell.quietLeft] = quietLeft - 1
      return 0
    }
    if (this.#score < speaksFrom) return this.#score
    cells[cell.quietLeft] = quietAfter(cells[cell.seen] as number)
    // Told once; to be told again it must stand still for longer than this.
    if (this.#cause === 'still') largest[stillPlace] = 2 * (cells[cell.run] as number)
    return this.#score
  }
}
