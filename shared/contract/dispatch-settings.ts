/** `dispatch.json` of a city pack: least cover, road speeds by the hour, time targets. Each part may be left out: then the usual one holds. */
import { z } from 'zod'
import { caseIntervals } from '../model/case-times.ts'
import type { DispatchSettings } from '../model/dispatch-settings.ts'
import { priorities } from '../model/priority.ts'
import { roadClasses } from '../model/roads.ts'
import type { Checked } from './pack-check.ts'

const id = z.string().trim().min(1).max(64)
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'HH:MM')
const term = z.object({ zh: z.string().min(1).max(40), en: z.string().min(1).max(40) })

export const dispatchSettingsSchema = z.strictObject({
  /** Least number of crews of a kind that stay free in a district. */
  cover: z
    .array(z.object({ zone: id, kind: id, minimum: z.number().int().min(0).max(1000) }))
    .max(5000)
    .readonly()
    .exactOptional(),
  usualCover: z.number().int().min(0).max(1000).exactOptional(),
  roadBands: z
    .array(
      z.object({
        name: term,
        days: z.enum(['weekdays', 'weekend', 'all']),
        from: clock,
        to: clock,
        speed: z.partialRecord(z.enum(roadClasses), z.number().min(0.05).max(1)),
      }),
    )
    .max(12)
    .readonly()
    .exactOptional(),
  timeTargets: z
    .array(
      z.object({
        interval: z.enum(caseIntervals),
        priority: z.literal([...priorities]).nullable(),
        departmentId: id.nullable(),
        seconds: z.number().min(1).max(864_000),
        share: z.number().gt(0).max(1),
      }),
    )
    .max(500)
    .readonly()
    .exactOptional(),
})

/** Checks `dispatch.json`. */
export function checkDispatch(json: unknown): Checked<Partial<DispatchSettings>> {
  const parsed = dispatchSettingsSchema.safeParse(json)
  if (parsed.success) return { ok: true, value: parsed.data as Partial<DispatchSettings> }
  const problems = parsed.error.issues.map(
    (issue) => `dispatch.json: ${issue.path.map(String).join('.')}: ${issue.message}`,
  )
  return { ok: false, problems: problems.slice(0, 20) }
}
