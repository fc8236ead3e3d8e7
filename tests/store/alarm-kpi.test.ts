/** Alarm KPIs from the database, held against the slow and obvious way. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Alarm, Priority } from '../../shared/model/alarm.ts'
import { plainLoad, type Announcement, type Flood } from '../../shared/model/load-control.ts'
import type { AlarmFact } from '../../shared/model/alarm-kpi.ts'
import { alarmKpiReference, badActorsReference } from '../support/alarm-kpi-reference.ts'
import { onEveryDatabase } from '../support/every-database.ts'
import { emptyBatch, noonAt, sampleAlarm } from './samples.ts'

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000]
const spanMs = 4 * day
const falseMark = { by: 'duty', at: noonAt, reason: 'test' } as const
const offset = fc.integer({ min: 0, max: spanMs / 1000 }).map((s) => s * 1000)

const arbitraryAlarm = fc.record({
  sensor: fc.option(fc.integer({ min: 1, max: 4 })),
  rule: fc.constantFrom('high', 'low', 'out'),
  priority: fc.constantFrom<Priority>(1, 2, 3, 4),
  raised: offset,
  took: fc.option(fc.integer({ min: 0, max: 2 * 3600 })),
  stood: fc.option(fc.integer({ min: 1, max: 60 * 3600 })),
  isOpen: fc.boolean(),
  isFalse: fc.constantFrom(false, false, true),
  hasCase: fc.boolean(),
  hasChattered: fc.boolean(),
  fleetings: fc.constantFrom(0, 0, 1, 3),
  isInKpi: fc.constantFrom(true, true, true, false),
  again: fc.array(fc.integer({ min: 1, max: 3 * 3600 }), { maxLength: 3 }),
})
type Wish = typeof arbitraryAlarm extends fc.Arbitrary<infer W> ? W : never

function cityOf(wishes: readonly Wish[]) {
  const alarms: Alarm[] = []
  const announcements: Announcement[] = []
  const facts: AlarmFact[] = []
  wishes.forEach((wish, index) => {
    const { sensor: sensorId, rule: ruleId, priority, hasChattered, fleetings, isInKpi } = wish
    const raisedAt = noonAt + wish.raised
    const id = `A${index + 1}`
    const name = { zh: `规则${ruleId}`, en: ruleId }
    const sensorName = sensorId === null ? '' : `sensor ${sensorId}`
    const acknowledgedAt = wish.took === null ? null : raisedAt + wish.took * 1000
    const returnedAt = wish.stood === null ? null : raisedAt + wish.stood * 1000
    const isOpen = wish.isOpen || returnedAt === null
    const told = [raisedAt, ...wish.again.map((s) => raisedAt + s * 1000)]
    told.forEach((at) => announcements.push({ seq: announcements.length + 1, at, alarmId: id, priority, isInKpi }))
    alarms.push({
      ...sampleAlarm({ id }),
      state: isOpen ? 'acknowledged' : 'normal',
      ...{ sensorId, ruleId, priority, raisedAt, name, sensorName, acknowledgedAt, returnedAt },
      incidentId: wish.hasCase ? 'i1' : null,
      count: told.length,
      drill: !isInKpi,
      falseMark: wish.isFalse ? falseMark : null,
      load: { ...plainLoad(raisedAt, isInKpi), hasChattered, fleetings },
    })
    const own = { sensorId, ruleId, priority, raisedAt, name, sensorName, acknowledgedAt, returnedAt, isOpen }
    const more = { announcedAt: raisedAt, hasCase: wish.hasCase, isFalse: wish.isFalse, count: told.length }
    if (isInKpi) facts.push({ id, ...own, ...more, hasChattered, fleetings })
  })
  return { alarms, announcements, facts }
}

const flood = (id: string, startedAt: number, endedAt: number | null): Flood => ({
  ...{ id, version: 1, startedAt, endedAt, consoles: 1, announced: 12, ofDrill: 0, peak: 12 },
  ...{ groups: 0, grouped: 0, escalated: 0, cases: 0, acknowledged: 0, topRules: [] },
  byPriority: { 1: 0, 2: 0, 3: 12, 4: 0 },
})

onEveryDatabase('alarm KPIs', (stores) => {
  it('are what counting everything by hand makes them', { timeout: 300_000 }, async () => {
    const wishes = fc.sample(arbitraryAlarm, { numRuns: 150, seed: 7 })
    const { alarms, announcements, facts } = cityOf(wishes)
    const floods = [
      flood('F1', noonAt - hour, noonAt + hour),
      flood('F2', noonAt + day, noonAt + day + 30 * minute),
      flood('F3', noonAt + 3 * day, null),
    ]
    const { database, engineStore, readModels } = await stores.open()
    const rows = { ...emptyBatch.rows, alarms, announcements, floods }
    // As they stood before: what they counted then is taken back.
    const young = alarms.map((alarm, n) => ({
      ...alarm,
      version: alarm.version - 1,
      ...(n % 2 === 0 ? { acknowledgedAt: null, returnedAt: null, incidentId: null, falseMark: null } : {}),
      drill: n % 7 === 0,
      load: { ...plainLoad(alarm.raisedAt, n % 7 !== 0), hasChattered: false },
    }))
    await engineStore.commit({ ...emptyBatch, rows: { ...emptyBatch.rows, alarms: young } })
    await engineStore.commit({ ...emptyBatch, rows })
    // A commit tried again changes nothing, nor does an older word.
    await engineStore.commit({ ...emptyBatch, rows })
    await engineStore.commit({ ...emptyBatch, rows: { ...emptyBatch.rows, alarms: young } })
    const city = { facts, announcements, floods }
    const periods = fc.sample(fc.tuple(offset, offset, fc.constantFrom(1, 2, 5)), { numRuns: 6, seed: 3 })
    const ask = async (models: typeof readModels, [a, b, consoles]: readonly [number, number, number]) => {
      const [from, to] = [noonAt + Math.min(a, b), noonAt + Math.max(a, b)]
      const dayStarts = Array.from({ length: Math.ceil((to - from) / day) }, (_, n) => from + n * day)
      const question = { from, to, consoles, dayStarts }
      const found = await models.alarmKpi(question)
      const expected = alarmKpiReference(city, question)
      expect(found.topShare).toBeCloseTo(expected.topShare, 9)
      expect(found.acknowledge.p50Ms ?? -1).toBeCloseTo(expected.acknowledge.p50Ms ?? -1, 6)
      expect(found.acknowledge.p90Ms ?? -1).toBeCloseTo(expected.acknowledge.p90Ms ?? -1, 6)
      const { p50Ms, p90Ms } = expected.acknowledge
      const same = { topShare: expected.topShare, acknowledge: { ...found.acknowledge, p50Ms, p90Ms } }
      const { perDay, perHour, per10Min } = expected.rates
      expect(found.rates.perDay).toBeCloseTo(perDay, 9)
      expect({ ...found, ...same, rates: { ...found.rates, perDay, perHour, per10Min } }).toEqual(expected)
      expect(await models.badActors({ from, to }, 5)).toEqual(badActorsReference(city, { from, to }).slice(0, 5))
    }
    const wholeHours = [hour, 3 * day + 5 * hour, 1] as const
    const asked = [
      [0, spanMs, 1] as const,
      [0, 0, 1] as const,
      wholeHours,
      [hour / 2, hour / 2 + 40 * minute, 1] as const,
      ...periods,
    ]
    for (const one of asked) await ask(readModels, one)
    // Made anew where they mean something else, they say the same.
    await database.query('update kpi_state set alarm_edition = 0')
    await database.query('delete from alarm_cell')
    const again = await stores.reopen()
    for (const one of asked) await ask(again.readModels, one)
    expect(await again.database.query('select count(*)::int as n from alarm_cell')).not.toEqual([{ n: 0 }])
  })

  it('take over what there was before they were counted', async () => {
    const { database } = await stores.open()
    const { sql } = (await import('../../server/src/store/migrations.ts')).migrations.find((one) =>
      one.sql.includes('create table alarm_fact'),
    )!
    const body = JSON.stringify(sampleAlarm({ id: 'A1' }))
    await database.script('drop table alarm_fact; drop table announcement; drop table flood')
    await database.query(
      `insert into alarm (id, version, state, is_open, kind, raised_at, search, body)
      values ('A1', 3, 'unacknowledged', true, 'water-depth', $1, '', $2)`,
      [noonAt, body],
    )
    await database.query(`insert into event (seq, at, type, payload, hash) values (1, $1, 'alarm.raised', $2, 'x')`, [
      noonAt,
      JSON.stringify({ seq: 1, at: noonAt, event: { type: 'alarm.raised', alarm: sampleAlarm({ id: 'A1' }) } }),
    ])
    await database.script(sql)
    expect(await database.query('select id, sensor_name, is_open, in_kpi, raises from alarm_fact')).toEqual([
      expect.objectContaining({ id: 'A1', is_open: true, in_kpi: true, raises: 1 }),
    ])
    expect(await database.query('select alarm_id, priority, in_kpi from announcement')).toEqual([
      { alarm_id: 'A1', priority: sampleAlarm({ id: 'A1' }).priority, in_kpi: true },
    ])
  })
})
