/** Two days lived by the demo city: whole cases in order, alarms before them, numbers by the day, the same again from the same seed; and a server that goes on from there. */
import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { isOpenState, type Incident } from '../../shared/model/incident.ts'
import type { LoggedEvent } from '../../shared/model/event.ts'
import type { Lived } from '../../server/src/past/live-past.ts'
import { readMarker } from '../../server/src/past/marker.ts'
import { allCases } from '../support/all-cases.ts'
import { copyDataDir, openTestStore } from '../support/embedded.ts'
import { livePastHere } from '../support/lived-past.ts'
import { city, startServer, signIn, type RunningServer } from '../support/program.ts'

/** A Thursday evening in Shanghai: two whole days and most of a third. */
const until = Date.parse('2026-03-12T20:00:00+08:00')
const days = 2

// Half a minute of work, which a machine that does other things lengthens as it likes.
vi.setConfig({ hookTimeout: 600_000, testTimeout: 600_000 })

interface Past {
  readonly dataDir: string
  readonly lived: Lived
  readonly errors: readonly unknown[]
}

async function lived(at: number, wholeDays = days): Promise<Past> {
  const dataDir = await copyDataDir()
  const store = await openTestStore({ dataDir })
  const errors: unknown[] = []
  const result = await livePastHere({ store, dataDir, cityDir: await city(), days: wholeDays, now: () => at, errors })
  await store.close()
  if (result === null) throw new Error('nothing was lived')
  return { dataDir, lived: result, errors }
}

const dropped: string[] = []
afterAll(async () => {
  for (const dir of dropped) await rm(dir, { recursive: true, force: true })
})

describe('two lived days', () => {
  let past: Past
  let store: Awaited<ReturnType<typeof openTestStore>>
  const log: LoggedEvent[] = []
  const cases: Incident[] = []
  beforeAll(async () => {
    past = await lived(until)
    dropped.push(past.dataDir)
    store = await openTestStore({ dataDir: past.dataDir, clock: { now: () => until } })
    for (let page; (page = await store.auditLog.events(log.length, 5000)).length > 0;) log.push(...page)
    cases.push(...(await allCases(store)))
  })
  afterAll(() => store.close())

  it('fill the log without a fault, and the note says so', () => {
    expect(past.errors).toEqual([])
    const { events, alarms, readings } = past.lived.counts
    expect(past.lived.counts.cases).toBe(cases.length)
    // Crews enrolled before the first step count among the events of the log.
    expect(log.length).toBeGreaterThanOrEqual(events)
    expect(alarms).toBeGreaterThan(20)
    expect(readings).toBeGreaterThan(2000)
    expect(readMarker(past.dataDir)).toMatchObject({ done: true, days, until, rev: log.length })
  })

  it('bring a city’s number of cases a day, and few things the doors refuse', () => {
    const perDay = (cases.length * 24 * 3_600_000) / (until - Date.parse('2026-03-10T00:00:00+08:00'))
    expect(perDay).toBeGreaterThan(250)
    expect(perDay).toBeLessThan(700)
    expect(past.lived.counts.refused / past.lived.counts.events).toBeLessThan(0.02)
  })

  it('hold the chain', async () => {
    expect(await store.auditLog.verify()).toEqual({ ok: true, checked: log.length, brokenAt: null, problem: null })
  })

  it('tell of every ended case all its events, in order of time', () => {
    const told = new Map<string, LoggedEvent[]>()
    for (const one of log) {
      const { event } = one
      const id =
        event.type === 'incident.reported' ? event.incident.id : 'incidentId' in event ? event.incidentId : null
      if (id === null || !event.type.startsWith('incident.')) continue
      told.set(id, [...(told.get(id) ?? []), one])
    }
    const byCrew = ['reported', 'filed', 'dispatched', 'acknowledged', 'departed', 'arrived', 'finished', 'fed-back']
    const byDepartment = ['reported', 'filed', 'assigned', 'received', 'fed-back']
    const closed = cases.filter(({ state }) => state === 'closed' || state === 'evaluated')
    expect(closed.length).toBeGreaterThan(cases.length / 3)
    const ways = { crew: 0, department: 0 }
    for (const { id, version } of closed) {
      const events = told.get(id) ?? []
      expect(events, id).toHaveLength(version)
      const types = events.map(({ event }) => event.type.replace('incident.', ''))
      const isCrew = types.includes('dispatched')
      ways[isCrew ? 'crew' : 'department']++
      const order = isCrew ? byCrew : byDepartment
      const firsts = [...order, 'check-passed', 'closed'].map((type) => types.indexOf(type))
      expect(firsts, `${id} ${types.join(' ')}`).toEqual([...firsts].sort((a, b) => a - b))
      expect(firsts[0]).toBe(0)
      expect(firsts).not.toContain(-1)
      const times = events.map(({ at }) => at)
      expect(times).toEqual([...times].sort((a, b) => a - b))
    }
    expect(ways.crew).toBeGreaterThan(ways.department)
    expect(ways.department).toBeGreaterThan(closed.length / 20)
  })

  it('let people act in natural time, each under the demo’s accounts', () => {
    const actors = new Set(log.filter(({ cause }) => cause.startsWith('command:')).map(({ actor }) => actor))
    expect([...actors].filter((name) => !/^(duty|chief|manager|dept|door:ingest|crew-.+)$/.test(name))).toEqual([])
    expect(actors).toContain('duty')
    expect([...actors].some((name) => name.startsWith('crew-'))).toBe(true)
    const responses = cases.flatMap(({ arrivedAt, dispatchedAt }) =>
      arrivedAt !== null && dispatchedAt !== null ? [arrivedAt - dispatchedAt] : [],
    )
    expect(Math.min(...responses)).toBeGreaterThan(0)
    const moments = new Set(log.map(({ at }) => at % 20_000))
    // Nothing is done by the beat of the steps.
    expect(moments.size).toBeGreaterThan(500)
  })

  it('have calls to 12345 that are called first, called back and judged, so that its rates have a base', () => {
    const rung = cases.filter(({ source }) => source === 'hotline')
    const told = cases.filter(({ source }) => source === 'open311')
    expect(rung.length / (rung.length + told.length)).toBeGreaterThan(0.15)
    expect(rung.length / (rung.length + told.length)).toBeLessThan(0.4)
    for (const { times, reportedAt } of rung) {
      expect(times?.T1).toBeGreaterThanOrEqual(times?.T0 ?? Infinity)
      expect(times?.T1).toBeLessThanOrEqual(reportedAt)
    }
    const ended = rung.filter(({ state }) => state === 'closed' || state === 'evaluated')
    const part = (is: (one: Incident) => boolean) => ended.filter(is).length / ended.length
    expect(ended.length).toBeGreaterThan(20)
    expect(part(({ firstContact }) => firstContact?.state === 'yes')).toBeGreaterThan(0.75)
    expect(
      part(({ callBacks }) => callBacks?.some(({ satisfaction }) => satisfaction !== null) === true),
    ).toBeGreaterThan(0.6)
  })

  it('raise the alarm before the case it opens', () => {
    const raised = new Map<string, number>()
    for (const { seq, event } of log) if (event.type === 'alarm.raised') raised.set(event.alarm.id, seq)
    const opened = log.flatMap(({ seq, event }) =>
      event.type === 'incident.reported' && event.incident.source === 'iot'
        ? [{ seq, ids: event.incident.alarmIds }]
        : [],
    )
    expect(opened.length).toBeGreaterThan(10)
    for (const { seq, ids } of opened) for (const id of ids) expect(raised.get(id)).toBeLessThan(seq)
  })

  it('know cases that were told twice: merged, and answered with what became of their main case', () => {
    const byId = new Map(cases.map((row) => [row.id, row]))
    const merged = cases.filter(({ state }) => state === 'merged')
    expect(merged.length).toBeGreaterThan(10)
    for (const { merge, closedAt } of merged) {
      const main = byId.get(merge?.mainId ?? '')
      expect(main?.mergedIds?.length).toBeGreaterThan(0)
      if (main && main.state !== 'merged') expect(closedAt === null).toBe(isOpenState(main.state))
    }
    expect(merged.some(({ satisfaction }) => satisfaction !== null)).toBe(true)
  })

  it('give the KPI page days to compare, and sensors an hour’s trend', async () => {
    const from = until - (days + 1) * 24 * 3_600_000
    const { rows } = await store.readModels.kpi({ from, to: until, by: 'day' }, 'Asia/Shanghai')
    expect(rows.filter(({ reported, closed }) => reported > 100 && closed > 20)).toHaveLength(days + 1)
    const [row] = await store.database.query(
      'select sensor_id, count(*) as n from hour group by sensor_id order by n desc, sensor_id limit 1',
    )
    expect(Number(row?.n)).toBeGreaterThan(40)
    // Single readings past their retention are gone, as on any other day.
    const [oldest] = await store.database.query('select min(received_at) as at from reading')
    expect(Number(oldest?.at)).toBeGreaterThan(until - 2 * 24 * 3_600_000)
  })

  it('leave few alarms standing, and none for long but for an open case', async () => {
    const page = await store.readModels.alarms({ limit: 500 })
    const items = page.items.filter(({ state }) => state !== 'normal')
    expect(page.items.length).toBe(past.lived.counts.alarms)
    expect(items.length).toBeLessThan(20)
    const open = new Set(cases.filter(({ state }) => isOpenState(state)).map(({ id }) => id))
    const old = items.filter(
      ({ raisedAt, incidentId }) => raisedAt < until - 30 * 3_600_000 && !open.has(incidentId ?? ''),
    )
    expect(old).toEqual([])
  })

  it('leave every crew with a place of that last moment', async () => {
    const fixes = await store.engineStore.latestFixes()
    expect(fixes.length).toBeGreaterThan(5)
    for (const { fixAt, receivedAt } of fixes) {
      expect(receivedAt).toBe(until)
      expect(fixAt).toBe(until)
    }
  })

  it('are the same again from the same seed, to the last hash', async () => {
    const again = await lived(until)
    dropped.push(again.dataDir)
    const other = await openTestStore({ dataDir: again.dataDir })
    const head = await other.auditLog.events(log.length - 1, 2)
    await other.close()
    expect(head).toHaveLength(1)
    expect(head[0]?.hash).toBe(log.at(-1)?.hash)
    expect(again.lived.counts).toEqual(past.lived.counts)
  })
})

describe('a server on a lived past', () => {
  let server: RunningServer | null = null
  afterAll(() => server?.stop())

  it('starts with its open cases, every crew somewhere, and takes the next act on one', async () => {
    const past = await lived(Date.now(), 1)
    dropped.push(past.dataDir)
    server = await startServer({ dataDir: past.dataDir, env: { CITY: await city() } })
    const cookie = await signIn(server.url, 'duty')
    const ask = async <Answer>(path: string, init: RequestInit = {}): Promise<Answer> =>
      (await (
        await fetch(`${server?.url}${path}`, { ...init, headers: { cookie, 'content-type': 'application/json' } })
      ).json()) as Answer
    const listed = async () => {
      const { items } = await ask<{ items: Incident[] }>('/api/v1/incidents?limit=500')
      return { items, open: items.filter(({ state }) => isOpenState(state)) }
    }
    const { items } = await listed()
    expect(items.length).toBeGreaterThan(100)
    // In the depth of the night all may be done: then the next one is told.
    const report = {
      commandId: crypto.randomUUID(),
      type: 'incident.report',
      classCode: 'E0110',
      title: '夜间巡查发现',
    }
    const tell = (what: object) => ask('/api/v1/commands', { method: 'POST', body: JSON.stringify(what) })
    expect(await tell(report)).toMatchObject({ ok: true })
    const { open } = await listed()
    const one = open[0] as Incident
    const act = { commandId: crypto.randomUUID(), type: 'incident.comment', incidentId: one.id, text: '接班后跟进' }
    expect(await tell(act)).toMatchObject({ ok: true })
    const box = await ask<{ items: object[] }>('/api/v1/units?limit=500&bbox=-180,-90,180,90')
    // Where it stands is asked of its last fix, or of its station: every crew stands somewhere.
    expect(box.items.length).toBeGreaterThan(0)
  })
})
