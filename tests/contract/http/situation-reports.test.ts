/** 信息报送 over HTTP: what is owed, late and made, who reads it, and what is refused by its field. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newCasePlan } from '../../../shared/model/case-plan.ts'
import type { SituationReport } from '../../../shared/model/situation-report.ts'
import { personCommandSchema } from '../../../shared/contract/command.ts'
import { startMemoryServer, type MemoryServer } from '../../support/memory-server.ts'
import { noon, sampleIncident } from '../../support/sample-rows.ts'

const hourMs = 3_600_000
const body = { nature: '燃气泄漏', scope: '', losses: '', trend: '', leaders: '', measures: '已疏散', advice: '' }
const owed = (kind: SituationReport['kind'], dueAt: number, over: Partial<SituationReport> = {}): SituationReport => ({
  ...{ kind, number: 1, dueAt, madeAt: null, by: null, to: null, body: null, facts: null },
  ...over,
})
let server: MemoryServer
beforeEach(async () => {
  server = await startMemoryServer()
  const made = { madeAt: noon, by: 'duty', to: '市委值班室', body }
  server.engine.put({
    incidents: [sampleIncident({ id: 'c1', title: '燃气泄漏' }), sampleIncident({ id: 'c2', title: '塌陷' })],
    casePlans: [
      {
        ...newCasePlan('c1'),
        grade: 'major',
        reports: [owed('first', noon - 1, { ...made, late: true }), owed('follow-up', noon + hourMs)],
      },
      { ...newCasePlan('c2'), grade: 'serious', reports: [owed('first', noon + 1)] },
    ],
  })
})
afterEach(() => server.close())

const ask = async (path: string, role: 'duty' | 'manager' | 'dept' | 'wall' = 'duty') => {
  const answer = await server.fetch(`/api/v1${path}`, { cookie: await server.signIn(role) })
  const { items = [] } = (await answer.json()) as { items?: { incidentId: string; kind: string; title: string }[] }
  return { status: answer.status, items, lines: items.map(({ incidentId, kind }) => `${incidentId} ${kind}`) }
}

describe('GET /situation-reports', () => {
  it('lists them, the soonest due first, and asks by state', async () => {
    const all = await ask('/situation-reports', 'manager')
    expect(all.lines).toEqual(['c1 first', 'c2 first', 'c1 follow-up'])
    expect(all.items[0]).toMatchObject({
      ...{ title: '燃气泄漏', grade: 'major', drill: false, late: true, to: '市委值班室', body },
      dueAt: '2026-08-01T11:59:59.999+08:00',
    })
    expect((await ask('/situation-reports?state=owed')).lines).toEqual(['c2 first', 'c1 follow-up'])
    expect((await ask('/situation-reports?state=late')).lines).toEqual(['c1 first'])
    expect((await ask('/situation-reports?state=made')).lines).toEqual(['c1 first'])
  })
  it('is the officers’ and managers’ own; a question nobody knows is refused', async () => {
    expect((await ask('/situation-reports', 'dept')).status).toBe(403)
    expect((await ask('/situation-reports', 'wall')).status).toBe(403)
    expect((await ask('/situation-reports?state=lost')).status).toBe(400)
    expect((await ask('/situation-reports?more=1')).status).toBe(400)
  })
  it('stands in the officers’ row of the case, and in no other’s', async () => {
    const plan = async (role: 'duty' | 'wall') =>
      (await server.fetch('/api/v1/incidents/c1/plan', { cookie: await server.signIn(role) })).text()
    expect(await plan('duty')).toContain('市委值班室')
    expect(await plan('wall')).not.toContain('report')
  })
})

describe('the command', () => {
  it('has a form: what is left out of it is empty, what is wrong is named', () => {
    const head = { type: 'plan.report', incidentId: 'c1', kind: 'oral', to: '市委值班室' }
    expect(personCommandSchema.parse(head)).toMatchObject({ body: { nature: '', measures: '' } })
    const wrong = personCommandSchema.safeParse({ ...head, kind: 'second', to: '' })
    expect(wrong.error?.issues.map(({ path }) => path.join('.')).sort()).toEqual(['kind', 'to'])
  })
})
