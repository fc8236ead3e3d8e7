/** A row of a city's case class table, as `case-classes.json` writes it. */
import { z } from 'zod'
import { soleCondition, unnamedStandard, type CaseClass } from '../model/case-class.ts'
import { limitSchema } from './fields.ts'

const id = z.string().trim().min(1).max(64)
const term = z.object({ zh: z.string().min(1).max(300), en: z.string().min(1).max(300) })

const longTerm = z.object({ zh: z.string().min(1).max(1000), en: z.string().min(1).max(1000) })
const wording = z.string().min(1).max(1000).exactOptional()

const filingConditionSchema = z.object({
  /** Unique within its class. */
  id: z.string().trim().min(1).max(16),
  when: longTerm,
  limit: limitSchema,
  /** What the table said of a limit nobody could read: it is one natural day then. */
  limitText: z.string().min(1).max(100).exactOptional(),
  closing: longTerm,
})

/** `case-classes.json`, in place of the built-in table. */
export const caseClassSchema = z
  .object({
    code: z.string().regex(/^[EP]\d{4}$/, 'E or P and four digits'),
    name: term,
    group: term,
    priority: z.literal([1, 2, 3, 4]),
    /** From filing to closing; left out where there are conditions: the first one's. */
    limit: limitSchema.exactOptional(),
    conditions: z
      .array(filingConditionSchema)
      .min(1)
      .max(40)
      .refine((rows) => new Set(rows.map((row) => row.id)).size === rows.length, 'an id is there twice')
      .readonly()
      .exactOptional(),
    standardId: id.default(unnamedStandard.standardId),
    standardVersion: z.string().trim().min(1).max(40).default(unnamedStandard.standardVersion),
    departmentId: id.nullable().default(null),
    keywords: z.array(z.string().min(1).max(40)).readonly().default([]),
    legalBasis: wording,
    responsibleBody: wording,
    supervisingBody: wording,
    collecting: wording,
  })
  .transform(({ limit: said, conditions, ...row }, ctx) => {
    const first = conditions?.[0]?.limit ?? said
    if (first !== undefined) return { ...row, limit: first, conditions: conditions ?? [soleCondition(first)] }
    ctx.addIssue({ code: 'custom', path: ['limit'], message: 'neither a limit nor conditions' })
    return z.NEVER
  })

/** A row of `GET /api/v1/case-classes`: the table as the server works by it, in its order. */
export interface CaseClassRow extends CaseClass {
  /** How its Chinese name is typed by sound: `baolulaji`, `bllj`. */
  readonly sound: { readonly initials: string; readonly whole: string }
}
