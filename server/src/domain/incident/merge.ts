/**
 * How cases come together and apart by an officer's act. Guarantees: both rows change in one act; a merged case keeps its caller, its number and
 * its clocks; only an open case takes another in; nothing real is merged with a drill's.
 */
import type { Actor } from '../../../../shared/model/role.ts'
import type { DomainEvent } from '../../../../shared/model/event.ts'
import type { DuplicateCommand } from '../../../../shared/model/command.ts'
import type { Incident, IncidentVerb } from '../../../../shared/model/incident.ts'
import type { IncidentId, Instant } from '../../../../shared/model/ids.ts'
import { mostLinks, oppositeDirection } from '../../../../shared/model/duplicate.ts'
import { isOpenState } from '../../../../shared/model/incident.ts'
import type { Context, Decision } from '../context.ts'
import { accepted, checkVersion, invalid, notFound, refused } from '../context.ts'
import type { CityState } from '../state.ts'
import { duplicateJudged, mergeTakenBack } from '../duplicate/judged.ts'
import { checkMove, checkRights } from './guard.ts'
import { newOverrun } from './limits.ts'

type No = Extract<Decision, { ok: false }>

export function decideMerge(
  state: CityState,
  actor: Actor,
  command: DuplicateCommand,
  expectedVersion: number | undefined,
  context: Context,
): Decision {
  const incident = state.incidents.get(command.incidentId)
  if (incident === undefined) return notFound('incident', command.incidentId)
  const verb = command.type.slice('incident.'.length) as IncidentVerb
  const forbidden = checkRights(incident, verb, actor, undefined)
  if (forbidden) return { ok: false, refusal: forbidden }
  const stale = checkVersion(expectedVersion, incident)
  if (stale) return stale
  const guarded = checkMove(incident, verb, command.reason, context)
  if (!guarded.ok) return guarded
  const events = eventsOf(state, actor, command, incident, context)
  return 'ok' in events ? events : accepted(events, { incidentId: incident.id })
}

function eventsOf(
  state: CityState,
  actor: Actor,
  command: DuplicateCommand,
  incident: Incident,
  context: Context,
): readonly DomainEvent[] | No {
  const { reason } = command
  switch (command.type) {
    case 'incident.merge': {
      const main = state.incidents.get(command.mainId)
      const problem = mergeProblem(incident, main, command.mainId)
      if (problem !== null || main === undefined) return problem as No
      const judged = duplicateJudged(state, incident, main, 'merge', context)
      const by = { by: actor.name, isByRule: false, reason, score: judged?.confidence ?? null }
      const events = mergeEvents(state, incident, main, by, context.now)
      return judged === null ? events : [...events, { type: 'algorithm.advice-judged', ...judged }]
    }
    case 'incident.unmerge':
      return unmergeEvents(state, incident, reason)
    case 'incident.link': {
      const { otherId, direction } = command
      const other = state.incidents.get(otherId)
      const problem = linkProblem(incident, other, otherId)
      if (problem !== null || other === undefined) return problem as No
      const linked = { type: 'incident.linked', reason, by: actor.name } as const
      return [
        { ...linked, ...still(incident), otherId, direction },
        { ...linked, ...still(other), otherId: incident.id, direction: oppositeDirection[direction] },
      ]
    }
    case 'incident.unlink': {
      const { otherId } = command
      if (!incident.links?.some(({ incidentId }) => incidentId === otherId))
        return refused('NOT_ALLOWED', `there is no link to ${otherId}`, fieldOf('otherId', 'no link')) as No
      const other = state.incidents.get(otherId)
      const unlinked = { type: 'incident.unlinked', reason } as const
      const ofOther: DomainEvent[] = other ? [{ ...unlinked, ...still(other), otherId: incident.id }] : []
      return [{ ...unlinked, ...still(incident), otherId }, ...ofOther]
    }
    case 'incident.not-same': {
      const { otherId } = command
      const other = state.incidents.get(otherId)
      if (other === undefined || otherId === incident.id) return noSuch('otherId', otherId)
      const judged = duplicateJudged(state, incident, other, 'not-same', context)
      const apart = { type: 'incident.told-apart', reason } as const
      return [
        { ...apart, ...still(incident), otherId },
        { ...apart, ...still(other), otherId: incident.id },
        ...(judged === null ? [] : [{ type: 'algorithm.advice-judged', ...judged } as const]),
      ]
    }
  }
}

/** The move of an act that leaves a case where it is. */
const still = ({ id, state, stageDueAt }: Incident) => ({ incidentId: id, state, stageDueAt })
const fieldOf = (field: string, problem: string) => ({ fields: [{ field, problem }] })
const noSuch = (field: string, id: IncidentId): No =>
  refused('NOT_FOUND', `there is no other case ${id}`, { id, ...fieldOf(field, 'no such other case') }) as No

/** What speaks against merging `incident` into `main`; null = nothing. */
export function mergeProblem(incident: Incident, main: Incident | undefined, mainId: IncidentId): No | null {
  if (main === undefined) return noSuch('mainId', mainId)
  if (main.id === incident.id) return invalid('mainId', 'a case is not merged into itself') as No
  if (main.merge !== undefined)
    return refused('NOT_ALLOWED', `${mainId} is itself merged into ${main.merge.mainId}`, {
      mainId: main.merge.mainId,
      ...fieldOf('mainId', `is merged into ${main.merge.mainId}`),
    }) as No
  if (!isOpenState(main.state))
    return refused('NOT_ALLOWED', `${mainId} is ${main.state}`, {
      state: main.state,
      ...fieldOf('mainId', `is ${main.state}`),
    }) as No
  if (main.drill !== incident.drill)
    return refused('NOT_ALLOWED', 'a drill and what is real are not merged', fieldOf('mainId', 'of a drill')) as No
  if ((main.mergedIds?.length ?? 0) >= mostLinks)
    return refused('NOT_ALLOWED', `${mainId} has ${mostLinks} merged cases`, fieldOf('mainId', 'is full')) as No
  return null
}

function linkProblem(incident: Incident, other: Incident | undefined, otherId: IncidentId): No | null {
  if (other === undefined || otherId === incident.id) return noSuch('otherId', otherId)
  if ([incident, other].some(({ links = [] }) => links.length >= mostLinks))
    return refused('NOT_ALLOWED', `a case has at most ${mostLinks} links`, fieldOf('otherId', 'too many links')) as No
  return null
}

interface MergedBy {
  readonly by: string
  readonly isByRule: boolean
  readonly reason: string
  readonly score: number | null
}

/** Both rows, the alarms that now are the main case's, and a stage that was left too late. */
export function mergeEvents(
  state: CityState,
  incident: Incident,
  main: Incident,
  merged: MergedBy,
  now: Instant,
): DomainEvent[] {
  const { id, stateSince, stageDueAt } = incident
  const overrun = newOverrun(incident, now)
  const alarmIds = incident.alarmIds.filter((one) => !main.alarmIds.includes(one))
  const merge = { mainId: main.id, at: now, ...merged, alarmIds, from: incident.state, stateSince, stageDueAt }
  return [
    ...(overrun === null ? [] : [{ type: 'incident.overdue', ...still(incident), ...overrun } as const]),
    { type: 'incident.merged', incidentId: id, state: 'merged', stageDueAt: null, merge },
    { type: 'incident.merge-taken', ...still(main), mergedId: id, alarmIds },
    ...pointAlarms(state, alarmIds, main.id),
  ]
}

/** Alarms that still stand name the case they belong to now. */
const pointAlarms = (state: CityState, alarmIds: readonly string[], incidentId: IncidentId): DomainEvent[] =>
  alarmIds
    .filter((alarmId) => state.alarms.has(alarmId))
    .map((alarmId) => ({ type: 'alarm.incident-opened', alarmId, incidentId }))

function unmergeEvents(state: CityState, incident: Incident, reason: string): readonly DomainEvent[] | No {
  const { id, merge } = incident
  const main = merge && state.incidents.get(merge.mainId)
  if (merge === undefined || main === undefined || incident.closedAt !== null)
    return refused('NOT_ALLOWED', 'its main case has ended: what was merged stays merged', { incidentId: id }) as No
  const { alarmIds } = merge
  return [
    { type: 'incident.unmerged', incidentId: id, state: merge.from, stageDueAt: merge.stageDueAt, reason },
    { type: 'incident.merge-given-back', ...still(main), mergedId: id, alarmIds },
    ...pointAlarms(state, alarmIds, id),
    ...mergeTakenBack(id, merge),
  ]
}
