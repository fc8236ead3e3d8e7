/** One shape of error everywhere: HTTP bodies and socket acks. */
import { z } from 'zod'
import { refusalCodes, type RefusalCode, type FieldError } from '../model/refusal.ts'

export const errorSchema = z.object({
  code: z.union([z.enum(Object.keys(refusalCodes) as [RefusalCode, ...RefusalCode[]]), z.literal('INTERNAL')]),
  message: z.string(),
  details: z.record(z.string(), z.unknown()).optional(),
  /** Names this one occurrence in the server's log. */
  id: z.string(),
})
export type WireError = z.infer<typeof errorSchema>

/** Zod's issues as `{field, problem}` with the field's dotted path; `''` is the body itself. */
export function fieldErrors(error: z.ZodError): FieldError[] {
  return error.issues.map((issue) => ({ field: issue.path.join('.'), problem: issue.message }))
}
