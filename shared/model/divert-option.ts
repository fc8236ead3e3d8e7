/** Crews that could be taken off a less urgent case for a more urgent one (调度改派), with what each would leave behind. Never offered unmarked. */
import type { Incident } from './incident.ts'
import type { Unit } from './unit.ts'
import { isActiveAssignment } from './incident.ts'

/** A crew that could be taken from where it is, and what that leaves there. */
export interface DivertOption {
  readonly unitId: string
  readonly fromIncidentId: string
  readonly fromPriority: Incident['priority']
  readonly unitStatus: Unit['status']
  /** Crews that stay on the case it would leave. */
  readonly left: number
}

/** Crews that stay on a case when this one leaves it. */
export const crewsLeft = (incident: Incident, unitId: string): number =>
  incident.assignments.filter((crew) => crew.unitId !== unitId && isActiveAssignment(crew.state)).length

/** Crews on less urgent cases that `isWanted` asks for: the least urgent first, and of those the ones not yet at the scene. */
export function divertOptions(
  incident: Incident,
  units: Iterable<Unit>,
  incidents: ReadonlyMap<string, Incident>,
  isWanted: (unit: Unit) => boolean,
): DivertOption[] {
  const options: DivertOption[] = []
  for (const unit of units) {
    const from = unit.incidentId === null ? undefined : incidents.get(unit.incidentId)
    if (from === undefined || from.priority <= incident.priority || from.drill !== incident.drill) continue
    if (!isWanted(unit)) continue
    options.push({
      unitId: unit.id,
      fromIncidentId: from.id,
      fromPriority: from.priority,
      unitStatus: unit.status,
      left: crewsLeft(from, unit.id),
    })
  }
  const atScene = (option: DivertOption) => Number(option.unitStatus === 'on-scene')
  return options.sort(
    (a, b) => b.fromPriority - a.fromPriority || atScene(a) - atScene(b) || (a.unitId < b.unitId ? -1 : 1),
  )
}
