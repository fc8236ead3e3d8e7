/** Kept weekly and monthly bulletins: the list, and their files. They are of the whole city; who takes one away is in the log. */
import { Router } from 'express'
import { bulletinFileQuerySchema, bulletinListQuerySchema } from '../../../shared/contract/kpi-bulletin.ts'
import { scopeOf } from '../access/audience.ts'
import type { Engine } from '../ports/engine.ts'
import type { Bulletins } from '../ports/store.ts'
import { fileTypes } from './export-routes.ts'
import { part, type Guard } from './guard.ts'
import { wholeCityOnly } from './kpi-routes.ts'
import { no, read } from './reply.ts'

export function bulletinRoutes(deps: { bulletins: Bulletins; engine: Pick<Engine, 'note'>; guard: Guard }): Router {
  const { bulletins, engine, guard } = deps
  const router = Router()
  router.get(
    '/kpi/bulletins',
    guard('kpi', async (request, { audience }) => {
      if (scopeOf(audience) !== null) return wholeCityOnly
      const query = read(bulletinListQuerySchema, request.query)
      return query.ok ? { body: await bulletins.page(query.value) } : query
    }),
  )
  router.get(
    '/kpi/bulletins/:id/file',
    guard('kpi', async (request, { signedIn, audience }, response) => {
      if (scopeOf(audience) !== null) return wholeCityOnly
      const query = read(bulletinFileQuerySchema, request.query)
      if (!query.ok) return query
      const { format } = query.value
      const id = part(request, 'id')
      const bytes = await bulletins.file(id, format)
      if (bytes === null) return no('NOT_FOUND', 'no such bulletin')
      await engine.note(signedIn.actor.name, 'kpi.bulletin.fetch', true, id, { format })
      response.type(fileTypes[format]).attachment(`${id}.${format}`).send(Buffer.from(bytes))
      return { body: null }
    }),
  )
  return router
}
