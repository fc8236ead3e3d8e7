/** What the read models keep of each row: columns that questions filter by, words that are searched, and the row itself as JSON. */
import { noneOf } from '../../../shared/contract/http.ts'
import type { Alarm } from '../../../shared/model/alarm.ts'
import { caseIntervals, intervalMs } from '../../../shared/model/case-times.ts'
import { timesOf } from '../../../shared/model/times-of-case.ts'
import type { Drill } from '../../../shared/model/drill.ts'
import type { DutyEntry, HandOver } from '../../../shared/model/duty.ts'
import { isInKpi, isOpenState, type Incident } from '../../../shared/model/incident.ts'
import { dimensionsOf, measuresOf } from '../../../shared/model/kpi-case.ts'
import type { Sensor } from '../../../shared/model/sensor.ts'
import type { Unit, UnitFix } from '../../../shared/model/unit.ts'
import type { Warning } from '../../../shared/model/warning.ts'
import type { RowUpserts, Statement } from '../ports/store.ts'
import { alarmFactStatements } from './alarm-facts.ts'
import { intervalColumns } from './interval-columns.ts'
import { encodeParameter } from './encode-parameter.ts'
import { upsert, type Column } from './upsert.ts'

const body: Column<object> = { name: 'body', type: 'text', of: (row) => JSON.stringify(row) }
const isNewer = 'old.version <= excluded.version'
const words = (...parts: readonly (string | null)[]): string => parts.filter((part) => part !== null).join('\n')

type Versioned = { readonly id: string; readonly version: number }
const identity: readonly Column<Versioned>[] = [
  { name: 'id', type: 'text', of: (row) => row.id },
  { name: 'version', type: 'int', of: (row) => row.version },
]

type Placed = { readonly position: readonly [number, number] | null; readonly districtId: string | null }
const place: readonly Column<Placed>[] = [
  { name: 'district_id', type: 'text', of: (row) => row.districtId },
  { name: 'lon', type: 'float8', of: (row) => row.position?.[0] ?? null },
  { name: 'lat', type: 'float8', of: (row) => row.position?.[1] ?? null },
]

/** How a case ended, as KPIs count it. */
export const endings = { none: 0, closed: 1, closedOnTime: 2, refused: 3 } as const

function endingOf({ state, closedAt, dueAt }: Incident): number {
  if (state === 'rejected' || state === 'void') return endings.refused
  // Closed by force was not done in time, whenever that was.
  if (state === 'force-closed') return endings.closed
  if (state !== 'closed' && state !== 'evaluated') return endings.none
  // A case without a limit cannot be late: as `incident.closed` says of itself.
  return closedAt !== null && (dueAt === null || closedAt <= dueAt) ? endings.closedOnTime : endings.closed
}

const incidentColumns: readonly Column<Incident>[] = [
  ...identity,
  ...place,
  { name: 'state', type: 'text', of: (row) => row.state },
  { name: 'is_open', type: 'boolean', of: (row) => isOpenState(row.state) },
  { name: 'class_code', type: 'text', of: (row) => row.classCode },
  { name: 'priority', type: 'smallint', of: (row) => row.priority },
  { name: 'source', type: 'text', of: (row) => row.source },
  { name: 'department_id', type: 'text', of: (row) => row.departmentId },
  { name: 'reported_at', type: 'bigint', of: (row) => row.reportedAt },
  { name: 'filed_at', type: 'bigint', of: (row) => row.filedAt },
  { name: 'arrived_at', type: 'bigint', of: (row) => row.arrivedAt },
  { name: 'closed_at', type: 'bigint', of: (row) => row.closedAt },
  {
    name: 'response_ms',
    type: 'bigint',
    of: (row) => (row.arrivedAt === null ? null : row.arrivedAt - row.reportedAt),
  },
  { name: 'ending', type: 'smallint', of: endingOf },
  { name: 'is_overdue', type: 'boolean', of: (row) => row.overdueStages.length > 0 },
  { name: 'is_drill', type: 'boolean', of: (row) => row.drill },
  { name: 'in_kpi', type: 'boolean', of: isInKpi },
  { name: 'street_id', type: 'text', of: (row) => row.streetId ?? null },
  { name: 'grid_id', type: 'text', of: (row) => row.gridId ?? null },
  { name: 'acceptor', type: 'text', of: (row) => dimensionsOf(row).acceptor },
  { name: 'dispatcher', type: 'text', of: (row) => dimensionsOf(row).dispatcher },
  { name: 'collector', type: 'text', of: (row) => dimensionsOf(row).collector },
  { name: 'verify_at', type: 'bigint', of: (row) => measuresOf(row).at.verify },
  { name: 'due_at', type: 'bigint', of: (row) => row.dueAt },
  { name: 'fed_back_at', type: 'bigint', of: (row) => row.fedBackAt },
  { name: 'handle_ms', type: 'bigint', of: (row) => measuresOf(row).handleMs },
  { name: 'kpi_flags', type: 'bigint', of: (row) => measuresOf(row).flags },
  ...caseIntervals.map((interval): Column<Incident> => ({
    name: intervalColumns[interval],
    type: 'bigint',
    of: (row) => intervalMs(timesOf(row), interval),
  })),
]
const incidentBodyColumns: readonly Column<Incident>[] = [...identity, body]
const incidentSearchColumns: readonly Column<Incident>[] = [
  ...identity,
  { name: 'search', type: 'text', of: (row) => words(row.id, row.title, row.description, row.address) },
]
const alarmColumns: readonly Column<Alarm>[] = [
  ...identity,
  ...place,
  { name: 'state', type: 'text', of: (row) => row.state },
  { name: 'is_open', type: 'boolean', of: (row) => row.state !== 'normal' },
  { name: 'kind', type: 'text', of: (row) => row.kind },
  { name: 'raised_at', type: 'bigint', of: (row) => row.raisedAt },
  { name: 'search', type: 'text', of: (row) => words(row.id, row.name.zh, row.name.en, row.sensorName) },
  body,
]
/** One that drew an area outside all districts is for none of them, and not for the whole city. */
const warnedDivisions = ({ districtIds, polygons }: Warning): readonly string[] =>
  districtIds.length === 0 && polygons.length > 0 ? [noneOf] : districtIds

const warningColumns: readonly Column<Warning>[] = [
  ...identity,
  { name: 'colour', type: 'text', of: (row) => row.colour },
  { name: 'district_ids', type: 'text', of: (row) => encodeParameter(warnedDivisions(row)) },
  { name: 'issued_at', type: 'bigint', of: (row) => row.issuedAt },
  { name: 'expires_at', type: 'bigint', of: (row) => row.expiresAt },
  { name: 'lifted_at', type: 'bigint', of: (row) => row.liftedAt },
  {
    name: 'search',
    type: 'text',
    of: (row) => words(row.id, row.event, row.headline, row.headlineEn, row.description),
  },
  body,
]
const drillColumns: readonly Column<Drill>[] = [
  ...identity,
  { name: 'scenario', type: 'text', of: (row) => row.scenario },
  { name: 'started_at', type: 'bigint', of: (row) => row.startedAt },
  { name: 'is_open', type: 'boolean', of: (row) => row.endedAt === null },
  { name: 'search', type: 'text', of: (row) => words(row.id, row.name.zh, row.name.en, row.startedBy) },
  body,
]
const dutyEntryColumns: readonly Column<DutyEntry>[] = [
  { name: 'seq', type: 'bigint', of: (row) => row.seq },
  { name: 'shift_id', type: 'text', of: (row) => row.shiftId },
  { name: 'kind', type: 'text', of: (row) => row.kind },
  body,
]
const handOverColumns: readonly Column<HandOver>[] = [
  ...identity,
  { name: 'number', type: 'bigint', of: (row) => Number(row.id.slice(1)) },
  body,
]
const unitColumns: readonly Column<Unit>[] = [...identity, body]
const sensorColumns: readonly Column<Sensor>[] = [
  { name: 'id', type: 'bigint', of: (row) => row.id },
  { name: 'kind', type: 'text', of: (row) => row.kind },
  { name: 'district_id', type: 'text', of: (row) => row.districtId },
  body,
]
const fixColumns: readonly Column<UnitFix>[] = [
  { name: 'unit_id', type: 'text', of: (row) => row.unitId },
  { name: 'fix_at', type: 'bigint', of: (row) => row.fixAt },
  body,
]

/** The columns questions filter by; bodies and words apart. */
export const incidentStatements = (incidents: readonly Incident[]): Statement[] =>
  upsert('incident', incidentColumns, incidents, isNewer)

export function modelStatements(rows: RowUpserts, fixes: readonly UnitFix[]): Statement[] {
  const removed = rows.removedSensorIds
  return [
    ...incidentStatements(rows.incidents),
    ...upsert('incident_body', incidentBodyColumns, rows.incidents, isNewer),
    ...upsert('incident_search', incidentSearchColumns, rows.incidents, isNewer),
    ...upsert('alarm', alarmColumns, rows.alarms, isNewer),
    ...alarmFactStatements(rows),
    ...upsert('unit', unitColumns, rows.units, isNewer),
    ...upsert('warning', warningColumns, rows.warnings, isNewer),
    ...upsert('drill', drillColumns, rows.drills, isNewer),
    ...upsert('duty_entry', dutyEntryColumns, rows.dutyEntries),
    ...upsert('hand_over', handOverColumns, rows.handOvers, isNewer),
    ...upsert('sensor', sensorColumns, rows.sensors),
    ...upsert(
      'unit_fix',
      fixColumns,
      [...fixes].sort((a, b) => a.fixAt - b.fixAt),
      'old.fix_at <= excluded.fix_at',
    ),
    ...(removed.length > 0 ? [{ sql: 'delete from sensor where id = any($1::bigint[])', params: [removed] }] : []),
  ]
}
