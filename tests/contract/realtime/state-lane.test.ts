import { afterEach, describe, expect, it } from 'vitest'
import {
  contractVersion,
  type Delta,
  type HelloAnswer,
  type RowChange,
  type Snapshot,
} from '../../../shared/contract/realtime.ts'
import { createMemoryAccounts } from '../../support/memory-accounts.ts'
import { createMemoryEngine } from '../../support/memory-engine.ts'
import { startMemoryServer, until, type MemoryServer, type TestSocket } from '../../support/memory-server.ts'
import {
  noon,
  sampleAlarm,
  sampleAssignment,
  sampleIncident,
  sampleSensor,
  sampleUnit,
} from '../../support/sample-rows.ts'

let server: MemoryServer
afterEach(() => server.close())

/** A client that follows the rules of the contract. */
function follow(socket: TestSocket) {
  const picture = new Map<string, RowChange['row']>()
  const heard: (Snapshot | Delta)[] = []
  const follower = { rev: -1, epoch: '', gaps: 0, picture, heard, hello }
  const take = (changes: readonly RowChange[]) => {
    for (const { table, id, row } of changes) {
      if (row === null) picture.delete(`${table} ${id}`)
      else picture.set(`${table} ${id}`, row)
    }
  }
  socket.on('state:snapshot', (snapshot) => {
    heard.push(snapshot)
    picture.clear()
    take(snapshot.rows)
    follower.rev = snapshot.rev
    follower.epoch = snapshot.epoch
  })
  socket.on('state:delta', (delta) => {
    heard.push(delta)
    if (delta.rev <= follower.rev) return
    if (delta.prev > follower.rev) follower.gaps++
    take(delta.changes)
    follower.rev = delta.rev
  })
  async function hello(since: { epoch?: string; rev?: number } = {}): Promise<HelloAnswer> {
    return socket.emitWithAck('sync:hello', { contract: contractVersion, topics: { state: true }, ...since })
  }
  return follower
}

const caseIds = (follower: ReturnType<typeof follow>) =>
  [...follower.picture.keys()].filter((key) => key.startsWith('incident')).sort()

describe('who may connect', () => {
  it('nobody without a session, no page of another origin', async () => {
    server = await startMemoryServer()
    await expect(server.connect(null)).rejects.toMatchObject({ data: { code: 'UNAUTHENTICATED' } })
    await expect(server.connect('duty', { origin: 'http://evil.example' })).rejects.toThrow()
    await expect(server.connect('duty', { origin: server.url })).resolves.toBeDefined()
  })
  it('no more than the server takes', async () => {
    server = await startMemoryServer({ gateway: { maxSockets: 1 } })
    await server.connect('duty')
    await expect(server.connect('chief')).rejects.toThrow()
  })
  it('is cut off when the session ends', async () => {
    server = await startMemoryServer()
    const socket = await server.connect('duty')
    const reasons: string[] = []
    socket.on('session:ended', (reason) => void reasons.push(reason))
    await server.fetch('/api/v1/session', { method: 'DELETE', cookie: await server.signIn('duty') })
    await until(() => (socket.disconnected ? true : undefined))
    expect(reasons).toEqual(['signed-out'])
    expect(server.gateway.clients).toBe(0)
  })
  it('is cut off when the session runs out while it says nothing', async () => {
    server = await startMemoryServer({ gateway: { presenceMs: 20 } })
    const socket = await server.connect('duty')
    const reasons: string[] = []
    socket.on('session:ended', (reason) => void reasons.push(reason))
    server.clock.at += 13 * 3_600_000
    await until(() => (socket.disconnected ? true : undefined))
    expect(reasons).toEqual(['expired'])
  })
})

describe('rows of each role', () => {
  const mine = sampleIncident({ id: 'c1', assignments: [sampleAssignment('PUMP-01')] })
  const other = sampleIncident({ id: 'c2', departmentId: 'fire' })
  const all = ['alarm A1', 'incident c1', 'incident c2', 'kpi today', 'unit FIRE-01', 'unit PUMP-01']
  it.each([
    ['wall', all],
    ['duty', all],
    ['chief', all],
    ['manager', all],
    ['dept', all.slice(1)],
    ['water', ['incident c1', 'kpi today', 'unit PUMP-01']],
    ['crew', ['incident c1', 'unit PUMP-01']],
  ])('%s', async (account, rows) => {
    server = await startMemoryServer()
    server.engine.put({
      incidents: [mine, other],
      alarms: [sampleAlarm()],
      units: [sampleUnit(), sampleUnit({ id: 'FIRE-01', departmentId: 'fire' })],
    })
    const follower = follow(await server.connect(account))
    const { rev } = server.engine.view
    expect(await follower.hello()).toMatchObject({ ok: true, mode: 'snapshot', rev, epoch: 'memory', at: noon })
    await until(() => (follower.rev === rev ? true : undefined))
    expect([...follower.picture.keys()].sort()).toEqual(rows)
    const text = JSON.stringify(follower.heard)
    // Those who work on a case read what was written; the wall reads nothing anybody wrote or is.
    if (account === 'wall') expect(text).not.toMatch(/13812345678|张|报告人|已告知/)
    const masked = { name: '张*', phone: '138****5678', email: 'z***@example.org' }
    const reporter = account === 'wall' ? null : masked
    expect(follower.picture.get('incident c1')).toMatchObject({ reporter })
  })
  it.each(['sysadmin', 'secadmin', 'auditor'])('%s sees nothing', async (account) => {
    server = await startMemoryServer()
    server.engine.put({ incidents: [mine] })
    const follower = follow(await server.connect(account))
    expect(await follower.hello()).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
    server.engine.put({ incidents: [other] })
    const officer = follow(await server.connect('duty'))
    await officer.hello()
    await until(() => (officer.rev === server.engine.view.rev ? true : undefined))
    expect(follower.heard).toEqual([])
  })
  it('a case that goes to another department leaves this one’s picture, and comes into that one’s', async () => {
    server = await startMemoryServer()
    server.engine.put({ incidents: [other] })
    const follower = follow(await server.connect('water'))
    await follower.hello()
    server.engine.put({ incidents: [{ ...other, departmentId: 'water', version: 2 }] })
    await until(() => (caseIds(follower).length === 1 ? true : undefined))
    server.engine.put({ incidents: [{ ...other, version: 3 }] })
    await until(() => (caseIds(follower).length === 0 ? true : undefined))
    server.engine.put({ incidents: [{ ...other, version: 4 }] })
    await until(() => (follower.rev === server.engine.view.rev ? true : undefined))
    const told = follower.heard
      .flatMap((message) => ('changes' in message ? message.changes : []))
      .filter((c) => c.table === 'incident')
    expect(told.map((change) => change.row === null)).toEqual([false, true])
  })
})

describe('following', () => {
  it('every revision arrives in order, also one that changes no row this audience sees', async () => {
    server = await startMemoryServer()
    const follower = follow(await server.connect('crew'))
    await follower.hello()
    await server.engine.note('x', 'test', true, 's', {})
    server.engine.put({ alarms: [sampleAlarm()] })
    await until(() => (follower.rev === server.engine.view.rev ? true : undefined))
    expect(follower.gaps).toBe(0)
  })
  it('changes gather: many commits, one delta', async () => {
    server = await startMemoryServer({ gateway: { flushMs: 50 } })
    const follower = follow(await server.connect('duty'))
    await follower.hello()
    for (let i = 1; i <= 100; i++) server.engine.put({ incidents: [sampleIncident({ version: i })] })
    await until(() => (follower.rev === server.engine.view.rev ? true : undefined))
    expect(follower.heard.length).toBeLessThan(5)
    expect(follower.picture.get('incident 20260801-000001')).toMatchObject({ version: 100 })
  })
  it('joining while commits go on leaves no gap: snapshot and deltas make the present picture', async () => {
    server = await startMemoryServer({ gateway: { flushMs: 1 } })
    let n = 0
    const change = () =>
      server.engine.put(
        n++ % 3 === 2
          ? { gone: [['incident', `c${n % 7}`]] }
          : { incidents: [sampleIncident({ id: `c${n % 7}`, version: n })] },
      )
    const timer = setInterval(() => Array.from({ length: 5 }).forEach(change), 1)
    const followers = []
    for (let i = 0; i < 10; i++) {
      const follower = follow(await server.connect('duty'))
      const hello = follower.hello()
      change()
      await hello
      followers.push(follower)
    }
    clearInterval(timer)
    change()
    for (const follower of followers) {
      await until(() => (follower.rev === server.engine.view.rev ? true : undefined))
      expect(follower.gaps).toBe(0)
      const versions = caseIds(follower).map((key) => (follower.picture.get(key) as { version: number }).version)
      expect(versions.sort()).toEqual([...server.engine.view.incidents.values()].map((row) => row.version).sort())
    }
  })
})

describe('resuming', () => {
  it('with the present revision: nothing is sent; behind: one delta of what changed; otherwise a snapshot', async () => {
    server = await startMemoryServer()
    const socket = await server.connect('duty')
    const before = server.engine.view.rev
    server.engine.put({ incidents: [sampleIncident({ id: 'a' })], sensors: [sampleSensor(1)] })
    server.engine.put({ incidents: [sampleIncident({ id: 'b' })] })
    server.engine.put({ gone: [['incident', 'a']], sensors: [sampleSensor(2)] })
    const rev = before + 3
    const follower = follow(socket)
    expect(await follower.hello({ epoch: 'memory', rev })).toMatchObject({ mode: 'resumed', rev })
    expect(follower.heard).toEqual([])
    expect(await follower.hello({ epoch: 'memory', rev: before + 1 })).toMatchObject({ mode: 'resumed', rev })
    const [delta] = await until(() => (follower.heard.length > 0 ? follower.heard : undefined))
    expect(delta).toMatchObject({ prev: before + 1, rev })
    const changed = 'changes' in (delta as Delta) ? (delta as Delta).changes : []
    expect(changed.map(({ table, id, row }) => `${table} ${id} ${row !== null}`).sort()).toEqual(
      ['incident a false', 'incident b true', 'kpi today true', 'sensor 2 true'].sort(),
    )
    expect(await follower.hello({ epoch: 'another', rev })).toMatchObject({ mode: 'snapshot' })
    expect(await follower.hello({ epoch: 'memory', rev: 99 })).toMatchObject({ mode: 'snapshot' })
  })
  it('after a restart of the server, with the present revision, needs no snapshot', async () => {
    const clock = { now: () => noon }
    const accounts = createMemoryAccounts()
    server = await startMemoryServer({ engine: createMemoryEngine(clock, 41, 'log-1'), accounts })
    const cookie = await server.signIn('duty')
    const rev = server.engine.view.rev
    await server.close()
    server = await startMemoryServer({ engine: createMemoryEngine(clock, rev, 'log-1'), accounts })
    expect((await server.fetch('/api/v1/session', { cookie })).status).toBe(200)
    const follower = follow(await server.connect('chief'))
    const present = server.engine.view.rev
    expect(await follower.hello({ epoch: 'log-1', rev: present })).toMatchObject({ mode: 'resumed', rev: present })
    expect(await follower.hello({ epoch: 'log-1', rev: rev - 1 })).toMatchObject({ mode: 'snapshot' })
  })
})
