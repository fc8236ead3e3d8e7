import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { refuse } from '../../../shared/model/refusal.ts'
import { startMemoryServer, type MemoryServer } from '../../support/memory-server.ts'
import { sampleAssignment, sampleIncident } from '../../support/sample-rows.ts'

let server: MemoryServer
afterEach(() => server.close())

const send = async (cookie: string, body: unknown) => {
  const response = await server.fetch('/api/v1/commands', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    cookie,
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}
const fieldsOf = (body: Record<string, unknown>) =>
  (body['error'] as { details?: { fields?: { field: string }[] } }).details?.fields?.map((one) => one.field) ?? []

describe('the command door by HTTP', () => {
  it('hands on what was checked, with defaults and nothing else', async () => {
    server = await startMemoryServer()
    server.engine.put({ incidents: [sampleIncident()] })
    const commandId = crypto.randomUUID()
    const { status, body } = await send(await server.signIn('duty'), {
      commandId,
      expectedVersion: 3,
      type: 'incident.file',
      incidentId: '20260801-000001',
    })
    expect([status, body]).toEqual([200, { ok: true, rev: server.engine.view.rev, data: {} }])
    expect(server.engine.submitted).toEqual([
      {
        actor: { name: 'duty', role: 'duty' },
        envelope: {
          commandId,
          expectedVersion: 3,
          command: {
            type: 'incident.file',
            incidentId: '20260801-000001',
            classCode: null,
            departmentId: null,
            priority: null,
          },
        },
      },
    ])
  })
  it('names wrong and unknown fields, and they never reach the engine', async () => {
    server = await startMemoryServer()
    const cookie = await server.signIn('duty')
    const good = { commandId: crypto.randomUUID(), type: 'incident.void', incidentId: 'c1', reason: 'duplicate' }
    const wrong: [unknown, string[]][] = [
      [{ ...good, commandId: 'x' }, ['commandId']],
      [{ ...good, reason: '   ' }, ['reason']],
      [{ ...good, type: 'incident.explode' }, ['type']],
      [{ ...good, reson: 'typo' }, ['reson']],
      [{ ...good, role: 'chief', actor: 'system' }, ['role', 'actor']],
      [{ ...good, expectedVersion: -1 }, ['expectedVersion']],
      [{ ...good, type: 'catalog.delete', kind: 'Thing', id: 1 }, ['type']],
      [[good], ['']],
    ]
    for (const [body, fields] of wrong) {
      const answer = await send(cookie, body)
      expect([answer.status, fieldsOf(answer.body)], JSON.stringify(body)).toEqual([400, fields])
    }
    expect(server.engine.submitted).toEqual([])
  })
  it('asks rights before the engine: the role, the crew itself, the case', async () => {
    server = await startMemoryServer()
    server.engine.put({
      incidents: [
        sampleIncident({ id: 'mine', assignments: [sampleAssignment('PUMP-01')] }),
        sampleIncident({ id: 'other', departmentId: 'fire' }),
      ],
    })
    const ask = async (account: string, command: object) =>
      (await send(await server.signIn(account), { commandId: crypto.randomUUID(), ...command })).status
    expect(await ask('wall', { type: 'incident.accept', incidentId: 'mine' })).toBe(403)
    expect(await ask('manager', { type: 'incident.accept', incidentId: 'mine' })).toBe(403)
    expect(await ask('manager', { type: 'incident.comment', incidentId: 'mine', text: 'well?' })).toBe(200)
    expect(await ask('crew', { type: 'incident.depart', incidentId: 'mine', unitId: 'PUMP-01' })).toBe(200)
    expect(await ask('crew', { type: 'incident.depart', incidentId: 'mine', unitId: 'PUMP-02' })).toBe(403)
    expect(await ask('crew', { type: 'incident.comment', incidentId: 'other', text: 'x' })).toBe(403)
    expect(await ask('crew', { type: 'unit.set-status', unitId: 'PUMP-02', status: 'off-duty' })).toBe(403)
    expect(await ask('water', { type: 'incident.feed-back', incidentId: 'other' })).toBe(403)
    expect(await ask('water', { type: 'incident.feed-back', incidentId: 'mine' })).toBe(200)
    expect(await ask('auditor', { type: 'incident.comment', incidentId: 'mine', text: 'x' })).toBe(403)
  })
  it('a refusal of the engine keeps its code, its status and its details; a fault tells nothing', async () => {
    server = await startMemoryServer()
    const cookie = await server.signIn('duty')
    const command = { commandId: crypto.randomUUID(), type: 'incident.accept', incidentId: 'c1' }
    server.engine.answer = () => ({ ok: false, refusal: refuse('CONFLICT', 'changed meanwhile', { version: 7 }) })
    expect(await send(cookie, command)).toMatchObject({
      status: 409,
      body: { ok: false, error: { code: 'CONFLICT', details: { version: 7 } } },
    })
    server.engine.answer = () => Promise.reject(new Error('inside'))
    const { status, body } = await send(cookie, command)
    expect([status, JSON.stringify(body).includes('inside')]).toEqual([500, false])
    const id = (body['error'] as { id: string }).id
    expect(server.logged).toMatchObject([{ level: 'error', fields: { id } }])
  })
  it('whatever is sent gets a 4xx that names a field, never a 5xx', async () => {
    server = await startMemoryServer()
    const cookie = await server.signIn('duty')
    const strange = fc.oneof(
      fc.json({ maxDepth: 6 }),
      fc.string(),
      fc.integer({ min: 100, max: 20_000 }).map((depth) => '['.repeat(depth)),
      fc.integer({ min: 100, max: 20_000 }).map((depth) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`),
      fc
        .record({ commandId: fc.uuid(), type: fc.string(), incidentId: fc.anything() })
        .map((body) => JSON.stringify(body)),
      fc
        .record({
          commandId: fc.uuid(),
          type: fc.constantFrom('incident.report', 'incident.locate', 'warning.publish'),
          position: fc.oneof(fc.array(fc.double()), fc.constant([181, 0])),
          title: fc.oneof(fc.string(), fc.integer()),
          classCode: fc.oneof(fc.constant(''), fc.constant('x'.repeat(65))),
          expiresAt: fc.oneof(fc.constant('NaN'), fc.constant(-1), fc.date({ noInvalidDate: true })),
        })
        .map((body) => JSON.stringify(body)),
    )
    await fc.assert(
      fc.asyncProperty(strange, async (text) => {
        const { status, body } = await send(cookie, text)
        expect(status).toBeGreaterThanOrEqual(400)
        expect(status).toBeLessThan(500)
        expect(fieldsOf(body).length + (status === 413 ? 1 : 0)).toBeGreaterThan(0)
      }),
      { numRuns: Math.ceil(Number(process.env.FUZZ_CASES ?? 10_000) / 10) },
    )
    expect(server.engine.submitted).toEqual([])
    expect(server.logged.filter((entry) => entry.level === 'error')).toEqual([])
  })
  it('bytes that are no UTF-8 are refused', async () => {
    server = await startMemoryServer()
    const response = await server.fetch('/api/v1/commands', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
      cookie: await server.signIn('duty'),
    })
    expect(response.status).toBe(400)
  })
})
