/** Officers who come to their shift and leave it, as the server's own page of duty shows it. */
import { z } from 'zod'
import { attendanceActs } from '../crews/attendance-mind.ts'
import type { Account } from './account.ts'
import { every } from './every.ts'

const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))
const presentSchema = z.object({
  now: z.object({ shift: z.object({ id: z.string(), startAt: instant }) }).nullable(),
  attendance: z.array(
    z.object({
      shiftId: z.string(),
      officerId: z.string(),
      expectedAt: instant,
      signedOnAt: instant.nullable(),
      signedOffAt: instant.nullable(),
    }),
  ),
})
const lookEveryMs = 20_000

export const playAttendance = (options: {
  readonly duty: Account
  readonly seed: number
  readonly signal: AbortSignal
  readonly say: (words: string) => void
}): Promise<void> => {
  const { duty, seed, signal, say } = options
  return every(
    lookEveryMs,
    signal,
    async (now) => {
      const answer = await duty.get('/api/v1/duty/now')
      if (answer.status !== 200) return
      const present = presentSchema.parse(JSON.parse(answer.text))
      if (present.now === null) return
      for (const { type, officerId } of attendanceActs(present.attendance, present.now.shift, now, seed)) {
        if (signal.aborted) return
        // One who is refused has an account of their own, or was quicker.
        await duty.command({ type, officerId })
      }
    },
    (error) => say(`attendance: ${error instanceof Error ? error.message : String(error)}`),
  )
}
