/**
 * The city's vital signs out of what the server counted, in the eight groups: which end of a kind's values is the bad one, and what stands in
 * alarm there. Where there is no value the number is null, never 0. Pure.
 */
import type { Alarm, AlarmRule, RuleSense, Priority } from '../../../../shared/model/alarm.ts'
import type { KindVitals } from '../../../../shared/model/city-vitals.ts'
import type { DistrictId, SensorId } from '../../../../shared/model/ids.ts'
import {
  sensorKind,
  sensorKinds,
  vitalGroups,
  type SensorKind,
  type VitalGroup,
} from '../../../../shared/model/sensor-kinds.ts'

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
  readonly worstDistrictId: DistrictId | null
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
  readonly kinds: readonly KindVitals[]
  readonly alarms: readonly Alarm[]
  readonly rules: readonly AlarmRule[]
  /** The sensor shown last time for each kind: kept on a near tie of the two sides, so that the picture does not flicker between equals. */
  readonly shownBefore?: ReadonlyMap<string, SensorId>
}

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

const byBadness = (a: { level: Priority | null; excess: number }, b: { level: Priority | null; excess: number }) =>
  (a.level ?? 9) - (b.level ?? 9) || Math.max(0, b.excess) - Math.max(0, a.excess)

/** Which of a kind's two ends lies further to the bad side, and how far. */
function worstOf(
  { highest, lowest }: KindVitals,
  kind: SensorKind,
  side: VitalSign['side'],
  shownId: SensorId | undefined,
) {
  const ends = [...(side === 'low' ? [] : [highest]), ...(side === 'high' ? [] : [lowest])]
    .filter((end) => end !== null)
    .map((end) => ({ ...end, excess: excessOf(end.value, kind, side) }))
    .sort((a, b) => b.excess - a.excess)
  const [worst, kept] = [ends[0], ends.find(({ sensorId }) => sensorId === shownId)]
  return worst !== undefined && kept !== undefined && worst.excess - kept.excess <= tie ? kept : worst
}

/** Every kind that is registered, with its numbers. */
export function vitalSigns({ kinds, alarms, rules, shownBefore }: VitalInput): VitalSign[] {
  const standing = new Map<string, { level: Priority; alarms: number }>()
  for (const { kind, priority, state, drill } of alarms) {
    if (drill || (state !== 'unacknowledged' && state !== 'acknowledged')) continue
    const known = standing.get(kind)
    standing.set(kind, {
      level: known === undefined || priority < known.level ? priority : known.level,
      alarms: (known?.alarms ?? 0) + 1,
    })
  }
  const signs = kinds.map((told): VitalSign => {
    const kind = sensorKind(told.kind)
    const side = badSide(kind, rules)
    const shown = worstOf(told, kind, side, shownBefore?.get(kind.code))
    return {
      kind,
      count: told.count,
      fresh: told.fresh,
      worst: shown?.value ?? null,
      worstSensorId: shown?.sensorId ?? null,
      worstDistrictId: shown?.districtId ?? null,
      mean: told.mean,
      side,
      excess: shown?.excess ?? 0,
      level: standing.get(kind.code)?.level ?? null,
      alarms: standing.get(kind.code)?.alarms ?? 0,
      asOfAt: told.asOfAt,
    }
  })
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
