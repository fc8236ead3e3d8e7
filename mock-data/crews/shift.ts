/** When a crew works: the hours of the pack's shifts, in the city's own time. Who works in turns round the clock always has somebody. */
import type { CrewRow } from '../../shared/contract/city-pack.ts'
import type { CityTime } from '../life/happening.ts'

type Shift = CrewRow['shift']

/** Hours of the city's day, as the pack's format says them. */
const hours: Readonly<Record<Exclude<Shift, 'round-the-clock'>, readonly [from: number, to: number]>> = {
  day: [8, 20],
  night: [20, 8],
}
const hourMs = 3_600_000

export interface ShiftNow {
  readonly isOn: boolean
  /** How long it has been so, ms of city time; Infinity round the clock. */
  readonly sinceMs: number
}

/** `aheadMs`: this crew comes and goes so much before the hour (after it where negative). */
export function shiftNow(shift: Shift, time: Pick<CityTime, 'hourOf'>, cityAt: number, aheadMs: number): ShiftNow {
  if (shift === 'round-the-clock') return { isOn: true, sinceMs: Infinity }
  const [from, to] = hours[shift]
  const hour = time.hourOf(cityAt + aheadMs)
  const sinceStart = (hour - from + 24) % 24
  const length = (to - from + 24) % 24
  const isOn = sinceStart < length
  return { isOn, sinceMs: (isOn ? sinceStart : sinceStart - length) * hourMs }
}
