import fc from 'fast-check'
import { DateTime } from 'luxon'
import { expect, it } from 'vitest'
import type { KpiQuery } from '../../shared/contract/http.ts'
import { incidentSources, incidentStates, isOpenState, type Incident } from '../../shared/model/incident.ts'
import {
  kpiBuckets,
  kpiGroups,
  percentile,
  type KpiBucket,
  type KpiGroup,
  type KpiRow,
} from '../../shared/model/kpi.ts'
import { keptKpi } from '../../server/src/store/kept-kpi.ts'
import { readHeat } from '../../server/src/store/kpi-heat.ts'
import { onEveryDatabase } from '../support/every-database.ts'
import { emptyBatch, sampleIncident } from './samples.ts'

/** The last week of March: summer time begins in Europe on the 29th. */
const startAt = Date.UTC(2026, 2, 20, 5, 17)
const spanMs = 20 * 86_400_000

const instant = fc.integer({ min: 0, max: spanMs }).map((offset) => startAt + offset)
const arbitraryIncident = (index: number) =>
  fc
    .record({
      state: fc.constantFrom(...incidentStates),
      classCode: fc.constantFrom('E0101', 'E0102', 'P0201'),
      priority: fc.constantFrom(1 as const, 2 as const, 3 as const),
      source: fc.constantFrom(...incidentSources),
      districtId: fc.constantFrom('310101', '310104', null),
      departmentId: fc.constantFrom('water', null),
      reportedAt: instant,
      filedAt: fc.option(instant),
      arrivedAt: fc.option(instant),
      closedAt: fc.option(instant),
      dueAt: fc.option(instant),
      overdueStages: fc.constantFrom([], ['file' as const]),
      // Real, of a drill, of a drill that counts.
      kind: fc.constantFrom('real', 'real', 'real', 'drill', 'counted'),
    })
    .map(({ kind, ...change }) =>
      sampleIncident({
        id: `i${index}`,
        ...change,
        drill: kind !== 'real',
        ...(kind === 'counted' ? { countsInKpi: true } : {}),
      }),
    )

const both = { district: '310101', class: 'E0102' }
const groupOf: Record<KpiGroup, (incident: Incident) => string | null> = {
  district: (incident) => incident.districtId,
  class: (incident) => incident.classCode,
  department: (incident) => incident.departmentId,
  source: (incident) => incident.source,
  priority: (incident) => String(incident.priority),
}
const isBucket = (by: KpiQuery['by']): by is KpiBucket => kpiBuckets.some((bucket) => bucket === by)
const startOf = (at: number, by: KpiBucket, zone: string) => DateTime.fromMillis(at, { zone }).startOf(by)

/** The slow and obvious way: a row for each key, each case looked at for each of its instants. */
function reference(incidents: readonly Incident[], query: KpiQuery, zone: string): { rows: KpiRow[]; total: KpiRow } {
  const { by, from, to } = query
  const cases = incidents.filter(
    (incident) =>
      (!incident.drill || incident.countsInKpi === true) &&
      (query.district === undefined || incident.districtId === (query.district === '-' ? null : query.district)) &&
      (query.department === undefined ||
        incident.departmentId === (query.department === '-' ? null : query.department)) &&
      (query.source === undefined || incident.source === query.source) &&
      (query.class === undefined || incident.classCode.startsWith(query.class)),
  )
  const within = (at: number | null): at is number => at !== null && at >= from && at < to
  const row = (key: KpiRow['key'], isIn: (incident: Incident, at: number) => boolean): KpiRow => {
    const when = (at: (incident: Incident) => number | null) =>
      cases.filter((incident) => {
        const instant = at(incident)
        return within(instant) && isIn(incident, instant)
      })
    const reported = when((incident) => incident.reportedAt)
    const ended = when((incident) => incident.closedAt)
    const closed = ended.filter(({ state }) => ['closed', 'force-closed', 'evaluated'].includes(state))
    const responses = when((incident) => incident.arrivedAt)
      .map((incident) => Number(incident.arrivedAt) - incident.reportedAt)
      .sort((a, b) => a - b)
    return {
      key,
      reported: reported.length,
      filed: when((incident) => incident.filedAt).length,
      closed: closed.length,
      refused: ended.filter(({ state }) => state === 'rejected' || state === 'void').length,
      // Closed by force was not done in time.
      onTime: closed.filter(
        ({ state, closedAt, dueAt }) => state !== 'force-closed' && (dueAt === null || Number(closedAt) <= dueAt),
      ).length,
      overdue: reported.filter(({ overdueStages }) => overdueStages.length > 0).length,
      open: reported.filter(({ state }) => isOpenState(state)).length,
      responseCount: responses.length,
      responseP50Ms: percentile(responses, 0.5),
      responseP90Ms: percentile(responses, 0.9),
    }
  }
  const total = row(null, () => true)
  if (isBucket(by)) {
    const rows: KpiRow[] = []
    for (let edge = startOf(from, by, zone); edge.toMillis() < to; edge = edge.plus({ [by]: 1 }).startOf(by)) {
      const start = edge.toMillis()
      const end = edge
        .plus({ [by]: 1 })
        .startOf(by)
        .toMillis()
      rows.push(row(start, (_, at) => at >= start && at < end))
    }
    return { rows, total }
  }
  const keys = [...new Set(cases.map(groupOf[by]))]
  const rows = keys
    .map((key) => row(key, (incident) => groupOf[by](incident) === key))
    .filter((found) => found.reported + found.filed + found.closed + found.refused + found.responseCount > 0)
    .sort((a, b) => (a.key === null ? 1 : b.key === null ? -1 : String(a.key) < String(b.key) ? -1 : 1))
  return { rows, total }
}

const zones = ['Asia/Shanghai', 'Europe/Berlin', 'America/Los_Angeles', 'Asia/Kolkata'] as const

/** Numbers the same, percentiles to within a class of their length. */
function alike(kept: KpiRow, exact: KpiRow): void {
  const { responseP50Ms, responseP90Ms, ...counts } = exact
  expect(kept).toMatchObject(counts)
  for (const [found, sought] of [
    [kept.responseP50Ms, responseP50Ms],
    [kept.responseP90Ms, responseP90Ms],
  ] as const)
    if (sought === null) expect(found).toBeNull()
    else expect(Math.abs((found as number) - Math.max(0, sought))).toBeLessThanOrEqual(Math.max(0.5, sought / 64))
}

onEveryDatabase('KPI', (stores) => {
  it.each(zones)(
    'kept as cases change are those of looking at all of them, days cut at either end too, in %s',
    { timeout: 300_000 },
    async (timeZone) => {
      const { database, engineStore, readModels } = await stores.open({ timeZone })
      for (const round of [1, 2, 3]) {
        const cases = fc.tuple(...Array.from({ length: 120 }, (_, index) => arbitraryIncident(index)))
        const [incidents = []] = fc.sample(cases, { numRuns: 1, seed: round })
        const arrived = incidents.map((one) => ({
          ...one,
          version: round,
          // No crew is there before the report.
          arrivedAt: one.arrivedAt === null ? null : Math.max(one.arrivedAt, one.reportedAt),
        }))
        await engineStore.commit({ ...emptyBatch, rows: { ...emptyBatch.rows, incidents: arrived } })
      }
      let asked = 0
      const question = fc.record({
        from: instant,
        lengthMs: fc.integer({ min: 0, max: spanMs }),
        by: fc.constantFrom(...kpiBuckets, ...kpiGroups),
        filter: fc.constantFrom(
          {},
          {},
          { district: '310101' },
          { class: 'E' },
          { class: 'E0102' },
          { department: 'water' },
          { department: '-' },
          { source: 'hotline' },
          { district: '-', source: 'iot' },
          { class: 'E', department: '-' },
          { department: 'water', source: 'hotline' },
          { district: '310101', class: 'E01' },
          { district: '310101', source: 'hotline' },
          both,
        ),
        isWhole: fc.boolean(),
      })
      const startOfDay = (at: number) => startOf(at, 'day', timeZone).toMillis()
      for (const { from, lengthMs, by, filter, isWhole } of fc.sample(question, { numRuns: 90, seed: 11 })) {
        const edge = isWhole ? startOfDay : (at: number) => at
        const query: KpiQuery = { from: edge(from), to: edge(from + lengthMs), by, ...filter }
        const kept = await keptKpi(database, query, timeZone, true)
        if (kept === null) continue
        asked++
        // Few: looked at one by one.
        const exact = await readModels.kpi(query, timeZone)
        expect(kept.rows.map(({ key }) => key)).toEqual(exact.rows.map(({ key }) => key))
        for (const [n, row] of [...kept.rows, kept.total].entries()) alike(row, exact.rows[n] ?? exact.total)
      }
      expect(asked).toBeGreaterThan(20)
      // Two conditions at once, over the one whole month there is, and what lies before and behind it.
      const month = startOf(startAt, 'month', timeZone)
      const span = {
        from: month.minus({ days: 9 }).toMillis() + 7,
        to: month.plus({ months: 1, days: 3 }).toMillis() + 9,
      }
      for (const pair of [
        ...kpiGroups.filter((by) => by !== 'district').map((by) => ({ by, district: '310101' })),
        ...kpiGroups.filter((by) => by !== 'class').map((by) => ({ by, class: 'E010' })),
        { by: 'class', district: '310104', class: 'E0101' },
        { by: 'class', department: '-' },
        { by: 'month', district: '-', class: 'E' },
        { by: 'priority', source: 'hotline' },
        { by: 'month', ...both },
      ] as const) {
        const query: KpiQuery = { ...span, ...pair }
        const kept = await keptKpi(database, query, timeZone, true)
        const exact = await readModels.kpi(query, timeZone)
        expect(exact.total.reported, JSON.stringify(pair)).toBeGreaterThan(0)
        expect(kept?.rows.map(({ key }) => key)).toEqual(exact.rows.map(({ key }) => key))
        for (const [n, row] of [...(kept?.rows ?? []), kept?.total as KpiRow].entries())
          alike(row, exact.rows[n] ?? exact.total)
      }
      // Of one class by days, or over less than a month, and three conditions: not kept.
      const short = { from: span.from, to: month.plus({ days: 30 }).toMillis() }
      for (const query of [
        { ...span, ...both, by: 'day' },
        { ...span, ...both, by: 'source' },
        { ...short, class: 'E0102', by: 'source' },
        { ...span, district: '310101', class: 'E', by: 'source' },
      ] as const)
        expect(await keptKpi(database, query, timeZone, true)).toBeNull()
      for (const query of [
        { ...short, district: '310101', by: 'source' },
        { ...short, class: 'E01', by: 'week' },
        { ...short, class: 'E01', source: 'hotline', by: 'day' },
      ] as const)
        expect(await keptKpi(database, query, timeZone, true)).not.toBeNull()
      for (const { from, lengthMs, filter } of fc.sample(question, { numRuns: 12, seed: 4 })) {
        const query = { from, to: from + lengthMs, ...filter }
        const plain = await readHeat(database, query, timeZone, 'never')
        expect(await readHeat(database, query, timeZone, 'always')).toEqual(plain)
        const { total } = await readModels.kpi({ ...query, by: 'source' }, timeZone)
        for (const sum of [plain.days.map((day) => day.reported), plain.hours.flat()])
          expect(sum.reduce((all, count) => all + count, 0)).toBe(total.reported)
      }
    },
  )

  it('counts as the slow and obvious way does', { timeout: 300_000 }, async () => {
    const { engineStore, readModels } = await stores.open()
    const arbitraryCases = fc.tuple(...Array.from({ length: 150 }, (_, index) => arbitraryIncident(index)))
    const [incidents] = fc.sample(arbitraryCases, { numRuns: 1, seed: 5 })
    if (incidents === undefined) throw new Error('no sample')
    await engineStore.commit({ ...emptyBatch, rows: { ...emptyBatch.rows, incidents } })
    const arbitraryQuery = fc.record({
      from: instant,
      lengthMs: fc.integer({ min: 0, max: spanMs }),
      by: fc.constantFrom(...kpiBuckets.filter((bucket) => bucket !== 'minute'), ...kpiGroups),
      district: fc.option(fc.constantFrom('310101', '310104'), { nil: undefined }),
      class: fc.option(fc.constantFrom('E', 'E0102', 'X'), { nil: undefined }),
    })
    await fc.assert(
      fc.asyncProperty(
        arbitraryQuery,
        fc.constantFrom(...zones),
        async ({ lengthMs, district, class: code, ...query }, zone) => {
          const asked: KpiQuery = {
            ...query,
            to: query.from + lengthMs,
            ...(district === undefined ? {} : { district }),
            ...(code === undefined ? {} : { class: code }),
          }
          const answer = await readModels.kpi(asked, zone)
          const expected = reference(incidents, asked, zone)
          expect(answer.total).toEqual(expected.total)
          expect(answer.rows).toEqual(expected.rows)
        },
      ),
      { numRuns: 80 },
    )
  })

  it('puts a case into the bucket that begins with it, and none that ends with it', async () => {
    const { engineStore, readModels } = await stores.open()
    const midnightAt = DateTime.fromISO('2026-03-29', { zone: 'Europe/Berlin' }).toMillis()
    const incidents = [-1, 0, 23 * 3_600_000 - 1, 23 * 3_600_000].map((offset, index) =>
      sampleIncident({ id: `i${index}`, reportedAt: midnightAt + offset }),
    )
    await engineStore.commit({ ...emptyBatch, rows: { ...emptyBatch.rows, incidents } })
    const query = { from: midnightAt - 86_400_000, to: midnightAt + 2 * 86_400_000, by: 'day' } as const
    const { rows } = await readModels.kpi(query, 'Europe/Berlin')
    // The 29th has 23 hours.
    expect(rows.map(({ key, reported }) => [(Number(key) - midnightAt) / 3_600_000, reported])).toEqual([
      [-24, 1],
      [0, 2],
      [23, 1],
      [47, 0],
    ])
  })

  it('counts minutes, and refuses more buckets than anyone can read', async () => {
    const { engineStore, readModels } = await stores.open()
    const incidents = [sampleIncident({ id: 'i1', reportedAt: startAt + 90_000 })]
    await engineStore.commit({ ...emptyBatch, rows: { ...emptyBatch.rows, incidents } })
    const minutes = (count: number) =>
      readModels.kpi({ from: startAt, to: startAt + count * 60_000, by: 'minute' }, 'Asia/Shanghai')
    expect((await minutes(3)).rows.map(({ reported }) => reported)).toEqual([0, 1, 0])
    expect((await minutes(5_000)).rows).toHaveLength(5_000)
    await expect(minutes(5_001)).rejects.toThrow('more than 5000 buckets')
  })
})
