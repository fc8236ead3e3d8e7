/** Rows to put into pictures: plain, complete, each field overridable. */
import type { Alarm } from '../../shared/model/alarm.ts'
import type { Assignment, Incident } from '../../shared/model/incident.ts'
import type { Reading } from '../../shared/model/reading.ts'
import type { Sensor } from '../../shared/model/sensor.ts'
import type { Unit } from '../../shared/model/unit.ts'

export const noon = Date.parse('2026-08-01T12:00:00+08:00')

export const sampleIncident = (over: Partial<Incident> = {}): Incident => ({
  id: '20260801-000001',
  version: 1,
  state: 'pending-dispatch',
  classCode: 'E0101',
  priority: 2,
  title: '桥下积水，联系13812345678',
  description: '报告人住在3号楼',
  source: 'hotline',
  sourceRef: 'T-77',
  alarmIds: [],
  position: [121.5, 31.2],
  address: '中山路1号',
  districtId: 'd1',
  reporter: { name: '张三', phone: '13812345678', email: 'zhang@example.org' },
  mediaUrl: 'https://example.org/photo.jpg',
  departmentId: 'water',
  assignments: [],
  reportedAt: noon,
  occurredAt: noon,
  acceptedAt: noon,
  filedAt: noon,
  dispatchedAt: null,
  arrivedAt: null,
  finishedAt: null,
  fedBackAt: null,
  checkedAt: null,
  closedAt: null,
  stateSince: noon,
  stageDueAt: noon + 900_000,
  dueAt: noon + 7_200_000,
  overdueStages: [],
  returnCount: 0,
  reworkCount: 0,
  resolution: '已告知张三',
  satisfaction: null,
  updatedAt: noon,
  drill: false,
  ...over,
})

export const sampleAssignment = (unitId: string): Assignment => ({
  unitId,
  state: 'dispatched',
  dispatchedBy: 'duty',
  dispatchedAt: noon,
  etaS: 300,
  acknowledgedAt: null,
  departedAt: null,
  arrivedAt: null,
  endedAt: null,
  reason: null,
})

export const sampleAlarm = (over: Partial<Alarm> = {}): Alarm => ({
  id: 'A1',
  version: 1,
  state: 'unacknowledged',
  ruleId: 'r1',
  ruleVersion: 1,
  sensorId: 1,
  sensorName: 'bridge',
  kind: 'water-depth',
  priority: 2,
  name: { zh: '积水', en: 'Ponding' },
  value: 31,
  unit: 'cm',
  limit: 30,
  sense: 'high',
  position: [121.5, 31.2],
  districtId: 'd1',
  occurredAt: noon,
  raisedAt: noon,
  acknowledgedAt: null,
  acknowledgedBy: 'duty',
  returnedAt: null,
  count: 1,
  incidentId: null,
  ...over,
})

export const sampleUnit = (over: Partial<Unit> = {}): Unit => ({
  id: 'PUMP-01',
  version: 1,
  name: '排水一队',
  kind: 'drainage',
  capabilities: [],
  departmentId: 'water',
  station: [121.4, 31.1],
  status: 'available',
  statusSince: noon,
  incidentId: null,
  ...over,
})

export const sampleSensor = (id: number, over: Partial<Sensor> = {}): Sensor => ({
  id,
  name: `sensor ${id}`,
  kind: 'water-depth',
  unit: 'cm',
  sentUnit: 'cm',
  thingId: id,
  position: [121 + (id % 100) / 100, 31],
  districtId: 'd1',
  intervalMs: 60_000,
  registeredAt: noon,
  ...over,
})

export const sampleReading = (sensorId: number, value: number, over: Partial<Reading> = {}): Reading => ({
  id: sensorId,
  sensorId,
  phenomenonAt: noon,
  receivedAt: noon,
  value,
  text: null,
  quality: 0,
  ...over,
})
