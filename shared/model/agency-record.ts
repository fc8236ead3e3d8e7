/** Each agency (department) under one case: when its crews were sent and came, where it stands, and how it ended for it. */
import type { AgencyOutcome, CasePlan } from './case-plan.ts'
import type { Assignment, Incident } from './incident.ts'
import type { DepartmentId, Instant } from './ids.ts'
import type { Unit } from './unit.ts'
import { isActiveAssignment } from './incident.ts'

/** `working`: one of its crews is there; `coming`: sent, none there yet; `left`: all have left; `ended`: it has said how it ended. */
export type AgencyStatus = 'coming' | 'working' | 'left' | 'ended'

export interface AgencyRecord {
  readonly departmentId: DepartmentId
  readonly status: AgencyStatus
  readonly dispatchedAt: Instant
  readonly arrivedAt: Instant | null
  /** When the last of its crews left; null while one is on the case. */
  readonly leftAt: Instant | null
  readonly unitIds: readonly string[]
  readonly outcome: AgencyOutcome | null
}

const earliest = (instants: readonly (Instant | null)[]): Instant | null =>
  instants.reduce((first, at) => (at !== null && (first === null || at < first) ? at : first), null)

function recordOf(departmentId: string, crews: readonly Assignment[], outcome: AgencyOutcome | null): AgencyRecord {
  const active = crews.filter((crew) => isActiveAssignment(crew.state))
  const isThere = active.some((crew) => crew.arrivedAt !== null)
  return {
    departmentId,
    status: active.length === 0 ? (outcome === null ? 'left' : 'ended') : isThere ? 'working' : 'coming',
    dispatchedAt: Math.min(...crews.map((crew) => crew.dispatchedAt)),
    arrivedAt: earliest(crews.map((crew) => crew.arrivedAt)),
    leftAt: active.length > 0 ? null : Math.max(...crews.map((crew) => crew.endedAt ?? crew.dispatchedAt)),
    unitIds: [...new Set(crews.map((crew) => crew.unitId))],
    outcome,
  }
}

/** In the order they were first sent. Crews of no department are of no agency. */
export function agenciesOf(
  incident: Incident,
  plan: Pick<CasePlan, 'outcomes'> | undefined,
  units: ReadonlyMap<string, Pick<Unit, 'departmentId'>>,
): AgencyRecord[] {
  const crews = new Map<DepartmentId, Assignment[]>()
  for (const crew of incident.assignments) {
    const id = units.get(crew.unitId)?.departmentId ?? null
    if (id !== null) crews.set(id, [...(crews.get(id) ?? []), crew])
  }
  return [...crews].map(([id, own]) =>
    recordOf(id, own, plan?.outcomes.find(({ departmentId }) => departmentId === id) ?? null),
  )
}
