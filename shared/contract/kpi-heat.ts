/** `GET /api/v1/kpi/heat`: when cases come. */
import { z } from 'zod'
import type { KpiHeat } from '../model/kpi-heat.ts'
import { caseFilterShape, instantSchema } from './fields.ts'

/** More days than two years are no calendar one can read. */
export const mostHeatDays = 732

export const heatQuerySchema = z.object({
  from: instantSchema,
  to: instantSchema,
  ...caseFilterShape,
})
export type HeatQuery = z.output<typeof heatQuerySchema>

/** Cases by the time of their report (按上报时间), those that count. */
export interface HeatAnswer extends KpiHeat {
  readonly from: string
  readonly to: string
  readonly asOf: string
}
