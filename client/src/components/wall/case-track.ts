/** One case as a room follows it: where in the seven steps all cases stand, and what has happened to this one, by its own stamps. Pure. */
import { caseTimeNames, type CaseTimeCode } from '../../../../shared/model/case-times.ts'
import type { Instant } from '../../../../shared/model/ids.ts'
import {
  incidentStateInfo,
  incidentSteps,
  isInKpi,
  isOpenState,
  stageNames,
  type Incident,
  type IncidentStep,
} from '../../../../shared/model/incident.ts'
import type { Term } from '../../../../shared/model/term.ts'
import { timesOf } from '../../../../shared/model/times-of-case.ts'

export interface StepCount {
  readonly step: IncidentStep
  readonly name: Term
  readonly open: number
  /** Of these past the limit of their stage or of the case. */
  readonly late: number
}

export const isLateCase = ({ dueAt, stageDueAt }: Incident, nowAt: Instant): boolean =>
  (dueAt !== null && dueAt < nowAt) || (stageDueAt !== null && stageDueAt < nowAt)

/** Open cases in each of the seven steps; the last has none, because an evaluated case is not open. A drill's where it counts. */
export function stepCounts(incidents: readonly Incident[], nowAt: Instant): StepCount[] {
  const counted = incidents.filter((incident) => isOpenState(incident.state) && isInKpi(incident))
  return incidentSteps.map(({ step, name }) => {
    const here = counted.filter(({ state }) => incidentStateInfo[state].step === step)
    return { step, name, open: here.length, late: here.filter((incident) => isLateCase(incident, nowAt)).length }
  })
}

export interface Milestone {
  readonly key: string
  readonly name: Term
  readonly at: Instant
}

/** Those of T0 … T14 a room is told; where the case was typed or located is the desk's. */
const told: readonly CaseTimeCode[] = ['T0', 'T5', 'T6', 'T7', 'T9', 'T10', 'T13', 'T14']

/** What has happened to the case, the earliest first; what has not is not in it. */
export function milestones(incident: Incident): Milestone[] {
  const times = timesOf(incident)
  const own: [string, Term, Instant | null][] = [
    ['accept', stageNames.accept, incident.acceptedAt],
    ['file', stageNames.file, incident.filedAt],
    ['feed-back', stageNames['feed-back'], incident.fedBackAt],
    ['check', stageNames.check, incident.checkedAt],
  ]
  const stamps = told.map((code): [string, Term, Instant | null] => [code, caseTimeNames[code], times[code] ?? null])
  // Equal instants in the order of the work.
  const order = ['T0', 'accept', 'file', 'T5', 'T6', 'T7', 'T9', 'T10', 'T13', 'feed-back', 'check', 'T14']
  return [...own, ...stamps]
    .flatMap(([key, name, at]) => (at === null ? [] : [{ key, name, at }]))
    .sort((a, b) => a.at - b.at || order.indexOf(a.key) - order.indexOf(b.key))
}
