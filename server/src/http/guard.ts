/** Who asks, and may they? Each route of the own API names what it reads; rights decide before the handler runs. */
import type { Request, RequestHandler, Response } from 'express'
import { refuse } from '../../../shared/model/refusal.ts'
import { audienceOf, type Audience } from '../access/audience.ts'
import { tokenIn } from '../access/cookie.ts'
import { mayRead, type Resource } from '../access/rights.ts'
import type { Sessions, SignedIn } from '../ports/access.ts'
import { sendJson } from './packed.ts'
import { sendRefusal, type Reply } from './reply.ts'
import { toWire, type WordInstant } from './wire.ts'

export interface Asker {
  readonly signedIn: SignedIn
  readonly audience: Audience
}
export type Handler = (request: Request, asker: Asker, response: Response) => Reply | Promise<Reply>
/** A handler behind the right to read a resource; null = anybody signed in. */
export type Guard = (resource: Resource | null, handle: Handler) => RequestHandler

export function createGuard(sessions: Sessions, iso: WordInstant): Guard {
  return (resource, handle) => async (request, response) => {
    const token = tokenIn(request.headers.cookie)
    const signedIn = token === null ? null : await sessions.resume(token)
    if (!signedIn) return sendRefusal(response, refuse('UNAUTHENTICATED', 'nobody is signed in'))
    if (resource !== null && !mayRead(signedIn.actor, resource))
      return sendRefusal(response, refuse('FORBIDDEN', `the role ${signedIn.actor.role} may not read ${resource}`))
    const reply = await handle(request, { signedIn, audience: audienceOf(signedIn.actor) }, response)
    if (response.headersSent) return
    if ('refusal' in reply) return sendRefusal(response, reply.refusal)
    await sendJson(request, response, reply.status ?? 200, toWire(reply.body, iso))
  }
}

/** One named part of the address. */
export const part = (request: Request, name: string): string => {
  const value = request.params[name]
  return typeof value === 'string' ? value : ''
}
