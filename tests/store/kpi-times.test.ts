/** The SQL of the times of cases against the plain reckoning, on every database (issue 4.16). */
import fc from 'fast-check'
import { DateTime } from 'luxon'
import { expect, it } from 'vitest'
import { caseIntervals, caseTimeCodes } from '../../shared/model/case-times.ts'
import { defaultDispatchSettings } from '../../shared/model/dispatch-settings.ts'
import { isInKpi, type Incident } from '../../shared/model/incident.ts'
import { intervalKpis, type TimesRow } from '../../shared/model/time-kpi.ts'
import { onEveryDatabase } from '../support/every-database.ts'
import { keptTimes } from '../../server/src/store/kept-times.ts'
import { kpiGroups, type KpiBucket, type KpiGroup } from '../../shared/model/kpi.ts'
import { emptyBatch, sampleIncident } from './samples.ts'

const zone = 'Asia/Shanghai'
const from = Date.parse('2026-03-20T00:00:00+08:00')
const dayMs = 86_400_000
const targets = defaultDispatchSettings.timeTargets

const times = fc
  .tuple(...caseTimeCodes.map(() => fc.option(fc.integer({ min: 0, max: 900_000 }))))
  .map((offsets) =>
    Object.fromEntries(
      caseTimeCodes.flatMap((code, i) => (offsets[i] === null ? [] : [[code, from + (offsets[i] as number)]])),
    ),
  )
const incident = (index: number) =>
  fc
    .record({
      times: fc.option(times, { nil: undefined }),
      priority: fc.constantFrom(1 as const, 2 as const, 4 as const),
      departmentId: fc.constantFrom('health', 'water', null),
      districtId: fc.constantFrom('310101', null),
      reportedAt: fc.integer({ min: 0, max: 3 * dayMs }).map((ms) => from + ms),
      drill: fc.boolean(),
    })
    .map(({ times: own, ...change }) =>
      sampleIncident({ id: `i${index}`, ...change, ...(own === undefined ? {} : { times: own }) }),
    )

onEveryDatabase('times of cases', (stores) => {
  it('are by the SQL what the plain reckoning says, by day and by group', { timeout: 300_000 }, async () => {
    const { engineStore, readModels } = await stores.open()
    const [incidents] = fc.sample(fc.tuple(...Array.from({ length: 200 }, (_, i) => incident(i))), {
      numRuns: 1,
      seed: 3,
    })
    if (incidents === undefined) throw new Error('no sample')
    await engineStore.commit({ ...emptyBatch, rows: { ...emptyBatch.rows, incidents } })
    const to = from + 3 * dayMs
    const counted = incidents.filter((one) => isInKpi(one) && one.reportedAt < to)
    const expected = (key: TimesRow['key'], cases: readonly Incident[]): TimesRow => ({
      key,
      intervals: intervalKpis(cases, targets),
    })
    const byDay = await readModels.times({ from, to, by: 'day' }, zone, targets)
    const dayOf = (at: number) => DateTime.fromMillis(at, { zone }).startOf('day').toMillis()
    expect(byDay.total).toEqual(expected(null, counted))
    expect(byDay.total.intervals.answer.withTarget).toBeGreaterThan(20)
    for (const [n, row] of byDay.rows.entries()) {
      const startAt = from + n * dayMs
      expect(row).toEqual(
        expected(
          startAt,
          counted.filter((one) => dayOf(one.reportedAt) === startAt),
        ),
      )
    }
    expect(byDay.rows).toHaveLength(3)
    const byDepartment = await readModels.times({ from, to, by: 'department' }, zone, targets)
    expect(byDepartment.rows.map(({ key }) => key)).toEqual(['health', 'water', null])
    for (const row of byDepartment.rows)
      expect(row).toEqual(
        expected(
          row.key,
          counted.filter((one) => one.departmentId === row.key),
        ),
      )
    const one = await readModels.times({ from, to, by: 'day', district: '310101' }, zone, [])
    expect(one.total).toEqual({
      key: null,
      intervals: intervalKpis(
        counted.filter(({ districtId }) => districtId === '310101'),
        [],
      ),
    })
    const none = await readModels.times({ from: from - 9 * dayMs, to: from - 9 * dayMs, by: 'day' }, zone, targets)
    expect(none).toEqual({ rows: [], total: expected(null, []) })
  })

  it(
    'kept as cases change are those of looking at all of them, percentiles to within 1.6 %',
    { timeout: 300_000 },
    async () => {
      const { database, engineStore, readModels } = await stores.open({ timeZone: zone, timeTargets: targets })
      // 28 April to 4 June: whole months, parts of others, and weeks that cut them.
      const [start, spanDays] = [Date.parse('2026-04-28T00:00:00+08:00'), 38]
      const changed = (round: number) =>
        Array.from({ length: 100 }, (_, i) =>
          fc
            .tuple(
              incident(i),
              fc.integer({ min: 0, max: spanDays * dayMs - 1 }),
              fc.constantFrom('E0506', 'E0101', 'P0137'),
            )
            .map(([one, ms, classCode]) => ({ ...one, classCode, version: round, reportedAt: start + ms })),
        )
      for (const round of [1, 2, 3]) {
        const [incidents] = fc.sample(fc.tuple(...changed(round)), { numRuns: 1, seed: round })
        if (incidents === undefined) throw new Error('no sample')
        await engineStore.commit({ ...emptyBatch, rows: { ...emptyBatch.rows, incidents } })
      }
      const period = { from: start, to: start + spanDays * dayMs }
      const questions: (Partial<typeof period> & {
        by: KpiBucket | KpiGroup
        district?: string
        class?: string
        department?: string
      })[] = [
        ...[...kpiGroups, 'day' as const, 'week' as const, 'month' as const].map((by) => ({ by })),
        { by: 'month', district: '310101' },
        { by: 'week', class: 'E0' },
        // Two at once: May, and what of April and June is asked for.
        { by: 'class', district: '310101' },
        { by: 'department', class: 'E0' },
        { by: 'district', class: 'E0506', from: start + dayMs / 2 },
        { by: 'month', district: '310101', class: 'P0137' },
        // Two at once by days and weeks, a class by its group.
        { by: 'week', district: '310101', class: 'E05' },
        { by: 'day', department: 'water', district: '310101' },
        { by: 'priority', district: '310101', from: start + dayMs / 2, to: start + 20.5 * dayMs },
        // Days cut at either end are looked at case by case.
        { by: 'day', from: start + dayMs / 3 },
        { by: 'department', to: period.to - 1 },
        { by: 'month', class: 'E0506', from: start + dayMs / 2, to: period.to - dayMs / 5 },
      ]
      for (const question of questions) {
        const query = { ...period, ...question }
        const kept = await keptTimes(database, query, zone, targets, true)
        const exact = await readModels.times(query, zone, targets)
        expect(exact.total.intervals.answer.count).toBeGreaterThan(0)
        if (kept === null) throw new Error(`not kept: ${JSON.stringify(question)}`)
        expect(kept.rows.map(({ key }) => key)).toEqual(exact.rows.map(({ key }) => key))
        for (const [n, row] of [...kept.rows, kept.total].entries()) alike(row, exact.rows[n] ?? exact.total)
      }
      const day = { from: start, to: start + dayMs, by: 'district' as const }
      // Few are looked at one by one; what cells do not hold is never told from them.
      expect(await keptTimes(database, day, zone, targets)).toBeNull()
      for (const query of [
        { ...day, to: day.to - 1 },
        { ...day, from: day.from + 1, to: day.to + dayMs - 1 },
        { ...day, class: 'E0506' },
        { ...day, by: 'hour' as const },
      ])
        expect(await keptTimes(database, query, zone, targets, true)).toBeNull()
    },
  )
})

function alike(kept: TimesRow, exact: TimesRow): void {
  for (const interval of caseIntervals) {
    const { p50Ms, p90Ms, p95Ms, ...counts } = kept.intervals[interval]
    const wanted = exact.intervals[interval]
    expect(wanted).toMatchObject(counts)
    for (const [found, sought] of [
      [p50Ms, wanted.p50Ms],
      [p90Ms, wanted.p90Ms],
      [p95Ms, wanted.p95Ms],
    ] as const)
      if (sought === null) expect(found).toBeNull()
      else expect(Math.abs((found as number) - sought)).toBeLessThanOrEqual(sought / 64)
  }
}
