/**
 * Today's numbers, folded from events. Guarantees: counts go by the instant of the act; durations are kept whole and
 * sorted, so percentiles are exact; the day turns at the city's midnight; drills count nowhere, but for those that say so. Knows nothing of rows
 * but what it is handed.
 */
import type { DomainEvent } from '../../../../shared/model/event.ts'
import type { Incident } from '../../../../shared/model/incident.ts'
import type { Instant } from '../../../../shared/model/ids.ts'
import type { KpiToday } from '../../../../shared/model/kpi.ts'
import { isInKpi, isOpenState } from '../../../../shared/model/incident.ts'
import { percentile } from '../../../../shared/model/kpi.ts'
import type { CityDay, DayOf } from '../../../../shared/model/city-calendar.ts'
import { isPastLimit } from '../incident/limits.ts'

const minuteMs = 60_000
const minutesKept = 60

/** The fold's own state; plain data, so that a snapshot is its JSON. */
export interface KpiState {
  day: CityDay
  reported: number
  filed: number
  dispatched: number
  closed: number
  closedOnTime: number
  refused: number
  alarmsRaised: number
  /** Report to first crew on scene, ms, ascending. */
  responsesMs: number[]
  /** Number of the newest minute counted, since 1970. */
  minute: number
  reportedByMinute: number[]
  closedByMinute: number[]
}

const noDay: CityDay = { ymd: '', startAt: 0, endAt: 0 }
const zeroCounts = () => ({
  reported: 0,
  filed: 0,
  dispatched: 0,
  closed: 0,
  closedOnTime: 0,
  refused: 0,
  alarmsRaised: 0,
  responsesMs: [] as number[],
})

export const newKpi = (): KpiState => ({
  day: noDay,
  ...zeroCounts(),
  minute: 0,
  reportedByMinute: new Array<number>(minutesKept).fill(0),
  closedByMinute: new Array<number>(minutesKept).fill(0),
})

export const copyKpi = (kpi: KpiState): KpiState => ({
  ...kpi,
  responsesMs: kpi.responsesMs.slice(),
  reportedByMinute: kpi.reportedByMinute.slice(),
  closedByMinute: kpi.closedByMinute.slice(),
})

/** Counts one event. `before` is its case as it was; undefined where the event is of no case, or of one not in memory. */
export function countEvent(
  kpi: KpiState,
  dayOf: DayOf,
  event: DomainEvent,
  at: Instant,
  before: Incident | undefined,
): boolean {
  if (at >= kpi.day.endAt) Object.assign(kpi, zeroCounts(), { day: dayOf(at) })
  if (event.type === 'alarm.raised') kpi.alarmsRaised++
  else if (event.type === 'incident.reported') {
    if (!isInKpi(event.incident)) return true
    kpi.reported++
    countMinute(kpi, kpi.reportedByMinute, at)
  } else if (before === undefined) return false
  else if (!isInKpi(before)) return true
  else countMove(kpi, event, at, before)
  return true
}

function countMove(kpi: KpiState, event: DomainEvent, at: Instant, before: Incident): void {
  switch (event.type) {
    case 'incident.filed':
      kpi.filed++
      return
    case 'incident.dispatched':
      if (before.dispatchedAt === null) kpi.dispatched++
      return
    case 'incident.arrived':
      if (before.arrivedAt === null) insertSorted(kpi.responsesMs, (event.occurredAt ?? at) - before.reportedAt)
      return
    case 'incident.closed':
      kpi.closed++
      if (event.onTime) kpi.closedOnTime++
      countMinute(kpi, kpi.closedByMinute, at)
      return
    case 'incident.force-closed':
      kpi.closed++
      countMinute(kpi, kpi.closedByMinute, at)
      return
    case 'incident.rejected':
    case 'incident.voided':
      kpi.refused++
  }
}

/** The numbers as of `now`. `incidents`: all that are open. */
export function kpiToday(kpi: KpiState, dayOf: DayOf, incidents: Iterable<Incident>, now: Instant): KpiToday {
  const isToday = now < kpi.day.endAt
  const counts = isToday ? kpi : zeroCounts()
  let openNow = 0
  let overdueNow = 0
  for (const incident of incidents) {
    if (!isInKpi(incident) || !isOpenState(incident.state)) continue
    openNow++
    if (isPastLimit(incident, now)) overdueNow++
  }
  return {
    dayStartAt: isToday ? kpi.day.startAt : dayOf(now).startAt,
    asOfAt: now,
    reported: counts.reported,
    filed: counts.filed,
    dispatched: counts.dispatched,
    closed: counts.closed,
    refused: counts.refused,
    overdueNow,
    openNow,
    onTimeRate: counts.closed === 0 ? null : counts.closedOnTime / counts.closed,
    responseP50Ms: percentile(counts.responsesMs, 0.5),
    responseP90Ms: percentile(counts.responsesMs, 0.9),
    alarmsRaised: counts.alarmsRaised,
    reportedByMinute: lastHour(kpi, kpi.reportedByMinute, now),
    closedByMinute: lastHour(kpi, kpi.closedByMinute, now),
  }
}

function countMinute(kpi: KpiState, counts: number[], at: Instant): void {
  const minute = Math.floor(at / minuteMs)
  const by = Math.min(minutesKept, Math.max(0, minute - kpi.minute))
  for (const kept of by === 0 ? [] : [kpi.reportedByMinute, kpi.closedByMinute]) {
    kept.copyWithin(0, by)
    kept.fill(0, minutesKept - by)
  }
  kpi.minute = Math.max(kpi.minute, minute)
  const index = minutesKept - 1 - (kpi.minute - minute)
  if (index >= 0) counts[index] = (counts[index] as number) + 1
}

/** 60 numbers, oldest first, the last one the minute `now` is in. */
function lastHour(kpi: KpiState, counts: readonly number[], now: Instant): number[] {
  const by = Math.floor(now / minuteMs) - kpi.minute
  return Array.from({ length: minutesKept }, (_, i) => counts[i + by] ?? 0)
}

function insertSorted(sorted: number[], value: number): void {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const mid = (low + high) >> 1
    if ((sorted[mid] as number) <= value) low = mid + 1
    else high = mid
  }
  sorted.splice(low, 0, value)
}
