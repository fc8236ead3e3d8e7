/**
 * The city's vital signs out of its sensors' latest values, in the eight groups. Guarantees that a number is only made of
 * values that are fresh and trusted, and that where there are none it is null, never 0. Pure; the clock is an argument.
 */
import type { Alarm, AlarmRule, RuleSense, Priority } from '../../../../shared/model/alarm.ts'
import type { SensorId } from '../../../../shared/model/ids.ts'
import { isOfDrill, isTrusted } from '../../../../shared/model/reading.ts'
import type { Sensor } from '../../../../shared/model/sensor.ts'
import {
  sensorKind,
  sensorKinds,
  vitalGroups,
  type SensorKind,
  type VitalGroup,
} from '../../../../shared/model/sensor-kinds.ts'

export interface Latest {
  readonly value: number
  readonly phenomenonAt: number
  readonly quality: number
}

/** One kind of sensor across the city. */
export interface VitalSign {
  readonly kind: SensorKind
  /** Sensors of this kind that are registered; those before whose value a drill's stands are left out. */
  readonly count: number
  /** Of these, fresh and trusted: what the numbers are made of. */
  readonly fresh: number
  /** The value furthest to the bad side; null where none is fresh. */
  readonly worst: number | null
  readonly worstSensorId: SensorId | null
  readonly mean: number | null
  /** Which side is bad for this kind. */
  readonly side: 'high' | 'low' | 'both'
  /** How far the worst lies past the normal band, in widths of the band; ≤ 0 within. */
  readonly excess: number
  /** Worst alarm that holds on any of them. */
  readonly level: Priority | null
  readonly alarms: number
  /** Newest of the fresh values, or of the late ones where none is fresh; null before the first. */
  readonly asOfAt: number | null
}

export interface VitalGroupView {
  readonly group: VitalGroup
  /** Worst first. */
  readonly signs: readonly VitalSign[]
  readonly level: Priority | null
  readonly excess: number
}

export interface VitalInput {
  readonly sensors: Iterable<Sensor>
  latestOf(id: SensorId): Latest | undefined
  readonly alarms: readonly Alarm[]
  readonly rules: readonly AlarmRule[]
  readonly nowAt: number
  /** The sensor shown last time for each kind: kept on a near tie, so that the picture does not flicker between equals. */
  readonly shownBefore?: ReadonlyMap<string, SensorId>
}

/** Silent for longer than this many intervals = late. */
export const lateAfterIntervals = 3
/** Closer than this share of the band is a tie. */
const tie = 0.02
/** How many groups may leave their usual place for the top. */
const floating = 3

/** The bad side: what the kind's rules watch; without rules, the sides on which the normal band ends before the instrument does. */
export function badSide(kind: SensorKind, rules: readonly AlarmRule[]): VitalSign['side'] {
  const senses = new Set<RuleSense>(rules.filter((rule) => rule.kind === kind.code).map((rule) => rule.sense))
  const high = senses.has('high') || senses.has('state')
  const low = senses.has('low')
  if (high !== low) return high ? 'high' : 'low'
  if (high && low) return 'both'
  const [min, max] = [kind.normal[0] > kind.range[0], kind.normal[1] < kind.range[1]]
  return min === max ? 'both' : max ? 'high' : 'low'
}

/** How far past the normal band on the bad side, in widths of the band; negative within. */
export function excessOf(value: number, kind: SensorKind, side: VitalSign['side']): number {
  const [min, max] = kind.normal
  const width = max - min || 1
  const above = (value - max) / width
  const below = (min - value) / width
  return side === 'high' ? above : side === 'low' ? below : Math.max(above, below)
}

interface Tally {
  readonly kind: SensorKind
  readonly side: VitalSign['side']
  /** The sensor shown last time. */
  readonly keptId: SensorId | null
  count: number
  fresh: number
  sum: number
  worst: { value: number; id: SensorId; excess: number } | null
  kept: { value: number; id: SensorId; excess: number } | null
  freshAt: number
  lateAt: number
}

/** Looks at every sensor once a second: nothing is made or asked twice for one of them. */
function tallyKinds(input: VitalInput, sideOf: (kind: SensorKind) => VitalSign['side']): Map<string, Tally> {
  const tallies = new Map<string, Tally>()
  for (const sensor of input.sensors) {
    let tally = tallies.get(sensor.kind)
    if (tally === undefined) {
      const kind = sensorKind(sensor.kind)
      // A kind nobody knows is counted with the others like it.
      tally = tallies.get(kind.code) ?? {
        kind,
        side: sideOf(kind),
        keptId: input.shownBefore?.get(kind.code) ?? null,
        ...{ count: 0, fresh: 0, sum: 0, worst: null, kept: null, freshAt: 0, lateAt: 0 },
      }
      tallies.set(kind.code, tally)
      tallies.set(sensor.kind, tally)
    }
    tally.count += 1
    const latest = input.latestOf(sensor.id)
    if (latest === undefined) continue
    const { value, phenomenonAt, quality } = latest
    // Before what this sensor really says stands a drill's value: it is left out of the city's numbers for as long.
    if (isOfDrill(quality)) {
      tally.count -= 1
      continue
    }
    const { kind } = tally
    const isFresh =
      input.nowAt - phenomenonAt <= lateAfterIntervals * (sensor.intervalMs || kind.intervalMs) &&
      isTrusted(quality) &&
      Number.isFinite(value)
    if (!isFresh) {
      tally.lateAt = Math.max(tally.lateAt, phenomenonAt)
      continue
    }
    tally.fresh += 1
    tally.sum += value
    tally.freshAt = Math.max(tally.freshAt, phenomenonAt)
    const excess = excessOf(value, kind, tally.side)
    if (tally.worst === null || excess > tally.worst.excess) tally.worst = { value, id: sensor.id, excess }
    if (tally.keptId === sensor.id) tally.kept = { value, id: sensor.id, excess }
  }
  return tallies
}

const byBadness = (a: { level: Priority | null; excess: number }, b: { level: Priority | null; excess: number }) =>
  (a.level ?? 9) - (b.level ?? 9) || Math.max(0, b.excess) - Math.max(0, a.excess)

/** Every kind that is registered, with its numbers. */
export function vitalSigns(input: VitalInput): VitalSign[] {
  const sides = new Map<string, VitalSign['side']>(sensorKinds.map((kind) => [kind.code, badSide(kind, input.rules)]))
  const sideOf = (kind: SensorKind) => sides.get(kind.code) ?? 'both'
  const standing = new Map<string, { level: Priority; alarms: number }>()
  for (const { kind, priority, state, drill } of input.alarms) {
    if (drill || (state !== 'unacknowledged' && state !== 'acknowledged')) continue
    const known = standing.get(kind)
    standing.set(kind, {
      level: known === undefined || priority < known.level ? priority : known.level,
      alarms: (known?.alarms ?? 0) + 1,
    })
  }
  const signs: VitalSign[] = []
  for (const tally of new Set(tallyKinds(input, sideOf).values())) {
    const { kind, worst, kept } = tally
    const { code } = kind
    const shown = worst !== null && kept !== null && worst.excess - kept.excess <= tie ? kept : worst
    const asOfAt = tally.freshAt || tally.lateAt
    signs.push({
      kind,
      count: tally.count,
      fresh: tally.fresh,
      worst: shown?.value ?? null,
      worstSensorId: shown?.id ?? null,
      mean: tally.fresh === 0 ? null : tally.sum / tally.fresh,
      side: tally.side,
      excess: shown?.excess ?? 0,
      level: standing.get(code)?.level ?? null,
      alarms: standing.get(code)?.alarms ?? 0,
      asOfAt: asOfAt === 0 ? null : asOfAt,
    })
  }
  const order = new Map<string, number>(sensorKinds.map((kind, index) => [kind.code, index]))
  return signs.sort((a, b) => byBadness(a, b) || (order.get(a.kind.code) ?? 0) - (order.get(b.kind.code) ?? 0))
}

/** The eight groups: the worst three that are abnormal first, the others in their usual order. Groups without sensors stay. */
export function vitalGroupViews(signs: readonly VitalSign[]): VitalGroupView[] {
  const views = vitalGroups.map((group): VitalGroupView => {
    const own = signs.filter((sign) => sign.kind.group === group && sign.kind.code !== 'other')
    return { group, signs: own, level: own[0]?.level ?? null, excess: Math.max(0, ...own.map((sign) => sign.excess)) }
  })
  const raised = views
    .filter((view) => view.level !== null || view.excess > 0)
    .sort(byBadness)
    .slice(0, floating)
  return [...raised, ...views.filter((view) => !raised.includes(view))]
}
