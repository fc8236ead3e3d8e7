/**
 * A city's sensors in numbers, out of their latest values. Pure: looks at every sensor once, makes nothing for one that is not named, and
 * refuses to know who may see them.
 */
import {
  gaugeKinds,
  gaugesTold,
  lateAfterIntervals,
  type CityVitals,
  type Extreme,
  type GaugeKind,
  type GaugeReading,
  type KindVitals,
} from '../../../shared/model/city-vitals.ts'
import type { DistrictId, Instant, SensorId } from '../../../shared/model/ids.ts'
import { isOfDrill, isTrusted, type Reading } from '../../../shared/model/reading.ts'
import type { Sensor } from '../../../shared/model/sensor.ts'
import { sensorKind, type SensorKind } from '../../../shared/model/sensor-kinds.ts'

type Latest = Pick<Reading, 'value' | 'phenomenonAt' | 'quality'>
export interface VitalsInput {
  readonly sensors: Iterable<Sensor>
  latestOf(id: SensorId): Latest | undefined
  readonly nowAt: Instant
  /** What was told last: a sensor that was named stays named on a near tie, so that the picture does not flicker between equals. */
  readonly before: CityVitals | null
}

/** Closer than this share of the kind's normal band is a tie. */
const tie = 0.02

interface Tally {
  readonly kind: SensorKind
  readonly keptHighId: SensorId | null
  readonly keptLowId: SensorId | null
  count: number
  fresh: number
  sum: number
  highest: Extreme | null
  lowest: Extreme | null
  keptHigh: Extreme | null
  keptLow: Extreme | null
  freshAt: number
  lateAt: number
}

function tallyOf(tallies: Map<string, Tally>, code: string, before: CityVitals | null): Tally {
  const known = tallies.get(code)
  if (known !== undefined) return known
  const kind = sensorKind(code)
  const told = before?.kinds.find((row) => row.kind === kind.code)
  // A kind nobody knows is counted with the others like it.
  const tally = tallies.get(kind.code) ?? {
    kind,
    keptHighId: told?.highest?.sensorId ?? null,
    keptLowId: told?.lowest?.sensorId ?? null,
    ...{ count: 0, fresh: 0, sum: 0, freshAt: 0, lateAt: 0 },
    ...{ highest: null, lowest: null, keptHigh: null, keptLow: null },
  }
  tallies.set(kind.code, tally)
  tallies.set(code, tally)
  return tally
}

function count(tally: Tally, sensor: Sensor, latest: Latest | undefined, isLate: boolean): void {
  // Before what this sensor really says stands a drill's value: it is left out of the city's numbers for as long.
  if (latest !== undefined && isOfDrill(latest.quality)) return
  tally.count++
  if (latest === undefined) return
  const { value, phenomenonAt, quality } = latest
  if (isLate || !isTrusted(quality) || !Number.isFinite(value)) {
    tally.lateAt = Math.max(tally.lateAt, phenomenonAt)
    return
  }
  tally.fresh++
  tally.sum += value
  tally.freshAt = Math.max(tally.freshAt, phenomenonAt)
  const { id: sensorId, districtId } = sensor
  if (tally.highest === null || value > tally.highest.value) tally.highest = { sensorId, districtId, value }
  if (tally.lowest === null || value < tally.lowest.value) tally.lowest = { sensorId, districtId, value }
  if (sensorId === tally.keptHighId) tally.keptHigh = { sensorId, districtId, value }
  if (sensorId === tally.keptLowId) tally.keptLow = { sensorId, districtId, value }
}

function told(tally: Tally): KindVitals {
  const { kind, highest, lowest, keptHigh, keptLow } = tally
  const near = tie * (kind.normal[1] - kind.normal[0] || 1)
  const one = (extreme: Extreme | null, kept: Extreme | null) =>
    extreme !== null && kept !== null && Math.abs(extreme.value - kept.value) <= near ? kept : extreme
  const asOfAt = tally.freshAt || tally.lateAt
  return {
    kind: kind.code,
    count: tally.count,
    fresh: tally.fresh,
    mean: tally.fresh === 0 ? null : tally.sum / tally.fresh,
    highest: one(highest, keptHigh),
    lowest: one(lowest, keptLow),
    asOfAt: asOfAt === 0 ? null : asOfAt,
  }
}

interface Candidate {
  readonly sensor: Sensor
  readonly latest: Latest | undefined
  readonly isLate: boolean
  /** What is late stands behind what speaks, what says nothing behind both. */
  readonly height: number
}
const isGood = (latest: Latest | undefined): latest is Latest =>
  latest !== undefined && isTrusted(latest.quality) && Number.isFinite(latest.value)
const isHigher = (a: Candidate, b: Candidate): boolean =>
  a.height === b.height ? a.sensor.id < b.sensor.id : a.height > b.height

/** Puts one where it belongs among the `most` highest, if it does. */
function keep(highest: Candidate[], one: Candidate, most: number): void {
  let at = highest.length
  while (at > 0 && isHigher(one, highest[at - 1] as Candidate)) at--
  if (at >= most) return
  highest.splice(at, 0, one)
  if (highest.length > most) highest.pop()
}
const gaugeOf = (kind: GaugeKind, { sensor, latest, isLate }: Candidate): GaugeReading => ({
  id: sensor.id,
  kind,
  name: sensor.name,
  districtId: sensor.districtId,
  value: isGood(latest) ? latest.value : null,
  phenomenonAt: latest?.phenomenonAt ?? null,
  isLate: latest !== undefined && isLate,
  isDrill: latest !== undefined && isOfDrill(latest.quality),
})

export function cityVitals({ sensors, latestOf, nowAt, before }: VitalsInput): CityVitals {
  const tallies = new Map<string, Tally>()
  const highest = new Map<string, Candidate[]>(gaugeKinds.map((kind) => [kind, []]))
  const silent = new Map<DistrictId | null, number>()
  const pumps = { registered: 0, running: 0, standing: 0, failed: 0, unknown: 0 }
  let [registered, outOfService] = [0, 0]
  for (const sensor of sensors) {
    const tally = tallyOf(tallies, sensor.kind, before)
    const latest = latestOf(sensor.id)
    const lateAfterMs = lateAfterIntervals * (sensor.intervalMs || tally.kind.intervalMs)
    const isLate = latest === undefined || nowAt - latest.phenomenonAt > lateAfterMs
    registered++
    if (sensor.outOfService !== undefined) outOfService++
    else if (isLate) silent.set(sensor.districtId, (silent.get(sensor.districtId) ?? 0) + 1)
    count(tally, sensor, latest, isLate)
    const gauges = highest.get(sensor.kind)
    if (gauges !== undefined) {
      const height = isGood(latest) ? (isLate ? -1e9 : 0) + latest.value : -Infinity
      keep(gauges, { sensor, latest, isLate, height }, gaugesTold[sensor.kind as GaugeKind])
    } else if (sensor.kind === 'pump') {
      // 0 standing, 1 running, 2 failed. A drill's values are no pump's.
      pumps.registered++
      if (latest === undefined || isLate || isOfDrill(latest.quality) || !isTrusted(latest.quality)) pumps.unknown++
      else if (latest.value === 0) pumps.standing++
      else if (latest.value === 1) pumps.running++
      else pumps.failed++
    }
  }
  return {
    registered,
    outOfService,
    silent: [...silent].map(([districtId, count]) => ({ districtId, count })),
    kinds: [...new Set(tallies.values())].map(told),
    gauges: gaugeKinds.flatMap((kind) => (highest.get(kind) ?? []).map((one) => gaugeOf(kind, one))),
    pumps,
  }
}
