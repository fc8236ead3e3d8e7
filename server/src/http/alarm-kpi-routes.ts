/** How well alarms are managed: the numbers of a period, and who spoke most in a month. */
import { Router } from 'express'
import { DateTime } from 'luxon'
import {
  alarmKpiQuerySchema,
  badActorsQuerySchema,
  mostAlarmKpiDays,
  type BadActorsAnswer,
} from '../../../shared/contract/http.ts'
import { scopeOf } from '../access/audience.ts'
import type { Clock } from '../ports/clock.ts'
import type { ReadModels } from '../ports/store.ts'
import { wholeCityOnly } from './kpi-routes.ts'
import type { Guard } from './guard.ts'
import { no, read } from './reply.ts'
import { toWire, type WordInstant } from './wire.ts'

const dayMs = 86_400_000
const wrong = (field: string, problem: string) =>
  no('INVALID', `${field}: ${problem}`, { fields: [{ field, problem }] })

/** First instants of the days of the city's calendar that reach into the period; the first is cut to `from`. */
export function dayStartsOf(from: number, to: number, zone: string): number[] {
  const starts: number[] = []
  for (let at = from; at < to; at = DateTime.fromMillis(at, { zone }).startOf('day').plus({ days: 1 }).toMillis())
    starts.push(at)
  return starts
}

export function alarmKpiRoutes(deps: {
  models: ReadModels
  clock: Clock
  guard: Guard
  iso: WordInstant
  timeZone: string
  consoles: number
}): Router {
  const { models, clock, guard, iso, timeZone, consoles } = deps
  const router = Router()
  router.get(
    '/kpi/alarms',
    guard('kpi', async (request, { audience }) => {
      if (scopeOf(audience) !== null) return wholeCityOnly
      const query = read(alarmKpiQuerySchema.strict(), request.query)
      if (!query.ok) return query
      const { from, to } = query.value
      if (from >= to) return wrong('from', 'not before to')
      if (to - from > mostAlarmKpiDays * dayMs) return wrong('to', `more than ${mostAlarmKpiDays} days after from`)
      const countedTo = Math.max(from, Math.min(to, clock.now()))
      const dayStarts = dayStartsOf(from, countedTo, timeZone)
      const kpi = await models.alarmKpi({ from, to: countedTo, consoles, dayStarts })
      const period = { from: iso(from), to: iso(to), countedTo: iso(countedTo) }
      return { body: toWire({ ...kpi, ...period }, iso) }
    }),
  )
  router.get(
    '/kpi/alarms/bad-actors',
    guard('kpi', async (request, { audience }) => {
      if (scopeOf(audience) !== null) return wholeCityOnly
      const query = read(badActorsQuerySchema.strict(), request.query)
      if (!query.ok) return query
      const { month, limit } = query.value
      const start = DateTime.fromISO(`${month}-01`, { zone: timeZone })
      const [from, to] = [start.toMillis(), start.plus({ months: 1 }).toMillis()]
      const items = await models.badActors({ from, to }, limit)
      const body: BadActorsAnswer = { month, from: iso(from), to: iso(to), items }
      return { body }
    }),
  )
  return router
}
