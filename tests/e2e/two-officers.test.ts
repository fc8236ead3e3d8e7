/** Two officers send the same crew at the same moment, two hundred times: one wins, the other is told who and since when. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { signIn, startServer, type RunningServer } from '../support/program.ts'

interface Outcome {
  ok: boolean
  rev?: number
  data?: { incidentId?: string }
  error?: { code: string; message: string; details: Record<string, unknown> }
}
let server: RunningServer
const cookies: Record<string, string> = {}

async function submit(who: string, command: Record<string, unknown>): Promise<Outcome> {
  const answer = await fetch(`${server.url}/api/v1/commands`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: cookies[who] as string, origin: server.url },
    body: JSON.stringify({ commandId: randomUUID(), ...command }),
  })
  return (await answer.json()) as Outcome
}

beforeAll(async () => {
  server = await startServer()
  for (const who of ['duty', 'chief', 'manager']) cookies[who] = await signIn(server.url, who)
})
afterAll(async () => await server?.stop())

it('exactly one wins each time', async () => {
  const units = (await (
    await fetch(`${server.url}/api/v1/units?limit=1`, { headers: { cookie: cookies.duty as string } })
  ).json()) as { items: { id: string }[] }
  const unitId = units.items[0]?.id as string
  const wins = { duty: 0, chief: 0 }
  for (let round = 0; round < 200; round++) {
    const cases: string[] = []
    for (const title of ['甲', '乙']) {
      const reported = await submit('duty', {
        type: 'incident.report',
        classCode: 'E0506',
        title: `${title}${round}`,
        position: null,
      })
      const incidentId = reported.data?.incidentId as string
      cases.push(incidentId)
      expect((await submit('duty', { type: 'incident.file', incidentId })).ok).toBe(true)
    }
    const [first, second] = await Promise.all([
      submit('duty', { type: 'incident.dispatch', incidentId: cases[0], unitId }),
      submit('chief', { type: 'incident.dispatch', incidentId: cases[1], unitId }),
    ])
    expect(first.ok !== second.ok, `round ${round}: exactly one wins`).toBe(true)
    const [winner, loser, won] = first.ok
      ? (['duty', second, cases[0]] as const)
      : (['chief', first, cases[1]] as const)
    wins[winner]++
    expect(loser.error?.code).toBe('UNIT_TAKEN')
    expect(loser.error?.details).toMatchObject({ unitId, incidentId: won, by: winner })
    expect(loser.error?.details.since).toBeDefined()
    expect((await submit(winner, { type: 'incident.recall', incidentId: won, unitId, reason: '下一轮' })).ok).toBe(true)
  }
  expect(wins.duty + wins.chief).toBe(200)
})
