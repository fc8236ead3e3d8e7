/** The numbers of the KPI page: over time, by group, today; with the period before or a year before beside them. */
import { Router } from 'express'
import { DateTime } from 'luxon'
import { kpiQuerySchema, type KpiAnswer, type KpiQuery, type TimesAnswer } from '../../../shared/contract/http.ts'
import { heatQuerySchema, mostHeatDays, type HeatAnswer } from '../../../shared/contract/kpi-heat.ts'
import type { TimeTarget } from '../../../shared/model/dispatch-settings.ts'
import type { Refusal } from '../../../shared/model/refusal.ts'
import { kpiBuckets, kpiGroups, type KpiBucket } from '../../../shared/model/kpi.ts'
import { scopeOf, type Audience } from '../access/audience.ts'
import type { Clock } from '../ports/clock.ts'
import type { Engine } from '../ports/engine.ts'
import type { ReadModels } from '../ports/store.ts'
import type { Guard } from './guard.ts'
import { no, read, type Reply } from './reply.ts'
import type { WordInstant } from './wire.ts'

const maxBuckets = 5000
const bucketMs: Record<KpiBucket, number> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 7 * 86_400_000,
  month: 28 * 86_400_000,
}

export const wrong = (field: string, problem: string) =>
  no('INVALID', `${field}: ${problem}`, { fields: [{ field, problem }] })
const isBucket = (by: KpiQuery['by']): by is KpiBucket => (kpiBuckets as readonly string[]).includes(by)

/** The period to compare with: as long before, or the same days a year earlier by the city's calendar. */
export function comparedPeriod(query: KpiQuery, zone: string): { from: number; to: number } | null {
  const { from, to } = query
  if (query.compare === 'previous') return { from: from - (to - from), to: from }
  const yearBefore = (at: number) => DateTime.fromMillis(at, { zone }).minus({ years: 1 }).toMillis()
  return query.compare === 'year' ? { from: yearBefore(from), to: yearBefore(to) } : null
}

/** Numbers that are reckoned for the whole city alone. */
export const wholeCityOnly = no(
  'FORBIDDEN',
  'these numbers are of the whole city: this account is bound to a part of it',
)

type Asked<Query> = { readonly ok: true; readonly value: Query } | { readonly ok: false; readonly refusal: Refusal }

/** The question of an account bound to a district, asked of that district. */
export function within<Query extends { readonly district?: string | undefined }>(
  audience: Audience,
  query: Asked<Query>,
): Asked<Query> {
  const scope = scopeOf(audience)
  if (!query.ok || scope === null) return query
  if (scope.streetId !== null) return { ok: false, refusal: wholeCityOnly.refusal }
  const { district = scope.districtId } = query.value
  if (district !== scope.districtId)
    return { ok: false, ...no('FORBIDDEN', 'district: not the one this account is bound to') }
  return { ok: true, value: { ...query.value, district } }
}

export function kpiRoutes(deps: {
  engine: Engine
  models: ReadModels
  clock: Clock
  guard: Guard
  iso: WordInstant
  timeZone: string
  targets: readonly TimeTarget[]
}): Router {
  const { engine, models, clock, guard, iso, timeZone, targets } = deps
  const router = Router()

  async function answer(query: KpiQuery): Promise<Reply> {
    const { rows, total } = await models.kpi(query, timeZone)
    const period = comparedPeriod(query, timeZone)
    const before = period && (await models.kpi({ ...query, ...period }, timeZone))
    const body: KpiAnswer = {
      from: iso(query.from),
      to: iso(query.to),
      asOf: iso(clock.now()),
      rows,
      total,
      compare: period && before ? { from: iso(period.from), to: iso(period.to), total: before.total } : null,
    }
    return { body }
  }
  const route = (isSeries: boolean) =>
    guard('kpi', (request, { audience }) => {
      const query = within(audience, read(kpiQuerySchema.strict(), request.query))
      if (!query.ok) return query
      const { from, to, by } = query.value
      if (from >= to) return wrong('from', 'not before to')
      if (isBucket(by) !== isSeries) return wrong('by', `one of ${(isSeries ? kpiBuckets : kpiGroups).join(', ')}`)
      if (isBucket(by) && (to - from) / bucketMs[by] > maxBuckets) return wrong('by', `more than ${maxBuckets} buckets`)
      return answer(query.value)
    })

  router.get(
    '/kpi/times',
    guard('kpi', async (request, { audience }): Promise<Reply> => {
      const query = within(audience, read(kpiQuerySchema.omit({ compare: true }).strict(), request.query))
      if (!query.ok) return query
      const { from, to, by } = query.value
      if (from >= to) return wrong('from', 'not before to')
      if (isBucket(by) && (to - from) / bucketMs[by] > maxBuckets) return wrong('by', `more than ${maxBuckets} buckets`)
      const { rows, total } = await models.times(query.value, timeZone, targets)
      const body: TimesAnswer = { from: iso(from), to: iso(to), asOf: iso(clock.now()), rows, total, targets }
      return { body }
    }),
  )
  router.get(
    '/kpi/heat',
    guard('kpi', async (request, { audience }): Promise<Reply> => {
      const query = within(audience, read(heatQuerySchema.strict(), request.query))
      if (!query.ok) return query
      const { from, to } = query.value
      if (from >= to) return wrong('from', 'not before to')
      if (to - from > mostHeatDays * bucketMs.day) return wrong('to', `more than ${mostHeatDays} days after from`)
      const heat = await models.heat(query.value, timeZone)
      const body: HeatAnswer = { from: iso(from), to: iso(to), asOf: iso(clock.now()), ...heat }
      return { body }
    }),
  )
  router.get('/kpi/series', route(true))
  router.get('/kpi/groups', route(false))
  router.get(
    '/kpi/today',
    guard('kpi', (_request, { audience }) =>
      scopeOf(audience) === null ? { body: engine.view.kpiToday(clock.now()) } : wholeCityOnly,
    ),
  )
  return router
}
