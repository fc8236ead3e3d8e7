/**
 * State again after a start: the newest snapshot, then the events since. Guarantees: the state answered is exactly that
 * of the log's head, or there is a fault and no state.
 */
import type { Reading } from '../../../shared/model/reading.ts'
import type { DayOf } from '../../../shared/model/city-calendar.ts'
import type { CityState } from '../domain/state.ts'
import type { AlarmWatch, Verdict } from '../domain/alarm/watch.ts'
import type { DeviationWatch } from '../domain/anomaly/deviation-watch.ts'
import type { DataWatch } from '../domain/alarm/data-watch.ts'
import { evictEnded, evolve, newCityState } from '../domain/state.ts'
import { SnapshotReader } from '../domain/snapshot.ts'
import type { EngineStore } from '../ports/store.ts'
import type { EngineSettings } from './settings.ts'

const pageSize = 5_000

export interface Recovered {
  readonly state: CityState
  readonly epoch: string
  readonly headHash: string
  readonly maxReadingId: number
  readonly snapshotRev: number
  /** Events folded on top of the snapshot. */
  readonly replayed: number
}

export async function recover(store: EngineStore, dayOf: DayOf, settings: EngineSettings): Promise<Recovered> {
  const { epoch, headSeq, headHash, maxReadingId, snapshot } = await store.open()
  const reader = new SnapshotReader(dayOf)
  if (snapshot !== null) for await (const piece of snapshot.pieces) reader.take(piece)
  const state = reader.state() ?? newCityState(dayOf)
  const snapshotRev = state.rev
  while (state.rev < headSeq) {
    const page = await store.events(state.rev, pageSize)
    if (page.length === 0) throw new Error(`the log says it has ${headSeq} events and ends at ${state.rev}`)
    for (const event of page) {
      if (event.seq !== state.rev + 1) throw new Error(`the log has no event ${state.rev + 1}`)
      evolve(state, event)
    }
    evictEnded(state, state.at, settings.keepEndedMs, settings.keepEndedCount)
  }
  return { state, epoch, headHash, maxReadingId, snapshotRev, replayed: state.rev - snapshotRev }
}

/**
 * The same for alarms of a drill that was running. What its sensors said last is not told: a drill goes on with its next
 * reading, and one that never comes leaves the alarm to the drill's end.
 */
export function primeDrillWatch(watch: AlarmWatch, state: CityState): void {
  for (const [sensorId, alarmId] of state.drillAlarmOfSensor) {
    const [alarm, sensor] = [state.alarms.get(alarmId), state.sensors.get(sensorId)]
    if (alarm?.active === true && sensor !== undefined)
      watch.restore(sensor.kind, sensorId, alarm.ruleId, undefined, sensor.districtId)
  }
}

/** Tells the data watch when each sensor spoke last, and which of them, and which gateways, are known to be silent or not to be believed. */
export function primeDataWatch(watch: DataWatch, state: CityState, latest: readonly Reading[]): void {
  for (const last of latest) {
    const sensor = state.sensors.get(last.sensorId)
    if (sensor === undefined) continue
    const alarm = state.alarms.get(state.dataAlarmOfSensor.get(sensor.id) ?? '')
    watch.restore(sensor, last, alarm?.active === true ? alarm.ruleId : null)
  }
  for (const [name, id] of state.alarmOfGateway) if (state.alarms.get(id)?.active === true) watch.restoreGateway(name)
}

/** Tells the watch which sensors are known to be off their habits. */
export function primeDeviationWatch(watch: DeviationWatch, state: CityState): void {
  for (const [sensorId, alarmId] of state.deviationAlarmOfSensor)
    if (state.alarms.get(alarmId)?.active === true) watch.restore(sensorId)
}

/**
 * Tells the watch which alarms stand and what each sensor said last. Answers the sensors whose condition has ended:
 * their last reading was the way back, and its off-delay was none.
 */
export function primeWatch(watch: AlarmWatch, state: CityState, latest: readonly Reading[]): Verdict[] {
  const ended: Verdict[] = []
  const lastOf = new Map(latest.map((reading) => [reading.sensorId, reading]))
  for (const sensor of state.sensors.values()) {
    const alarm = state.alarms.get(state.alarmOfSensor.get(sensor.id) ?? '')
    const isStanding = alarm?.active === true
    const last = lastOf.get(sensor.id)
    if (!isStanding && last === undefined) continue
    const verdict = watch.restore(sensor.kind, sensor.id, isStanding ? alarm.ruleId : null, last, sensor.districtId)
    if (verdict?.rule === null) ended.push(verdict)
  }
  return ended
}
