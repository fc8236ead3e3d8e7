import fc from 'fast-check'
import { afterEach, expect, it } from 'vitest'
import { contractVersion, type CommandAck, type HelloAnswer } from '../../../shared/contract/realtime.ts'
import { startMemoryServer, until, type MemoryServer, type TestSocket } from '../../support/memory-server.ts'

let server: MemoryServer
afterEach(() => server.close())
const cases = Math.ceil(Number(process.env.FUZZ_CASES ?? 10_000) / 10)

/** Sends anything under any name, past the types. */
const send = (socket: TestSocket, event: string, ...args: unknown[]) =>
  (socket as unknown as { emit(event: string, ...args: unknown[]): void }).emit(event, ...args)

it('names the wrong field in answers to hello and commands', async () => {
  server = await startMemoryServer()
  const socket = await server.connect('duty')
  const hello = (await socket.emitWithAck('sync:hello', { contract: contractVersion + 1 } as never)) as HelloAnswer
  expect(hello).toMatchObject({ ok: false, error: { code: 'INVALID' } })
  const fields = hello.ok ? [] : (hello.error.details?.['fields'] as { field: string }[]).map((one) => one.field)
  expect(fields).toEqual(['contract', 'topics'])
  const ack = (await socket.emitWithAck('command:submit', { type: 'incident.void' } as never)) as CommandAck
  expect(ack).toMatchObject({ ok: false, error: { code: 'INVALID' } })
  expect(!ack.ok && (ack.error.details?.['fields'] as { field: string }[]).map((one) => one.field).sort()).toEqual([
    'commandId',
    'incidentId',
    'reason',
  ])
})

it('ignores and counts what nobody knows, and takes events without an answer', async () => {
  server = await startMemoryServer()
  const socket = await server.connect('duty')
  send(socket, 'no:such', { a: 1 })
  send(socket, 'sync:hello')
  send(socket, 'command:submit')
  send(socket, 'sync:hello', { contract: contractVersion, topics: {} }, 'not a function')
  expect(await socket.emitWithAck('sync:hello', { contract: contractVersion, topics: {} })).toMatchObject({ ok: true })
  expect(await server.metrics.text()).toContain('tongguan_socket_unknown_events_total 1')
})

it('slows a socket that asks too often, and one alone', async () => {
  server = await startMemoryServer()
  const [busy, calm] = [await server.connect('duty'), await server.connect('chief')]
  const body = { contract: contractVersion, topics: { state: false } } as const
  const answers = await Promise.all(Array.from({ length: 30 }, () => busy.emitWithAck('sync:hello', body)))
  expect(answers.filter((answer) => !answer.ok && answer.error.code === 'TOO_MANY')).toHaveLength(10)
  expect(await calm.emitWithAck('sync:hello', body)).toMatchObject({ ok: true })
})

it('a message that is too large closes its socket and no other', async () => {
  server = await startMemoryServer()
  const [large, other] = [await server.connect('duty'), await server.connect('chief')]
  send(large, 'command:submit', 'x'.repeat(100_000))
  await until(() => (large.disconnected ? true : undefined))
  expect(await other.emitWithAck('sync:hello', { contract: contractVersion, topics: {} })).toMatchObject({ ok: true })
})

it('whatever is sent is answered or ignored: never a fault', async () => {
  server = await startMemoryServer()
  const strange = fc.oneof(
    fc.anything({ withNullPrototype: false, maxDepth: 4 }),
    fc.record(
      {
        commandId: fc.oneof(fc.uuid(), fc.string()),
        expectedVersion: fc.oneof(fc.integer(), fc.double(), fc.string()),
        type: fc.oneof(
          fc.constantFrom('incident.void', 'incident.report', 'alarm.acknowledge', '__proto__'),
          fc.string(),
        ),
        incidentId: fc.oneof(fc.string(), fc.integer(), fc.constant(null)),
        reason: fc.oneof(fc.string(), fc.constant('')),
        position: fc.oneof(fc.array(fc.double()), fc.string()),
        contract: fc.oneof(fc.constant(contractVersion), fc.integer()),
        topics: fc.oneof(fc.object(), fc.record({ telemetry: fc.record({ bbox: fc.array(fc.double()) }) })),
      },
      { requiredKeys: [] },
    ),
  )
  const event = fc.oneof(
    fc.constantFrom('sync:hello', 'command:submit'),
    fc.string().map((name) => `x${name}`),
  )
  let socket = await server.connect('duty')
  let sent = 0
  await fc.assert(
    fc.asyncProperty(event, strange, async (name, body) => {
      // Buckets fill again with the clock.
      server.clock.at += 200
      if (socket.disconnected) socket = await server.connect('duty')
      if (name.startsWith('x')) return void send(socket, name, body)
      sent++
      const answer = await Promise.race([
        (
          socket as unknown as {
            emitWithAck(e: string, b: unknown): Promise<{ ok: boolean; error?: { code: string } }>
          }
        ).emitWithAck(name, body),
        new Promise<'closed'>((done) => socket.once('disconnect', () => done('closed'))),
      ])
      socket.removeAllListeners('disconnect')
      if (answer !== 'closed' && !answer.ok) expect(answer.error?.code).not.toBe('INTERNAL')
    }),
    { numRuns: cases, endOnFailure: true },
  )
  expect(sent).toBeGreaterThan(cases / 4)
  expect(server.logged.filter((entry) => entry.level === 'error')).toEqual([])
  expect(server.gateway.clients).toBeLessThanOrEqual(2)
})
