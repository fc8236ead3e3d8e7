/** Who is free and where the work lies: crews by what they do, open cases by district. Pure. */
import type { DistrictId } from '../../../../shared/model/ids.ts'
import { isInKpi, isOpenState, type Incident } from '../../../../shared/model/incident.ts'
import { unitStatuses, type Unit, type UnitStatus } from '../../../../shared/model/unit.ts'
import type { Division } from '../../../../shared/model/division.ts'
import type { Priority } from '../../../../shared/model/alarm.ts'

export function crewsByStatus(units: readonly Unit[]): Record<UnitStatus, number> {
  const counts = Object.fromEntries(unitStatuses.map((status) => [status, 0])) as Record<UnitStatus, number>
  for (const unit of units) counts[unit.status] += 1
  return counts
}

export interface DistrictLoad {
  /** Null for cases nobody could place. */
  readonly districtId: DistrictId | null
  readonly open: number
  readonly overdue: number
  readonly worst: Priority | null
}

const isOverdue = (incident: Incident, nowAt: number) =>
  (incident.dueAt !== null && incident.dueAt < nowAt) || (incident.stageDueAt !== null && incident.stageDueAt < nowAt)

/** Every district of the city, most open first; a case in a street counts for the street's district, a drill's where it counts. */
export function loadByDistrict(
  incidents: readonly Incident[],
  divisions: readonly Division[],
  nowAt: number,
): DistrictLoad[] {
  const districtOf = new Map(divisions.map((row) => [row.id, row.level === 3 ? (row.parentId ?? row.id) : row.id]))
  const loads = new Map<DistrictId | null, { open: number; overdue: number; worst: Priority | null }>()
  for (const { id, level } of divisions) if (level === 2) loads.set(id, { open: 0, overdue: 0, worst: null })
  for (const incident of incidents) {
    if (!isOpenState(incident.state) || !isInKpi(incident)) continue
    const id = incident.districtId === null ? null : (districtOf.get(incident.districtId) ?? incident.districtId)
    const load = loads.get(id) ?? { open: 0, overdue: 0, worst: null }
    load.open += 1
    if (isOverdue(incident, nowAt)) load.overdue += 1
    if (load.worst === null || incident.priority < load.worst) load.worst = incident.priority
    loads.set(id, load)
  }
  return [...loads]
    .map(([districtId, load]) => ({ districtId, ...load }))
    .sort((a, b) => b.open - a.open || b.overdue - a.overdue || (String(a.districtId) < String(b.districtId) ? -1 : 1))
}
