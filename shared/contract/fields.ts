/** Fields that many commands share. */
import { z } from 'zod'
import { readLimit } from '../model/limit.ts'
import { priorities } from '../model/priority.ts'

export const id = z.string().min(1).max(64)
export const text = (max: number) => z.string().trim().max(max)
export const reason = z.string().trim().min(1, 'a reason is needed').max(500)
export const note = text(2000).default('')
export const priority = z
  .literal([...priorities])
  .nullable()
  .default(null)

/** A limit in words: `2紧急工作时`, `4工作时`, `2工作日`, `1自然日`. */
export const limitSchema = z.string().transform((said, ctx) => {
  const found = readLimit(said)
  if (found !== null) return found
  ctx.addIssue({ code: 'custom', message: 'a limit: 2紧急工作时, 4工作时, 2工作日 or 1自然日' })
  return z.NEVER
})

/** Longitude first, WGS 84 degrees. */
export const lonLatSchema = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]).readonly()
/** ISO 8601 with offset on the wire, ms inside. */
export const instantSchema = z
  .union([z.iso.datetime({ offset: true }), z.number().int().min(0).max(8_640_000_000_000_000)])
  .transform((value) => (typeof value === 'number' ? value : Date.parse(value)))
export const pictureUrl = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .nullable()
  .default(null)

/** Which cases: of a district, department or source (`-`: of none), of a class (a code, or its leading digits). */
export const caseFilterShape = {
  district: z.string().max(64).optional(),
  class: z.string().max(64).optional(),
  department: z.string().max(64).optional(),
  source: z.string().max(64).optional(),
}
export interface CaseFilter {
  readonly district?: string | undefined
  readonly class?: string | undefined
  readonly department?: string | undefined
  readonly source?: string | undefined
}
