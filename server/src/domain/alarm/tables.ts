/** The part of the city's state that alarms live in. */
import type { Alarm, AlarmChannel } from '../../../../shared/model/alarm.ts'
import type { AlarmId, SensorId } from '../../../../shared/model/ids.ts'
import type { RuleChange } from '../../../../shared/model/alarm-rule-change.ts'
import type { Sensor } from '../../../../shared/model/sensor.ts'
import { TimerQueue } from '../deadline/timer-queue.ts'

export interface AlarmTables {
  /** Open ones. */
  readonly alarms: Map<AlarmId, Alarm>
  /** The sensor's open alarm, and apart from it the one a drill raised. */
  readonly alarmOfSensor: Map<SensorId, AlarmId>
  readonly drillAlarmOfSensor: Map<SensorId, AlarmId>
  /** The sensor's open alarm that it cannot be believed or heard; never a drill's. */
  readonly dataAlarmOfSensor: Map<SensorId, AlarmId>
  /** The sensor's open alarm that it says what it never said; never a drill's. */
  readonly deviationAlarmOfSensor: Map<SensorId, AlarmId>
  readonly alarmOfSystem: Map<string, AlarmId>
  readonly alarmOfGateway: Map<string, AlarmId>
  /** When time alone moves an open alarm, by its id. */
  readonly alarmTimers: TimerQueue
  /** Alarms that are over, the first that ended first. */
  readonly endedAlarms: Map<AlarmId, Alarm>
  /** The change each rule stands by, by the rule's id; and those that wait for a second person, by their own. */
  readonly ruleChanges: Map<string, RuleChange>
  readonly ruleProposals: Map<string, RuleChange>
  readonly sensors: Map<SensorId, Sensor>
  /** When a sensor's maintenance ends, by its id. */
  readonly serviceTimers: TimerQueue
}

export const newAlarmTables = (): AlarmTables => ({
  alarms: new Map(),
  alarmOfSensor: new Map(),
  drillAlarmOfSensor: new Map(),
  dataAlarmOfSensor: new Map(),
  deviationAlarmOfSensor: new Map(),
  alarmOfSystem: new Map(),
  alarmOfGateway: new Map(),
  alarmTimers: new TimerQueue(),
  endedAlarms: new Map(),
  ruleChanges: new Map(),
  ruleProposals: new Map(),
  sensors: new Map(),
  serviceTimers: new TimerQueue(),
})

/** Who is the sensor's alarm: asked and kept apart for what is real and what is a drill's, and for values and data. */
export function alarmsBySensor(
  state: AlarmTables,
  ofDrill: boolean,
  channel: AlarmChannel = 'value',
): Map<SensorId, AlarmId> {
  if (channel === 'data') return state.dataAlarmOfSensor
  if (channel === 'deviation') return state.deviationAlarmOfSensor
  return ofDrill ? state.drillAlarmOfSensor : state.alarmOfSensor
}
