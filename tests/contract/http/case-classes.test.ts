/** `GET /case-classes`: the table the server works by, in its order, with how each name is typed; who may read it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CaseClassRow } from '../../../shared/contract/case-class.ts'
import { defaultCaseClasses } from '../../../server/src/domain/case-classes.ts'
import { smallCity, startMemoryServer, type MemoryServer } from '../../support/memory-server.ts'

let server: MemoryServer
beforeAll(async () => {
  server = await startMemoryServer({ parts: { city: { ...smallCity, caseClasses: defaultCaseClasses } } })
})
afterAll(() => server.close())

const ask = async (who: string) => server.fetch('/api/v1/case-classes', { cookie: await server.signIn(who) })

describe('the class table', () => {
  it('comes whole and in order, each class with its conditions and its sound', async () => {
    const answer = await ask('duty')
    expect(answer.status).toBe(200)
    const { items, next } = (await answer.json()) as { items: CaseClassRow[]; next: null }
    expect(next).toBeNull()
    expect(items.map(({ sound: _sound, ...row }) => row)).toEqual(JSON.parse(JSON.stringify(defaultCaseClasses)))
    expect(items.find(({ code }) => code === 'E0110')?.sound).toEqual({ initials: 'bllj', whole: 'baolulaji' })
    for (const { conditions, standardId, standardVersion } of items) {
      expect(conditions.length).toBeGreaterThan(0)
      expect([standardId, standardVersion].every((text) => text !== '')).toBe(true)
    }
  })

  it.each(['duty', 'chief', 'dept', 'crew', 'manager', 'wall'])('is told to %s', async (who) => {
    expect((await ask(who)).status).toBe(200)
  })
  it.each(['sysadmin', 'secadmin', 'auditor'])('is none of %s', async (who) => {
    expect((await ask(who)).status).toBe(403)
  })
  it('is not told to a stranger', async () => {
    expect((await server.fetch('/api/v1/case-classes')).status).toBe(401)
  })
})
