/** Signing in, who am I, signing out. */
import { Router, type Request, type Response } from 'express'
import { signInSchema } from '../../../shared/contract/http.ts'
import { refuse } from '../../../shared/model/refusal.ts'
import { cookieGone, cookieWith, tokenIn } from '../access/cookie.ts'
import { sessionLimits } from '../access/session-keeper.ts'
import { createBuckets } from '../access/token-bucket.ts'
import type { Sessions, SignedIn } from '../ports/access.ts'
import type { Clock } from '../ports/clock.ts'
import { read, sendRefusal } from './reply.ts'

/** Crews of a whole city may sign in at once from one machine; what tries longer must wait. */
const signInRate = { burst: 300, perSecond: 3 }

const isTls = (request: Request) => request.secure || request.headers['x-forwarded-proto'] === 'https'
const maxAgeS = ({ session }: SignedIn) =>
  (session.role === 'wall' ? sessionLimits.displayMs : sessionLimits.absoluteMs) / 1000

export function sessionRoutes(deps: { sessions: Sessions; clock: Clock }): Router {
  const { sessions, clock } = deps
  const mayTry = createBuckets(signInRate)
  const router = Router()
  const answer = (request: Request, response: Response, token: string, signedIn: SignedIn) => {
    response.append('Set-Cookie', cookieWith(token, maxAgeS(signedIn), isTls(request)))
    response.json(signedIn.session)
  }

  router.post('/session', async (request, response) => {
    const from = request.socket.remoteAddress ?? 'unknown'
    if (!mayTry(from, clock.now()))
      return sendRefusal(response, refuse('TOO_MANY', 'too many tries: wait', { retryAfterS: 10 }))
    const body = read(signInSchema.strict(), request.body)
    if (!body.ok) return sendRefusal(response, body.refusal)
    const result = await sessions.signIn(body.value.username, body.value.password, from)
    if (!result.ok) return sendRefusal(response, result.refusal)
    answer(request, response, result.token, result.signedIn)
  })

  router.get('/session', async (request, response) => {
    const token = tokenIn(request.headers.cookie)
    const signedIn = token === null ? null : await sessions.resume(token)
    if (token === null || !signedIn) return sendRefusal(response, refuse('UNAUTHENTICATED', 'nobody is signed in'))
    answer(request, response, token, signedIn)
  })

  router.delete('/session', async (request, response) => {
    const token = tokenIn(request.headers.cookie)
    if (token !== null) await sessions.signOut(token)
    response.append('Set-Cookie', cookieGone(isTls(request)))
    response.status(204).end()
  })
  return router
}
