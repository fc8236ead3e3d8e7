/**
 * Which alarms belong together: of one installation; or near each other in place and time and of one cause, where what follows from a cause
 * never comes before it; or, in a flood, P3 and P4 of one family in one district. An alarm is in one group at most and stays in it.
 */
import type { Alarm } from '../../../../shared/model/alarm.ts'
import type { AlarmGroup, AlarmLoadEvent, CauseFamily, GroupBasis } from '../../../../shared/model/load-control.ts'
import type { AlarmGroupId, Instant } from '../../../../shared/model/ids.ts'
import { channelOf, isShownState } from '../../../../shared/model/alarm.ts'
import { distanceM } from '../../../../shared/model/geo.ts'
import {
  causeFamilies,
  dataCause,
  isRolledUp,
  mostInGroup,
  otherCause,
  rollUpWithinMs,
  sameDevice,
} from '../../../../shared/model/load-control.ts'
import type { Term } from '../../../../shared/model/term.ts'

/** What an alarm may be put with: open groups, and open alarms that are in none, each oldest first. */
export interface Company {
  readonly groups: readonly AlarmGroup[]
  readonly loose: readonly Alarm[]
  /** Its installation, or of one that cannot be heard its gateway; null where it is not known. */
  deviceOf(alarm: Alarm): string | null
}

type Grouped = Extract<AlarmLoadEvent, { type: 'alarm.grouped' }>
interface Bond {
  readonly basis: GroupBasis
  readonly cause: string
  readonly name: Term
}

/** Events that put this alarm into a group; none where it stands alone. `nextId`: of a group that begins with it. */
export function correlate(
  alarm: Alarm,
  company: Company,
  nextId: AlarmGroupId,
  isFlood: boolean,
  now: Instant,
): Grouped[] {
  if (alarm.sensorId === null) return []
  for (const find of [byDevice, byPlace, ...(isFlood && isRolledUp(alarm.priority) ? [byRollUp] : [])]) {
    const found = find(alarm, company, now)
    if (found === null) continue
    const { bond, group, partner } = found
    const put = (one: Alarm, groupId: AlarmGroupId): Grouped => ({
      type: 'alarm.grouped',
      alarmId: one.id,
      groupId,
      ...bond,
    })
    if (group !== null) return [put(alarm, group.id)]
    return [alarm, partner].sort(byOnset).map((one) => put(one, nextId))
  }
  return []
}

/** Began first in the world; of two that began together the one raised first. */
export const byOnset = (a: Pick<Alarm, 'id' | 'occurredAt'>, b: Pick<Alarm, 'id' | 'occurredAt'>): number =>
  a.occurredAt - b.occurredAt || Number(a.id.slice(1)) - Number(b.id.slice(1))

type Found =
  | { readonly bond: Bond; readonly group: AlarmGroup; readonly partner: null }
  | { readonly bond: Bond; readonly group: null; readonly partner: Alarm }

const takes = (group: AlarmGroup, alarm: Alarm, basis: GroupBasis, withinMs: number, now: Instant): boolean =>
  group.basis === basis && group.drill === alarm.drill && group.total < mostInGroup && now - group.lastAt <= withinMs
const isCompany = (other: Alarm, alarm: Alarm, withinMs: number, now: Instant): boolean =>
  other.id !== alarm.id &&
  other.drill === alarm.drill &&
  other.sensorId !== null &&
  isShownState(other.state) &&
  now - other.raisedAt <= withinMs

function byDevice(alarm: Alarm, { groups, loose, deviceOf }: Company, now: Instant): Found | null {
  const device = deviceOf(alarm)
  if (device === null) return null
  const { name, withinMs } = sameDevice
  const bond: Bond = { basis: 'device', cause: device, name }
  const group = groups.find((one) => takes(one, alarm, 'device', withinMs, now) && one.cause === bond.cause)
  if (group !== undefined) return { bond, group, partner: null }
  const partner = loose.find((one) => isCompany(one, alarm, withinMs, now) && deviceOf(one) === device)
  return partner === undefined ? null : { bond, group: null, partner }
}

/** A sensor that cannot be heard or believed says nothing of what it measures. */
const isOfValue = ({ sense }: Alarm) => channelOf(sense) === 'value'
const isCauseOf = (family: CauseFamily, alarm: Alarm) => isOfValue(alarm) && family.kinds.includes(alarm.kind)
const isOf = (family: CauseFamily, alarm: Alarm) =>
  isCauseOf(family, alarm) || (isOfValue(alarm) && family.effects.includes(alarm.kind))

/** The nearest group, else the nearest alarm alone; a family whose cause the alarm is goes before one it only follows from. */
function byPlace(alarm: Alarm, { groups, loose }: Company, now: Instant): Found | null {
  const { position } = alarm
  if (position === null || !isOfValue(alarm)) return null
  const families = causeFamilies.filter((family) => isOf(family, alarm))
  const causesFirst = [
    ...families.filter((family) => isCauseOf(family, alarm)),
    ...families.filter((family) => !isCauseOf(family, alarm)),
  ]
  const away = (at: Alarm['position']) => (at === null ? Infinity : distanceM(at, position))
  const nearest = <T extends { readonly position: Alarm['position'] }>(all: readonly T[], radiusM: number) =>
    all.reduce<T | null>((best, one) => {
      const gapM = away(one.position)
      return gapM <= radiusM && (best === null || gapM < away(best.position)) ? one : best
    }, null)
  for (const family of causesFirst) {
    const { id: cause, name, radiusM, withinMs } = family
    const bond: Bond = { basis: 'place', cause, name }
    const isEffect = !isCauseOf(family, alarm)
    const group = nearest(
      groups.filter(
        (one) =>
          takes(one, alarm, 'place', withinMs, now) &&
          one.cause === cause &&
          !(isEffect && alarm.occurredAt < one.firstOut.occurredAt),
      ),
      radiusM,
    )
    if (group !== null) return { bond, group, partner: null }
    const partner = nearest(
      loose.filter((one) => isCompany(one, alarm, withinMs, now) && isPair(family, alarm, one)),
      radiusM,
    )
    if (partner !== null) return { bond, group: null, partner }
  }
  return null
}

/** One is a cause of this family and began no later than the other, which is of it too. */
function isPair(family: CauseFamily, a: Alarm, b: Alarm): boolean {
  if (!isOf(family, a) || !isOf(family, b)) return false
  return (
    (isCauseOf(family, a) && a.occurredAt <= b.occurredAt) || (isCauseOf(family, b) && b.occurredAt <= a.occurredAt)
  )
}

const rollUpBond = (alarm: Alarm): Bond => {
  const family = causeFamilies.find((one) => isCauseOf(one, alarm))
  const { id, name } = family ?? (isOfValue(alarm) ? otherCause : dataCause)
  return { basis: 'flood', cause: `${id} ${alarm.districtId ?? ''}`, name }
}

function byRollUp(alarm: Alarm, { groups, loose }: Company, now: Instant): Found | null {
  const bond = rollUpBond(alarm)
  const group = groups.find((one) => takes(one, alarm, 'flood', rollUpWithinMs, now) && one.cause === bond.cause)
  if (group !== undefined) return { bond, group, partner: null }
  const partner = loose.find(
    (one) =>
      isCompany(one, alarm, rollUpWithinMs, now) && isRolledUp(one.priority) && rollUpBond(one).cause === bond.cause,
  )
  return partner === undefined ? null : { bond, group: null, partner }
}
