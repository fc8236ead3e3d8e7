/**
 * The own HTTP API's bodies. Instants are ISO 8601 with the city's offset in answers: a row’s `…At` and `…Since` numbers are worded so at the edge.
 */
import { z } from 'zod'
import type { DataScope } from '../model/data-scope.ts'
import type { Role } from '../model/role.ts'
import type { CityProfile } from '../model/division.ts'
import type { CaseGrade } from '../model/case-grade.ts'
import type { IncidentId } from '../model/ids.ts'
import type { SituationReport } from '../model/situation-report.ts'
import type { WallProgramme } from '../model/display.ts'
import type { CaseSettings } from '../model/case-settings.ts'
import type { CaseClass } from '../model/case-class.ts'
import type { AlarmRule } from '../model/alarm.ts'
import type { AlarmKpi, BadActor, Rates } from '../model/alarm-kpi.ts'
import type { Instant } from '../model/ids.ts'
import type { FixLink, PrimaryStatus, Unit } from '../model/unit.ts'
import type { TimeTarget } from '../model/dispatch-settings.ts'
import type { TimesRow } from '../model/time-kpi.ts'
import type { KpiRow } from '../model/kpi.ts'
import { caseIntervals } from '../model/case-times.ts'
import { caseSteps } from '../model/case-steps.ts'
import { kpiBuckets, kpiGroups } from '../model/kpi.ts'
import { casesBehind, indicatorOf, type CaseSet } from '../model/kpi-indicator.ts'
import { kpiMeasureInfo, kpiMeasures } from '../model/kpi-measure.ts'
import type { BaseMapInfo } from './base-map.ts'
import { caseFilterShape, instantSchema } from './fields.ts'

/** `POST /api/v1/session` */
export const signInSchema = z.object({ username: z.string().min(1).max(64), password: z.string().min(1).max(256) })
export type SignIn = z.infer<typeof signInSchema>

/** `GET /api/v1/session`, and the answer to signing in. */
export interface Session {
  readonly username: string
  readonly displayName: string
  readonly role: Role
  readonly unitId: string | null
  readonly departmentId: string | null
  /** The part of the city it is bound to; absent = the whole city. */
  readonly scope?: DataScope
  /** Where this account works: `/wall`, `/desk`, `/kpi`. */
  readonly home: string
  readonly expiresAt: string
}

/** `GET /api/v1/city`: all that pages need to know once. */
export interface CityAnswer {
  readonly profile: CityProfile
  readonly caseClasses: readonly CaseClass[]
  readonly alarmRules: readonly AlarmRule[]
  readonly caseSettings: CaseSettings
  /** Of the wall, as the city pack says; absent from servers that know none. */
  readonly programme?: WallProgramme
  /** Layers this city has, each at `/map/layers/NAME.geojson`. */
  readonly layerNames: readonly string[]
  readonly baseMap: BaseMapInfo
  readonly contract: number
  readonly version: string
}

/** Query of `GET /api/v1/{incidents,alarms,units,warnings,sensors}`. */
export const listQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: z.string().max(200).optional(),
  from: instantSchema.optional(),
  to: instantSchema.optional(),
  /** `west,south,east,north` */
  bbox: z
    .string()
    .transform((s, ctx) => {
      const box = s.split(',').map(Number)
      if (box.length === 4 && box.every(Number.isFinite)) return box as [number, number, number, number]
      ctx.addIssue({ code: 'custom', message: 'four numbers: west,south,east,north' })
      return z.NEVER
    })
    .optional(),
  state: z.string().max(200).optional(),
  district: z.string().max(64).optional(),
  class: z.string().max(64).optional(),
  source: z.string().max(64).optional(),
  open: z.enum(['true', 'false']).optional(),
  located: z.enum(['true', 'false']).optional(),
  overdue: z.enum(['true', 'false']).optional(),
  /** Words in title, description, address or id. */
  q: z.string().max(100).optional(),
})
export type ListQuery = z.output<typeof listQuerySchema>

/** Which instant of a case puts it into `from`/`to`, and orders the list: the time bases of {@link KpiRow}. */
export const caseTimeBases = ['reported', 'filed', 'closed', 'arrived'] as const
export type CaseTimeBase = (typeof caseTimeBases)[number]
/** `district` or `department` of cases that have none. */
export const noneOf = '-'

const casesOf = (code: string, of: 'numerator' | 'denominator') => {
  const indicator = indicatorOf(code)
  return indicator === undefined ? null : casesBehind(indicator, of)
}
/** The cases a query of evaluation asks for; null where it asks for none: all of the others are meant. */
export function caseSetOf({
  indicator,
  of = 'numerator',
  measure,
}: Partial<Pick<IncidentQuery, 'indicator' | 'of' | 'measure'>>): CaseSet | null {
  if (measure !== undefined) return { base: kpiMeasureInfo[measure].base, any: [measure], none: [] }
  return indicator === undefined ? null : (casesOf(indicator, of) ?? casesOf(indicator, 'numerator'))
}

/** Query of `GET /api/v1/incidents`: the list's own, and what lets every number of the KPI page open its cases. */
export const incidentQuerySchema = listQuerySchema.extend({
  base: z.enum(caseTimeBases).default('reported'),
  department: z.string().max(64).optional(),
  priority: z.enum(['1', '2', '3', '4']).optional(),
  /** Closed not later than the case's limit; or later. */
  onTime: z.enum(['true', 'false']).optional(),
  drill: z.enum(['true', 'false']).optional(),
  /** In the numbers: real ones, and those of a drill that counts. */
  inKpi: z.enum(['true', 'false']).optional(),
  street: z.string().max(64).optional(),
  grid: z.string().max(64).optional(),
  acceptor: z.string().max(64).optional(),
  dispatcher: z.string().max(64).optional(),
  collector: z.string().max(64).optional(),
  /** The cases behind a number of evaluation; `from`, `to` and the order go by its time base then. */
  indicator: z
    .string()
    .refine((code) => casesOf(code, 'numerator') !== null, 'no indicator that counts cases')
    .optional(),
  of: z.enum(['numerator', 'denominator']).default('numerator'),
  /** The cases of one measure, in the same way. */
  measure: z.enum(kpiMeasures).optional(),
  /** That came at least as far as this step; or came as far and no further. */
  reached: z.enum(caseSteps).optional(),
  stopped: z.enum(caseSteps).optional(),
  /** In which this interval was measured, `tookFromMs ≤ it < tookToMs`. */
  interval: z.enum(caseIntervals).optional(),
  tookFromMs: z.coerce.number().int().min(0).optional(),
  tookToMs: z.coerce.number().int().min(0).optional(),
  /** Reported on this weekday (1 = Monday) and in this hour (0 to 23) by the city's clock. */
  weekday: z.coerce.number().int().min(1).max(7).optional(),
  hour: z.coerce.number().int().min(0).max(23).optional(),
})
export type IncidentQuery = z.output<typeof incidentQuerySchema>

/** Query of `GET /api/v1/plans`: `class` asks for plans of a case of that class. */
export const planQuerySchema = listQuerySchema.pick({ limit: true, cursor: true, class: true, q: true }).strict()

/** Query of `GET /api/v1/situation-reports`: those still owed, those that ran late (made since or not), or those that were made. */
export const situationReportQuerySchema = z.object({ state: z.enum(['owed', 'late', 'made']).exactOptional() }).strict()
/** A line of it, the soonest due first; of cases that are open or ended lately. */
export interface SituationReportRow extends SituationReport {
  readonly incidentId: IncidentId
  readonly title: string
  readonly grade: CaseGrade | null
  readonly drill: boolean
}

export interface Page<Row> {
  readonly items: readonly Row[]
  /** Give it back as `cursor` for the next page; null on the last. */
  readonly next: string | null
}

/** Query of `GET /api/v1/kpi/series` and `/kpi/groups`. */
export const kpiQuerySchema = z.object({
  from: instantSchema,
  to: instantSchema,
  by: z.enum([...kpiBuckets, ...kpiGroups]).default('day'),
  ...caseFilterShape,
  /** Also answer the period before (`previous`) or the same period a year before (`year`). */
  compare: z.enum(['previous', 'year']).optional(),
})
export type KpiQuery = z.output<typeof kpiQuerySchema>

export interface KpiAnswer {
  readonly from: string
  readonly to: string
  readonly asOf: string
  readonly rows: readonly KpiRow[]
  /** The period as one row, key null. */
  readonly total: KpiRow
  readonly compare: { readonly from: string; readonly to: string; readonly total: KpiRow } | null
}

/** Query of `GET /api/v1/kpi/alarms`: at most {@link mostAlarmKpiDays} days. */
export const alarmKpiQuerySchema = z.object({ from: instantSchema, to: instantSchema })
export const mostAlarmKpiDays = 400

/** Query of `GET /api/v1/kpi/alarms/bad-actors`: a month of the city's calendar. */
export const badActorsQuerySchema = z.object({
  month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'a month, yyyy-mm'),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})

/** The fullest ten minutes or hour, per console; `beginsAt` ISO 8601, null where there was nothing. */
export interface PeakAnswer {
  readonly beginsAt: string | null
  readonly count: number
}
/** 告警指标. A period that reaches past now is counted up to now (`countedTo`). */
export interface AlarmKpiAnswer extends Omit<AlarmKpi, 'rates'> {
  readonly rates: Omit<Rates, 'peak10Min' | 'peakHour'> & Readonly<Record<'peak10Min' | 'peakHour', PeakAnswer>>
  readonly from: string
  readonly to: string
  readonly countedTo: string
}
/** 月度高频告警: sensors and rules by how often they spoke. */
export interface BadActorsAnswer {
  readonly month: string
  readonly from: string
  readonly to: string
  readonly items: readonly BadActor[]
}

/** A crew of `GET /api/v1/units`: the row, and what is true of it at the moment of the answer. */
export interface UnitOnWire extends Unit {
  readonly primary: PrimaryStatus
  /** The NENA registry's words for its status. */
  readonly secondary: readonly string[]
  /** By the age of its last fix: live to 60 s, stale to 5 min, then lost; `none` = never heard. */
  readonly link: FixLink
  readonly fixAt: Instant | null
  readonly fixAgeMs: number | null
}

/** `GET /api/v1/kpi/times` */
export interface TimesAnswer {
  readonly from: string
  readonly to: string
  readonly asOf: string
  readonly rows: readonly TimesRow[]
  /** The period as one row, key null. */
  readonly total: TimesRow
  /** What the shares are of. */
  readonly targets: readonly TimeTarget[]
}

/** `GET /api/v1/sensors/ID/observations?from&to&bucket`: `bucket` = raw | minute | hour. */
export const observationsQuerySchema = z.object({
  from: instantSchema,
  to: instantSchema,
  bucket: z.enum(['raw', 'minute', 'hour']).default('minute'),
  limit: z.coerce.number().int().min(1).max(5000).default(2000),
})
/** Columns, oldest first; `min`, `max`, `n` only in buckets. */
export interface ObservationsAnswer {
  readonly sensorId: number
  readonly unit: string
  readonly bucket: 'raw' | 'minute' | 'hour'
  readonly times: readonly number[]
  readonly values: readonly (number | null)[]
  readonly min?: readonly (number | null)[]
  readonly max?: readonly (number | null)[]
  readonly n?: readonly number[]
  readonly quality?: readonly number[]
  /** True when older points were left out because of `limit`. */
  readonly truncated: boolean
}

/** One line of a case's timeline: `GET /api/v1/incidents/ID/timeline`. */
export interface TimelineEntry {
  readonly seq: number
  readonly at: string
  readonly actor: string
  readonly type: string
  /** The event's own facts, masked as the reader's rights ask. */
  readonly facts: Readonly<Record<string, unknown>>
}

/** Query of `GET /api/v1/incidents/ID/recommendations`: `needs` = `CAPABILITY:COUNT,…` asks for the best set as well. */
export const recommendQuerySchema = z.strictObject({
  needs: z
    .string()
    .max(500)
    .transform((text, ctx) => {
      const needs = text.split(',').map((one) => {
        const [, capability = '', count = ''] = /^([\w-]{1,64}):(\d{1,2})$/.exec(one.trim()) ?? []
        return { capability, count: Number(count) }
      })
      const total = needs.reduce((sum, { count }) => sum + count, 0)
      if (needs.every(({ capability, count }) => capability !== '' && count > 0) && total <= 50) return needs
      ctx.addIssue({ code: 'custom', message: 'CAPABILITY:COUNT,… with counts from 1, 50 in all' })
      return z.NEVER
    })
    .optional(),
})
