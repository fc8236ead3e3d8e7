/** What the KPI page shows, as a file: `POST /api/v1/kpi/exports`, `GET /kpi/exports/ID`, `GET /kpi/exports/ID/file`. */
import { z } from 'zod'
import { caseIntervals } from '../model/case-times.ts'
import { kpiGroups, multipleMeasures } from '../model/kpi.ts'
import { caseFilterShape, instantSchema } from './fields.ts'

export const exportFormats = ['xlsx', 'pdf'] as const
export type ExportFormat = (typeof exportFormats)[number]
export const exportTabs = ['overview', 'analysis', 'indicators', 'alarms', 'times'] as const
/** Files an account may have waiting or kept at once, and how long one is kept. */
export const mostExports = 5
export const exportKeptMs = 15 * 60_000
/** Longer periods are no page one can read. */
export const mostExportDays = 732

export const exportSchema = z.strictObject({
  format: z.enum(exportFormats),
  language: z.enum(['zh-CN', 'en']).default('zh-CN'),
  /** The part of the page. */
  tab: z.enum(exportTabs).default('overview'),
  from: instantSchema,
  to: instantSchema,
  /** What the overview compares with. */
  compared: z.strictObject({ from: instantSchema, to: instantSchema }).optional(),
  /** By what members are told apart. */
  by: z.enum(kpiGroups).default('district'),
  /** Of evaluation: by what; and the indicator, or of times the stretch, whose members are shown. */
  dimension: z.enum(['district', 'street', 'department', 'class', 'source']).default('district'),
  pick: z.string().max(64).optional(),
  interval: z.enum(caseIntervals).default('total'),
  /** Of analysis: by what members are ranked, and whose course is shown. */
  multiple: z.enum(multipleMeasures).default('reported'),
  ...caseFilterShape,
})
export type ExportRequest = z.output<typeof exportSchema>

export interface ExportJob {
  readonly id: string
  readonly format: ExportFormat
  readonly state: 'waiting' | 'working' | 'done' | 'failed'
  /** 0 to 1. */
  readonly progress: number
  /** Of the file. */
  readonly name: string
}
