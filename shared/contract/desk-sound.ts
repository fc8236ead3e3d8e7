/** Body of `POST /api/v1/desk/mutes`: somebody makes a console silent for a time, or loud again before it is over. Kept in the log. */
import { z } from 'zod'

/** The longest a console may be silent, minutes: an alarm must not go unheard for longer than its escalation takes. */
export const longestMuteMin = 60
export const muteSchema = z
  .object({
    /** For so long from now; 0 = loud again. */
    minutes: z.number().int().min(0).max(longestMuteMin),
    reason: z.string().trim().min(1).max(200),
  })
  .strict()

/** `untilAt` null = it sounds. */
export interface MuteAnswer {
  readonly untilAt: string | null
}
