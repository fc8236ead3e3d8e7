/** What a desk does that is no business of the city's, and still is in the log: a console made silent. Knows nothing of sounds. */
import { Router } from 'express'
import { muteSchema, type MuteAnswer } from '../../../shared/contract/desk-sound.ts'
import { rightsOf } from '../access/rights.ts'
import type { Clock } from '../ports/clock.ts'
import type { Engine } from '../ports/engine.ts'
import type { Guard } from './guard.ts'
import { no, read } from './reply.ts'
import type { WordInstant } from './wire.ts'

export function deskRoutes(deps: {
  engine: Pick<Engine, 'note'>
  clock: Clock
  guard: Guard
  iso: WordInstant
}): Router {
  const { engine, clock, guard, iso } = deps
  const router = Router()
  router.post(
    '/desk/mutes',
    guard('alarms', async (request, { signedIn: { actor } }) => {
      if (rightsOf(actor)?.pages.includes('desk') !== true) return no('FORBIDDEN', `the role ${actor.role} has no desk`)
      const mute = read(muteSchema, request.body)
      if (!mute.ok) return mute
      const { minutes, reason } = mute.value
      const untilAt = minutes === 0 ? null : iso(clock.now() + minutes * 60_000)
      // In the log before the console falls silent.
      await engine.note(actor.name, minutes === 0 ? 'desk.sound.unmute' : 'desk.sound.mute', true, '', {
        minutes,
        untilAt,
        reason,
      })
      const body: MuteAnswer = { untilAt }
      return { body }
    }),
  )
  return router
}
