/** `plans.json` of a city pack: response plans, for which cases they are and what they need. */
import { z } from 'zod'
import type { ResponsePlan } from '../model/response-plan.ts'
import { operatingModes } from '../model/mode.ts'

const id = z.string().trim().min(1).max(64)
const term = z.object({ zh: z.string().min(1).max(300), en: z.string().min(1).max(300) })
const count = z.number().int().min(0).max(500)
const hour = z.number().min(0).lt(24)

const scopeSchema = z.object({
  /** Case classes, or their leading characters. */
  classes: z.array(id).min(1).max(200).readonly(),
  priorities: z
    .array(z.literal([1, 2, 3, 4]))
    .readonly()
    .default([]),
  districtIds: z.array(id).max(200).readonly().default([]),
  /** Of the city's day; past midnight where `to` is not later than `from`. */
  hours: z.object({ from: hour, to: hour }).nullable().default(null),
  modes: z.array(z.enum(operatingModes)).readonly().default([]),
})

const needSchema = z
  .object({
    id,
    name: term,
    /** Kinds of crew that serve it; empty = any. */
    kinds: z.array(id).max(20).readonly().default([]),
    /** Case class a crew must be able to handle; null = its kind says it all. */
    capability: id.nullable().default(null),
    /** In all: at first, and with each of the three reinforcements. */
    counts: z.tuple([count, count, count, count]).readonly(),
  })
  .refine(({ kinds, capability }) => kinds.length > 0 || capability !== null, 'kinds or a capability is needed')
  .refine(({ counts }) => counts.every((n, i) => n >= (counts[i - 1] ?? 0)), {
    path: ['counts'],
    message: 'a reinforcement takes nothing away',
  })

const isEachOnce = (rows: readonly { readonly id: string }[]): boolean =>
  new Set(rows.map((row) => row.id)).size === rows.length

export const planSchema = z.object({
  id,
  version: z.number().int().min(1),
  name: term,
  scope: scopeSchema,
  needs: z.array(needSchema).max(20).readonly().refine(isEachOnce, 'an id is there twice').default([]),
  checklist: z
    .array(z.object({ id, text: term }))
    .max(50)
    .readonly()
    .refine(isEachOnce, 'an id is there twice')
    .default([]),
  told: z.array(term).max(50).readonly().default([]),
})

// Drift between what is read and the model must not compile.
type Fits<A, B> = [A] extends [B] ? true : never
export const planFitsModel: Fits<z.infer<typeof planSchema>, ResponsePlan> = true
