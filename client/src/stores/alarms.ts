/** Alarms that stand or that nobody has seen. The only writer of the table. */
import { defineStore } from 'pinia'
import { computed } from 'vue'
import { isHiddenState, isShownState, type Alarm } from '../../../shared/model/alarm.ts'
import type { SensorId } from '../../../shared/model/ids.ts'
import { makeTable } from './table.ts'

/** Worst first, then the one that waits longest. */
export const byUrgency = (a: Alarm, b: Alarm): number =>
  a.priority - b.priority || a.raisedAt - b.raisedAt || (a.id < b.id ? -1 : 1)

const unseen: ReadonlySet<Alarm['state']> = new Set(['unacknowledged', 'returned', 'latched-unacknowledged'])
/** When it comes back by itself; one hidden behind another has no time of its own. */
const hiddenUntil = (alarm: Alarm): number => alarm.shelving?.untilAt ?? alarm.outOfService?.untilAt ?? Infinity

export const useAlarmsStore = defineStore('alarms', () => {
  const table = makeTable<Alarm>()
  const active = computed<readonly Alarm[]>(() =>
    table.list.value.filter((alarm) => isShownState(alarm.state)).sort(byUrgency),
  )

  return {
    ...table,
    /** All that stand before the officers, worst first: none that is normal, shelved, suppressed or out of service. */
    active,
    /** Shelved, suppressed by design or out of service: listed, and rings nobody. The first to come back first. */
    hidden: computed<readonly Alarm[]>(() =>
      table.list.value
        .filter((alarm) => isHiddenState(alarm.state))
        .sort(
          (a, b) => (hiddenUntil(a) < hiddenUntil(b) ? -1 : hiddenUntil(a) > hiddenUntil(b) ? 1 : 0) || byUrgency(a, b),
        ),
    ),
    unacknowledged: computed<readonly Alarm[]>(() => active.value.filter((alarm) => unseen.has(alarm.state))),
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
