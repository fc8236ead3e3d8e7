/**
 * Rows of the state lane as one audience sees them: all of them, or those that were touched. Guarantees that what an
 * audience may not see is absent, and that what it may no longer see is taken from its picture.
 */
import type { KpiToday } from '../../../shared/model/kpi.ts'
import type { RowChange, StateTable } from '../../../shared/contract/realtime.ts'
import {
  alarmFor,
  alarmGroupFor,
  dutyFor,
  incidentFor,
  modeFor,
  planFor,
  responseFor,
  sensorFor,
  tablesOf,
  unitFor,
  warningFor,
  type Audience,
} from '../access/audience.ts'
import type { StateView } from '../ports/engine.ts'
import type { Touched } from './delta-log.ts'

const incidentOf = (view: StateView, incidentId: string | null) =>
  incidentId === null ? null : (view.incidents.get(incidentId) ?? null)

function rowOf(view: StateView, audience: Audience, table: StateTable, id: string): RowChange {
  switch (table) {
    case 'alarm': {
      const alarm = view.alarms.get(id)
      return { table, id, row: alarm ? alarmFor(audience, alarm, incidentOf(view, alarm.incidentId)) : null }
    }
    case 'alarm-group': {
      const group = view.alarmGroups.get(id)
      const isSeen = (alarmId: string) => {
        const alarm = view.alarms.get(alarmId)
        return alarm !== undefined && alarmFor(audience, alarm, incidentOf(view, alarm.incidentId)) !== null
      }
      return { table, id, row: group ? alarmGroupFor(audience, group, isSeen) : null }
    }
    case 'flood':
      return { table, id, row: view.floods.get(id) ?? null }
    case 'incident': {
      const incident = view.incidents.get(id)
      return { table, id, row: incident ? incidentFor(audience, incident) : null }
    }
    case 'unit': {
      const unit = view.units.get(id)
      return { table, id, row: unit ? unitFor(audience, unit) : null }
    }
    case 'warning': {
      const warning = view.warnings.get(id)
      return { table, id, row: warning ? warningFor(audience, warning) : null }
    }
    case 'drill':
      return { table, id, row: view.drills.get(id) ?? null }
    case 'mode': {
      const mode = view.modes.get(id)
      return { table, id, row: mode ? modeFor(audience, mode) : null }
    }
    case 'wall':
      return { table, id, row: view.walls.get(id) ?? null }
    case 'response': {
      const response = view.responses.get(id)
      return { table, id, row: response ? responseFor(audience, response) : null }
    }
    case 'duty': {
      const duty = view.duty.get(id)
      return { table, id, row: duty ? dutyFor(audience, duty) : null }
    }
    case 'plan': {
      const plan = view.casePlans.get(id)
      return { table, id, row: plan ? planFor(audience, plan, incidentOf(view, id)) : null }
    }
    case 'sensor': {
      const sensor = view.sensors.get(Number(id))
      return { table, id, row: sensor ? sensorFor(audience, sensor) : null }
    }
    case 'kpi':
      return { table, id, row: null }
  }
}

const kpiRow = (kpi: KpiToday): RowChange => ({ table: 'kpi', id: 'today', row: { id: 'today', ...kpi } })

/** Everything this audience sees now, sensors apart. */
export function rowsFor(view: StateView, audience: Audience, kpi: KpiToday): RowChange[] {
  const sources: Partial<Record<StateTable, Iterable<string>>> = {
    alarm: view.alarms.keys(),
    'alarm-group': view.alarmGroups.keys(),
    flood: view.floods.keys(),
    incident: view.incidents.keys(),
    unit: view.units.keys(),
    warning: view.warnings.keys(),
    drill: view.drills.keys(),
    mode: view.modes.keys(),
    response: view.responses.keys(),
    duty: view.duty.keys(),
    wall: view.walls.keys(),
    plan: view.casePlans.keys(),
  }
  const tables = tablesOf(audience)
  const rows = tables.flatMap((table) =>
    [...(sources[table] ?? [])].map((id) => rowOf(view, audience, table, id)).filter((change) => change.row !== null),
  )
  return tables.includes('kpi') ? [...rows, kpiRow(kpi)] : rows
}

/**
 * Touched rows as they are now. `wasShown` answers whether this audience had the row: one that is gone, or is no longer
 * for these eyes, is sent as `row: null` only to those who had it.
 */
export function changesFor(
  view: StateView,
  audience: Audience,
  touched: Touched,
  kpi: KpiToday | null,
  wasShown: (table: StateTable, id: string) => boolean,
): RowChange[] {
  const changes: RowChange[] = []
  for (const table of tablesOf(audience)) {
    if (table === 'kpi') {
      if (kpi) changes.push(kpiRow(kpi))
      continue
    }
    for (const id of touched.get(table) ?? []) {
      const change = rowOf(view, audience, table, id)
      if (change.row !== null || wasShown(table, id)) changes.push(change)
    }
  }
  return changes
}
