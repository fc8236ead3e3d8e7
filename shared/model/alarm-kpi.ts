/**
 * How well alarms are managed (ISA-18.2, IEC 62682, EEMUA 191; field reference §4.3). Every number is of one period, half open
 * (`from ≤ t < to`), and per console where it says so. An announcement is counted by its own instant, an alarm by when it was first raised.
 * Targets are data.
 */
import type { AlarmId, Instant, SensorId } from './ids.ts'
import type { Flood } from './load-control.ts'
import type { Priority } from './priority.ts'
import type { Term } from './term.ts'
import { percentile } from './kpi.ts'
import { allowedAcknowledgeMs, floodLimit } from './load-control.ts'

const min = 60_000
export const slotMs = 10 * min
const slotsAnHour = 6
const dayMs = 24 * 60 * min

/** Standing longer than this: 滞留. */
export const staleMs = dayMs
/** Alarms a console and hour above which the hour is counted. */
export const busyHourAbove = 30
/** Bad actors named. */
export const topCount = 10

export interface Period {
  readonly from: Instant
  readonly to: Instant
}

/** What of an alarm the numbers are made of. */
export interface AlarmFact {
  readonly id: AlarmId
  readonly sensorId: SensorId | null
  readonly sensorName: string
  readonly ruleId: string
  readonly name: Term
  readonly priority: Priority
  readonly raisedAt: Instant
  readonly announcedAt: Instant
  readonly acknowledgedAt: Instant | null
  /** When its condition was over; null while it holds. */
  readonly returnedAt: Instant | null
  readonly isOpen: boolean
  readonly hasCase: boolean
  readonly isFalse: boolean
  readonly hasChattered: boolean
  readonly fleetings: number
  readonly count: number
}

/** Announcements in slots of ten minutes, numbered from 0 at `from`; slots without any may be missing. */
export type Slots = readonly (readonly [slot: number, count: number])[]

export interface Peak {
  readonly beginsAt: Instant | null
  readonly count: number
}

export interface Rates {
  /** Announcements of the period, all consoles. */
  readonly announced: number
  /** On average, per console. */
  readonly perDay: number
  readonly perHour: number
  readonly per10Min: number
  /** The fullest ten minutes and the fullest hour, per console; where they begin, null where there was nothing. */
  readonly peak10Min: Peak
  readonly peakHour: Peak
  /** Hours with more than {@link busyHourAbove} a console, and their share of all. */
  readonly busyHours: { readonly count: number; readonly share: number }
  /** Slots with more than ten a console, and their share of all. */
  readonly floodSlots: { readonly count: number; readonly share: number }
}

export function ratesOf(slots: Slots, { from, to }: Period, consoles: number): Rates {
  const announced = slots.reduce((sum, [, count]) => sum + count, 0)
  const periodMs = Math.max(0, to - from)
  const per = (ms: number) => (periodMs === 0 ? 0 : announced / consoles / (periodMs / ms))
  const hours = new Map<number, number>()
  for (const [slot, count] of slots) {
    const hour = Math.floor(slot / slotsAnHour)
    hours.set(hour, (hours.get(hour) ?? 0) + count)
  }
  const share = (count: number, ms: number) => (periodMs === 0 ? 0 : count / Math.ceil(periodMs / ms))
  const above = (counts: Iterable<number>, limit: number) =>
    [...counts].filter((count) => count > limit * consoles).length
  const floodCount = above(
    slots.map(([, count]) => count),
    floodLimit.beginAbove,
  )
  const busyCount = above(hours.values(), busyHourAbove)
  return {
    announced,
    perDay: per(dayMs),
    perHour: per(60 * min),
    per10Min: per(slotMs),
    peak10Min: peakOf(slots, slotMs, from, consoles),
    peakHour: peakOf([...hours], 60 * min, from, consoles),
    busyHours: { count: busyCount, share: share(busyCount, 60 * min) },
    floodSlots: { count: floodCount, share: share(floodCount, slotMs) },
  }
}

/** The fullest; of equals the first. */
function peakOf(counts: Slots, widthMs: number, from: Instant, consoles: number): Peak {
  let best: readonly [number, number] | null = null
  for (const one of counts)
    if (best === null || one[1] > best[1] || (one[1] === best[1] && one[0] < best[0])) best = one
  return best === null
    ? { beginsAt: null, count: 0 }
    : { beginsAt: from + best[0] * widthMs, count: best[1] / consoles }
}

/** Part of the period in which a flood was on, 0 to 1; floods never overlap. One that runs lasts to the period's end. */
export function floodShare(floods: readonly Pick<Flood, 'startedAt' | 'endedAt'>[], { from, to }: Period): number {
  if (to <= from) return 0
  const ms = floods.reduce(
    (sum, { startedAt, endedAt }) => sum + Math.max(0, Math.min(endedAt ?? to, to) - Math.max(startedAt, from)),
    0,
  )
  return ms / (to - from)
}

/** Floods of a series of announcements (ascending), as they would have been found at each of them and at each of `ticks` (ascending). */
export function floodsOf(
  announcedAts: readonly Instant[],
  ticks: readonly Instant[],
  consoles: number,
): Pick<Flood, 'startedAt' | 'endedAt'>[] {
  const floods: { startedAt: Instant; endedAt: Instant | null }[] = []
  let [first, next] = [0, 0]
  for (const now of ticks) {
    while (next < announcedAts.length && (announcedAts[next] as number) <= now) next++
    while (first < next && (announcedAts[first] as number) <= now - floodLimit.windowMs) first++
    const running = floods.at(-1)
    const isOn = running !== undefined && running.endedAt === null
    if (!isOn && next - first > floodLimit.beginAbove * consoles) floods.push({ startedAt: now, endedAt: null })
    else if (isOn && next - first < floodLimit.endBelow * consoles) running.endedAt = now
  }
  return floods
}

/** 80/15/5: what each priority should have of all announcements, P3 and P4 together being the low ones. */
export const prioritySplit = [
  { id: 'high', name: { zh: '特急', en: 'Critical' }, priorities: [1], target: 0.05 },
  { id: 'medium', name: { zh: '紧急', en: 'Urgent' }, priorities: [2], target: 0.15 },
  { id: 'low', name: { zh: '一般和提示', en: 'Normal and low' }, priorities: [3, 4], target: 0.8 },
] as const satisfies readonly { id: string; name: Term; priorities: readonly Priority[]; target: number }[]

export interface SplitPart {
  readonly id: (typeof prioritySplit)[number]['id']
  readonly count: number
  /** Null where nothing was announced. */
  readonly share: number | null
  readonly target: number
}
export function splitOf(byPriority: Readonly<Record<Priority, number>>): readonly SplitPart[] {
  const all = byPriority[1] + byPriority[2] + byPriority[3] + byPriority[4]
  return prioritySplit.map(({ id, priorities, target }) => {
    const count = priorities.reduce<number>((sum, priority) => sum + byPriority[priority], 0)
    return { id, count, share: all === 0 ? null : count / all, target }
  })
}

export interface AcknowledgeTimes {
  readonly count: number
  readonly p50Ms: number | null
  readonly p90Ms: number | null
  /** Of those acknowledged, and those whose time ran out unacknowledged; null where there are none. */
  readonly inTimeShare: number | null
  /** Waiting at the end of the period. */
  readonly waiting: number
}
type Acknowledgeable = Pick<AlarmFact, 'priority' | 'announcedAt' | 'acknowledgedAt' | 'isOpen'>
/** From the announcement to the acknowledgement; the limit itself is in time. `now`: what still waits is measured to there. */
export function acknowledgeTimes(facts: readonly Acknowledgeable[], now: Instant): AcknowledgeTimes {
  const times: number[] = []
  let [inTime, late, waiting] = [0, 0, 0]
  for (const { priority, announcedAt, acknowledgedAt, isOpen } of facts) {
    const allowedMs = allowedAcknowledgeMs(priority)
    if (acknowledgedAt === null) {
      if (!isOpen) continue
      waiting++
      if (now - announcedAt > allowedMs) late++
      continue
    }
    const tookMs = Math.max(0, acknowledgedAt - announcedAt)
    times.push(tookMs)
    if (tookMs <= allowedMs) inTime++
    else late++
  }
  times.sort((a, b) => a - b)
  return {
    count: times.length,
    p50Ms: percentile(times, 0.5),
    p90Ms: percentile(times, 0.9),
    inTimeShare: inTime + late === 0 ? null : inTime / (inTime + late),
    waiting,
  }
}

/** Most alarms that stood longer than {@link staleMs} on any one day; days begin at these instants, ascending, the last ends at `to`. */
export function staleOnADay(
  facts: readonly Pick<AlarmFact, 'raisedAt' | 'returnedAt'>[],
  dayStarts: readonly Instant[],
  to: Instant,
): number {
  return dayStarts.reduce((most, startAt, index) => {
    const endAt = dayStarts[index + 1] ?? to
    const stale = facts.filter(
      ({ raisedAt, returnedAt }) =>
        raisedAt + staleMs < endAt && (returnedAt === null || returnedAt > Math.max(startAt, raisedAt + staleMs)),
    )
    return Math.max(most, stale.length)
  }, 0)
}

/** One sensor and rule, or a part of them, and what is wrong with it. */
export interface BadActor {
  readonly sensorId: SensorId | null
  readonly sensorName: string
  readonly ruleId: string
  readonly name: Term
  readonly announced: number
  /** Of all announcements of the period. */
  readonly share: number
  readonly alarms: number
  readonly chattering: number
  readonly fleeting: number
  readonly stale: number
  readonly falseAlarms: number
}

export interface FalseShare {
  readonly key: string
  readonly name: string
  readonly alarms: number
  readonly falseAlarms: number
  readonly share: number
}

/**
 * How much a console has to bear. ANSI/ISA-18.2-2009 (§16, "alarm performance metrics") and IEC 62682: about one announcement in ten
 * minutes is acceptable, about two are the most that is manageable; no ten minutes hold more than ten, and fewer than 1 % of them are in
 * flood (as tabled by https://pypi.org/project/alarmkpi/). EEMUA 191 gives the same one in ten minutes and ten in ten minutes
 * (https://scribd.com/document/51103565). The five levels that are told of EEMUA 191 are not used: no published table of theirs was found.
 */
export const loadLevels = ['acceptable', 'manageable', 'excessive'] as const
export type LoadLevel = (typeof loadLevels)[number]
export const loadLevelNames: Record<LoadLevel, Term> = {
  acceptable: { zh: '可接受', en: 'Acceptable' },
  manageable: { zh: '可应对', en: 'Manageable' },
  excessive: { zh: '超负荷', en: 'Excessive' },
}
export const loadTargets = {
  /** A console's mean of ten minutes. */
  acceptablePer10Min: 1,
  manageablePer10Min: 2,
  /** The fullest ten minutes, a console. */
  peak10Min: 10,
  /** Part of the ten minutes that hold more than that; this much is too much. */
  floodShareBelow: 0.01,
} as const

/** Acceptable where all three hold; manageable by the mean alone. */
export function loadLevel({ per10Min, peak10Min, floodSlots }: Rates): LoadLevel {
  if (per10Min > loadTargets.manageablePer10Min) return 'excessive'
  const isCalm = peak10Min.count <= loadTargets.peak10Min && floodSlots.share < loadTargets.floodShareBelow
  return per10Min <= loadTargets.acceptablePer10Min && isCalm ? 'acceptable' : 'manageable'
}

/** 告警指标 of one period. */
export interface AlarmKpi {
  readonly consoles: number
  readonly rates: Rates
  readonly level: LoadLevel
  /** Share of the period in flood, and the floods that reach into it, the newest first. */
  readonly floodShare: number
  readonly floods: readonly Flood[]
  readonly split: readonly SplitPart[]
  /** The most frequent sensors and rules, and their share of all announcements. */
  readonly top: readonly BadActor[]
  readonly topShare: number
  readonly chattering: readonly BadActor[]
  readonly fleeting: readonly BadActor[]
  /** Standing now, of any age; and longer than a day. */
  readonly standing: number
  readonly stale: number
  readonly staleOnADay: number
  readonly acknowledge: AcknowledgeTimes
  /** Alarms raised in the period; those a person found false; by sensor and by rule, the worst first. */
  readonly alarms: number
  readonly falseAlarms: number
  readonly falseShare: number | null
  readonly falseBySensor: readonly FalseShare[]
  readonly falseByRule: readonly FalseShare[]
  /** 告警转事件率: alarms with a case, of all. */
  readonly withCase: number
  readonly conversion: number | null
}

export const shareOf = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)
