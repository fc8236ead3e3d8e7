/** The rules of time, slow and obvious: minute by minute, asking of each whether it counts. */
import type { WorkingCalendar } from '../../../../shared/model/working-calendar.ts'
import type { LimitUnit } from '../../../../shared/model/limit.ts'
import type { Pause } from '../../../../shared/model/working-time.ts'

const minuteMs = 60_000
/** Shanghai has had no summer time since 1991. */
const offsetMs = 8 * 3_600_000

export function slowClock(calendar: WorkingCalendar) {
  const isWorking = (at: number): boolean => {
    const local = new Date(at + offsetMs)
    const date = local.toISOString().slice(0, 10)
    const clock = local.toISOString().slice(11, 16)
    const weekday = local.getUTCDay() === 0 ? 7 : local.getUTCDay()
    const special = calendar.days.find((day) => day.date === date)
    const isWorkday = special ? special.kind === 'workday' : !calendar.weekend.includes(weekday)
    return isWorkday && calendar.hours.some(({ from, to }) => from <= clock && clock < to)
  }
  const counts = (at: number, unit: LimitUnit, pauses: readonly Pause[]): boolean =>
    (unit === 'urgent-hour' || unit === 'natural-day' || isWorking(at)) &&
    !pauses.some(({ from, to }) => from <= at && (to === null || at < to))

  return {
    isWorking,
    /** Null where it is not reached within `mostMinutes`. */
    dueAt(startAt: number, ms: number, unit: LimitUnit, pauses: readonly Pause[], mostMinutes: number): number | null {
      let left = ms
      for (let minute = 0; minute < mostMinutes; minute++) {
        const at = startAt + minute * minuteMs
        if (!counts(at, unit, pauses)) continue
        left -= minuteMs
        if (left <= 0) return at + minuteMs
      }
      return null
    },
    countedMs(from: number, to: number, unit: LimitUnit, pauses: readonly Pause[]): number {
      let sum = 0
      for (let at = from; at < to; at += minuteMs) if (counts(at, unit, pauses)) sum += minuteMs
      return sum
    },
  }
}

/** Tenths of the limit at which somebody is told. */
const marks = [5, 8, 10, 12]

/** The clock of a case as it lives: no pauses and no sums, only what is true in this minute. */
export class SlowCase {
  /** When each mark was reached, in order. */
  readonly told: number[] = []
  /** When so many minutes were used up. */
  readonly #usedAt: number[]
  readonly #counts: (at: number) => boolean
  readonly #limitMinutes: number
  #now: number
  #extensions = 0
  #standsUntil: number | null = null

  constructor(filedAt: number, limitMinutes: number, counts: (at: number) => boolean) {
    this.#now = filedAt
    this.#usedAt = [filedAt]
    this.#limitMinutes = limitMinutes
    this.#counts = counts
  }

  get stands(): boolean {
    return this.#standsUntil !== null && this.#now < this.#standsUntil
  }
  get #wholeMinutes(): number {
    return this.#limitMinutes * (1 + this.#extensions)
  }

  live(toAt: number): void {
    while (this.#now < toAt) {
      const isUsed = !this.stands && this.#counts(this.#now)
      this.#now += minuteMs
      if (!isUsed) continue
      this.#usedAt.push(this.#now)
      while (this.told.length < marks.length && this.#isUsedUp(marks[this.told.length] as number))
        this.told.push(this.#now)
    }
  }
  #isUsedUp(tenths: number): boolean {
    return this.#usedAt.length - 1 >= (this.#wholeMinutes * tenths) / 10
  }

  extend(): void {
    this.#extensions++
  }
  suspend(untilAt: number): void {
    this.#standsUntil = untilAt
  }
  resume(): void {
    this.#standsUntil = null
  }

  get light(): 'green' | 'yellow' | 'red' | 'grey' {
    if (this.stands) return 'grey'
    const dueAt = this.#usedAt[this.#wholeMinutes]
    if (dueAt !== undefined && this.#now > dueAt) return 'red'
    return this.#isUsedUp(8) ? 'yellow' : 'green'
  }

  /** When the limit was, or if nobody does anything more will be, used up. */
  dueAt(): number {
    const future = new SlowCase(this.#now, 0, this.#counts)
    future.#standsUntil = this.#standsUntil
    const leftMinutes = this.#wholeMinutes - (this.#usedAt.length - 1)
    if (leftMinutes <= 0) return this.#usedAt[this.#wholeMinutes] as number
    while (future.#usedAt.length - 1 < leftMinutes) future.live(future.#now + minuteMs)
    return future.#now
  }
}
