/** What is said about a case leaves with personal data masked, whoever reads it on the case; the log keeps the words. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startMemoryServer, type MemoryServer } from '../../support/memory-server.ts'
import { noon, sampleIncident } from '../../support/sample-rows.ts'

const text = '联系人 13812345678，车 沪A12345，身份证 310101199001011234，第3泵站'
let server: MemoryServer
beforeAll(async () => {
  const event = { type: 'incident.commented', incidentId: 'c1', from: 'handling', to: 'handling', text } as const
  server = await startMemoryServer({
    models: {
      timeline: async () => [
        { seq: 1, at: noon, actor: 'duty', cause: 'command:1', prevHash: '', hash: '', event: event as never },
      ],
    },
  })
  server.engine.put({ incidents: [sampleIncident({ id: 'c1', state: 'handling' })] })
})
afterAll(() => server.close())

it('numbers of telephones, plates and identities are stars; other numbers stay', async () => {
  for (const who of ['duty', 'chief', 'manager', 'dept']) {
    const answer = await server.fetch('/api/v1/incidents/c1/timeline', { cookie: await server.signIn(who) })
    expect([who, answer.status]).toEqual([who, 200])
    const { items } = (await answer.json()) as { items: { facts: { text: string } }[] }
    expect(items[0]?.facts.text).toBe('联系人 138****5678，车 沪A***45，身份证 310***********1234，第3泵站')
  }
})

it('is said by those who work on the case, and by no display or administrator', async () => {
  const say = async (who: string) => {
    const body = JSON.stringify({
      commandId: crypto.randomUUID(),
      type: 'incident.comment',
      incidentId: 'c1',
      text: '收到',
    })
    const headers = { 'content-type': 'application/json', origin: server.url }
    return (await server.fetch('/api/v1/commands', { method: 'POST', headers, body, cookie: await server.signIn(who) }))
      .status
  }
  for (const who of ['wall', 'sysadmin', 'secadmin', 'auditor']) expect([who, await say(who)]).toEqual([who, 403])
  for (const who of ['duty', 'chief', 'manager']) expect([who, await say(who)]).toEqual([who, 200])
})
