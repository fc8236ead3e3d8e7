/** A console made silent: by whoever has a desk, for a time, with a reason, in the log before it is silent. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import { startMemoryServer, type MemoryServer } from '../../support/memory-server.ts'

let server: MemoryServer
beforeEach(async () => {
  server = await startMemoryServer()
})
afterEach(() => server.close())

async function mute(body: unknown, role: 'duty' | 'wall' = 'duty') {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const answer = await server.fetch('/api/v1/desk/mutes', { ...init, cookie: await server.signIn(role) })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

it('answers until when, and keeps who, how long and why', async () => {
  const { status, body } = await mute({ minutes: 15, reason: '接警电话' })
  expect(status).toBe(200)
  expect(body).toEqual({ untilAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*[+-]\d\d:\d\d$/) })
  expect((await mute({ minutes: 0, reason: '人工取消' })).body).toEqual({ untilAt: null })
  expect(server.engine.notes.filter(({ act }) => act.startsWith('desk.'))).toMatchObject([
    { actor: 'duty', act: 'desk.sound.mute', ok: true, details: { minutes: 15, reason: '接警电话' } },
    { actor: 'duty', act: 'desk.sound.unmute', ok: true, details: { minutes: 0 } },
  ])
})

it.each([
  [{ minutes: 61, reason: 'x' }, 'minutes'],
  [{ minutes: 1.5, reason: 'x' }, 'minutes'],
  [{ minutes: -1, reason: 'x' }, 'minutes'],
  [{ minutes: 5, reason: '  ' }, 'reason'],
  [{ minutes: 5, reason: 'x', forever: true }, 'forever'],
])('%j is refused, and the field is named', async (body, field) => {
  const answer = await mute(body)
  expect(answer.status).toBe(400)
  expect(answer.body).toMatchObject({ error: { code: 'INVALID', details: { fields: [{ field }] } } })
})

it('sixty minutes are the longest', async () => {
  expect((await mute({ minutes: 60, reason: 'x' })).status).toBe(200)
})

it('a display has no desk', async () => {
  expect((await mute({ minutes: 5, reason: 'x' }, 'wall')).status).toBe(403)
})
