/**
 * What an hour counts of alarms: announcements by their own instant, alarms by when they were raised. Hours are of UTC, so that no city's
 * zone matters. Counts add up; how long acknowledging took is told as `duration-counts.ts` does.
 */
import { slotMs } from '../../../shared/model/alarm-kpi.ts'
import type { Priority } from '../../../shared/model/priority.ts'
import { classOf, eachCount, NumberReader, writeCounts, writeNumber } from './duration-counts.ts'

export const hourMs = 3_600_000
export const slotsAnHour = hourMs / slotMs

/** Of the alarms raised in an hour. */
export const factCounts = ['alarms', 'falseAlarms', 'withCase', 'acknowledged', 'inTime'] as const
/** Of one sensor and rule: what was announced, then its alarms; `stale` = they stood longer than a day, or stand still. */
export const actorCounts = ['announced', 'alarms', 'chattering', 'fleeting', 'falseAlarms', 'stale'] as const
export const actorPlace = Object.fromEntries(actorCounts.map((name, place) => [name, place])) as Readonly<
  Record<(typeof actorCounts)[number], number>
>
const priorityCount = 4

/** An alarm as it is counted. */
export interface CountedAlarm {
  readonly raisedAt: number
  readonly isFalse: boolean
  readonly hasCase: boolean
  /** Announcement to acknowledgement; null until then. */
  readonly tookMs: number | null
  readonly isInTime: boolean
  readonly hasChattered: boolean
  readonly fleetings: number
  readonly isStale: boolean
}

const zeros = (count: number): number[] => Array.from({ length: count }, () => 0)
const addTo = (sums: number[], place: number, count: number): void => {
  sums[place] = (sums[place] ?? 0) + count
}

/** One hour, as it is changed and stored. */
export class AlarmHour {
  readonly slots = zeros(slotsAnHour)
  readonly priorities = zeros(priorityCount)
  readonly facts = zeros(factCounts.length)
  readonly took = new Map<number, number>()
  readonly actors = new Map<number, number[]>()

  announce(at: number, priority: Priority, actor: number | null): void {
    addTo(this.slots, Math.floor(at / slotMs) % slotsAnHour, 1)
    addTo(this.priorities, priority - 1, 1)
    if (actor !== null) addTo(this.#actor(actor), actorPlace.announced, 1)
  }

  count(alarm: CountedAlarm, actor: number, sign: 1 | -1): void {
    const own = this.#actor(actor)
    const { tookMs, isFalse, hasCase, isInTime } = alarm
    for (const [place, is] of [true, isFalse, hasCase, tookMs !== null, isInTime].entries())
      if (is) addTo(this.facts, place, sign)
    if (tookMs !== null) this.took.set(classOf(tookMs), (this.took.get(classOf(tookMs)) ?? 0) + sign)
    addTo(own, actorPlace.alarms, sign)
    addTo(own, actorPlace.chattering, sign * Number(alarm.hasChattered))
    addTo(own, actorPlace.fleeting, sign * alarm.fleetings)
    addTo(own, actorPlace.falseAlarms, sign * Number(isFalse))
    addTo(own, actorPlace.stale, sign * Number(alarm.isStale))
  }

  #actor(number: number): number[] {
    let own = this.actors.get(number)
    if (own === undefined) this.actors.set(number, (own = zeros(actorCounts.length)))
    return own
  }

  /** Adds what is stored of this hour. */
  read(body: string): void {
    const numbers = new NumberReader(body)
    numbers.next()
    for (const sums of [this.slots, this.priorities, this.facts])
      for (let place = 0; place < sums.length; place++) addTo(sums, place, numbers.next())
    eachCount(numbers, (of, count) => this.took.set(of, (this.took.get(of) ?? 0) + count))
    let actor = 0
    for (let left = numbers.next(); left > 0; left--) {
      actor += numbers.next()
      const own = this.#actor(actor)
      for (let place = 0; place < own.length; place++) addTo(own, place, numbers.next())
    }
  }

  /** Begins with the hour's own number, so that bodies can be read one behind the other. */
  write(hour: number): string {
    const actors = [...this.actors].filter(([, own]) => own.some((count) => count !== 0)).sort(([a], [b]) => a - b)
    let [text, last] = [writeNumber(actors.length), 0]
    for (const [actor, own] of actors) {
      text += writeNumber(actor - last) + own.map(writeNumber).join('')
      last = actor
    }
    const head = [hour, ...this.slots, ...this.priorities, ...this.facts].map(writeNumber).join('')
    return head + writeCounts(this.took) + text
  }
}
