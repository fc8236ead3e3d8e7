/** What each mode changes, over HTTP: the city's own table, else the customary one; for those who may know the mode. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import { customaryEffects } from '../../../shared/model/mode-effects.ts'
import { startMemoryServer, type MemoryServer } from '../../support/memory-server.ts'

let server: MemoryServer
beforeEach(async () => void (server = await startMemoryServer()))
afterEach(() => server.close())

it('is told to whoever sees the mode, and to no stranger', async () => {
  const ask = async (role: 'chief' | 'manager' | 'auditor') =>
    server.fetch('/api/v1/modes', { cookie: await server.signIn(role) })
  const answer = await ask('chief')
  expect(answer.status).toBe(200)
  expect(await answer.json()).toEqual(customaryEffects)
  expect((await ask('manager')).status).toBe(200)
  expect((await ask('auditor')).status).toBe(403)
  expect((await server.fetch('/api/v1/modes')).status).toBe(401)
})
