/** What the KPI page shows, as a file: asked for, how far it is, and the file itself. Made with the asker's rights, and kept in the log. */
import { Router } from 'express'
import { exportSchema, mostExportDays, mostExports } from '../../../shared/contract/kpi-export.ts'
import { scopeOf } from '../access/audience.ts'
import type { Engine } from '../ports/engine.ts'
import type { Exports } from '../ports/reports.ts'
import { part, type Guard } from './guard.ts'
import { wholeCityOnly, within, wrong } from './kpi-routes.ts'
import { no, read } from './reply.ts'

const dayMs = 86_400_000
/** Of files that are sent. */
export const fileTypes = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const
const unknown = no('NOT_FOUND', 'no such file: it is kept for a quarter of an hour, for who asked for it')

export function exportRoutes(deps: { exports: Exports; engine: Pick<Engine, 'note'>; guard: Guard }): Router {
  const { exports, engine, guard } = deps
  const router = Router()
  router.post(
    '/kpi/exports',
    guard('kpi', async (request, { signedIn, audience }) => {
      const scope = scopeOf(audience)
      const body = read(exportSchema, request.body)
      if (!body.ok) return body
      // Evaluation alone is told of a street, as the page tells it.
      const isOwnPart = scope !== null && body.value.tab === 'indicators'
      const query = isOwnPart ? body : within(audience, body)
      if (!query.ok) return query
      const asked = query.value
      if (asked.from >= asked.to) return wrong('from', 'not before to')
      if (asked.to - asked.from > mostExportDays * dayMs)
        return wrong('to', `more than ${mostExportDays} days after from`)
      if (asked.compared && asked.compared.from >= asked.compared.to) return wrong('compared.from', 'not before to')
      if (scope !== null && asked.tab === 'alarms') return wholeCityOnly
      if (isOwnPart && asked.dimension !== 'district' && asked.dimension !== 'street')
        return no('FORBIDDEN', 'dimension: an account bound to a part of the city asks by district or street', {
          fields: [{ field: 'dimension', problem: 'district or street' }],
        })
      const { name, displayName } = { name: signedIn.actor.name, displayName: signedIn.session.displayName }
      const job = exports.start({ username: name, displayName, scope }, asked)
      if (job === null) return no('TOO_MANY', `${mostExports} files are waiting or kept already`, { retryAfterS: 60 })
      const { format, tab, from, to } = asked
      await engine.note(name, 'kpi.export', true, job.id, { format, tab, from, to, scope })
      return { body: job, status: 202 }
    }),
  )
  router.get(
    '/kpi/exports/:id',
    guard('kpi', (request, { signedIn }) => {
      const job = exports.job(signedIn.actor.name, part(request, 'id'))
      return job === null ? unknown : { body: job }
    }),
  )
  router.get(
    '/kpi/exports/:id/file',
    guard('kpi', (request, { signedIn }, response) => {
      const file = exports.file(signedIn.actor.name, part(request, 'id'))
      if (file === null) return unknown
      response.type(fileTypes[file.format]).attachment(file.name).send(Buffer.from(file.bytes))
      return { body: null }
    }),
  )
  return router
}
