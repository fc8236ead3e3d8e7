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
import { canvasProblem, largestCanvas, mostParts, smallestPart } from '../model/display-place.ts'
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

const along = z.number().int().min(0).max(largestCanvas)
const side = z.number().int().min(smallestPart).max(largestCanvas)
const canvasSchema = z
  .strictObject({
    width: side,
    height: side,
    parts: z
      .array(z.strictObject({ id: displayIdSchema, x: along, y: along, width: side, height: side }))
      .min(1)
      .max(mostParts)
      .readonly(),
  })
  .superRefine((canvas, context) => {
    const message = canvasProblem(canvas)
    if (message !== null) context.addIssue({ code: 'custom', path: ['parts'], message })
  })

/** Names a machine can go by: displays, and the parts of their canvases. */
const namesOf = (displays: readonly z.infer<typeof displaySchema>[]): readonly string[] =>
  displays.flatMap(({ id, canvas }) => [id, ...(canvas?.parts.map((part) => part.id) ?? [])])
const displaySchema = z.strictObject({
  id: displayIdSchema,
  name: term,
  turns: turns.default([]),
  canvas: canvasSchema.exactOptional(),
})

export const programmeSchema = z.strictObject({
  usual: turns.default(customaryProgramme.usual),
  displays: z
    .array(displaySchema)
    .max(mostDisplays)
    .readonly()
    .default([])
    .refine((all) => new Set(namesOf(all)).size === namesOf(all).length, 'two displays or parts of one id'),
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
