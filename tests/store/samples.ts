/** Rows for the store's tests: whole, valid, and different where a test needs them to be. */
import type { DomainEvent, LoggedEvent } from '../../shared/model/event.ts'
import type { Incident } from '../../shared/model/incident.ts'
import type { Reading } from '../../shared/model/reading.ts'
import type { Sensor } from '../../shared/model/sensor.ts'
import type { Alarm } from '../../shared/model/alarm.ts'
import type { CommitBatch } from '../../server/src/ports/store.ts'
import { genesisHash, hashEvent } from '../../server/src/platform/event-hash.ts'

export const noonAt = Date.UTC(2026, 2, 10, 12)

export const emptyBatch: CommitBatch = {
  events: [],
  rows: {
    incidents: [],
    alarms: [],
    announcements: [],
    floods: [],
    units: [],
    warnings: [],
    drills: [],
    dutyEntries: [],
    handOvers: [],
    sensors: [],
    removedSensorIds: [],
  },
  readings: [],
  fixes: [],
  commands: [],
}

export const sampleReading = (change: Partial<Reading> & { readonly id: number }): Reading => ({
  sensorId: 1,
  phenomenonAt: noonAt,
  receivedAt: noonAt + 1_000,
  value: 1,
  text: null,
  quality: 0,
  ...change,
})

export const sampleSensor = (id: number): Sensor => ({
  id,
  name: `sensor ${id}`,
  kind: 'water-depth',
  unit: 'cm',
  sentUnit: 'cm',
  thingId: id,
  position: [121.4, 31.2],
  districtId: '310101',
  intervalMs: 60_000,
  registeredAt: noonAt,
})

export const sampleIncident = (change: Partial<Incident> & { readonly id: string }): Incident => ({
  version: 1,
  state: 'reported',
  classCode: 'E0101',
  priority: 3,
  title: 'Water on the road',
  description: '',
  source: 'open311',
  sourceRef: null,
  alarmIds: [],
  position: [121.4, 31.2],
  address: null,
  districtId: '310101',
  reporter: null,
  mediaUrl: null,
  departmentId: null,
  assignments: [],
  reportedAt: noonAt,
  occurredAt: noonAt,
  acceptedAt: null,
  filedAt: null,
  dispatchedAt: null,
  arrivedAt: null,
  finishedAt: null,
  fedBackAt: null,
  checkedAt: null,
  closedAt: null,
  stateSince: noonAt,
  stageDueAt: null,
  dueAt: null,
  overdueStages: [],
  returnCount: 0,
  reworkCount: 0,
  resolution: null,
  satisfaction: null,
  updatedAt: noonAt,
  drill: false,
  ...change,
})

export const sampleAlarm = (change: Partial<Alarm> & { readonly id: string }): Alarm => ({
  version: 1,
  state: 'unacknowledged',
  ruleId: 'ponding',
  ruleVersion: 1,
  sensorId: 1,
  sensorName: 'sensor 1',
  kind: 'water-depth',
  priority: 2,
  name: { zh: '积水', en: 'Ponding' },
  value: 30,
  unit: 'cm',
  limit: 25,
  sense: 'high',
  deadband: 0,
  position: [121.4, 31.2],
  districtId: '310101',
  occurredAt: noonAt,
  receivedAt: noonAt,
  raisedAt: noonAt,
  annunciatedAt: noonAt,
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
  lastRaisedAt: noonAt,
  reAlarmAt: null,
  reAlarmCount: 0,
  shelving: null,
  suppression: null,
  outOfService: null,
  falseMark: null,
  ...change,
})

/** The next events of a chain. */
export function chain(
  events: readonly DomainEvent[],
  after: { readonly seq: number; readonly hash: string } = { seq: 0, hash: genesisHash },
): LoggedEvent[] {
  let { seq, hash: prevHash } = after
  return events.map((event) => {
    const unsigned = { seq: ++seq, at: noonAt + seq, actor: 'duty', cause: `command:${seq}`, event }
    const { hash } = hashEvent(prevHash, unsigned)
    const logged = { ...unsigned, prevHash, hash }
    prevHash = hash
    return logged
  })
}

export const noted = (subject: string): DomainEvent => ({
  type: 'audit.noted',
  act: 'sign-in',
  ok: true,
  subject,
  details: { from: '127.0.0.1' },
})
