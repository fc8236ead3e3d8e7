/** Programme of the wall as a city pack (`displays.json`) or a command brings it. */
import { z } from 'zod'
import {
  customaryProgramme,
  longestDwellS,
  mostDisplays,
  mostTurns,
  shortestDwellS,
  type WallProgramme,
} from '../model/display.ts'
import { operatingModes } from '../model/mode.ts'
import { wallScenes } from '../model/wall-scene.ts'
import { warningColours } from '../model/warning.ts'
import type { Checked } from './pack-check.ts'

/** A display's name as its address has it; shown on the wall's top strip. */
export const displayIdSchema = z.string().trim().min(1).max(24)
const term = z.object({ zh: z.string().min(1).max(120), en: z.string().min(1).max(120) })
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day, hh:mm')

const turnSchema = z.strictObject({
  days: z
    .array(z.literal([1, 2, 3, 4, 5, 6, 7]))
    .max(7)
    .readonly()
    .default([]),
  from: clock.default('00:00'),
  to: clock.default('00:00'),
  when: z
    .strictObject({
      modes: z.array(z.enum(operatingModes)).min(1).readonly().exactOptional(),
      warnings: z.array(z.enum(warningColours)).min(1).readonly().exactOptional(),
    })
    .default({}),
  scenes: z.array(z.enum(wallScenes)).min(1).max(20).readonly(),
  dwellS: z.number().int().min(shortestDwellS).max(longestDwellS).default(60),
})
const turns = z.array(turnSchema).max(mostTurns).readonly()

export const programmeSchema = z.strictObject({
  usual: turns.default(customaryProgramme.usual),
  displays: z
    .array(z.strictObject({ id: displayIdSchema, name: term, turns: turns.default([]) }))
    .max(mostDisplays)
    .readonly()
    .default([])
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'two displays of one id'),
})

/** Checks `displays.json`. */
export function checkProgramme(json: unknown): Checked<WallProgramme> {
  const parsed = programmeSchema.safeParse(json)
  if (parsed.success) return { ok: true, value: parsed.data }
  const problems = parsed.error.issues.map(
    ({ path, message }) => `displays.json: ${path.length > 0 ? `${path.map(String).join('.')}: ` : ''}${message}`,
  )
  return { ok: false, problems }
}
