/** Alarm KPIs the slow and obvious way: everything is looked at for every number. What the store answers is held against it. */
import type { Priority } from '../../shared/model/alarm.ts'
import type { Announcement, Flood } from '../../shared/model/load-control.ts'
import { allowedAcknowledgeMs } from '../../shared/model/load-control.ts'
import {
  loadLevel,
  prioritySplit,
  staleMs,
  topCount,
  type AlarmFact,
  type AlarmKpi,
  type BadActor,
  type FalseShare,
  type Period,
  type Rates,
} from '../../shared/model/alarm-kpi.ts'
import { percentile } from '../../shared/model/kpi.ts'

const [slotMs, hourMs, dayMs] = [600_000, 3_600_000, 86_400_000]
export interface City {
  readonly facts: readonly AlarmFact[]
  readonly announcements: readonly Announcement[]
  readonly floods: readonly Flood[]
}
export type Question = Period & { readonly consoles: number; readonly dayStarts: readonly number[] }

const within = (at: number, { from, to }: Period) => at >= from && at < to

function ratesReference(ats: readonly number[], { from, to }: Period, consoles: number): Rates {
  const counts = (widthMs: number) => {
    const all: { at: number; count: number }[] = []
    for (let at = from; at < to; at += widthMs)
      all.push({ at, count: ats.filter((one) => one >= at && one < at + widthMs).length })
    return all
  }
  const peak = (all: readonly { at: number; count: number }[]) => {
    const most = Math.max(0, ...all.map(({ count }) => count))
    return most === 0
      ? { beginsAt: null, count: 0 }
      : { beginsAt: all.find(({ count }) => count === most)!.at, count: most / consoles }
  }
  const above = (all: readonly { count: number }[], limit: number) => {
    const count = all.filter((one) => one.count / consoles > limit).length
    return { count, share: all.length === 0 ? 0 : count / all.length }
  }
  const [slots, hours] = [counts(slotMs), counts(hourMs)]
  const per = (ms: number) => (to === from ? 0 : (ats.length / consoles) * (ms / (to - from)))
  return {
    announced: ats.length,
    perDay: per(dayMs),
    perHour: per(hourMs),
    per10Min: per(slotMs),
    peak10Min: peak(slots),
    peakHour: peak(hours),
    busyHours: above(hours, 30),
    floodSlots: above(slots, 10),
  }
}

const keyOf = ({ sensorId, ruleId }: Pick<AlarmFact, 'sensorId' | 'ruleId'>) => `${ruleId} ${sensorId ?? ''}`

export function badActorsReference({ facts, announcements }: City, period: Period): BadActor[] {
  const said = announcements.filter((one) => one.isInKpi && within(one.at, period))
  const raised = facts.filter((one) => within(one.raisedAt, period))
  const factOf = new Map(facts.map((one) => [one.id, one]))
  const keys = new Map<string, AlarmFact>()
  for (const one of [...said.map(({ alarmId }) => factOf.get(alarmId)!), ...raised]) keys.set(keyOf(one), one)
  const actors = [...keys].map(([key, { sensorId, sensorName, ruleId, name }]): BadActor => {
    const own = raised.filter((one) => keyOf(one) === key)
    const announced = said.filter(({ alarmId }) => keyOf(factOf.get(alarmId)!) === key).length
    return {
      sensorId,
      sensorName,
      ruleId,
      name,
      announced,
      share: said.length === 0 ? 0 : announced / said.length,
      alarms: own.length,
      chattering: own.filter((one) => one.hasChattered).length,
      fleeting: own.reduce((sum, one) => sum + one.fleetings, 0),
      stale: own.filter((one) => Math.min(one.returnedAt ?? period.to, period.to) - one.raisedAt > staleMs).length,
      falseAlarms: own.filter((one) => one.isFalse).length,
    }
  })
  return actors.sort(
    (a, b) =>
      b.announced - a.announced ||
      (a.ruleId < b.ruleId ? -1 : a.ruleId > b.ruleId ? 1 : (a.sensorId ?? Infinity) - (b.sensorId ?? Infinity)),
  )
}

function falseReference(facts: readonly AlarmFact[], keyOfFact: (one: AlarmFact) => [string, string]): FalseShare[] {
  const keys = new Map(facts.map((one) => keyOfFact(one)))
  return [...keys]
    .map(([key, name]) => {
      const own = facts.filter((one) => keyOfFact(one)[0] === key)
      const falseAlarms = own.filter((one) => one.isFalse).length
      return { key, name, alarms: own.length, falseAlarms, share: falseAlarms / own.length }
    })
    .filter((one) => one.falseAlarms > 0)
    .sort((a, b) => b.share - a.share || b.alarms - a.alarms || (a.key < b.key ? -1 : 1))
}

/** `facts` and `announcements` of drills that do not count must not be among them. */
export function alarmKpiReference(city: City, question: Question): AlarmKpi {
  const { from, to, consoles, dayStarts } = question
  const said = city.announcements.filter((one) => one.isInKpi && within(one.at, question))
  const rates = ratesReference(
    said.map(({ at }) => at),
    question,
    consoles,
  )
  const raised = city.facts.filter((one) => within(one.raisedAt, question))
  const actors = badActorsReference(city, question)
  const top = actors.filter(({ announced }) => announced > 0).slice(0, topCount)
  const floods = city.floods.filter((one) => one.startedAt < to && (one.endedAt ?? to) > from)
  const took = raised
    .flatMap(({ acknowledgedAt, announcedAt }) => (acknowledgedAt === null ? [] : [acknowledgedAt - announcedAt]))
    .sort((a, b) => a - b)
  const allowed = ({ priority }: { priority: Priority }) => allowedAcknowledgeMs(priority)
  const inTime = raised.filter(
    (one) => one.acknowledgedAt !== null && one.acknowledgedAt - one.announcedAt <= allowed(one),
  )
  const waiting = raised.filter((one) => one.acknowledgedAt === null && one.isOpen)
  const late = waiting.filter((one) => to - one.announcedAt > allowed(one))
  const standing = city.facts.filter((one) => one.isOpen && one.returnedAt === null && one.raisedAt < to)
  const falseAlarms = raised.filter((one) => one.isFalse).length
  const withCase = raised.filter((one) => one.hasCase).length
  const share = (part: number, whole: number) => (whole === 0 ? null : part / whole)
  return {
    consoles,
    rates,
    level: loadLevel(rates),
    floodShare:
      to === from
        ? 0
        : floods.reduce((ms, one) => ms + Math.min(one.endedAt ?? to, to) - Math.max(one.startedAt, from), 0) /
          (to - from),
    floods: floods.sort((a, b) => b.startedAt - a.startedAt),
    split: prioritySplit.map(({ id, priorities, target }) => {
      const count = said.filter(({ priority }) => (priorities as readonly Priority[]).includes(priority)).length
      return { id, count, share: share(count, said.length), target }
    }),
    top,
    topShare: top.reduce((sum, one) => sum + one.share, 0),
    chattering: actors.filter(({ chattering }) => chattering > 0),
    fleeting: actors.filter(({ fleeting }) => fleeting > 0),
    standing: standing.length,
    stale: standing.filter((one) => to - one.raisedAt > staleMs).length,
    staleOnADay: Math.max(
      0,
      ...dayStarts.map((startAt, index) => {
        const endAt = dayStarts[index + 1] ?? to
        return city.facts.filter((one) => {
          const [staleFrom, until] = [one.raisedAt + staleMs, one.returnedAt ?? Infinity]
          return Math.max(staleFrom, startAt) < Math.min(until, endAt)
        }).length
      }),
    ),
    acknowledge: {
      count: took.length,
      p50Ms: percentile(took, 0.5),
      p90Ms: percentile(took, 0.9),
      inTimeShare: share(inTime.length, took.length + late.length),
      waiting: waiting.length,
    },
    alarms: raised.length,
    falseAlarms,
    falseShare: share(falseAlarms, raised.length),
    falseBySensor: falseReference(raised, (one) => [String(one.sensorId ?? one.ruleId), one.sensorName]),
    falseByRule: falseReference(raised, (one) => [one.ruleId, one.name.zh]),
    withCase,
    conversion: share(withCase, raised.length),
  }
}
