/** What must hold of a city after any step, and of its log at the end. */
import { isDeepStrictEqual } from 'node:util'
import type { LoggedEvent } from '../../../../shared/model/event.ts'
import {
  incidentStateInfo,
  incidentStates,
  incidentTransitions,
  isActiveAssignment,
  isMergedOpen,
  isOpenState,
  stageOfState,
  type Incident,
  type IncidentState,
} from '../../../../shared/model/incident.ts'
import { defaultCaseSettings } from '../../../../shared/model/case-settings.ts'
import type { CasePlan } from '../../../../shared/model/case-plan.ts'
import { isOwed } from '../../../../shared/model/situation-report.ts'
import { oppositeDirection } from '../../../../shared/model/duplicate.ts'
import { entityKinds } from '../../../../shared/model/catalog.ts'
import { mainCaseOf } from '../../../../server/src/domain/incident/main-case.ts'
import { evolve, newCityState, type CityState } from '../../../../server/src/domain/state.ts'
import { nextTimerAt } from '../../../../server/src/domain/incident/case-timers.ts'
import { snapshotPieces } from '../../../../server/src/domain/snapshot.ts'
import { dayOf, restoreState, type Paper } from '../support.ts'
import { cityHolds } from './city-invariants.ts'
import { dutyHolds } from './duty-invariants.ts'
import { holds } from './holds.ts'

/** No clock is lost: what runs has its timer, what is limited its limit, and every stay in a stage but the last has ended. */
function clocksHold(incident: Incident, timers: ReadonlyMap<string, number>): void {
  const { id, state, clock, suspension, visits = [], supervisions = [], requests = [] } = incident
  holds(
    visits.slice(0, -1).every(({ leftAt }) => leftAt !== undefined),
    'every stay but the last has ended',
    id,
  )
  const stage = stageOfState[state]
  const last = visits.at(-1)
  if (stage !== undefined)
    holds(last?.stage === stage && last.enteredAt === incident.stateSince, 'the last stay is the present', visits)
  const at = nextTimerAt(incident)
  holds((timers.get(id) ?? null) === (isOpenState(state) ? at : null), 'its timer is set', { id, at })
  if (!isOpenState(state)) return
  const marks = supervisions.filter(({ by }) => by === 'system').length
  if (incident.filedAt !== null && state !== 'pending-filing') {
    holds(clock !== undefined && incident.dueAt !== null, 'what is filed has a limit', id)
    holds(incident.basis !== undefined && incident.conditionId !== undefined, 'and says what it was filed under', id)
    holds(clock.extensions <= defaultCaseSettings.mostExtensions, 'extended so often at most', clock)
    const least = Math.min(marks, 1) * 4 * Number(incident.reopenCount === undefined)
    holds(clock.marksTold >= least, 'a mark told stays told', clock)
  }
  if (state === 'suspended') {
    holds(suspension?.endedAt === null, 'what is suspended stands', id)
    holds(at !== null && at <= suspension.untilAt, 'and will go on', { at, suspension })
  } else holds(suspension?.endedAt !== null, 'what goes on stands no longer', suspension)
  holds(requests.filter(({ outcome }) => outcome === 'open').length <= 1, 'one request at a time', requests)
}

function caseHolds(incident: Incident, state: CityState): void {
  const { id } = incident
  holds(incidentStates.includes(incident.state), 'a state of the table', incident.state)
  const active = incident.assignments.filter((one) => isActiveAssignment(one.state))
  if (incident.state !== 'pending-receipt' && incident.state !== 'handling')
    holds(active.length === 0, 'crews are on cases in hand only', incident)
  else if (incident.lead === undefined) holds(active.length > 0, 'somebody has a case in hand', incident)
  if (incident.state === 'pending-sign') holds(incident.lead?.receivedAt === null, 'nobody has signed yet', incident)
  holds(new Set(incident.overdueStages).size === incident.overdueStages.length, 'a stage runs over once', incident)
  const isOpen = isOpenState(incident.state) || isMergedOpen(incident)
  holds(isOpen === !state.ended.has(id), 'memory knows what has ended', id)
  if (incidentStateInfo[incident.state].step >= 3)
    holds((incident.dueAt === null) === (incident.filedAt === null), 'what is filed is due', incident)
  if (state.drills.size === 0 && isOpen) holds(!incident.drill, 'nothing is left of a drill', id)
  for (const alarmId of incident.alarmIds)
    holds((state.alarms.get(alarmId)?.drill ?? incident.drill) === incident.drill, 'alarms of its own kind', incident)
  relationsHold(incident, state)
}

/** Of a kind one report is owed at most, the end and the going on never together, and each runs late in time. */
function reportsHold(
  { id, reports = [] }: CasePlan,
  { incidents }: CityState,
  timers: ReadonlyMap<string, number>,
): void {
  const owed = reports.filter(isOwed)
  const kinds = owed.map(({ kind }) => kind)
  holds(new Set(kinds).size === kinds.length, 'one of a kind is owed', reports)
  holds(!kinds.includes('final') || !kinds.includes('follow-up'), 'the end, or the going on', reports)
  const state = incidents.get(id)?.state
  const isNone = state === 'void' || state === 'rejected' || state === 'merged'
  holds(!isNone || owed.length === 0, 'what is no case owes nothing', { id, state, owed })
  const next = Math.min(...owed.filter(({ late }) => late !== true).map(({ dueAt }) => dueAt + 1))
  holds((timers.get(id) ?? Infinity) === next, 'its timer is set', { id, next })
}

function relationsHold(incident: Incident, { incidents }: CityState): void {
  const { id, merge, mergedIds = [], links = [] } = incident
  holds((incident.state === 'merged') === (merge !== undefined), 'what is merged says into which', incident)
  if (merge !== undefined) {
    const main = incidents.get(merge.mainId)
    holds(main?.mergedIds?.includes(id) === true, 'both rows know of it', { id, main })
    holds(main.drill === incident.drill, 'a drill is not merged with what is real', id)
    const top = mainCaseOf(incidents, incident)
    holds((top !== undefined && isOpenState(top.state)) === (incident.closedAt === null), 'it ends with its main case')
  }
  for (const one of mergedIds) holds(incidents.get(one)?.merge?.mainId === id, 'both rows know of it', { id, one })
  for (const { incidentId: otherId, direction } of links)
    holds(
      incidents
        .get(otherId)
        ?.links?.some((one) => one.incidentId === id && one.direction === oppositeDirection[direction]) === true,
      'a link is known at both ends',
      { id, otherId, direction },
    )
}

function crewsHold({ incidents, units }: CityState): void {
  const onCase = new Map<string, string>()
  for (const incident of incidents.values())
    for (const one of incident.assignments.filter(({ state }) => isActiveAssignment(state))) {
      holds(!onCase.has(one.unitId), 'a crew is on one case at most', one)
      onCase.set(one.unitId, incident.id)
      const unit = units.get(one.unitId)
      holds(unit?.incidentId === incident.id && unit.status === one.state, 'crew and case say the same', { unit, one })
    }
  for (const unit of units.values()) {
    holds(unit.incidentId === (onCase.get(unit.id) ?? null), 'a crew is on no case that does not know', unit)
    if (unit.incidentId === null)
      holds(['available', 'off-duty', 'out-of-service'].includes(unit.status), 'a crew without a case is idle', unit)
  }
}

export function isConsistent({ state }: Paper): void {
  const timers = new Map(state.caseTimers.due(Infinity).map(({ key, at }) => [key, at]))
  for (const incident of state.incidents.values()) {
    caseHolds(incident, state)
    clocksHold(incident, timers)
  }
  for (const id of timers.keys()) holds(state.incidents.has(id), 'no timer without its case', id)
  const reportTimers = new Map(state.reportTimers.due(Infinity).map(({ key, at }) => [key, at]))
  for (const row of state.casePlans.values()) reportsHold(row, state, reportTimers)
  crewsHold(state)
  cityHolds(state)
  dutyHolds(state)
  const alarms = [...state.alarms.values()]
  const sensors = alarms.map((alarm) => `${alarm.sensorId} ${alarm.drill}`)
  holds(new Set(sensors).size === sensors.length, 'one open alarm a sensor, and one of a drill', sensors)
  holds(state.drills.size <= 1, 'one drill at a time')
  if (state.drills.size === 0)
    holds(
      alarms.every(({ drill }) => !drill),
      'nothing is left of a drill',
    )
  const streams = [...state.entities.Datastream.keys()]
  holds(isDeepStrictEqual([...state.sensors.keys()], streams), 'a sensor a datastream', streams)
  for (const entity of entityKinds.flatMap((kind) => [...state.entities[kind].values()]))
    for (const [kind, ids] of Object.entries(entity.links))
      for (const id of ids)
        holds(state.entities[kind as keyof typeof state.entities].has(id), 'what is linked is there', { entity, id })
}

const foldOn = (state: CityState, events: readonly LoggedEvent[]): CityState => {
  for (const event of events) evolve(state, event)
  return state
}
const piecesOf = (state: CityState) => [...snapshotPieces(state)]
/** Most often they are the same to the letter; where they are not, the order of fields is no difference. */
const saysTheSame = (a: readonly string[], b: readonly string[]) =>
  (a.length === b.length && a.every((piece, at) => piece === b[at])) ||
  isDeepStrictEqual(
    a.map((piece) => JSON.parse(piece) as object),
    b.map((piece) => JSON.parse(piece) as object),
  )

/**
 * The log tells all: replayed it gives the same state, and so does a snapshot taken after `part` (0 to 1) of it with what follows. Events go
 * through JSON, as they do on their way to the disk and back.
 */
export function isToldByItsLog({ log, state }: Paper, part: number): void {
  const kept = JSON.parse(JSON.stringify(log)) as LoggedEvent[]
  const cut = Math.floor(kept.length * part)
  const [first, rest] = [kept.slice(0, cut), kept.slice(cut)]
  const replayed = foldOn(newCityState(dayOf), first)
  const halfWay = piecesOf(replayed)
  const wanted = piecesOf(state)
  holds(saysTheSame(piecesOf(foldOn(replayed, rest)), wanted), 'replayed, the log gives the same state')
  const restored = restoreState(halfWay)
  holds(restored !== null, 'a snapshot is read', cut)
  holds(saysTheSame(piecesOf(foldOn(restored, rest)), wanted), 'so does a snapshot and the rest', cut)
}

const pair = (from: IncidentState, to: IncidentState) => `${from} → ${to}`
const moves = new Set(
  incidentTransitions.flatMap(({ from, to, restores, toWhenDone, toWhenLed }) =>
    from.flatMap((one) =>
      (restores ? incidentStates.filter(isOpenState) : [to, toWhenDone, toWhenLed]).flatMap((end) =>
        end === undefined || end === 'same' ? [] : [pair(one, end)],
      ),
    ),
  ),
)

// 自处置: reported, filed and done in one act, by whoever found it.
moves.add(pair('pending-dispatch', 'pending-check'))

/** Every move of a case in the log is one of the table's. */
export function movesByTheTable({ log }: Paper): void {
  const states = new Map<string, IncidentState>()
  for (const { event } of log) {
    if (event.type === 'incident.reported') states.set(event.incident.id, event.incident.state)
    if (!event.type.startsWith('incident.') || !('incidentId' in event) || !('state' in event)) continue
    const { incidentId, state } = event as { incidentId: string; state: IncidentState }
    const before = states.get(incidentId)
    holds(before !== undefined, 'a case is reported first', event)
    holds(before === state || moves.has(pair(before, state)), 'no move but the table’s', { before, event })
    states.set(incidentId, state)
  }
}
