/** Changes may only be asked for by pages of this server, or by what is no page at all. */
import type { RequestHandler } from 'express'
import { refuse } from '../../../shared/model/refusal.ts'
import { isOwnOrigin } from '../access/origin.ts'
import { sendRefusal } from './reply.ts'

const readsOnly = new Set(['GET', 'HEAD', 'OPTIONS'])

export const ownRequestsOnly: RequestHandler = (request, response, next) => {
  if (readsOnly.has(request.method) || isOwnOrigin(request.headers)) return next()
  sendRefusal(response, refuse('FORBIDDEN', 'this request comes from a page of another origin'))
}
