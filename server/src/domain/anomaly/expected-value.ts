/**
 * What a sensor is expected to say now: the mean of this hour of the week, of this half hour of the day, or of everything, whichever has been nearest to the
 * truth so far. Learns with every reading, faster while a slot is new, never to a standstill.
 */
import type { ExpectedBasis } from '../../../../shared/model/anomaly.ts'
import type { DetectorMemory } from './detector-memory.ts'
import { cell, daySlots, weekSlots } from './detector-memory.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const halfHourMs = hourMs / 2

/** A slot takes in this part of its last visit. */
const slotRate = 0.15
const slowestMeanRate = 1 / 1000
const slowestErrorRate = 1 / 100
/** A mean by the clock is believed after so many readings it was there for… */
const dayJudgedFrom = 100
const weekJudgedFrom = 300
/** …and where its error is smaller by a twentieth. */
const betterBy = 0.95
const mostPerVisit = 12
const mostVisits = 255

export interface Expected {
  value: number
  basis: ExpectedBasis
}

const daySlot = (localAt: number): number => Math.floor((((localAt % dayMs) + dayMs) % dayMs) / halfHourMs)
const weekSlot = (localAt: number): number =>
  daySlots + (((Math.floor(localAt / hourMs) % weekSlots) + weekSlots) % weekSlots)

/** Writes into `into`. `localAt`: ms on the city's own clock, days beginning at whole multiples of a day. */
export function expect(memory: DetectorMemory, localAt: number, into: Expected): void {
  const { cells, slots, visits } = memory
  const [day, week] = [daySlot(localAt), weekSlot(localAt)]
  into.value = cells[cell.mean] as number
  into.basis = 'overall'
  let error = cells[cell.meanError] as number
  const dayError = cells[cell.dayError] as number
  if ((visits[day] as number) > 0 && (cells[cell.dayJudged] as number) > dayJudgedFrom && dayError < error * betterBy) {
    error = dayError
    into.value = slots[day] as number
    into.basis = 'time-of-day'
  }
  const weekError = cells[cell.weekError] as number
  if (
    (visits[week] as number) > 0 &&
    (cells[cell.weekJudged] as number) > weekJudgedFrom &&
    weekError < error * betterBy
  ) {
    into.value = slots[week] as number
    into.basis = 'hour-of-week'
  }
}

/** Takes a reading in: first how wrong each mean was, then the means. */
export function learn(memory: DetectorMemory, localAt: number, value: number): void {
  const { cells } = memory
  const stepMs = localAt - (cells[cell.lastAt] as number)
  follow(memory, daySlot(localAt), value, halfHourMs / stepMs, cell.dayError, cell.dayJudged)
  follow(memory, weekSlot(localAt), value, hourMs / stepMs, cell.weekError, cell.weekJudged)
  const seen = cells[cell.seen] as number
  const error = Math.abs(value - (cells[cell.mean] as number))
  cells[cell.meanError] = blend(cells[cell.meanError] as number, error, Math.max(slowestErrorRate, 1 / seen))
  cells[cell.mean] = blend(cells[cell.mean] as number, value, Math.max(slowestMeanRate, 1 / (seen + 1)))
}

export const blend = (old: number, next: number, rate: number): number => old + rate * (next - old)

/** `perVisit`: readings that one visit of the slot brings. */
function follow(
  { cells, slots, visits }: DetectorMemory,
  slot: number,
  value: number,
  perVisit: number,
  errorCell: number,
  judgedCell: number,
): void {
  const known = visits[slot] as number
  if (known > 0) {
    const judged = (cells[judgedCell] as number) + 1
    cells[judgedCell] = judged
    const error = Math.abs(value - (slots[slot] as number))
    cells[errorCell] = blend(cells[errorCell] as number, error, Math.max(slowestErrorRate, 1 / judged))
  }
  // Readings slower than the slot bring one a visit; so it is taken where time goes back.
  const readings = perVisit > 1 ? Math.min(mostPerVisit, perVisit) : 1
  slots[slot] =
    known === 0 ? value : blend(slots[slot] as number, value, Math.max(slotRate / readings, 1 / (known + 1)))
  if (known < mostVisits) visits[slot] = known + 1
}
