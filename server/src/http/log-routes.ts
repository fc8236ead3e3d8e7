/** The log as the auditor reads it: every event in order, without reporters' names, and the check of the whole chain. */
import { Router } from 'express'
import { z } from 'zod'
import type { Page } from '../../../shared/contract/http.ts'
import type { Engine } from '../ports/engine.ts'
import type { AuditLog } from '../ports/store.ts'
import type { Guard } from './guard.ts'
import { factsOf } from './incident-routes.ts'
import { no, read } from './reply.ts'
import type { WordInstant } from './wire.ts'

export const logQuerySchema = z
  .object({
    after: z.coerce.number().int().min(0).default(0),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  })
  .strict()

export function logRoutes(deps: { engine: Engine; auditLog: AuditLog; guard: Guard; iso: WordInstant }): Router {
  const { engine, auditLog, guard, iso } = deps
  const router = Router()
  let isVerifying = false

  router.get(
    '/log',
    guard('log', async (request) => {
      const query = read(logQuerySchema, request.query)
      if (!query.ok) return query
      const { after, limit } = query.value
      const events = await auditLog.events(after, limit)
      const last = events[events.length - 1]
      const items = events.map(({ at, event, ...rest }) => ({
        ...rest,
        at: iso(at),
        event: { type: event.type, ...factsOf(event) },
      }))
      const next = events.length === limit && last ? String(last.seq) : null
      const body: Page<(typeof items)[number]> = { items, next }
      return { body }
    }),
  )
  router.get(
    '/log/verify',
    guard('log', async (_request, { signedIn }) => {
      if (isVerifying) return no('BUSY', 'the log is being verified already', { retryAfterS: 10 })
      isVerifying = true
      try {
        const body = await auditLog.verify()
        await engine.note(signedIn.actor.name, 'log.verify', body.ok, 'log', { checked: body.checked })
        return { body }
      } finally {
        isVerifying = false
      }
    }),
  )
  return router
}
