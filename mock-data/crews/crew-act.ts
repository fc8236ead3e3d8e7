/** What a crew sees of its case, and what it can ask of the server. */
import type { Incident } from '../../shared/model/incident.ts'
import type { SelfSetStatus, Unit } from '../../shared/model/unit.ts'

/** The case as the crew's own screen shows it. */
export type CrewCase = Pick<
  Incident,
  'id' | 'classCode' | 'priority' | 'position' | 'assignments' | 'finishedAt' | 'reworkCount'
>

/** What the crew asks of the server; who sends it adds whose it is (`crewCommand`). */
export type CrewAct =
  | { readonly type: 'incident.acknowledge' | 'incident.depart' | 'incident.stage' }
  | { readonly type: 'incident.transport' | 'incident.reach' }
  /** `occurredAt`: told later than it was. */
  | { readonly type: 'incident.arrive'; readonly occurredAt?: number }
  | { readonly type: 'incident.decline'; readonly reason: string }
  /** `clearing`: it has to pack up before it stands by. */
  | { readonly type: 'incident.finish'; readonly note: string; readonly clearing?: boolean }
  /** It is well, says the crew that was called at the scene. */
  | { readonly type: 'plan.answer'; readonly note: string }
  | { readonly type: 'incident.comment'; readonly text: string }
  | { readonly type: 'unit.set-status'; readonly status: SelfSetStatus; readonly reason: string | null }

/** The act as the command door takes it. Null where it needs a case and the crew has none. */
export function crewCommand(act: CrewAct, { id: unitId, incidentId }: Unit): Readonly<Record<string, unknown>> | null {
  if (act.type === 'unit.set-status') return { ...act, unitId }
  if (incidentId === null) return null
  return act.type === 'incident.comment' ? { ...act, incidentId } : { ...act, incidentId, unitId }
}
