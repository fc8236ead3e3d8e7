/** Lines 9 and 10 over HTTP: candidates and suggestions before filing, the register; who may ask, what is masked, what a switch does. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { deliveredSetting, type AlgorithmId } from '../../../shared/model/algorithm.ts'
import { startMemoryServer, type MemoryServer } from '../../support/memory-server.ts'
import { noon, sampleIncident } from '../../support/sample-rows.ts'

interface Answer {
  readonly isOn: boolean
  readonly items: readonly {
    readonly incidentId: string
    readonly score: number
    readonly reasons: readonly { readonly words: { readonly zh: string } }[]
    readonly incident: { readonly reporter: { readonly phone: string } }
  }[]
}
let server: MemoryServer
beforeEach(async () => {
  server = await startMemoryServer()
  const told = {
    classCode: 'E0113',
    title: '路面坑洞',
    description: '沐风路机动车道有个大坑',
    reportedAt: noon,
    source: 'open311',
  } as const
  const by = (phone: string) => ({ reporter: { name: '张三', phone, email: null }, alarmIds: [] })
  server.engine.put({
    incidents: [
      sampleIncident({ ...told, id: 'c1', state: 'handling', position: [121.4, 31.2], ...by('13812345678') }),
      sampleIncident({ ...told, id: 'c2', state: 'reported', position: [121.4, 31.2003], ...by('13912345678') }),
      sampleIncident({ ...told, id: 'c3', state: 'reported', position: [121.9, 31.2003], ...by('13912345670') }),
    ],
  })
})
afterEach(() => server.close())

const post = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})
const ask = async (path: string, init?: RequestInit, role: 'duty' | 'dept' = 'duty') => {
  const answer = await server.fetch(`/api/v1${path}`, { ...init, cookie: await server.signIn(role) })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}
const switchOff = (id: AlgorithmId) =>
  server.engine.algorithms.set(id, {
    ...{ setting: { ...deliveredSetting, version: 1, isOn: false }, talliedVersion: null, tally: {} },
  })

describe('line 9: candidates', () => {
  it('of a case come with score, reasons in words and the case itself, masked', async () => {
    const { status, body } = await ask('/incidents/c2/duplicates')
    expect(status).toBe(200)
    const { isOn, items } = body as unknown as Answer
    expect(isOn).toBe(true)
    expect(items.map(({ incidentId }) => incidentId)).toEqual(['c1'])
    expect(items[0]?.score).toBeGreaterThan(0.8)
    expect(items[0]?.reasons.map(({ words }) => words.zh)).toEqual(expect.arrayContaining(['相距 33 米', '同一小类']))
    expect(items[0]?.incident.reporter.phone).toBe('138****5678')
  })
  it('of a draft are the same, before there is a case', async () => {
    const draft = { classCode: 'E0113', description: '沐风路路面大坑', position: [121.4, 31.2], phone: '13812345678' }
    const { body } = await ask('/incidents/duplicates', post(draft))
    const { items } = body as unknown as Answer
    expect(items.map(({ incidentId }) => incidentId)).toEqual(['c1', 'c2'])
    expect(items[0]?.reasons.map(({ words }) => words.zh)).toContain('同一来电号码')
    expect(JSON.stringify(body)).not.toContain('13812345678')
  })
  it('are for those who file: others are refused, an unknown case is not found, a bad draft is named', async () => {
    expect((await ask('/incidents/c2/duplicates', undefined, 'dept')).status).toBe(403)
    expect((await ask('/incidents/duplicates', post({}), 'dept')).status).toBe(403)
    expect((await ask('/incidents/nobody/duplicates')).status).toBe(404)
    const bad = await ask('/incidents/duplicates', post({ position: [999, 0], extra: 1 }))
    expect(bad.status).toBe(400)
    expect(JSON.stringify(bad.body)).toMatch(/position.*extra/)
  })
  it('are none, and it is said why, once the algorithm is switched off', async () => {
    switchOff('duplicates')
    expect((await ask('/incidents/c2/duplicates')).body).toEqual({ isOn: false, items: [], next: null })
  })
})

describe('line 10: suggestions and the register', () => {
  it('of a case and of a draft come with their evidence', async () => {
    for (const { body } of [
      await ask('/incidents/c2/suggestions'),
      await ask('/incidents/suggestions', post({ description: '沐风路机动车道有个大坑' })),
    ]) {
      expect(body).toMatchObject({
        isOn: true,
        classes: [
          { value: 'E0113', evidence: [{ kind: 'cases', incidentIds: expect.arrayContaining(['c1']) as unknown }] },
        ],
      })
    }
    expect((await ask('/incidents/nobody/suggestions')).status).toBe(404)
    expect((await ask('/incidents/suggestions', post({ description: 5 }))).status).toBe(400)
  })
  it('suggest marks with the words and where they stand, by an algorithm with a switch of its own', async () => {
    const description = '再不来修我就跳楼'
    const asked = async () => (await ask('/incidents/suggestions', post({ description }))).body
    const spans = [{ field: 'description', start: 6, end: 8 }]
    expect(await asked()).toMatchObject({
      flags: [
        {
          value: 'threat',
          evidence: [{ kind: 'words', ruleId: 'threat-self', spans: expect.arrayContaining(spans) as unknown }],
        },
        { value: 'urgent' },
      ],
    })
    switchOff('suggestions')
    expect(await asked()).toMatchObject({ isOn: false, classes: [], flags: [{ value: 'threat' }, { value: 'urgent' }] })
    switchOff('flags')
    expect(await asked()).toMatchObject({ isOn: false, flags: [] })
    expect((await ask('/algorithms/flags')).body).toMatchObject({ id: 'flags', setting: { isOn: false } })
  })
  it('are silent once switched off, and say so', async () => {
    switchOff('suggestions')
    const { body } = await ask('/incidents/c2/suggestions')
    expect(body).toEqual({ isOn: false, classes: [], priority: null, department: null, place: null, flags: [] })
    // Duplicates go on without what the words say.
    expect(((await ask('/incidents/c2/duplicates')).body as unknown as Answer).items).toHaveLength(1)
  })
  it('the register lists each algorithm with its setting, and finds one by its id', async () => {
    const { body } = await ask('/algorithms')
    expect((body as unknown as { items: { id: string }[] }).items.map(({ id }) => id)).toContain('duplicates')
    const one = await ask('/algorithms/duplicates')
    expect(one.body).toMatchObject({ id: 'duplicates', setting: { isOn: true, rule: null }, takeUpRate: null })
    expect((await ask('/algorithms/nothing')).status).toBe(404)
  })
})
