/** Is it alive, is it ready, and its metrics for those on this machine or with a key. */
import { Router, type Request } from 'express'
import { refuse } from '../../../shared/model/refusal.ts'
import type { DoorKeys } from '../ports/access.ts'
import { sendRefusal } from './reply.ts'

export interface HealthSource {
  /** Why the server cannot do its work; empty = ready. */
  readiness(): Promise<readonly string[]>
  metricsText(): Promise<string>
  readonly metricsType: string
}

const loopback = /^(?:127\.|::1$|::ffff:127\.)/
/** A proxy on this machine speaks for others. */
const isHere = (request: Request) =>
  loopback.test(request.socket.remoteAddress ?? '') &&
  request.headers['x-forwarded-for'] === undefined &&
  request.headers.forwarded === undefined

export function healthRoutes(source: HealthSource, keys: DoorKeys): Router {
  const router = Router()
  router.get('/healthz', (_request, response) => void response.json({ ok: true }))
  router.get('/readyz', async (_request, response) => {
    const reasons = await source.readiness()
    response.status(reasons.length === 0 ? 200 : 503).json({ ready: reasons.length === 0, reasons })
  })
  router.get('/metrics', async (request, response) => {
    const header = request.headers['x-api-key']
    const hasKey = typeof header === 'string' && keys.check(header)?.doors.includes('metrics') === true
    if (!isHere(request) && !hasKey)
      return sendRefusal(response, refuse('FORBIDDEN', 'from this machine or with a key'))
    response.type(source.metricsType).send(await source.metricsText())
  })
  return router
}
