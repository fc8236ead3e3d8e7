/** A vital sign over the last week and the next day, with what was and is to be expected of it. Hours are the city's own. */
import { DateTime } from 'luxon'
import { caseSigns, type TrendPoint } from '../../../shared/contract/kpi-analysis.ts'
import type { Instant } from '../../../shared/model/ids.ts'
import { sensorKind, sensorKinds } from '../../../shared/model/sensor-kinds.ts'
import { aheadHours, bandLevel, coverageOf, forecast } from '../domain/kpi/forecast.ts'
import type { Clock } from '../ports/clock.ts'
import type { StateView } from '../ports/engine.ts'
import type { Trend } from '../ports/reports.ts'
import type { History, ReadModels } from '../ports/store.ts'

const hourMs = 3_600_000
const lookBackHours = 6 * 7 * 24
const shownHours = 7 * 24
/** Sensors a mean is read of; of more, every n-th by number. */
const mostSensors = 200

interface Sign {
  readonly unit: string
  readonly floor: number | null
  readonly sensors: { readonly read: number; readonly all: number } | null
  /** By the hour's first instant. */
  readonly values: ReadonlyMap<Instant, number>
}

/** At most so many of a list, evenly. */
export function evenly<Item>(items: readonly Item[], most: number): Item[] {
  if (items.length <= most) return [...items]
  return Array.from({ length: most }, (_, i) => items[Math.floor((i * items.length) / most)] as Item)
}

export function trendOf(parts: {
  models: Pick<ReadModels, 'kpi'>
  history: Pick<History, 'hourMeans'>
  view: Pick<StateView, 'sensors'>
  clock: Clock
  iso: (at: Instant) => string
  timeZone: string
}): Trend {
  const { models, history, view, clock, iso, timeZone } = parts

  async function casesOf(sign: 'reported' | 'closed', from: Instant, to: Instant, district?: string): Promise<Sign> {
    const query = { from, to, by: 'hour' as const, ...(district === undefined ? {} : { district }) }
    const { rows } = await models.kpi(query, timeZone)
    // What was before the first case was not counted, and is no zero.
    const begins = rows.findIndex((row) => row.reported > 0)
    const known = begins < 0 ? [] : rows.slice(begins)
    return { unit: '', floor: 0, sensors: null, values: new Map(known.map((row) => [Number(row.key), row[sign]])) }
  }
  async function sensorsOf(kind: string, from: Instant, to: Instant, district?: string): Promise<Sign | null> {
    const all = [...view.sensors.values()]
      .filter((sensor) => sensor.kind === kind && (district === undefined || sensor.districtId === district))
      .map(({ id }) => id)
      .sort((a, b) => a - b)
    if (all.length === 0) return null
    const info = sensorKind(kind)
    const ids = evenly(all, mostSensors)
    const means = await history.hourMeans(ids, from, to)
    return {
      unit: info.unit,
      floor: info.range[0] >= 0 ? 0 : null,
      sensors: { read: ids.length, all: all.length },
      values: new Map(means.map(({ at, mean }) => [at, mean])),
    }
  }

  return async ({ sign, district }) => {
    const now = clock.now()
    // The hour that runs is not over, and is no value.
    const thisHour = DateTime.fromMillis(now, { zone: timeZone }).startOf('hour').toMillis()
    const from = thisHour - lookBackHours * hourMs
    const isCases = caseSigns.find((one) => one === sign)
    const found =
      isCases === undefined
        ? await sensorsOf(sign, from, thisHour, district)
        : await casesOf(isCases, from, thisHour, district)
    if (found === null) return null
    const hours = Array.from({ length: lookBackHours + aheadHours }, (_, i) => from + i * hourMs)
    const values = hours.map((at) => (at < thisHour ? (found.values.get(at) ?? null) : null))
    const slots = hours.map((at) => {
      const { weekday, hour } = DateTime.fromMillis(at, { zone: timeZone })
      return { weekday: weekday - 1, hour }
    })
    const { season, bands } = forecast({ values, slots, floor: found.floor })
    const first = lookBackHours - shownHours
    const { tried, share } = coverageOf(values.slice(first), bands.slice(first))
    const points = hours.slice(first).map((at, i): TrendPoint => {
      const band = bands[first + i] ?? null
      return {
        hourAt: at,
        value: values[first + i] ?? null,
        expected: band?.expected ?? null,
        low: band?.low ?? null,
        high: band?.high ?? null,
      }
    })
    const { unit, sensors } = found
    const here = new Set([...view.sensors.values()].map(({ kind }) => kind))
    const signs = [...caseSigns, ...sensorKinds.map(({ code }) => code).filter((code) => here.has(code))]
    const told = { asOf: iso(now), sign, signs, unit, sensors, season, level: bandLevel }
    return { ...told, coverage: share, tried, points }
  }
}
