/** What a snapshot keeps of load control: groups, the flood that is on, and the windows that are counted in. Timers follow from the alarms. */
import type { AlarmGroup, Flood } from '../../../../shared/model/load-control.ts'
import type { AlarmId, Instant } from '../../../../shared/model/ids.ts'
import type { AlarmLoadState, Heard } from './load-state.ts'

export interface LoadLists {
  alarmGroups: AlarmGroup
  looseAlarms: AlarmId
  heard: Heard
  transitions: readonly [key: string, instants: readonly Instant[]]
  floods: Flood
  floodRules: readonly [ruleId: string, count: number]
  loadCounts: Readonly<Record<'groups' | 'floods', number>>
}

export const loadLists = (load: AlarmLoadState): [keyof LoadLists, readonly unknown[]][] => [
  ['alarmGroups', [...load.groups.values()]],
  ['looseAlarms', [...load.loose]],
  ['heard', [...load.heard]],
  ['transitions', [...load.transitions]],
  ['floods', load.flood === null ? [] : [load.flood]],
  ['floodRules', [...load.floodRules]],
  ['loadCounts', [{ groups: load.groupCount, floods: load.floodCount }]],
]

type Holder = { readonly alarmLoad: AlarmLoadState }
export const putLoad: { readonly [Name in keyof LoadLists]: (state: Holder, row: LoadLists[Name]) => void } = {
  alarmGroups: ({ alarmLoad }, group) => alarmLoad.groups.set(group.id, group),
  looseAlarms: ({ alarmLoad }, id) => alarmLoad.loose.add(id),
  heard: ({ alarmLoad }, one) => alarmLoad.heard.push(one),
  transitions: ({ alarmLoad }, [key, instants]) => alarmLoad.transitions.set(key, instants),
  floods({ alarmLoad }, flood) {
    alarmLoad.flood = flood
  },
  floodRules: ({ alarmLoad }, [ruleId, count]) => alarmLoad.floodRules.set(ruleId, count),
  loadCounts({ alarmLoad }, { groups, floods }) {
    alarmLoad.groupCount = groups
    alarmLoad.floodCount = floods
  },
}
