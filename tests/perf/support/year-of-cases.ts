/** A year of cases and alarms as rows of read models: plausible instants, people and places of a large city; the same every time. */
import { seededRandom } from '../../../mock-data/city/random.ts'
import { defaultAlarmRules } from '../../../server/src/domain/alarm-rules.ts'
import { defaultCaseClasses } from '../../../server/src/domain/case-classes.ts'
import type { Alarm } from '../../../shared/model/alarm.ts'
import type { CaseTimes } from '../../../shared/model/case-times.ts'
import type { Incident } from '../../../shared/model/incident.ts'
import { incidentSources } from '../../../shared/model/incident.ts'
import type { Announcement } from '../../../shared/model/load-control.ts'
import type { Priority } from '../../../shared/model/priority.ts'
import { sampleAlarm, sampleIncident } from '../../support/sample-rows.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
export const districts = Array.from({ length: 16 }, (_, i) => `3101${String(i + 1).padStart(2, '0')}`)
const streetsEach = 10
const gridsEach = 10
const departments = [...new Set(defaultCaseClasses.map(({ departmentId }) => departmentId))]

const random = seededRandom(11)
const one = random.pick
const { chance } = random
/** Half below, half above; one in twenty longer than four times. */
const about = (ms: number): number => Math.round(ms * Math.exp(random.normal() * 0.85))

function timesFrom(reportedAt: number, isCrews: boolean): CaseTimes {
  const T1 = reportedAt + about(8_000)
  const T3 = T1 + about(60_000)
  const T5 = T3 + about(4 * minuteMs)
  const head: CaseTimes = { T0: reportedAt, T1, T3, T4: T3 + about(30_000), T5 }
  if (!isCrews) return head
  const T6 = T5 + about(30_000)
  const T7 = T6 + about(50_000)
  const T9 = T7 + about(9 * minuteMs)
  return { ...head, T6, T7, T9, T10: T9 + about(10 * minuteMs), T13: T9 + about(25 * minuteMs) }
}

/** The case of number `n` of that year, as it ended, or stands at `nowAt`. */
export function caseOf(n: number, reportedAt: number, nowAt: number): Incident {
  const caseClass = one(defaultCaseClasses)
  const district = random.whole(0, districts.length - 1)
  const street = random.whole(0, streetsEach - 1)
  const times = timesFrom(reportedAt, chance(0.7))
  const filedAt = (times.T4 as number) + about(3 * minuteMs)
  const dueAt = filedAt + one([2, 4, 24, 48, 120]) * hourMs
  const fedBackAt = Math.min(filedAt + about((dueAt - filedAt) * 0.5), filedAt + 240 * hourMs)
  const closedAt = fedBackAt + about(hourMs)
  const isClosed = closedAt < nowAt
  const isRefused = chance(0.04)
  const isLate = closedAt > dueAt
  const code = districts[district] as string
  return sampleIncident({
    id: `Y${n}`,
    state: isRefused ? 'rejected' : isClosed ? one(['closed', 'evaluated']) : 'handling',
    classCode: caseClass.code,
    priority: one([1, 2, 3, 3, 4, 4]) as Priority,
    source: one(incidentSources),
    districtId: code,
    streetId: `${code}-${street}`,
    gridId: `${code}-${street}-${random.whole(0, gridsEach - 1)}`,
    departmentId: one(departments),
    filedBy: `officer-${random.whole(1, 40)}`,
    reportedAt,
    acceptedAt: times.T3 as number,
    filedAt: isRefused ? null : filedAt,
    dispatchedAt: isRefused ? null : (times.T5 as number),
    arrivedAt: isRefused ? null : (times.T9 ?? null),
    fedBackAt: isRefused || fedBackAt > nowAt ? null : fedBackAt,
    checkedAt: isRefused || !isClosed ? null : fedBackAt + 1,
    closedAt: isRefused ? filedAt : isClosed ? closedAt : null,
    dueAt: isRefused ? null : dueAt,
    overdueStages: isLate ? ['handle'] : [],
    returnCount: Number(chance(0.06)),
    reworkCount: Number(chance(0.05)),
    satisfaction: isClosed && chance(0.5) ? one([3, 4, 5, 5]) : null,
    times,
  })
}

/** An alarm of that year with what was announced of it. */
export function alarmOf(n: number, raisedAt: number): { readonly alarm: Alarm; readonly announced: Announcement[] } {
  // A tenth of the devices say half of it, each by the one rule of its kind.
  const sensorId = chance(0.5) ? random.whole(1, 1_200) : random.whole(1, 12_000)
  const rule = defaultAlarmRules[sensorId % defaultAlarmRules.length] as (typeof defaultAlarmRules)[number]
  const announcedCount = chance(0.1) ? random.whole(2, 5) : 1
  const alarm = sampleAlarm({
    id: `A${n}`,
    ruleId: rule.id,
    name: rule.name,
    priority: rule.priority,
    sensorId,
    sensorName: `sensor ${sensorId}`,
    state: 'normal',
    raisedAt,
    acknowledgedAt: chance(0.95) ? raisedAt + about(3 * minuteMs) : null,
    returnedAt: raisedAt + about(40 * minuteMs),
    incidentId: chance(0.6) ? `Y${n}` : null,
    falseMark: null,
  })
  const announced = Array.from({ length: announcedCount }, (_, i): Announcement => ({
    seq: n * 10 + i,
    at: raisedAt + i * about(6 * minuteMs),
    alarmId: alarm.id,
    priority: alarm.priority,
    isInKpi: true,
  }))
  return { alarm, announced }
}
