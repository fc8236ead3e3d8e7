import fc from 'fast-check'
import { expect, it } from 'vitest'
import { valueOf } from '../../server/src/domain/kpi/formulas.ts'
import { indicators } from '../../shared/model/kpi-indicator.ts'
import { kpiDimensions, kpiMeasures, kpiPeriods } from '../../shared/model/kpi-measure.ts'
import { cityCalendar } from '../../shared/model/city-calendar.ts'
import { incidentSources, incidentStates, type Incident } from '../../shared/model/incident.ts'
import { forgetAll } from '../../server/src/store/forget-all.ts'
import { onEveryDatabase } from '../support/every-database.ts'
import { emptyBatch, sampleIncident } from './samples.ts'

/** Two months about the first of January, and the end of summer time. */
const zones = ['Asia/Shanghai', 'Europe/Berlin'] as const
const startAt = Date.UTC(2026, 9, 10, 5)
const dayMs = 86_400_000
const spanMs = 100 * dayMs
const instant = fc.integer({ min: 0, max: spanMs }).map((offset) => startAt + offset)
const maybe = fc.option(instant)

const arbitraryCase = (ids: number) =>
  fc
    .record({
      id: fc.integer({ min: 1, max: ids }).map((n) => `20261010-${String(n).padStart(6, '0')}`),
      state: fc.constantFrom(...incidentStates),
      classCode: fc.constantFrom('E0101', 'E0506', 'P0201'),
      source: fc.constantFrom(...incidentSources),
      districtId: fc.constantFrom('d1', 'd2', null),
      streetId: fc.constantFrom('s1', 's2', null),
      departmentId: fc.constantFrom('water', null),
      reportedAt: instant,
      acceptedAt: maybe,
      filedAt: maybe,
      dueAt: maybe,
      fedBackAt: maybe,
      checkedAt: maybe,
      closedAt: maybe,
      overdueStages: fc.subarray(['accept', 'file', 'dispatch', 'check', 'close'] as const),
      returnCount: fc.integer({ min: 0, max: 1 }),
      reworkCount: fc.integer({ min: 0, max: 1 }),
      satisfaction: fc.constantFrom(null, 1, 3, 4, 5),
      drill: fc.boolean(),
    })
    .map(({ drill, ...rest }): Incident => ({
      ...sampleIncident(rest as never),
      drill: drill && rest.returnCount === 1,
    }))

const commit = (incidents: readonly Incident[]) => ({ ...emptyBatch, rows: { ...emptyBatch.rows, incidents } })

onEveryDatabase('evaluation’s numbers', (stores) => {
  it.each(zones)(
    'kept as cases change are those of counting all cases anew, in %s',
    { timeout: 300_000 },
    async (zone) => {
      const { engineStore, readModels } = await stores.open({ timeZone: zone })
      const dayOf = cityCalendar(zone)
      let version = 1
      const run = fc.array(fc.array(arbitraryCase(30), { minLength: 1, maxLength: 12 }), {
        minLength: 12,
        maxLength: 12,
      })
      for (const batches of fc.sample(run, { numRuns: 2, seed: 7 })) {
        for (const batch of batches)
          await engineStore.commit(commit(batch.map((row) => ({ ...row, version: version++ }))))
        for (const [fromDay, toDay] of [
          [0, 100],
          [3, 70],
          [20, 21],
          [40, 40],
        ] as const) {
          const [from, to] = [dayOf(startAt + fromDay * dayMs).startAt, dayOf(startAt + toDay * dayMs).startAt]
          const cut = { from: from + 5 * 3_600_000, to: to + 7 * 3_600_000 }
          for (const period of [{ from, to }, cut])
            for (const by of [null, ...kpiDimensions, ...kpiPeriods])
              expect(await readModels.indicators({ ...period, by }, zone), `${by}`).toEqual(
                await readModels.indicators({ ...period, by, exactly: true }, zone),
              )
        }
      }
      const whole = { from: dayOf(startAt).startAt, to: dayOf(startAt + spanMs).endAt, by: null }
      expect((await readModels.indicators(whole, zone)).total.reported).toBeGreaterThan(10)
    },
  )

  it(
    'open the very cases they count: every measure, and every indicator of whole cases',
    { timeout: 120_000 },
    async () => {
      const { engineStore, readModels } = await stores.open({ timeZone: 'UTC' })
      const [rows = []] = fc.sample(fc.array(arbitraryCase(400), { minLength: 150, maxLength: 150 }), {
        numRuns: 1,
        seed: 3,
      })
      await engineStore.commit(commit(rows.map((row, index) => ({ ...row, version: index + 1 }))))
      const period = { from: Math.floor(startAt / dayMs) * dayMs, to: Math.floor((startAt + spanMs) / dayMs) * dayMs }
      const { total } = await readModels.indicators({ ...period, by: null }, 'UTC')
      const listed = async (query: object) =>
        (await readModels.incidents({ ...period, limit: 500, ...query } as never)).items.length
      for (const measure of kpiMeasures) expect(await listed({ measure }), measure).toBe(total[measure] ?? 0)
      let compared = 0
      for (const indicator of indicators) {
        const { numerator, denominator } = valueOf(indicator, total, total)
        const isWhole =
          'numerator' in indicator && Object.values(indicator.numerator).every((weight) => Math.abs(weight) === 1)
        if (!isWhole) continue
        expect(await listed({ indicator: indicator.code, of: 'numerator' }), indicator.code).toBe(numerator)
        if (denominator !== null)
          expect(await listed({ indicator: indicator.code, of: 'denominator' }), indicator.code).toBe(denominator)
        compared++
      }
      expect(compared).toBeGreaterThan(25)
      const streets = await readModels.indicators({ ...period, by: 'street' }, 'UTC')
      const known = streets.rows.find(({ key }) => key === 's1')
      expect(await listed({ measure: 'filed', street: 's1' })).toBe(known?.counts.filed ?? 0)
    },
  )

  it('do not take an older word for a newer, nor a word said twice', async () => {
    const { engineStore, readModels } = await stores.open({ timeZone: 'UTC' })
    const row = sampleIncident({ id: 'a', version: 3, filedAt: startAt, reportedAt: startAt, dueAt: null })
    await engineStore.commit(commit([row]))
    await engineStore.commit(commit([row, { ...row, version: 2, filedAt: null }]))
    await engineStore.commit(commit([{ ...row, version: 2, filedAt: null }]))
    const day = { from: Math.floor(startAt / dayMs) * dayMs, to: (Math.floor(startAt / dayMs) + 1) * dayMs, by: null }
    const counted = await readModels.indicators(day, 'UTC')
    expect(counted).toEqual(await readModels.indicators({ ...day, exactly: true }, 'UTC'))
    expect(counted.total).toMatchObject({ reported: 1 })
  })

  it('are counted anew for the days of another zone, and of an older edition; and are gone with the log', async () => {
    const store = await stores.open({ timeZone: 'UTC' })
    const lateAt = Date.UTC(2026, 9, 10, 23)
    await store.engineStore.commit(commit([sampleIncident({ id: 'a', reportedAt: lateAt })]))
    const days = async (database: typeof store.database) =>
      (await database.query('select day from kpi_cell where dimension = 0 and day % 100 <> 0')).map(({ day }) =>
        Number(day),
      )
    expect(await days(store.database)).toEqual([20261010])
    const moved = await stores.reopen({ timeZone: 'Asia/Shanghai' })
    expect(await days(moved.database)).toEqual([20261011])
    await moved.database.query('update kpi_state set edition = 0')
    await moved.database.query('delete from kpi_cell')
    const again = await stores.reopen()
    expect(await days(again.database)).toEqual([20261011])
    await forgetAll(again.database)
    expect(await days(again.database)).toEqual([])
  })
})
