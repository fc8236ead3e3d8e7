/** The numbers of evaluation, of times and of alarms over HTTP: who may ask, what is refused and why, and what an answer looks like. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { loadLevels } from '../../../shared/model/alarm-kpi.ts'
import { caseSteps } from '../../../shared/model/case-steps.ts'
import { caseIntervals } from '../../../shared/model/case-times.ts'
import { defaultDispatchSettings } from '../../../shared/model/dispatch-settings.ts'
import { indicators, kpiGrades } from '../../../shared/model/kpi-indicator.ts'
import { kpiDimensions, kpiPeriods } from '../../../shared/model/kpi-measure.ts'
import { kpiBuckets, kpiGroups } from '../../../shared/model/kpi.ts'
import { roles } from '../../../shared/model/role.ts'
import { createCityTime } from '../../../server/src/platform/city-time.ts'
import { trendOf } from '../../../server/src/reports/trend-of.ts'
import type { Store } from '../../../server/src/store/open-store.ts'
import { openTestStore } from '../../support/embedded.ts'
import { startMemoryServer, type MemoryServer } from '../../support/memory-server.ts'
import { noon, sampleAlarm, sampleIncident } from '../../support/sample-rows.ts'
import { emptyBatch } from '../../store/samples.ts'

const timeZone = 'Asia/Shanghai'
const dayMs = 86_400_000
const minuteMs = 60_000
const day = noon - 12 * 3_600_000
const iso = (ms: number) => new Date(ms).toISOString()
const period = (from: number, to: number) => `from=${iso(from)}&to=${iso(to)}`
const today = period(day, day + dayMs)

let store: Store
let server: MemoryServer
beforeAll(async () => {
  store = await openTestStore({ timeZone, timeTargets: defaultDispatchSettings.timeTargets })
  const closed = { state: 'closed' as const, closedAt: noon + 30 * minuteMs, fedBackAt: noon + 20 * minuteMs }
  const times = { T0: noon, T1: noon + 5_000, T3: noon + 60_000, T5: noon + 90_000, T7: noon + 120_000 }
  const incidents = [
    sampleIncident({ id: 'c1', ...closed, times: { ...times, T9: noon + 400_000 } }),
    sampleIncident({ id: 'c2', ...closed, districtId: 'd2', times }),
    sampleIncident({ id: 'c3', districtId: null }),
    sampleIncident({ id: 'c4', drill: true }),
  ]
  const announced = { seq: 1, at: noon, alarmId: 'A1', priority: 2 as const, isInKpi: true }
  const rows = { ...emptyBatch.rows, incidents, alarms: [sampleAlarm()], announcements: [announced] }
  await store.engineStore.commit({ ...emptyBatch, rows })
  const sensors = new Map()
  const clock = { now: () => noon + 3_600_000 }
  const { readModels: models, history } = store
  const trend = trendOf({ models, history, view: { sensors }, clock, iso: createCityTime(timeZone), timeZone })
  server = await startMemoryServer({ parts: { models, trend } })
  server.clock.at = noon + 3_600_000
})
afterAll(async () => {
  await server.close()
  await store.close()
})

async function ask(path: string, account = 'manager') {
  const response = await server.fetch(`/api/v1/kpi/${path}`, { cookie: await server.signIn(account) })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

describe('who may ask', () => {
  const readers = ['wall', 'duty', 'chief', 'dept', 'manager']
  it.each([
    'indicators',
    'formulas',
    'times',
    'heat',
    'funnel',
    'distribution',
    'trend',
    'alarms',
    'alarms/bad-actors',
  ])('%s', async (path) => {
    const query = path === 'alarms/bad-actors' ? 'month=2026-08' : path === 'formulas' || path === 'trend' ? '' : today
    expect((await server.fetch(`/api/v1/kpi/${path}?${query}`)).status).toBe(401)
    for (const role of roles) {
      const { status, body } = await ask(`${path}?${query}`, role)
      expect(status, role).toBe(readers.includes(role) ? 200 : 403)
      if (status === 403) expect(body).toMatchObject({ error: { code: 'FORBIDDEN' } })
    }
  })
})

describe('what is refused names its field', () => {
  const [from, to] = [iso(day), iso(day + dayMs)]
  it.each([
    ['heat', '', ['from', 'to']],
    ['heat', `from=${to}&to=${from}`, ['from']],
    ['heat', period(day - 733 * dayMs, day), ['to']],
    ['heat', `${today}&by=day`, ['by']],
    ['funnel', '', ['from', 'to']],
    ['funnel', `from=${to}&to=${from}`, ['from']],
    ['funnel', `${today}&step=closed`, ['step']],
    ['distribution', `from=${from}&to=${from}`, ['from']],
    ['distribution', `${today}&interval=life`, ['interval']],
    ['distribution', `${today}&source=${'x'.repeat(65)}`, ['source']],
    ['trend', 'sign=luck', ['sign']],
    ['trend', `sign=reported&from=${from}`, ['from']],
    ['indicators', '', ['from', 'to']],
    ['indicators', `from=${from}`, ['to']],
    ['indicators', `from=yesterday&to=${to}`, ['from']],
    ['indicators', `from=${from}&to=${from}`, ['from']],
    ['indicators', `from=${to}&to=${from}`, ['from']],
    ['indicators', period(day - 12 * 366 * dayMs, day), ['to']],
    ['indicators', `${today}&by=officer`, ['by']],
    ['indicators', `${today}&compare=week`, ['compare']],
    ['indicators', `${today}&indicator=close-rate-of-nothing`, ['indicator.0']],
    ['indicators', `${today}&indicator=`, ['indicator.0']],
    ['indicators', `${today}&district=d1`, ['district']],
    ['times', '', ['from', 'to']],
    ['times', `from=${from}&to=${from}`, ['from']],
    ['times', `${today}&by=grid`, ['by']],
    ['times', `${today}&compare=year`, ['compare']],
    ['times', `${period(day - 5_001 * 3_600_000, day)}&by=hour`, ['by']],
    ['times', `${today}&class=${'x'.repeat(65)}`, ['class']],
    ['alarms', `from=${from}`, ['to']],
    ['alarms', `from=${from}&to=${from}`, ['from']],
    ['alarms', period(day - 400 * dayMs - 1, day), ['to']],
    ['alarms', `${today}&district=d1`, ['district']],
    ['alarms/bad-actors', '', ['month']],
    ['alarms/bad-actors', 'month=2026-13', ['month']],
    ['alarms/bad-actors', 'month=2026-08&limit=0', ['limit']],
    ['alarms/bad-actors', 'month=2026-08&limit=501', ['limit']],
    ['alarms/bad-actors', 'month=2026-08&limit=ten', ['limit']],
    ['alarms/bad-actors', 'month=2026-08&of=1', ['of']],
  ])('%s?%s', async (path, query, fields) => {
    const { status, body } = await ask(`${path}?${query}`)
    expect(status).toBe(400)
    const { error } = body as { error: { code: string; details: { fields: { field: string; problem: string }[] } } }
    expect(error.code).toBe('INVALID')
    expect(error.details.fields.map(({ field }) => field)).toEqual(fields)
    for (const { problem } of error.details.fields) expect(problem).not.toBe('')
  })
  it.each([
    ['indicators', period(day - 11 * 366 * dayMs + dayMs, day + dayMs)],
    ['times', `${period(day - 5_000 * 3_600_000, day)}&by=hour`],
    ['alarms', period(day - 400 * dayMs, day)],
    ['alarms/bad-actors', 'month=2026-08&limit=500'],
    ['alarms/bad-actors', 'month=2026-08&limit=1'],
  ])('and the longest there is, is not: %s?%s', async (path, query) => {
    expect((await ask(`${path}?${query}`)).status).toBe(200)
  })
})

const instant = z.iso.datetime({ offset: true })
const count = z.number().int().min(0)
const share = z.number().min(0).max(1).nullable()
const ms = z.number().min(0).nullable()
const term = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })
const codes = indicators.map(({ code }) => code)

describe('heat', () => {
  it('tells every day, and every hour of the week', async () => {
    const heat = z.strictObject({
      from: instant,
      to: instant,
      asOf: instant,
      days: z.array(z.strictObject({ day: z.iso.date(), reported: count })),
      hours: z.array(z.array(count).length(24)).length(7),
    })
    const { body } = await ask(`heat?${period(day - dayMs, day + dayMs)}`)
    const { days, hours } = heat.parse(body)
    expect(days).toHaveLength(2)
    const sum = days.reduce((all, { reported }) => all + reported, 0)
    expect([sum > 0, hours.flat().reduce((all, one) => all + one, 0)]).toEqual([true, sum])
    const one = heat.parse((await ask(`heat?${today}&district=d1`)).body)
    expect(one.days[0]?.reported).toBeLessThan(sum)
  })
})

describe('funnel, distribution, trend', () => {
  it('tell how far cases came and how long they took', async () => {
    const step = z.strictObject({ step: z.enum(caseSteps), reached: count, open: count, ended: count })
    const funnel = z.strictObject({ from: instant, to: instant, asOf: instant, steps: z.array(step).length(8) })
    const { steps } = funnel.parse((await ask(`funnel?${today}`)).body)
    expect([steps[0]?.reached, steps.at(-1)?.reached]).toEqual([3, 2])
    const bin = z.strictObject({ fromMs: count, toMs: count.nullable(), count })
    const distribution = z.strictObject({
      ...{ from: instant, to: instant, asOf: instant, interval: z.enum(caseIntervals), count },
      ...{ p50Ms: ms, p90Ms: ms, p95Ms: ms, bins: z.array(bin), targets: z.array(z.unknown()) },
    })
    const total = distribution.parse((await ask(`distribution?${today}`)).body)
    expect([total.interval, total.count, total.p50Ms]).toEqual(['total', 1, 400_000])
    expect(total.targets.length).toBeGreaterThan(0)
    const none = distribution.parse((await ask(`distribution?${today}&department=nobody`)).body)
    expect([none.count, none.p50Ms, none.bins]).toEqual([0, null, []])
  })
  it('tell a sign’s week and the day to come, and expect nothing of a past of an hour', async () => {
    const point = z.strictObject({ hourAt: instant, value: ms, expected: ms, low: ms, high: ms })
    const trend = z.strictObject({
      ...{ asOf: instant, sign: z.string(), signs: z.array(z.string()), unit: z.string(), sensors: z.null() },
      ...{ season: z.enum(['week', 'day']).nullable(), level: share, coverage: share, tried: count },
      points: z.array(point).length(8 * 24),
    })
    const { signs, season, coverage, points } = trend.parse((await ask('trend')).body)
    expect([signs, season, coverage]).toEqual([['reported', 'closed'], null, null])
    expect(points.map(({ value }) => value).filter((value) => value !== null)).toEqual([3])
    expect(trend.parse((await ask('trend?sign=closed')).body).sign).toBe('closed')
  })
})

describe('indicators', () => {
  const figure = z.strictObject({
    code: z.enum(codes),
    value: z.number().nullable(),
    numerator: z.number().nullable(),
    denominator: z.number().nullable(),
    grade: z.enum(kpiGrades).nullable(),
  })
  const row = z.strictObject({ key: z.string().nullable(), indicators: z.array(figure) })
  const part = { from: instant, to: instant, rows: z.array(row), total: row }
  const answer = z.strictObject({
    asOf: instant,
    by: z.enum([...kpiDimensions, ...kpiPeriods]).nullable(),
    ...part,
    next: z.string().nullable(),
    compare: z.strictObject(part).nullable(),
  })
  it.each([null, ...kpiDimensions, ...kpiPeriods])('by %s', async (by) => {
    const { body } = await ask(`indicators?${today}${by === null ? '' : `&by=${by}`}`)
    const { rows, total, compare } = answer.parse(body)
    expect(compare).toBeNull()
    expect(rows.length > 0).toBe(by !== null)
    for (const one of [...rows, total]) expect(one.indicators.map(({ code }) => code)).toEqual(codes)
  })
  it('are of those asked for alone, and compared with the period before or a year before', async () => {
    const [second = '', first = ''] = codes
    const year = await ask(`indicators?${today}&by=district&compare=year&indicator=${first},${second}`)
    const { rows, compare, asOf } = answer.parse(year.body)
    expect(rows.map(({ key }) => key)).toEqual(['d1', 'd2', null])
    for (const one of rows) expect(one.indicators.map(({ code }) => code)).toEqual([second, first])
    expect(Date.parse(asOf)).toBe(server.clock.at)
    expect(Date.parse(compare?.from ?? '')).toBe(day - 365 * dayMs)
    const before = await ask(`indicators?${today}&compare=previous`)
    expect(Date.parse(answer.parse(before.body).compare?.to ?? '')).toBe(day)
  })
  it('come in pages, by member or the worst first, and compared with the very same members', async () => {
    const pages = async (more: string) => {
      const keys: (string | null)[] = []
      for (let next: string | null = ''; next !== null;) {
        const cursor: string = next === '' ? '' : `&cursor=${next}`
        const { body } = await ask(`indicators?${today}&by=district&limit=1&compare=previous${more}${cursor}`)
        const page = answer.parse(body)
        expect(page.rows).toHaveLength(1)
        expect(page.total.indicators).toHaveLength(codes.length)
        expect(page.compare?.rows.every(({ key }) => key === page.rows[0]?.key)).toBe(true)
        keys.push(page.rows[0]?.key ?? null)
        next = page.next
      }
      return keys
    }
    expect(await pages('')).toEqual(['d1', 'd2', null])
    const { rows } = answer.parse((await ask(`indicators?${today}&by=district&order=reported`)).body)
    const reported = rows.map(({ indicators: all }) => all.find(({ code }) => code === 'reported')?.value ?? 0)
    expect(reported).toEqual(reported.toSorted((a, b) => b - a))
    expect(await pages('&order=reported')).toEqual(rows.map(({ key }) => key))
    expect((await ask(`indicators?${today}&by=district&cursor=nobody`)).body).toMatchObject({ rows: [], next: null })
    for (const wrong of ['order=nothing', 'limit=0', 'limit=501'])
      expect((await ask(`indicators?${today}&by=district&${wrong}`)).status, wrong).toBe(400)
  })
  it('do not ask of what lies behind tonight', async () => {
    const { body } = await ask(`indicators?${period(day, day + 30 * dayMs)}`)
    expect(Date.parse(answer.parse(body).to)).toBe(day + dayMs)
  })
  it('have their formulas in words and as data', async () => {
    const weights = z.record(z.string(), z.number())
    const formula = z.strictObject({
      code: z.enum(codes),
      group: z.string(),
      name: term,
      kind: z.enum(['count', 'ratio', 'mean', 'score']),
      base: term.nullable(),
      formula: term,
      note: term.nullable(),
      parts: z.array(z.strictObject({ of: z.enum(codes), weight: z.number(), as: z.string() })),
      numerator: weights,
      denominator: weights,
    })
    const { status, body } = await ask('formulas')
    expect(status).toBe(200)
    const { items } = z.strictObject({ items: z.array(formula), next: z.null() }).parse(body)
    expect(items.map(({ code }) => code)).toEqual(codes)
    for (const { kind, base, parts, numerator } of items) {
      expect(base === null).toBe(kind === 'score')
      expect(parts.length > 0).toBe(kind === 'score')
      expect(Object.keys(numerator).length > 0).toBe(kind === 'ratio' || kind === 'count')
    }
  })
})

describe('times', () => {
  const interval = z.strictObject({
    count,
    p50Ms: ms,
    p90Ms: ms,
    p95Ms: ms,
    withTarget: count,
    kept: count,
    compliance: share,
  })
  const target = z.strictObject({
    interval: z.enum(caseIntervals),
    priority: z.number().nullable(),
    departmentId: z.string().nullable(),
    seconds: z.number(),
    share: z.number(),
  })
  const row = z.strictObject({
    key: z.union([z.string(), z.number()]).nullable(),
    intervals: z.strictObject(Object.fromEntries(caseIntervals.map((one) => [one, interval]))),
  })
  const answer = z.strictObject({
    from: instant,
    to: instant,
    asOf: instant,
    rows: z.array(row),
    total: row,
    targets: z.array(target),
  })
  it.each([...kpiBuckets, ...kpiGroups])('by %s', async (by) => {
    const { status, body } = await ask(`times?${today}&by=${by}`)
    expect(status).toBe(200)
    const { rows, total } = answer.parse(body)
    expect(rows.length).toBe(by === 'minute' ? 1440 : by === 'hour' ? 24 : by === 'district' ? 3 : 1)
    expect(total.key).toBeNull()
    const sum = rows.reduce((all, one) => all + (one.intervals['answer']?.count ?? 0), 0)
    expect([sum, total.intervals['answer']?.count, total.intervals['total']?.count]).toEqual([2, 2, 1])
  })
  it('are by day where nothing is said, and of one district or class where it is', async () => {
    expect(answer.parse((await ask(`times?${today}`)).body).rows[0]?.key).toBe(day)
    const counted = async (query: string) => {
      const { body } = await ask(`times?${today}&${query}`)
      return answer.parse(body).total.intervals['answer']?.count
    }
    expect([await counted('district=d2'), await counted('class=E01'), await counted('class=P')]).toEqual([1, 2, 0])
  })
})

describe('alarms', () => {
  const actor = z.strictObject({
    sensorId: z.number().nullable(),
    sensorName: z.string(),
    ruleId: z.string(),
    name: term,
    announced: count,
    share: z.number(),
    alarms: count,
    chattering: count,
    fleeting: count,
    stale: count,
    falseAlarms: count,
  })
  const peak = z.strictObject({ beginsAt: instant.nullable(), count: z.number() })
  const partOf = z.strictObject({ count, share: z.number() })
  const falseShare = z.strictObject({ key: z.string(), name: z.string(), alarms: count, falseAlarms: count, share })
  const answer = z.strictObject({
    from: instant,
    to: instant,
    countedTo: instant,
    consoles: count,
    rates: z.strictObject({
      announced: count,
      perDay: z.number(),
      perHour: z.number(),
      per10Min: z.number(),
      peak10Min: peak,
      peakHour: peak,
      busyHours: partOf,
      floodSlots: partOf,
    }),
    level: z.enum(loadLevels),
    floodShare: z.number(),
    floods: z.array(z.unknown()),
    split: z.array(z.strictObject({ id: z.enum(['high', 'medium', 'low']), count, share, target: z.number() })),
    top: z.array(actor),
    topShare: z.number(),
    chattering: z.array(actor),
    fleeting: z.array(actor),
    standing: count,
    stale: count,
    staleOnADay: z.number().min(0),
    acknowledge: z.strictObject({ count, p50Ms: ms, p90Ms: ms, inTimeShare: share, waiting: count }),
    alarms: count,
    falseAlarms: count,
    falseShare: share,
    falseBySensor: z.array(falseShare),
    falseByRule: z.array(falseShare),
    withCase: count,
    conversion: share,
  })
  it('of a period', async () => {
    const { status, body } = await ask(`alarms?${today}`)
    expect(status).toBe(200)
    const { alarms, top, acknowledge, countedTo } = answer.parse(body)
    expect([alarms, top.length, acknowledge.count, acknowledge.waiting]).toEqual([1, 1, 0, 1])
    expect(Date.parse(countedTo)).toBe(server.clock.at)
  })
  it('and who spoke most in a month', async () => {
    const { status, body } = await ask('alarms/bad-actors?month=2026-08')
    expect(status).toBe(200)
    const month = z.strictObject({ month: z.string(), from: instant, to: instant, items: z.array(actor) })
    expect(month.parse(body).items).toMatchObject([{ sensorId: 1, ruleId: 'r1', announced: 1, share: 1 }])
  })
})
