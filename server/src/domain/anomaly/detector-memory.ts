/**
 * All that a detector remembers of one sensor, in one piece of memory of fixed size: nothing in it grows, however long the sensor speaks. Knows no rule; hands out the
 * views that the rules write to.
 */

/** Half hours of a day, hours of a week. */
export const daySlots = 48
export const weekSlots = 168
/** Readings whose departures are kept one by one. */
export const shortWindow = 16

/** Where each single number lies. */
export const cell = {
  seen: 0,
  lastAt: 1,
  previous: 2,
  mean: 3,
  meanError: 4,
  dayError: 5,
  dayJudged: 6,
  weekError: 7,
  weekJudged: 8,
  longMean: 9,
  swing: 10,
  run: 11,
  highest: 12,
  lowest: 13,
  quietLeft: 14,
} as const
const cells = 15
/** Largest departures so far, one a cause that is measured against one. */
export const limits = 5
const doubles = cells + limits
const floats = daySlots + weekSlots + shortWindow

export interface DetectorMemory {
  readonly cells: Float64Array
  readonly largest: Float64Array
  /** Means of the slots of the day, then of the week. */
  readonly slots: Float32Array
  readonly recent: Float32Array
  /** How often each slot was seen, up to 255. */
  readonly visits: Uint8Array
}

/** Bytes of numbers a sensor; the objects that hold them come on top. */
export const memoryBytes = doubles * 8 + floats * 4 + daySlots + weekSlots

export function newMemory(): DetectorMemory {
  const bytes = new ArrayBuffer(memoryBytes)
  const slotsAt = doubles * 8
  const recentAt = slotsAt + (daySlots + weekSlots) * 4
  return {
    cells: new Float64Array(bytes, 0, cells),
    largest: new Float64Array(bytes, cells * 8, limits),
    slots: new Float32Array(bytes, slotsAt, daySlots + weekSlots),
    recent: new Float32Array(bytes, recentAt, shortWindow),
    visits: new Uint8Array(bytes, recentAt + shortWindow * 4),
  }
}
