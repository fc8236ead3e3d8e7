/** Kept bulletins (周报, 月报): `GET /api/v1/kpi/bulletins`, `GET /kpi/bulletins/ID/file`. */
import { z } from 'zod'
import type { Instant } from '../model/ids.ts'
import { exportFormats } from './kpi-export.ts'

export const bulletinFileQuerySchema = z.strictObject({ format: z.enum(exportFormats).default('pdf') })
export const bulletinListQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(60),
  /** `next` of the page before. */
  cursor: z.string().max(100).optional(),
})

export interface BulletinRow {
  /** `weekly-20261116`: the kind and its first day. */
  readonly id: string
  readonly kind: 'weekly' | 'monthly'
  readonly title: string
  readonly beginsAt: Instant
  readonly endsAt: Instant
  readonly madeAt: Instant
  /** `off`: no mail was set when it was made. */
  readonly mail: 'off' | 'waiting' | 'sent' | 'failed'
  readonly mailedAt: Instant | null
}
