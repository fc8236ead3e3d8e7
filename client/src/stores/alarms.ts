/** Alarms that stand or that nobody has seen. The only writer of the table. */
import { defineStore } from 'pinia'
import { computed } from 'vue'
import type { Alarm } from '../../../shared/model/alarm.ts'
import type { SensorId } from '../../../shared/model/ids.ts'
import { makeTable } from './table.ts'

/** Worst first, then the one that waits longest. */
export const byUrgency = (a: Alarm, b: Alarm): number =>
  a.priority - b.priority || a.raisedAt - b.raisedAt || (a.id < b.id ? -1 : 1)

export const useAlarmsStore = defineStore('alarms', () => {
  const table = makeTable<Alarm>()
  const active = computed<readonly Alarm[]>(() =>
    table.list.value.filter((alarm) => alarm.state !== 'normal').sort(byUrgency),
  )

  return {
    ...table,
    /** All that are not normal, worst first. */
    active,
    unacknowledged: computed<readonly Alarm[]>(() =>
      active.value.filter((alarm) => alarm.state === 'unacknowledged' || alarm.state === 'returned'),
    ),
    /** The worst active alarm of each sensor; a drill's only where there is no real one for it to hide. */
    bySensor: computed<ReadonlyMap<SensorId, Alarm>>(() => {
      const worst = new Map<SensorId, Alarm>()
      for (const ofDrill of [false, true])
        for (const alarm of active.value)
          if (alarm.sensorId !== null && alarm.drill === ofDrill && !worst.has(alarm.sensorId))
            worst.set(alarm.sensorId, alarm)
      return worst
    }),
  }
})
