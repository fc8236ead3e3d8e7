/** Views of the KPI page that an account keeps by name: its own, and nobody else's. */
import { randomUUID } from 'node:crypto'
import { Router } from 'express'
import { kpiViewSchema, mostKpiViews, type KpiViewRow } from '../../../shared/contract/kpi-view.ts'
import type { Clock } from '../ports/clock.ts'
import type { KpiViews } from '../ports/store.ts'
import { part, type Guard } from './guard.ts'
import { no, read } from './reply.ts'

const taken = no('CONFLICT', 'name: another view has this name', {
  fields: [{ field: 'name', problem: 'another view has this name' }],
})
const unknown = no('NOT_FOUND', 'no such view')

export function kpiViewRoutes(deps: { views: KpiViews; clock: Clock; guard: Guard }): Router {
  const { views, clock, guard } = deps
  const router = Router()
  router.get(
    '/kpi/views',
    guard('kpi', async (_request, { signedIn }) => ({
      body: { items: await views.list(signedIn.actor.name), next: null },
    })),
  )
  router.post(
    '/kpi/views',
    guard('kpi', async (request, { signedIn }) => {
      const body = read(kpiViewSchema, request.body)
      if (!body.ok) return body
      const view: KpiViewRow = { ...body.value, id: randomUUID(), savedAt: clock.now() }
      const outcome = await views.add(signedIn.actor.name, view)
      if (outcome === 'taken') return taken
      if (outcome === 'full') return no('NOT_ALLOWED', `${mostKpiViews} views are kept already: remove one first`)
      return { body: view }
    }),
  )
  router.post(
    '/kpi/views/:id',
    guard('kpi', async (request, { signedIn }) => {
      const body = read(kpiViewSchema, request.body)
      if (!body.ok) return body
      const view: KpiViewRow = { ...body.value, id: part(request, 'id'), savedAt: clock.now() }
      const outcome = await views.change(signedIn.actor.name, view)
      return outcome === 'taken' ? taken : outcome === 'unknown' ? unknown : { body: view }
    }),
  )
  router.delete(
    '/kpi/views/:id',
    guard('kpi', async (request, { signedIn }, response) => {
      if (!(await views.remove(signedIn.actor.name, part(request, 'id')))) return unknown
      response.status(204).end()
      return { body: null }
    }),
  )
  return router
}
