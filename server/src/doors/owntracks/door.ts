/**
 * The OwnTracks door over HTTP: crews' positions from phones and trackers. Guarantees: `[]` after the commit, as the apps
 * expect; 4xx naming the field for whatever is no position of a known crew.
 */
import { Router } from 'express'
import type { Request } from 'express'
import type { FieldError } from '../../../../shared/model/refusal.ts'
import { refuse } from '../../../../shared/model/refusal.ts'
import type { DoorKeys } from '../../ports/access.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Engine } from '../../ports/engine.ts'
import type { Intake } from '../../ports/intake.ts'
import type { Log } from '../../ports/log.ts'
import type { Metrics } from '../../ports/metrics.ts'
import { callerOf } from '../door-keys.ts'
import { Refused, bytesOf, doorBoundary, invalid, oneField, rawBody, sendRefusal } from '../http-door.ts'
import { isObject, parseCheckedJson } from '../json-input.ts'
import { readFix } from './location.ts'

const bodyLimit = 64 * 1024

export interface OwnTracksDeps {
  readonly engine: Engine
  readonly intake: Intake
  readonly keys: DoorKeys
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
}

/** Mount it at `/owntracks`. */
export function createOwnTracksDoor({ engine, intake, keys, clock, log, metrics }: OwnTracksDeps): Router {
  const router = Router()
  router.post('/', (request, response, next) => {
    const caller = callerOf(keys, request.headers)
    if (!caller) {
      response.set('WWW-Authenticate', 'Basic realm="OwnTracks", charset="UTF-8"')
      return sendRefusal(
        response,
        refuse('UNAUTHENTICATED', 'show a key: HTTP Basic with it as password, or X-Api-Key'),
        401,
      )
    }
    if (!caller.doors.includes('owntracks'))
      return sendRefusal(response, refuse('FORBIDDEN', 'this key does not open the OwnTracks door'), 403)
    response.locals['basicUser'] = caller.user
    next()
  })
  router.post('/', rawBody(bodyLimit), async (request, response) => {
    const basicUser: unknown = response.locals['basicUser']
    const parsed = parseCheckedJson(bytesOf(request))
    if (!parsed.ok) throw counted(new Refused(invalid([parsed.error])))
    const isLocation = !isObject(parsed.value) || parsed.value['_type'] === 'location' || !('_type' in parsed.value)
    const user = userOf(request, parsed.value, basicUser)
    if (user === null && isLocation)
      throw counted(
        new Refused(oneField('user', 'is mandatory: X-Limit-U, HTTP Basic user, or topic owntracks/USER/DEVICE')),
      )
    const errors: FieldError[] = []
    const fix = readFix(parsed.value, user ?? '', engine.view.units, clock.now(), errors)
    if (errors.length > 0) throw counted(new Refused(invalid(errors)))
    if (fix) {
      await intake.fixes([fix])
      metrics.count('tongguan_door_fixes_total', { door: 'owntracks', outcome: 'accepted' })
    }
    response.json([])
  })
  router.use((_request, response) => {
    response.set('Allow', 'POST')
    sendRefusal(response, refuse('INVALID', 'positions are posted here'), 405)
  })

  function counted(refused: Refused): Refused {
    metrics.count('tongguan_door_fixes_total', { door: 'owntracks', outcome: refused.refusal.code })
    return refused
  }

  router.use(
    doorBoundary(
      log,
      'owntracks',
      (_request, response, refusal, status) => sendRefusal(response, refusal, status),
      (_request, response, id) => response.status(500).json({ code: 'INTERNAL', message: 'a fault of the server', id }),
    ),
  )
  return router
}

/** The user, as the apps say it: header, query, Basic user, or the topic in the message. */
function userOf(request: Request, message: unknown, basicUser: unknown): string | null {
  const topic = isObject(message) ? message['topic'] : undefined
  const fromTopic = typeof topic === 'string' ? /^owntracks\/([^/]{1,64})\//.exec(topic)?.[1] : undefined
  for (const each of [request.headers['x-limit-u'], request.query['u'], basicUser, fromTopic])
    if (typeof each === 'string' && each !== '') return each
  return null
}
