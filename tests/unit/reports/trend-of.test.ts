/** A vital sign's hours: what is read, of how many sensors, and that the hour which runs is not taken for a whole one. */
import { expect, it } from 'vitest'
import { createCityTime } from '../../../server/src/platform/city-time.ts'
import { evenly, trendOf } from '../../../server/src/reports/trend-of.ts'
import type { KpiRow } from '../../../shared/model/kpi.ts'
import type { Sensor } from '../../../shared/model/sensor.ts'
import { sensorKinds } from '../../../shared/model/sensor-kinds.ts'
import { noon, sampleSensor } from '../../support/sample-rows.ts'

const hourMs = 3_600_000
const timeZone = 'Asia/Shanghai'
const kind = sensorKinds[0]?.code ?? ''
const iso = createCityTime(timeZone)
const row = (key: number, reported: number): KpiRow => ({
  ...{ key, reported, filed: 0, closed: 0, refused: 0, onTime: 0, overdue: 0, open: 0 },
  ...{ responseCount: 0, responseP50Ms: null, responseP90Ms: null },
})
const asked: (readonly number[])[] = []
function trend(sensors: readonly Sensor[], weeks: number) {
  return trendOf({
    models: {
      kpi: async ({ from, to }) => {
        const rows: KpiRow[] = []
        for (let at = from; at < to; at += hourMs)
          rows.push(row(at, at < noon - weeks * 168 * hourMs ? 0 : 1 + ((at / hourMs) % 24)))
        return { rows, total: row(0, 0) }
      },
    },
    history: {
      hourMeans: async (ids, from, to) => {
        asked.push(ids)
        const hours = Math.floor((to - from) / hourMs)
        return Array.from({ length: hours }, (_, i) => ({ at: from + i * hourMs, mean: i % 24 }))
      },
    },
    view: { sensors: new Map(sensors.map((one) => [one.id, one])) },
    clock: { now: () => noon + 25 * 60_000 },
    ...{ iso, timeZone },
  })
}

it('of cases is told by weeks, and holds what repeats', async () => {
  const answer = await trend([], 5)({ sign: 'reported' })
  expect(answer).toMatchObject({
    season: 'week',
    coverage: 1,
    tried: 168,
    sensors: null,
    signs: ['reported', 'closed'],
  })
  const points = answer?.points ?? []
  expect(points).toHaveLength(192)
  const last = points.findLastIndex(({ value }) => value !== null)
  // Twelve has begun: eleven is the last whole hour.
  expect([points[last]?.hourAt, points.length - 1 - last]).toEqual([noon - hourMs, 24])
})

it('of a short past is told by days, and before the first case nothing was counted', async () => {
  const answer = await trend([], 0.6)({ sign: 'reported' })
  expect(answer?.season).toBe('day')
  expect(answer?.points[0]?.value).toBeNull()
})

it('of sensors is the mean of at most two hundred of the kind, of the district asked for', async () => {
  const many = Array.from({ length: 500 }, (_, i) => sampleSensor(i + 1, { kind, districtId: i < 450 ? 'd1' : 'd2' }))
  asked.length = 0
  const ask = trend(many, 5)
  expect(await ask({ sign: kind })).toMatchObject({ sensors: { read: 200, all: 500 }, season: 'week' })
  expect(await ask({ sign: kind, district: 'd2' })).toMatchObject({ sensors: { read: 50, all: 50 } })
  expect(asked.map((ids) => [ids.length, ids[0]])).toEqual([
    [200, 1],
    [50, 451],
  ])
  expect(await ask({ sign: kind, district: 'd3' })).toBeNull()
  expect(await ask({ sign: 'luck' })).toBeNull()
})

it('takes evenly from a long list, and all of a short one', () => {
  expect(evenly([1, 2, 3], 5)).toEqual([1, 2, 3])
  expect(evenly([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 4)).toEqual([0, 2, 5, 7])
})
