import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import type { Command } from '../../../shared/model/command.ts'
import type { Commit } from '../../../server/src/ports/engine.ts'
import { systemActor } from '../../../shared/model/role.ts'
import { hashEvent } from '../../../server/src/platform/event-hash.ts'
import { MemoryEngineStore } from '../../support/memory-engine-store.ts'
import { HandClock, person, sensorDrafts, startTestEngine, testNoon, type TestEngine } from '../../support/engine.ts'

const duty = person('duty')
const chief = person('chief')
const report = (over: Partial<Extract<Command, { type: 'incident.report' }>> = {}): Command => ({
  type: 'incident.report',
  classCode: 'E0506',
  title: '积水',
  description: '',
  source: 'hotline',
  sourceRef: null,
  position: [121.4, 31.2],
  address: null,
  reporter: null,
  mediaUrl: null,
  occurredAt: null,
  priority: null,
  drill: false,
  ...over,
})
let city: TestEngine
afterEach(() => city.stop())

/** Holds commits until let go. */
function gate(store: MemoryEngineStore) {
  let open: () => void = () => undefined
  const wait = new Promise<void>((resolve) => (open = resolve))
  store.beforeCommit = () => wait
  return () => {
    store.beforeCommit = () => Promise.resolve()
    open()
  }
}

describe('answers', () => {
  it('come after the commit, and the view with them', async () => {
    city = await startTestEngine()
    const open = gate(city.memory)
    const { view } = city.engine
    const rev = view.rev
    let answered = false
    const asked = city.ask(duty, report()).finally(() => (answered = true))
    await new Promise((resolve) => setImmediate(resolve))
    expect([answered, view.rev, view.incidents.size, view.kpiToday(city.clock.at).reported]).toEqual([false, rev, 0, 0])
    open()
    expect(await asked).toEqual({ ok: true, rev: rev + 1, data: { incidentId: '20260801-000001' } })
    expect([view.rev, view.incidents.size, view.kpiToday(city.clock.at).reported]).toEqual([rev + 1, 1, 1])
  })

  it('gather while a commit is in flight, and are stored together', async () => {
    city = await startTestEngine()
    const open = gate(city.memory)
    const before = city.memory.batches.length
    const asked = Array.from({ length: 50 }, () => city.ask(duty, report()))
    await new Promise((resolve) => setImmediate(resolve))
    asked.push(...Array.from({ length: 50 }, () => city.ask(duty, report())))
    open()
    const outcomes = await Promise.all(asked)
    expect(new Set(outcomes.map((one) => one.ok && one.data['incidentId'])).size).toBe(100)
    expect(city.memory.batches.length - before).toBeLessThanOrEqual(3)
  })

  it('reach listeners in order, without a gap', async () => {
    city = await startTestEngine()
    const commits: Commit[] = []
    let rev = city.engine.view.rev
    const stop = city.engine.onCommit((commit) => {
      expect(city.engine.view.rev).toBe(commit.rev)
      commits.push(commit)
    })
    await Promise.all(Array.from({ length: 20 }, () => city.ask(duty, report())))
    await city.ask(duty, { type: 'incident.accept', incidentId: '20260801-000003' })
    stop()
    await city.ask(duty, report())
    for (const commit of commits) {
      expect(commit.prev).toBe(rev)
      expect(commit.rev - commit.prev).toBe(commit.events.length)
      rev = commit.rev
    }
    expect(commits.at(-1)?.touched).toEqual(
      new Map([
        ['incident', new Set(['20260801-000003'])],
        ['kpi', new Set(['today'])],
      ]),
    )
  })

  it('a refusal writes nothing', async () => {
    city = await startTestEngine()
    const before = city.memory.batches.length
    expect(await city.ask(duty, report({ classCode: 'x' }))).toMatchObject({ ok: false, refusal: { code: 'INVALID' } })
    expect(city.memory.batches.length).toBe(before)
  })
})

describe('readings under load', () => {
  const forEver = 3_600_000
  const turn = () => new Promise((resolve) => setImmediate(resolve))

  it('wait for each other until they are enough', async () => {
    city = await startTestEngine({ settings: { loadFrom: 2, gatherMs: forEver, gatherUpTo: 4 } })
    const id = await city.sensor({ kind: 'noise', unit: 'dB(A)' })
    const observed = (n: number) => ({ sensorId: id, result: 40 + n, phenomenonAt: testNoon - 100 + n })
    await city.tell(id, 40)
    await city.intake.accept([observed(1), observed(2)], testNoon)
    const before = city.memory.batches.length
    const told = [3, 4, 5].map((n) => city.intake.accept([observed(n)], testNoon))
    await turn()
    expect(city.memory.batches.length).toBe(before)
    await Promise.all([...told, city.intake.accept([observed(6)], testNoon)])
    expect(city.memory.batches.slice(before).map(({ readings }) => readings.length)).toEqual([4])
  })

  it('wait no longer once a command has come, nor when the engine stops', async () => {
    city = await startTestEngine({ settings: { loadFrom: 1, gatherMs: forEver, gatherUpTo: 100 } })
    const id = await city.sensor({ kind: 'noise', unit: 'dB(A)' })
    await city.tell(id, 40)
    const told = city.tell(id, 41)
    await turn()
    expect(await city.ask(duty, report())).toMatchObject({ ok: true })
    await told
    const last = city.tell(id, 42)
    await city.stop()
    expect(await last).toMatchObject([{ ok: true }])
  })

  it('wait for a moment only', async () => {
    city = await startTestEngine({ settings: { loadFrom: 1, gatherMs: 1, gatherUpTo: 100 } })
    const id = await city.sensor({ kind: 'noise', unit: 'dB(A)' })
    await city.tell(id, 40)
    expect(await city.tell(id, 41)).toMatchObject([{ ok: true }])
  })
})

describe('a command sent twice', () => {
  const commandId = randomUUID()
  it('happens once: together, later, and after a restart', async () => {
    city = await startTestEngine()
    const [a, b] = await Promise.all([1, 2].map(() => city.ask(duty, report(), { commandId })))
    expect(a).toEqual(b)
    expect(await city.ask(duty, report(), { commandId })).toEqual(a)
    await city.stop()
    city = await startTestEngine({ store: city.memory })
    expect(await city.ask(duty, report(), { commandId })).toEqual(a)
    expect(city.engine.view.incidents.size).toBe(1)
  })

  it('is refused to anybody else', async () => {
    city = await startTestEngine()
    const outcomes = await Promise.all([duty, chief].map((actor) => city.ask(actor, report(), { commandId })))
    expect(outcomes).toMatchObject([
      { ok: true },
      { ok: false, refusal: { code: 'INVALID', details: { fields: [{ field: 'commandId' }] } } },
    ])
  })

  it('may be tried again after a refusal', async () => {
    city = await startTestEngine()
    expect(await city.ask(duty, report({ classCode: 'x' }), { commandId })).toMatchObject({ ok: false })
    expect(await city.ask(duty, report(), { commandId })).toMatchObject({ ok: true })
  })
})

describe('two officers, one crew', () => {
  it('exactly one wins, 200 times, and the other is told who and when', async () => {
    city = await startTestEngine()
    for (let n = 1; n <= 200; n++) {
      const ids = await Promise.all([1, 2].map(() => city.must(duty, report())))
      const [one, two] = ids.map((data) => data['incidentId'] as string) as [string, string]
      const file = (incidentId: string) =>
        city.must(duty, { type: 'incident.file', incidentId, classCode: null, departmentId: null, priority: null })
      await Promise.all([file(one), file(two)])
      const send = (actor: typeof duty, incidentId: string) =>
        city.ask(actor, { type: 'incident.dispatch', incidentId, unitId: 'PUMP-01' }, { expectedVersion: 2 })
      const sent = await Promise.all(n % 2 ? [send(duty, one), send(chief, two)] : [send(chief, two), send(duty, one)])
      const [winner, loser] = sent[0]?.ok ? sent : sent.toReversed()
      expect(winner?.ok).toBe(true)
      expect(loser).toMatchObject({
        ok: false,
        refusal: {
          code: 'UNIT_TAKEN',
          details: { by: n % 2 ? 'duty' : 'chief', since: city.clock.at, unitId: 'PUMP-01' },
        },
      })
      const incidentId = n % 2 ? one : two
      await city.must(duty, { type: 'incident.recall', incidentId, unitId: 'PUMP-01', reason: '换人' })
      city.clock.at += 1000
    }
  })
})

describe('the log', () => {
  it('numbers, times and seals every event; a clock set back does not turn it round', async () => {
    city = await startTestEngine()
    await city.ask(duty, report())
    city.clock.at -= 60_000
    await city.ask(duty, report())
    await city.engine.note('auditor', 'log.read', true, 'log', { after: 1 })
    let prevHash = '0'.repeat(64)
    let at = 0
    for (const [i, event] of city.memory.log.entries()) {
      const { hash, ...rest } = event
      expect(event.seq).toBe(i + 1)
      expect(event.prevHash).toBe(prevHash)
      expect(hashEvent(prevHash, rest).hash).toBe(hash)
      expect(event.at).toBeGreaterThanOrEqual(at)
      prevHash = hash
      at = event.at
    }
    expect(city.memory.log.at(-1)).toMatchObject({ actor: 'auditor', event: { type: 'audit.noted', act: 'log.read' } })
  })

  it('begins a new day in it, so that every page hears', async () => {
    city = await startTestEngine()
    await city.ask(duty, report())
    const commits: Commit[] = []
    city.engine.onCommit((commit) => commits.push(commit))
    await city.pass(12 * 3_600_000 - 1)
    const before = commits.length
    await city.pass(1)
    expect(city.memory.log.at(-1)?.event).toMatchObject({ act: 'day.started', subject: '20260802' })
    expect(commits[before]?.touched.get('kpi')).toEqual(new Set(['today']))
    expect(city.engine.view.kpiToday(city.clock.at)).toMatchObject({ reported: 0, dayStartAt: city.clock.at })
    await city.pass(1000)
    expect(city.memory.log.filter(({ event }) => event.type === 'audit.noted')).toHaveLength(1)
  })

  it('begins the day that came while nothing ran', async () => {
    city = await startTestEngine()
    await city.stop()
    city.clock.at += 24 * 3_600_000
    const next = await startTestEngine({ store: city.memory, clock: city.clock })
    const commits: Commit[] = []
    next.engine.onCommit((commit) => commits.push(commit))
    // A page that comes back with the present revision holds yesterday's numbers: only an event brings it today's.
    await next.pass(1000)
    expect(city.memory.log.at(-1)?.event).toMatchObject({ act: 'day.started', subject: '20260802' })
    expect(commits[0]?.touched.get('kpi')).toEqual(new Set(['today']))
    await next.pass(1000)
    expect(commits).toHaveLength(1)
    await next.stop()
  })
})

describe('a store that fails', () => {
  it('is tried again; what was written and not answered is written once', async () => {
    city = await startTestEngine()
    city.memory.failCommits = 2
    expect(await city.ask(duty, report())).toMatchObject({ ok: true })
    city.memory.loseAnswer = true
    expect(await city.ask(duty, report())).toMatchObject({ ok: true })
    expect(city.memory.log.filter(({ event }) => event.type === 'incident.reported')).toHaveLength(2)
    expect(city.fault).toBeNull()
  })

  it('that is only busy with others is waited for, however often', async () => {
    city = await startTestEngine()
    let busy = 12
    city.memory.beforeCommit = () =>
      busy-- > 0
        ? Promise.reject(Object.assign(new Error('the database is overloaded'), { name: 'DatabaseBusy' }))
        : Promise.resolve()
    expect(await city.ask(duty, report())).toMatchObject({ ok: true })
    expect([busy, city.fault]).toEqual([-1, null])
  })

  it('stops everything when it goes on failing, and says so', async () => {
    city = await startTestEngine()
    const faults: Error[] = []
    city.onFault((fault) => faults.push(fault))
    city.memory.failCommits = 1000
    const asked = await Promise.allSettled([
      city.ask(duty, report()),
      city.ask(duty, report()),
      city.engine.observe([]),
    ])
    expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(faults).toHaveLength(1)
    expect([city.isReady, city.fault?.message]).toEqual([false, 'the disk is gone'])
    await expect(city.ask(duty, report())).rejects.toThrow('the disk is gone')
    expect(city.engine.view.incidents.size).toBe(0)
    expect(city.errors).toHaveLength(1)
  })
})

describe('bounds', () => {
  it('refuse commands over the queue’s, and take them again after', async () => {
    city = await startTestEngine({ settings: { maxQueuedCommands: 10 } })
    const open = gate(city.memory)
    const held = city.ask(duty, report())
    await new Promise((resolve) => setImmediate(resolve))
    const asked = Array.from({ length: 15 }, () => city.ask(duty, report()))
    expect((await Promise.all(asked.slice(10))).every((one) => !one.ok && one.refusal.code === 'BUSY')).toBe(true)
    open()
    expect((await Promise.all([held, ...asked.slice(0, 10)])).every((one) => one.ok)).toBe(true)
    expect(await city.ask(duty, report())).toMatchObject({ ok: true })
  })

  it('refuse everything once stopped', async () => {
    city = await startTestEngine()
    await city.stop()
    expect(await city.ask(duty, report())).toMatchObject({ ok: false, refusal: { code: 'BUSY' } })
    await expect(city.engine.observe([])).rejects.toMatchObject({ name: 'EngineBusy' })
  })
})

describe('what has ended', () => {
  it('leaves the picture by age and by number, and still answers', async () => {
    city = await startTestEngine({ settings: { keepEndedCount: 2 } })
    const ids: string[] = []
    for (let n = 0; n < 4; n++) {
      const incidentId = (await city.must(duty, report()))['incidentId'] as string
      ids.push(incidentId)
      await city.must(duty, { type: 'incident.reject', incidentId, reason: '重复' })
    }
    expect([...city.engine.view.incidents.keys()]).toEqual(ids.slice(2))
    const outcome = await city.ask(duty, {
      type: 'incident.evaluate',
      incidentId: ids[0] as string,
      satisfaction: 3,
      note: '',
    })
    expect(outcome).toMatchObject({ refusal: { code: 'NOT_ALLOWED', details: { state: 'rejected' } } })
    const commits: Commit[] = []
    city.engine.onCommit((commit) => commits.push(commit))
    city.clock.at += 24 * 3_600_000
    await city.must(duty, report())
    expect(city.engine.view.incidents.size).toBe(1)
    expect(
      commits
        .at(-1)
        ?.touched.get('incident')
        ?.has(ids[3] as string),
    ).toBe(true)
    const gone = await city.ask(duty, { type: 'incident.accept', incidentId: '20260801-999999' })
    expect(gone).toMatchObject({ refusal: { code: 'NOT_FOUND' } })
  })
})

describe('a start', () => {
  it('goes on from snapshot and tail: state, numbers, alarms and crews', async () => {
    const settings = { snapshotEveryEvents: 20 }
    city = await startTestEngine({ settings })
    const sensorId = await city.sensor({ kind: 'smoke', name: '3号楼' })
    for (let n = 0; n < 10; n++) await city.must(duty, report())
    await city.tell(sensorId, 1)
    await city.tell(sensorId, 1, city.clock.at + 1)
    await expect.poll(() => city.memory.snapshots.length).toBeGreaterThan(0)
    await city.must(duty, report())
    const { view } = city.engine
    const store = city.memory
    const snapshots = store.snapshots.length
    // As if killed: nothing more is saved.
    const next = await startTestEngine({ store, settings, clock: city.clock })
    expect(store.snapshots.length).toBe(snapshots)
    for (const table of ['alarms', 'incidents', 'units', 'sensors', 'latest'] as const)
      expect(next.engine.view[table], table).toEqual(view[table])
    expect(next.engine.view.kpiToday(testNoon)).toEqual(view.kpiToday(testNoon))
    expect(next.engine.view.entities('Thing')).toEqual(view.entities('Thing'))
    expect([next.engine.view.rev, next.engine.view.epoch]).toEqual([view.rev, view.epoch])
    await next.tell(sensorId, 1, city.clock.at + 2)
    expect(next.engine.view.alarms.size).toBe(1)
    expect(await next.must(duty, report())).toEqual({ incidentId: '20260801-000013' })
    await next.stop()
    expect(store.snapshots.at(-1)?.rev).toBe(store.log.length)
  })

  it('pays for registering a city once: what all its snapshots hold is in proportion to the city', async () => {
    city = await startTestEngine({ settings: { snapshotEveryEvents: 20 } })
    for (let n = 0; n < 250; n++) await city.sensor({ kind: 'smoke' })
    await city.stop()
    const { snapshots } = city.memory
    const rowsOf = ({ pieces }: (typeof snapshots)[number]) =>
      pieces.reduce((rows, piece) => rows + ((JSON.parse(piece) as { rows?: unknown[] }).rows?.length ?? 0), 0)
    const [all, last] = [snapshots.reduce((rows, one) => rows + rowsOf(one), 0), rowsOf(snapshots.at(-1)!)]
    expect(last).toBeGreaterThan(1500)
    expect(snapshots.length).toBeGreaterThan(5)
    expect(all / last).toBeLessThan(4)
  })

  it('enrols only what is new or changed', async () => {
    city = await startTestEngine()
    const before = city.memory.log.length
    expect(before).toBe(4)
    await city.stop()
    const crews = city.city.crews.map((one) => (one.unitId === 'PUMP-01' ? { ...one, name: '新名' } : one))
    city = await startTestEngine({ store: city.memory, city: { ...city.city, crews } })
    expect(city.memory.log.length).toBe(before + 1)
    expect(city.engine.view.units.get('PUMP-01')).toMatchObject({ name: '新名', version: 2, status: 'available' })
  })

  it('refuses a log with a hole', async () => {
    city = await startTestEngine()
    const store = new MemoryEngineStore()
    store.log.push(...city.memory.log.filter(({ seq }) => seq !== 2))
    await expect(startTestEngine({ store })).rejects.toThrow('no event 2')
  })

  it('ends alarms whose rule has left the city', async () => {
    city = await startTestEngine()
    const sensorId = await city.sensor({ kind: 'smoke' })
    await city.tell(sensorId, 1)
    await city.must(systemActor, {
      type: 'alarm.system',
      ruleId: 'system.disk-full',
      holds: true,
      value: 95,
      limit: 90,
    })
    await city.stop()
    city = await startTestEngine({ store: city.memory, city: { ...city.city, alarmRules: [] } })
    expect([...city.engine.view.alarms.values()].map(({ state }) => state)).toEqual(['returned', 'returned'])
  })
})

describe('positions', () => {
  it('are kept by the newest fix, of crews that exist', async () => {
    const clock = new HandClock()
    city = await startTestEngine({ clock })
    const fix = (unitId: string, lon: number, fixAt: number) =>
      ({
        unitId,
        position: [lon, 31],
        headingDeg: null,
        speedMps: 5,
        accuracyM: 8,
        fixAt,
        receivedAt: clock.at,
      }) as const
    await city.intake.fixes([fix('PUMP-01', 121.5, clock.at), fix('PUMP-01', 121.4, clock.at - 1), fix('NOBODY', 1, 1)])
    expect(city.engine.view.fixes).toEqual(new Map([['PUMP-01', fix('PUMP-01', 121.5, clock.at)]]))
    expect(city.counts.get('tongguan_fixes_total{unknown-unit}')).toBe(1)
    await city.stop()
    city = await startTestEngine({ store: city.memory, clock })
    expect(city.engine.view.fixes.has('PUMP-01')).toBe(true)
  })
})

describe('a rule that throws', () => {
  it('spoils its own command only', async () => {
    city = await startTestEngine()
    const loop: Record<string, unknown> = {}
    loop['self'] = loop
    const drafts = sensorDrafts({ kind: 'noise' }).map((draft) => ({ ...draft, body: loop }))
    const [bad, good] = await Promise.allSettled([
      city.ask(systemActor, { type: 'catalog.create', drafts }),
      city.ask(duty, report()),
    ])
    expect([bad?.status, good?.status]).toEqual(['rejected', 'fulfilled'])
    expect(city.engine.view.entities('Thing').size).toBe(0)
    expect(city.memory.log.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5])
    expect(city.errors).toHaveLength(1)
  })
})
