/** `GET /api/v1/kpi/heat`: when cases come. */
import { z } from 'zod'
import type { KpiHeat } from '../model/kpi-heat.ts'
import { instantSchema } from './fields.ts'

/** More days than two years are no calendar one can read. */
export const mostHeatDays = 732

export const heatQuerySchema = z.object({
  from: instantSchema,
  to: instantSchema,
  district: z.string().max(64).optional(),
  /** A code, or its leading digits. */
  class: z.string().max(64).optional(),
})
export type HeatQuery = z.output<typeof heatQuerySchema>

/** Cases by the time of their report (按上报时间), those that count. */
export interface HeatAnswer extends KpiHeat {
  readonly from: string
  readonly to: string
  readonly asOf: string
}
