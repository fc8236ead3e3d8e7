/** When officers come to their shift and when they leave it: most in time, a few late, hardly anybody not at all for a while. Pure. */
import { seededRandom, seedFrom } from '../city/random.ts'

const minuteMs = 60_000

/** Own estimates: one in thirty is late, one in a hundred has to be looked for. */
const lateShare = 0.03
const missingShare = 0.01

export interface Habit {
  /** From when the officer is expected. */
  readonly comesAfterMs: number
  /** From the end of the shift. */
  readonly leavesAfterMs: number
}

/** The same for the same officer at the same shift. */
export function habitAt(seed: number, shiftId: string, officerId: string): Habit {
  const random = seededRandom(seedFrom(seed, `attendance ${shiftId} ${officerId}`))
  const way = random.next()
  const [least, most] = way < missingShare ? [31, 50] : way < missingShare + lateShare ? [11, 25] : [0, 8]
  return {
    comesAfterMs: random.whole(least * minuteMs, most * minuteMs),
    leavesAfterMs: random.whole(minuteMs, 9 * minuteMs),
  }
}

/** An officer's row as the server tells it. */
export interface ToldAttendance {
  readonly shiftId: string
  readonly officerId: string
  readonly expectedAt: number
  readonly signedOnAt: number | null
  readonly signedOffAt: number | null
}
export interface AttendanceAct {
  readonly type: 'duty.sign-on' | 'duty.sign-off'
  readonly shiftId: string
  readonly officerId: string
}

/** What officers do by `now`, in a city whose present shift began at `startAt`. */
export function attendanceActs(
  rows: readonly ToldAttendance[],
  shift: { readonly id: string; readonly startAt: number },
  now: number,
  seed: number,
): AttendanceAct[] {
  return rows.flatMap(({ shiftId, officerId, expectedAt, signedOnAt, signedOffAt }): AttendanceAct[] => {
    const { comesAfterMs, leavesAfterMs } = habitAt(seed, shiftId, officerId)
    if (signedOnAt === null)
      return shiftId === shift.id && now >= expectedAt + comesAfterMs
        ? [{ type: 'duty.sign-on', shiftId, officerId }]
        : []
    const isOver = shiftId < shift.id && signedOffAt === null
    return isOver && now >= shift.startAt + leavesAfterMs ? [{ type: 'duty.sign-off', shiftId, officerId }] : []
  })
}
