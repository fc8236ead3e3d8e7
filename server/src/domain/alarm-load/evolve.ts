/**
 * The fold of load control: what each event does to an alarm's load, to its group, to the running flood and to the timers. Knows nothing of
 * the present settings: what was decided is in the events.
 */
import type { Alarm } from '../../../../shared/model/alarm.ts'
import type { AlarmLoad } from '../../../../shared/model/alarm-load.ts'
import type { AlarmLoadEvent, Announcement, Flood } from '../../../../shared/model/load-control.ts'
import type { DomainEvent, LoggedEvent } from '../../../../shared/model/event.ts'
import type { Instant } from '../../../../shared/model/ids.ts'
import {
  fleetingMs,
  floodLimit,
  loadEventTypes,
  loadOf,
  rollUpWithinMs,
  soundRules,
} from '../../../../shared/model/load-control.ts'
import type { Changes } from '../changes.ts'
import type { AlarmLoadState } from './load-state.ts'
import { nextEscalationAt, waitsForAcknowledgement } from './escalation.ts'
import { countRules } from './flood.ts'
import { joined, refreshed, type AlarmOf } from './groups.ts'
import { addTransition, mostHeard, transitionKey } from './load-state.ts'

export const isLoadEvent = (event: DomainEvent): event is AlarmLoadEvent =>
  (loadEventTypes as readonly string[]).includes(event.type)

/** The row after an event of load control, but for its load: one version up, and counted where it was raised again. */
export function evolveDamped(row: Alarm, event: AlarmLoadEvent, at: Instant): Alarm {
  const version = row.version + 1
  switch (event.type) {
    case 'alarm.chatter-began': {
      const { state, holds, isRaise } = event
      const kept = { ...row, version, state, active: holds, returnedAt: null }
      return isRaise ? { ...kept, count: row.count + 1, lastRaisedAt: at } : kept
    }
    case 'alarm.fluttered':
      return event.holds
        ? { ...row, version, active: true, count: row.count + 1, lastRaisedAt: at }
        : { ...row, version, active: false }
    default:
      return { ...row, version }
  }
}

/** The row with its load after an event; `before` is undefined for one just raised. */
export const withLoad = (
  before: Alarm | undefined,
  after: Alarm,
  event: DomainEvent,
  at: Instant,
  isFlood: boolean,
): Alarm => ({
  ...after,
  load: before === undefined ? loadOf(after) : nextLoad(before, after, event, at, isFlood),
})

function nextLoad(before: Alarm, after: Alarm, event: DomainEvent, at: Instant, isFlood: boolean): AlarmLoad {
  const load = loadOf(before)
  switch (event.type) {
    case 'alarm.returned': {
      const isFleeting = before.state === 'unacknowledged' && at - before.lastRaisedAt < fleetingMs
      return { ...load, chattering: null, fleetings: load.fleetings + (isFleeting ? 1 : 0) }
    }
    case 'alarm.reraised':
      return { ...load, sound: event.sound ?? null }
    case 'alarm.worsened':
      if (after.priority >= before.priority) return load
      return { ...load, announcedAt: at, escalation: null, sound: event.sound ?? null }
    case 'alarm.chatter-began':
      return { ...load, chattering: event.chattering, hasChattered: true }
    case 'alarm.fluttered': {
      if (load.chattering === null) return load
      const transitions = load.chattering.transitions + 1
      return { ...load, chattering: { ...load.chattering, transitions, lastAt: at, quietAt: event.quietAt } }
    }
    case 'alarm.chatter-ended':
      return { ...load, chattering: null }
    case 'alarm.grouped':
      return { ...load, groupId: event.groupId }
    case 'alarm.escalated':
      return { ...load, escalation: { level: event.level, to: event.to, at } }
    default:
      // Any way back to waiting is an announcement of its own, but for those above.
      return !waitsForAcknowledgement(before) && waitsForAcknowledgement(after)
        ? { ...load, announcedAt: at, escalation: null, sound: soundRules[isFlood ? 'flood' : 'calm'][after.priority] }
        : load
  }
}

/** Did this event call an officer: a raise, a raise again, a worse priority, a way back to waiting? */
export const announces = (before: Alarm | undefined, after: Alarm, event: DomainEvent): boolean =>
  waitsForAcknowledgement(after) &&
  (before === undefined ||
    event.type === 'alarm.reraised' ||
    (event.type === 'alarm.worsened' && after.priority < before.priority) ||
    (event.type !== 'alarm.chatter-began' && !waitsForAcknowledgement(before)))

/** A raise or a return, as chattering counts them. */
const moves = (event: DomainEvent): boolean =>
  ['alarm.raised', 'alarm.returned', 'alarm.reraised', 'alarm.chatter-began', 'alarm.fluttered'].includes(event.type)

/** After the alarm's row: everything else that this event means for load. */
export function foldLoad(
  load: AlarmLoadState,
  logged: LoggedEvent,
  before: Alarm | undefined,
  after: Alarm,
  alarmOf: AlarmOf,
  changes: Changes | undefined,
): void {
  const { event, at, seq } = logged
  if (moves(event)) addTransition(load, transitionKey(after), at)
  const isAnnounced = announces(before, after, event)
  if (isAnnounced) hear(load, after, at)
  if (isAnnounced && changes) {
    const told: Announcement = { seq, at, alarmId: after.id, priority: after.priority, isInKpi: loadOf(after).isInKpi }
    changes.announcements.push(told)
  }
  keepAlarm(load, after)
  if (event.type === 'alarm.raised') lose(load, after, alarmOf, at)
  const isNewGroup = event.type === 'alarm.grouped' && !load.groups.has(event.groupId)
  if (event.type === 'alarm.grouped') {
    load.groupCount = Math.max(load.groupCount, Number(event.groupId.slice(1)))
    const group = joined(load.groups.get(event.groupId), after, event, at)
    load.groups.set(group.id, group)
    changes?.alarmGroups.add(group.id)
  } else refreshGroup(load, after, alarmOf, changes)
  if (load.flood !== null) setFlood(load, countIn(load, load.flood, event, after, isAnnounced, isNewGroup), changes)
}

/** Timers of an alarm that stands; also when it is read from a snapshot. */
export function keepAlarm(load: AlarmLoadState, alarm: Alarm): void {
  const { chattering, groupId } = loadOf(alarm)
  const isOpen = alarm.state !== 'normal'
  load.escalations.set(alarm.id, isOpen ? nextEscalationAt(alarm) : null)
  load.quiets.set(alarm.id, isOpen ? (chattering?.quietAt ?? null) : null)
  if (!isOpen || groupId !== null) load.loose.delete(alarm.id)
}

function lose(load: AlarmLoadState, alarm: Alarm, alarmOf: AlarmOf, at: Instant): void {
  load.loose.add(alarm.id)
  for (const id of load.loose) {
    const raisedAt = alarmOf(id)?.raisedAt
    if (raisedAt !== undefined && raisedAt >= at - rollUpWithinMs) return
    load.loose.delete(id)
  }
}

function hear(load: AlarmLoadState, { priority, ruleId, drill }: Alarm, at: Instant): void {
  load.heard.push({ at, priority, ruleId, drill })
  const first = load.heard.findIndex((one) => one.at > at - floodLimit.windowMs)
  if (first > 0) load.heard.splice(0, first)
  if (load.heard.length > mostHeard) load.heard.shift()
}

function refreshGroup(load: AlarmLoadState, alarm: Alarm, alarmOf: AlarmOf, changes: Changes | undefined): void {
  const { groupId } = loadOf(alarm)
  const group = groupId === null ? undefined : load.groups.get(groupId)
  if (group === undefined) return
  const next = refreshed(group, alarmOf)
  if (next === null) load.groups.delete(group.id)
  else load.groups.set(group.id, next)
  changes?.alarmGroups.add(group.id)
}

function countIn(
  load: AlarmLoadState,
  flood: Flood,
  event: DomainEvent,
  { priority, ruleId, drill }: Alarm,
  isAnnounced: boolean,
  isNewGroup: boolean,
): Flood {
  const one = (is: boolean) => (is ? 1 : 0)
  if (isAnnounced) load.floodRules.set(ruleId, (load.floodRules.get(ruleId) ?? 0) + 1)
  const { byPriority } = flood
  return {
    ...flood,
    announced: flood.announced + one(isAnnounced),
    byPriority: isAnnounced ? { ...byPriority, [priority]: byPriority[priority] + 1 } : byPriority,
    ofDrill: flood.ofDrill + one(isAnnounced && drill),
    peak: Math.max(flood.peak, load.heard.length),
    groups: flood.groups + one(isNewGroup),
    grouped: flood.grouped + one(event.type === 'alarm.grouped'),
    escalated: flood.escalated + one(event.type === 'alarm.escalated'),
    cases: flood.cases + one(event.type === 'alarm.incident-opened'),
    acknowledged: flood.acknowledged + one(event.type === 'alarm.acknowledged'),
  }
}

function setFlood(load: AlarmLoadState, flood: Flood, changes: Changes | undefined): void {
  if (load.flood === null || sameCounts(load.flood, flood)) return
  load.flood = { ...flood, version: flood.version + 1 }
  changes?.floods.set(flood.id, load.flood)
}

const sameCounts = (a: Flood, b: Flood): boolean =>
  a.announced === b.announced &&
  a.peak === b.peak &&
  a.grouped === b.grouped &&
  a.escalated === b.escalated &&
  a.cases === b.cases &&
  a.acknowledged === b.acknowledged

export function foldFlood(
  load: AlarmLoadState,
  event: Extract<DomainEvent, { type: `flood.${string}` }>,
  changes: Changes | undefined,
): void {
  const { flood } = event
  load.floodRules.clear()
  if (event.type === 'flood.began') {
    load.floodCount = Number(flood.id.slice(1))
    load.flood = flood
    for (const [ruleId, count] of countRules(load.heard.filter(({ at }) => at > flood.startedAt - floodLimit.windowMs)))
      load.floodRules.set(ruleId, count)
  } else load.flood = null
  changes?.floods.set(flood.id, flood)
}
