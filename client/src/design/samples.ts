/** Rows for specimens: one city at one moment, always the same. The words in them are of the language shown, as a city's own would be. */
import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Alarm } from '../../../shared/model/alarm.ts'
import type { Incident } from '../../../shared/model/incident.ts'
import type { AlarmGroup, Flood } from '../../../shared/model/load-control.ts'
import type { Drill } from '../../../shared/model/drill.ts'
import { scenarios } from '../../../shared/model/scenario.ts'

const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const timeZone = 'Asia/Shanghai'
/** A Monday morning in June. */
export const nowAt = Date.parse('2026-06-15T10:24:00+08:00')
export const minutesAgo = (n: number): number => nowAt - n * minuteMs

/** A day of a measure, smooth and the same each time: `points` values around `middle`. */
export function dayOf(points: number, middle: number, swing: number): { times: number[]; values: number[] } {
  const stepMs = (24 * hourMs) / (points - 1)
  const times = Array.from({ length: points }, (_, i) => nowAt - 24 * hourMs + i * stepMs)
  const wave = (i: number) => Math.sin((i / points) * 2 * Math.PI) + Math.sin((i / points) * 14 * Math.PI) / 4
  return { times, values: times.map((_, i) => Math.round((middle + swing * wave(i)) * 10) / 10) }
}

export interface Samples {
  /** A word of `design.sample`. */
  word(name: string, values?: Readonly<Record<string, string | number>>): string
  incident(over?: Partial<Incident>): Incident
  alarm(over?: Partial<Alarm>): Alarm
  readonly cluster: ComputedRef<AlarmGroup>
}

export function useSamples(): Samples {
  const { t } = useI18n()
  const word: Samples['word'] = (name, values = {}) => t(`design.sample.${name}`, values)
  const both = (text: string) => ({ zh: text, en: text })
  return {
    word,
    incident: (over = {}) => ({
      id: '20260615-000042',
      version: 3,
      state: 'pending-dispatch',
      classCode: 'E0110',
      priority: 2,
      title: word('case'),
      description: '',
      source: 'hotline',
      sourceRef: null,
      alarmIds: [],
      position: [122.93, 31],
      address: word('place'),
      districtId: null,
      reporter: null,
      mediaUrl: null,
      departmentId: null,
      assignments: [],
      reportedAt: minutesAgo(30),
      occurredAt: minutesAgo(32),
      acceptedAt: minutesAgo(28),
      filedAt: minutesAgo(20),
      dispatchedAt: null,
      arrivedAt: null,
      finishedAt: null,
      fedBackAt: null,
      checkedAt: null,
      closedAt: null,
      stateSince: minutesAgo(20),
      stageDueAt: minutesAgo(-12),
      dueAt: minutesAgo(-100),
      overdueStages: [],
      returnCount: 0,
      reworkCount: 0,
      resolution: null,
      satisfaction: null,
      updatedAt: minutesAgo(20),
      drill: false,
      ...over,
    }),
    alarm: (over = {}) => ({
      id: 'A-42',
      version: 1,
      state: 'unacknowledged',
      ruleId: 'water-depth',
      ruleVersion: 1,
      sensorId: 1,
      sensorName: word('sensor'),
      kind: 'water-depth',
      priority: 1,
      name: both(word('event')),
      value: 42,
      unit: 'cm',
      limit: 30,
      sense: 'high',
      deadband: 2,
      position: [122.93, 31],
      districtId: null,
      occurredAt: minutesAgo(3),
      receivedAt: minutesAgo(3),
      raisedAt: minutesAgo(3),
      annunciatedAt: minutesAgo(3),
      acknowledgedAt: null,
      acknowledgedBy: null,
      acknowledgedComment: null,
      returnedAt: null,
      count: 1,
      incidentId: null,
      drill: false,
      gateway: null,
      active: true,
      latch: false,
      lastRaisedAt: minutesAgo(3),
      reAlarmAt: null,
      reAlarmCount: 0,
      shelving: null,
      suppression: null,
      outOfService: null,
      falseMark: null,
      ...over,
    }),
    cluster: computed(() => ({
      id: 'G-1',
      version: 1,
      basis: 'place',
      cause: 'waterlogging',
      name: both(word('event')),
      firstOut: { alarmId: 'A-42', sensorName: word('sensor'), name: both(word('event')), occurredAt: minutesAgo(9) },
      alarmIds: ['A-42', 'A-43', 'A-44', 'A-45', 'A-46', 'A-47'],
      total: 14,
      priority: 2,
      unacknowledged: 6,
      position: [122.93, 31],
      districtId: null,
      startedAt: minutesAgo(9),
      lastAt: minutesAgo(2),
      drill: false,
    })),
  }
}

export const drillOf = (startedBy: string): Drill => ({
  id: 'D-1',
  version: 1,
  scenario: 'rainstorm',
  name: scenarios.rainstorm.name,
  startedBy,
  startedAt: minutesAgo(45),
  endedAt: null,
  countsInKpi: false,
  seed: 1,
})
export const flood: Flood = {
  id: 'F-1',
  version: 1,
  startedAt: minutesAgo(18),
  endedAt: null,
  consoles: 1,
  topRules: [],
  announced: 37,
  byPriority: { 1: 2, 2: 9, 3: 20, 4: 6 },
  ofDrill: 0,
  peak: 24,
  groups: 3,
  grouped: 28,
  escalated: 1,
  cases: 5,
  acknowledged: 30,
}
