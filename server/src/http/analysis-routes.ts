/** What stands behind the numbers: how far cases came, how long they took, what is to be expected. */
import { Router } from 'express'
import {
  distributionQuerySchema,
  funnelQuerySchema,
  trendQuerySchema,
  type DistributionAnswer,
  type FunnelAnswer,
} from '../../../shared/contract/kpi-analysis.ts'
import type { TimeTarget } from '../../../shared/model/dispatch-settings.ts'
import type { Clock } from '../ports/clock.ts'
import type { Trend } from '../ports/reports.ts'
import type { ReadModels } from '../ports/store.ts'
import type { Guard } from './guard.ts'
import { within, wrong } from './kpi-routes.ts'
import { read, type Reply } from './reply.ts'
import type { WordInstant } from './wire.ts'

export function analysisRoutes(deps: {
  models: ReadModels
  trend: Trend
  clock: Clock
  guard: Guard
  iso: WordInstant
  timeZone: string
  targets: readonly TimeTarget[]
}): Router {
  const { models, trend, clock, guard, iso, timeZone, targets } = deps
  const router = Router()
  router.get(
    '/kpi/funnel',
    guard('kpi', async (request, { audience }): Promise<Reply> => {
      const query = within(audience, read(funnelQuerySchema.strict(), request.query))
      if (!query.ok) return query
      const { from, to } = query.value
      if (from >= to) return wrong('from', 'not before to')
      const steps = await models.funnel(query.value, timeZone)
      const body: FunnelAnswer = { from: iso(from), to: iso(to), asOf: iso(clock.now()), steps }
      return { body }
    }),
  )
  router.get(
    '/kpi/distribution',
    guard('kpi', async (request, { audience }): Promise<Reply> => {
      const query = within(audience, read(distributionQuerySchema.strict(), request.query))
      if (!query.ok) return query
      const { from, to, interval } = query.value
      if (from >= to) return wrong('from', 'not before to')
      const found = await models.distribution(query.value, timeZone)
      const own = targets.filter((one) => one.interval === interval)
      const asked = { from: iso(from), to: iso(to), asOf: iso(clock.now()), interval }
      const body: DistributionAnswer = { ...asked, ...found, targets: own }
      return { body }
    }),
  )
  router.get(
    '/kpi/trend',
    guard('kpi', async (request, { audience }): Promise<Reply> => {
      const query = within(audience, read(trendQuerySchema.strict(), request.query))
      if (!query.ok) return query
      const body = await trend(query.value)
      return body === null
        ? wrong('sign', 'no such sign: reported, closed, or a kind of sensors that is here')
        : { body }
    }),
  )
  return router
}
