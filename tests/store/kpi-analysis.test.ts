/** Where cases stop and how long they took, by the SQL against the plain reckoning; and each number's list is as long as the number. */
import fc from 'fast-check'
import { DateTime } from 'luxon'
import { expect, it } from 'vitest'
import { caseIntervals, caseTimeCodes, intervalMs } from '../../shared/model/case-times.ts'
import { caseSteps, funnelOf, furthestStep } from '../../shared/model/case-steps.ts'
import { incidentStates, isInKpi, isOpenState, type Incident } from '../../shared/model/incident.ts'
import { percentile } from '../../shared/model/kpi.ts'
import { timesOf } from '../../shared/model/times-of-case.ts'
import { readDistribution } from '../../server/src/store/kpi-distribution.ts'
import { readFunnel } from '../../server/src/store/kpi-funnel.ts'
import { onEveryDatabase } from '../support/every-database.ts'
import { emptyBatch, sampleIncident } from './samples.ts'

const zone = 'Asia/Shanghai'
const from = Date.parse('2026-03-20T00:00:00+08:00')
const to = from + 14 * 86_400_000
const instant = fc.integer({ min: 0, max: 15 * 86_400_000 }).map((ms) => from + ms)
const times = fc
  .tuple(...caseTimeCodes.map(() => fc.option(fc.integer({ min: 0, max: 900_000 }))))
  .map((offsets) =>
    Object.fromEntries(
      caseTimeCodes.flatMap((code, i) => (offsets[i] === null ? [] : [[code, from + (offsets[i] as number)]])),
    ),
  )
const sent = {
  ...{ unitId: 'PUMP-01', state: 'dispatched' as const, dispatchedBy: 'duty', dispatchedAt: from, etaS: null },
  ...{ acknowledgedAt: null, departedAt: null, arrivedAt: null, endedAt: null, reason: null },
}
const incident = (index: number) =>
  fc
    .record({
      state: fc.constantFrom(...incidentStates),
      districtId: fc.constantFrom('310101', null),
      departmentId: fc.constantFrom('water', null),
      reportedAt: instant,
      acceptedAt: fc.option(instant, { freq: 2 }),
      filedAt: fc.option(instant, { freq: 2 }),
      arrivedAt: fc.option(instant, { freq: 2 }),
      fedBackAt: fc.option(instant, { freq: 2 }),
      checkedAt: fc.option(instant, { freq: 2 }),
      closedAt: instant,
      drill: fc.boolean(),
      assignments: fc.constantFrom([], [sent]),
      times,
    })
    .map((change) => sampleIncident({ id: `i${index}`, ...change }))

onEveryDatabase('the analysis of a period', (stores) => {
  it('counts steps and durations, and lists what it counts', { timeout: 300_000 }, async () => {
    const { database, engineStore, readModels } = await stores.open({ timeZone: zone })
    let incidents: Incident[] = []
    // Each case was another before.
    for (const version of [1, 2]) {
      const cases = fc.tuple(...Array.from({ length: 240 }, (_, i) => incident(i)))
      const [sampled = []] = fc.sample(cases, { numRuns: 1, seed: 3 + version })
      incidents = sampled.map((one) => ({ ...one, version }))
      await engineStore.commit({ ...emptyBatch, rows: { ...emptyBatch.rows, incidents } })
    }
    const isCounted = (row: Incident) => isInKpi(row) && row.reportedAt >= from && row.reportedAt < to
    const listed = async (query: object) => {
      const page = await readModels.incidents({ from, to, base: 'reported', inKpi: 'true', limit: 500, ...query })
      return page.items.map(({ id }) => id).sort()
    }
    for (const filter of [{}, { district: '310101' }, { department: '-' }, { source: 'hotline' }] as const) {
      const cases = incidents.filter(
        (row) =>
          isCounted(row) &&
          (!('district' in filter) || row.districtId === filter.district) &&
          (!('department' in filter) || row.departmentId === null) &&
          (!('source' in filter) || row.source === filter.source),
      )
      const steps = await readModels.funnel({ from, to, ...filter }, zone)
      const stopped = cases.map((row) => ({ step: furthestStep(row), isOpen: isOpenState(row.state), count: 1 }))
      expect(steps).toEqual(funnelOf(stopped))
      expect(await readFunnel(database, { from, to, ...filter }, zone, 'always')).toEqual(steps)
      for (const { step, reached, open, ended } of steps) {
        expect(await listed({ ...filter, reached: step })).toHaveLength(reached)
        if (step === 'closed') continue
        expect(await listed({ ...filter, stopped: step, open: 'true' })).toHaveLength(open)
        expect(await listed({ ...filter, stopped: step, open: 'false' })).toHaveLength(ended)
      }
      for (const interval of caseIntervals) {
        const found = await readModels.distribution({ from, to, interval, ...filter }, zone)
        const spans = cases
          .map((row) => intervalMs(timesOf(row), interval))
          .filter((ms) => ms !== null)
          .sort((a, b) => a - b)
        expect(found).toMatchObject({
          count: spans.length,
          p50Ms: percentile(spans, 0.5),
          p95Ms: percentile(spans, 0.95),
        })
        const kept = await readDistribution(database, { from, to, interval, ...filter }, zone, 'always')
        expect(kept.count).toBe(found.count)
        expect(Math.abs(Number(kept.p95Ms) - Number(found.p95Ms))).toBeLessThanOrEqual(Number(found.p95Ms) / 64)
        for (const { fromMs, toMs, count } of kept.bins)
          expect(count).toBe(spans.filter((ms) => ms >= fromMs && (toMs === null || ms < toMs)).length)
        expect(found.bins.reduce((sum, { count }) => sum + count, 0)).toBe(spans.length)
        for (const { fromMs, toMs, count } of found.bins) {
          expect(count).toBe(spans.filter((ms) => ms >= fromMs && (toMs === null || ms < toMs)).length)
          if (interval === 'total')
            expect(
              await listed({ ...filter, interval, tookFromMs: fromMs, ...(toMs === null ? {} : { tookToMs: toMs }) }),
            ).toHaveLength(count)
        }
      }
    }
    expect(new Set(incidents.filter(isCounted).map(furthestStep)).size).toBe(caseSteps.length)
    const { hours } = await readModels.heat({ from, to }, zone)
    for (const [weekday, hour] of [
      [1, 0],
      [3, 17],
      [7, 23],
    ] as const) {
      const ids = await listed({ weekday, hour })
      const local = (row: Incident) => DateTime.fromMillis(row.reportedAt, { zone })
      const own = incidents.filter(
        (row) => isCounted(row) && local(row).weekday === weekday && local(row).hour === hour,
      )
      expect(ids).toEqual(own.map(({ id }) => id).sort())
      expect(ids).toHaveLength(hours[weekday - 1]?.[hour] ?? -1)
    }
  })
})
