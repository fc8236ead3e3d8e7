/** Kept views of the KPI page: `GET`, `POST /api/v1/kpi/views`, `POST`, `DELETE /api/v1/kpi/views/ID`. */
import { z } from 'zod'
import type { Instant } from '../model/ids.ts'

/** Views an account may keep. */
export const mostKpiViews = 50

export const kpiViewSchema = z.strictObject({
  name: z.string().trim().min(1, 'a name is needed').max(40),
  /** The query of the page's address without its `?`; empty = the page as it opens. */
  query: z
    .string()
    .max(1000)
    .regex(/^[^?#\s]*$/, 'the query of an address, without ? and #'),
})
export type KpiViewDraft = z.output<typeof kpiViewSchema>

export interface KpiViewRow extends KpiViewDraft {
  readonly id: string
  readonly savedAt: Instant
}
