/** Alarms that belong together, of which one is open. The only writer of the table. */
import { defineStore } from 'pinia'
import type { AlarmGroup } from '../../../shared/model/load-control.ts'
import { makeTable } from './table.ts'

export const useAlarmGroupsStore = defineStore('alarm-groups', () => makeTable<AlarmGroup>())
