/** A week of the whole demo city, lived through the real engine as a first start lives it, read back from the database it left. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DateTime } from 'luxon'
import type { Incident } from '../../../shared/model/incident.ts'
import { generateCity } from '../../../mock-data/city/generate-city.ts'
import { writePack } from '../../../mock-data/entrances/write-pack.ts'
import { hashEvent, hashText } from '../../../server/src/platform/event-hash.ts'
import { openStore, type Store } from '../../../server/src/store/open-store.ts'
import { allCases } from '../../support/all-cases.ts'
import { livePastHere } from '../../support/lived-past.ts'
import { newDataDir } from '../../support/program.ts'
import type { WeekFigures } from './week-figures.ts'

const zone = 'Asia/Shanghai'
/** The end of a Sunday: seven whole days and no eighth. */
export const weekEnds = Date.parse('2026-03-15T23:59:30+08:00')
const hourMs = 3_600_000

/** Mean over sensors of an hour's mean speed over the sensor's own fastest hour; working days. */
async function speedByHour(store: Store): Promise<number[]> {
  const rows = await store.database.query(
    `select h.sensor_id, h.bucket_at, h.sum / h.n as speed from hour h join sensor s on s.id = h.sensor_id where s.kind = 'road-speed'`,
  )
  const fastest = new Map<number, number>()
  for (const { sensor_id, speed } of rows)
    fastest.set(Number(sensor_id), Math.max(fastest.get(Number(sensor_id)) ?? 0, Number(speed)))
  const sums = new Array<number>(24).fill(0)
  const counts = new Array<number>(24).fill(0)
  for (const { sensor_id, bucket_at, speed } of rows) {
    const at = DateTime.fromMillis(Number(bucket_at), { zone })
    if (at.weekday > 5) continue
    sums[at.hour] = (sums[at.hour] ?? 0) + Number(speed) / (fastest.get(Number(sensor_id)) ?? Number.NaN)
    counts[at.hour] = (counts[at.hour] ?? 0) + 1
  }
  return sums.map((sum, hour) => sum / (counts[hour] ?? 0))
}

function figuresOf(cases: readonly Incident[], speeds: readonly number[]): WeekFigures {
  const arrivals = new Array<number>(24).fill(0)
  const classes = new Map<string, number>()
  const minutes = (from: number, to: number | null) => (to === null ? [] : [(to - from) / 60_000])
  const told = cases.filter(({ source }) => source === 'open311' || source === 'hotline')
  for (const { reportedAt, classCode } of told) {
    const at = DateTime.fromMillis(reportedAt, { zone })
    if (at.weekday <= 5) arrivals[at.hour] = (arrivals[at.hour] ?? 0) + 1
    classes.set(classCode, (classes.get(classCode) ?? 0) + 1)
  }
  const urgent = cases.filter(({ priority }) => priority === 1)
  return {
    arrivals,
    classes: [...classes.values()],
    hoursToClose: told.flatMap(({ reportedAt, closedAt }) =>
      closedAt === null ? [] : [(closedAt - reportedAt) / hourMs],
    ),
    minutesToArrive: urgent.flatMap(({ dispatchedAt, arrivedAt }) =>
      dispatchedAt === null ? [] : minutes(dispatchedAt, arrivedAt),
    ),
    minutesToDepart: urgent.flatMap(({ assignments }) =>
      assignments.flatMap(({ dispatchedAt, departedAt }) => minutes(dispatchedAt, departedAt)),
    ),
    speedByHour: speeds,
  }
}

export interface SimulatedWeek extends WeekFigures {
  readonly cases: number
  readonly requests: number
  readonly seconds: number
}

export async function simulatedWeek(): Promise<SimulatedWeek> {
  const cityDir = join(mkdtempSync(join(tmpdir(), 'tongguan-week-')), 'city')
  await writePack(cityDir, generateCity(1, 'full'))
  const dataDir = newDataDir()
  const clock = { now: () => weekEnds }
  const store = await openStore({ dataDir, databaseUrl: null, clock, hashEvent, hashText })
  const errors: unknown[] = []
  const startedAt = performance.now()
  await livePastHere({ store, dataDir, cityDir, days: 6, now: clock.now, mostDevices: Infinity, errors })
  if (errors.length > 0) throw errors[0]
  const seconds = (performance.now() - startedAt) / 1000
  const cases = await allCases(store)
  const figures = figuresOf(cases, await speedByHour(store))
  await store.close()
  return { ...figures, cases: cases.length, requests: figures.arrivals.reduce((a, b) => a + b, 0), seconds }
}
