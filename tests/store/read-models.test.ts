import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { IncidentQuery, ListQuery, Page } from '../../shared/contract/http.ts'
import { incidentSources, incidentStates, isOpenState, stages, type Incident } from '../../shared/model/incident.ts'
import type { Warning } from '../../shared/model/warning.ts'
import { sampleDrill, sampleWarning } from '../support/sample-rows.ts'
import { onEveryDatabase } from '../support/every-database.ts'
import { emptyBatch, noonAt, sampleAlarm, sampleIncident } from './samples.ts'

async function walk<Row>(ask: (query: ListQuery) => Promise<Page<Row>>, query: ListQuery): Promise<Row[]> {
  const rows: Row[] = []
  for (let cursor: string | null = null; ;) {
    const page: Page<Row> = await ask(cursor === null ? query : { ...query, cursor })
    expect(page.items.length).toBeLessThanOrEqual(query.limit)
    rows.push(...page.items)
    if (page.next === null) return rows
    cursor = page.next
  }
}

const arbitraryIncident = (index: number) =>
  fc
    .record({
      state: fc.constantFrom(...incidentStates),
      classCode: fc.constantFrom('E0101', 'E0102', 'P0201', 'E_%1'),
      source: fc.constantFrom(...incidentSources),
      districtId: fc.constantFrom('310101', '310104', null),
      position: fc.option(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 }))),
      title: fc.constantFrom('Water on the road', '100% full_bin', 'back\\slash', '积水'),
      description: fc.constantFrom('', 'deep WATER'),
      address: fc.constantFrom(null, 'Main road'),
      overdueStages: fc.subarray([...stages], { maxLength: 1 }),
      // Several at one instant: the page edge may fall among them.
      reportedAt: fc.integer({ min: 0, max: 20 }).map((n) => noonAt + n),
    })
    .map((change) => sampleIncident({ id: `20260310-${String(index).padStart(6, '0')}`, ...change }))

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const flag = fc.constantFrom('true' as const, 'false' as const)
const arbitraryQuery = fc
  .record({
    limit: fc.constantFrom(1, 7, 500),
    state: maybe(fc.constantFrom('reported', 'closed,void', ' handling , reported,', 'nothing')),
    district: maybe(fc.constantFrom('310101', '999')),
    class: maybe(fc.constantFrom('E', 'E01', 'P0201', 'E_', '%')),
    source: maybe(fc.constantFrom('open311', 'iot')),
    open: maybe(flag),
    located: maybe(flag),
    overdue: maybe(flag),
    q: maybe(fc.constantFrom('water', 'WATER', '%', '_', '\\', '积', '20260310-00001', 'main')),
    bbox: maybe(fc.constant<[number, number, number, number]>([1, 1, 2, 3])),
    from: maybe(fc.integer({ min: 0, max: 20 }).map((n) => noonAt + n)),
    to: maybe(fc.integer({ min: 0, max: 20 }).map((n) => noonAt + n)),
  })
  .map((query) => Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined)) as ListQuery)

function fits(incident: Incident, query: ListQuery): boolean {
  const states = query.state?.split(',').map((state) => state.trim())
  const text = [incident.id, incident.title, incident.description, incident.address ?? ''].join('\n').toLowerCase()
  const [lon, lat] = incident.position ?? [Number.NaN, Number.NaN]
  const [west, south, east, north] = query.bbox ?? [0, 0, 0, 0]
  const is = (asked: 'true' | 'false' | undefined, so: boolean) => asked === undefined || (asked === 'true') === so
  return (
    (states === undefined || states.includes(incident.state)) &&
    (query.district === undefined || incident.districtId === query.district) &&
    (query.class === undefined || incident.classCode.startsWith(query.class)) &&
    (query.source === undefined || incident.source === query.source) &&
    is(query.open, isOpenState(incident.state)) &&
    is(query.located, incident.position !== null) &&
    is(query.overdue, incident.overdueStages.length > 0) &&
    (query.q === undefined || text.includes(query.q.toLowerCase())) &&
    (query.bbox === undefined || (lon >= west && lon <= east && lat >= south && lat <= north)) &&
    (query.from === undefined || incident.reportedAt >= query.from) &&
    (query.to === undefined || incident.reportedAt < query.to)
  )
}
const newestFirst = (a: Incident, b: Incident) => b.reportedAt - a.reportedAt || (a.id < b.id ? 1 : -1)

onEveryDatabase('read models', (stores) => {
  it('list every case that fits once, newest first, page by page', { timeout: 240_000 }, async () => {
    const { engineStore, readModels } = await stores.open()
    const arbitraryCases = fc.tuple(...Array.from({ length: 60 }, (_, index) => arbitraryIncident(index)))
    const [incidents] = fc.sample(arbitraryCases, { numRuns: 1, seed: 11 })
    if (incidents === undefined) throw new Error('no sample')
    await engineStore.commit({ ...emptyBatch, rows: { ...emptyBatch.rows, incidents } })
    await fc.assert(
      fc.asyncProperty(arbitraryQuery, async (query) => {
        const expected = incidents.filter((incident) => fits(incident, query)).sort(newestFirst)
        const found = await walk((asked) => readModels.incidents(asked), query)
        expect(found.map(({ id }) => id)).toEqual(expected.map(({ id }) => id))
        expect(found).toEqual(expected)
      }),
      { numRuns: 120 },
    )
  })

  it('end a list whose cursor nobody gave out', async () => {
    const { engineStore, readModels } = await stores.open()
    await engineStore.commit({ ...emptyBatch, rows: { ...emptyBatch.rows, incidents: [sampleIncident({ id: 'i1' })] } })
    for (const cursor of ['', 'x', 'AAAA', Buffer.from('1e999 a').toString('base64url'), 'ÿ', "';--"]) {
      expect(await readModels.incidents({ limit: 10, cursor })).toEqual({ items: [], next: null })
    }
  })

  it('answer requests by id, class, window and state, newest first', async () => {
    const { engineStore, readModels } = await stores.open()
    const incidents = [0, 1, 2, 3].map((n) =>
      sampleIncident({
        id: `i${n}`,
        reportedAt: noonAt + n,
        classCode: n % 2 === 0 ? 'E0101' : 'P0201',
        state: n === 3 ? 'closed' : 'reported',
      }),
    )
    await engineStore.commit({ ...emptyBatch, rows: { ...emptyBatch.rows, incidents } })
    const ids = async (query: Partial<Parameters<typeof readModels.requests>[0]>) =>
      (await readModels.requests({ limit: 10, offset: 0, ...query })).map(({ id }) => id)
    expect(await ids({})).toEqual(['i3', 'i2', 'i1', 'i0'])
    expect(await ids({ ids: ['i1', 'i3', 'none'] })).toEqual(['i3', 'i1'])
    expect(await ids({ ids: [] })).toEqual([])
    expect(await ids({ classCode: 'P0201' })).toEqual(['i3', 'i1'])
    expect(await ids({ from: noonAt + 1, to: noonAt + 2 })).toEqual(['i2', 'i1'])
    expect(await ids({ open: false })).toEqual(['i3'])
    expect(await ids({ limit: 2, offset: 1 })).toEqual(['i2', 'i1'])
  })

  it('list alarms and warnings', async () => {
    const { engineStore, readModels } = await stores.open({ clock: { now: () => noonAt } })
    const alarms = [
      sampleAlarm({ id: 'A1' }),
      sampleAlarm({
        id: 'A2',
        state: 'normal',
        raisedAt: noonAt + 1,
        kind: 'methane',
        position: null,
        districtId: null,
      }),
    ]
    const warning = (id: string, change: Partial<Warning>): Warning =>
      sampleWarning({ id, colour: 'red', headline: 'Rain', issuedAt: noonAt, expiresAt: noonAt + 1, ...change })
    const warnings = [
      warning('W1', { districtIds: ['310101', 'a,b"c'] }),
      warning('W2', { colour: 'blue', expiresAt: noonAt }),
      warning('W3', { liftedAt: noonAt, districtIds: ['310104'] }),
    ]
    await engineStore.commit({ ...emptyBatch, rows: { ...emptyBatch.rows, alarms, warnings } })
    const alarmIds = async (query: Partial<ListQuery>) =>
      (await readModels.alarms({ limit: 10, ...query })).items.map(({ id }) => id)
    expect(await alarmIds({})).toEqual(['A2', 'A1'])
    expect(await alarmIds({ open: 'true' })).toEqual(['A1'])
    expect(await alarmIds({ class: 'meth' })).toEqual(['A2'])
    expect(await alarmIds({ located: 'true', q: '积水' })).toEqual(['A1'])
    expect(await readModels.alarm('A1')).toEqual(alarms[0])
    expect(await readModels.alarm('A9')).toBeNull()
    const warningIds = async (query: Partial<ListQuery>) =>
      (await readModels.warnings({ limit: 10, ...query })).items.map(({ id }) => id)
    expect(await warningIds({})).toEqual(['W3', 'W2', 'W1'])
    expect(await warningIds({ open: 'true' })).toEqual(['W1'])
    expect(await warningIds({ open: 'false' })).toEqual(['W3', 'W2'])
    expect(await warningIds({ district: 'a,b"c' })).toEqual(['W2', 'W1'])
    expect(await warningIds({ state: 'blue' })).toEqual(['W2'])
    expect((await readModels.warnings({ limit: 1 })).items[0]).toEqual(warnings[2])
    expect(await readModels.warning('W3')).toEqual(warnings[2])
    expect(await readModels.warning('W9')).toBeNull()
  })

  it('list drills, and cases by whether they are in the numbers', async () => {
    const { engineStore, readModels } = await stores.open()
    const drills = [
      sampleDrill({ id: 'D1', version: 2, startedAt: noonAt, endedAt: noonAt }),
      sampleDrill({ id: 'D2', startedAt: noonAt + 1, scenario: 'typhoon' }),
    ]
    const incidents = [
      sampleIncident({ id: 'real' }),
      sampleIncident({ id: 'out', drill: true }),
      sampleIncident({ id: 'counted', drill: true, countsInKpi: true }),
    ]
    await engineStore.commit({ ...emptyBatch, rows: { ...emptyBatch.rows, drills, incidents } })
    const drillIds = async (query: Partial<ListQuery>) =>
      (await readModels.drills({ limit: 10, ...query })).items.map(({ id }) => id)
    expect(await drillIds({})).toEqual(['D2', 'D1'])
    expect(await drillIds({ open: 'true' })).toEqual(['D2'])
    expect(await drillIds({ state: 'rainstorm' })).toEqual(['D1'])
    expect((await readModels.drills({ limit: 1 })).items[0]).toEqual(drills[1])
    const caseIds = async (query: Partial<IncidentQuery>) =>
      (await readModels.incidents({ limit: 10, ...query })).items.map(({ id }) => id).sort()
    expect(await caseIds({ inKpi: 'true' })).toEqual(['counted', 'real'])
    expect(await caseIds({ inKpi: 'false' })).toEqual(['out'])
    expect(await caseIds({ drill: 'true' })).toEqual(['counted', 'out'])
    // An older row of the same drill never overwrites a newer one.
    const rows = { ...emptyBatch.rows, drills: [sampleDrill({ id: 'D1' })] }
    await engineStore.commit({ ...emptyBatch, rows })
    expect(await drillIds({ open: 'true' })).toEqual(['D2'])
  })

  it('list warnings of before the CAP door, and drawn areas of nobody’s district', async () => {
    const { engineStore, readModels, database } = await stores.open({ clock: { now: () => noonAt } })
    const { polygons: _, exercise: __, source: ___, liftReason: ____, ...rest } = sampleWarning({ id: 'W1' })
    const old = { ...rest, polygon: null } as unknown as Warning
    const ring = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 0],
    ] as const
    const elsewhere = sampleWarning({ id: 'W2', polygons: [[ring]] })
    await engineStore.commit({ ...emptyBatch, rows: { ...emptyBatch.rows, warnings: [elsewhere] } })
    // As an older version left it.
    await database.query(
      'insert into warning select $1, version, colour, $2, issued_at, expires_at, lifted_at, search, $3 from warning',
      ['W1', '{}', JSON.stringify(old)],
    )
    expect(await readModels.warning('W1')).toEqual(sampleWarning({ id: 'W1' }))
    const ids = (await readModels.warnings({ limit: 10, district: 'd1' })).items.map(({ id }) => id)
    expect(ids).toEqual(['W1'])
  })
})
