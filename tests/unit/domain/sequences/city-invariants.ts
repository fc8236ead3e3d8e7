/** What must hold of modes, responses, warnings, rules and alarms after any step, and that nothing once there is ever gone. */
import type { Alarm, AlarmState } from '../../../../shared/model/alarm.ts'
import { alarmStates, alarmTransitions } from '../../../../shared/model/alarm.ts'
import type { Incident } from '../../../../shared/model/incident.ts'
import { needsSecondPerson } from '../../../../shared/model/response.ts'
import { cityModeOf } from '../../../../server/src/domain/mode/state.ts'
import type { CityState } from '../../../../server/src/domain/state.ts'
import type { Paper } from '../support.ts'
import { holds } from './holds.ts'

/** Hidden for a reason that is kept, and no longer than the reason; each clock has its timer. */
function alarmHolds(alarm: Alarm, timers: ReadonlyMap<string, number>): void {
  const { id, state, shelving, suppression, outOfService, reAlarmAt } = alarm
  holds(alarmStates.includes(state) && state !== 'normal', 'an alarm that stands has a state of the table', alarm)
  holds((shelving !== null) === (state === 'shelved'), 'what is shelved says until when', alarm)
  holds((suppression !== null) === (state === 'suppressed'), 'what is suppressed says by what', alarm)
  holds((outOfService !== null) === (state === 'out-of-service'), 'what is out of service says by whom', alarm)
  holds((timers.get(id) ?? null) === (shelving?.untilAt ?? reAlarmAt), 'its timer is set', alarm)
  holds(reAlarmAt === null || state === 'acknowledged', 'only what was acknowledged is called again', alarm)
}

function alarmsHold({ alarms, alarmTimers, sensors, serviceTimers, ruleChanges }: CityState): void {
  const timers = new Map(alarmTimers.due(Infinity).map(({ key, at }) => [key, at]))
  for (const alarm of alarms.values()) {
    alarmHolds(alarm, timers)
    const change = ruleChanges.get(alarm.ruleId)
    holds(change?.to.enabled !== false || !alarm.active, 'a rule that judges no more leaves none', alarm)
  }
  for (const id of timers.keys()) holds(alarms.has(id), 'no timer without its alarm', id)
  const services = new Map(serviceTimers.due(Infinity).map(({ key, at }) => [key, at]))
  for (const { id, outOfService } of sensors.values())
    holds(services.get(String(id)) === outOfService?.untilAt, 'the end of its maintenance is timed', id)
}

function rulesHold({ ruleChanges, ruleProposals }: CityState): void {
  for (const [id, one] of ruleProposals)
    holds(one.id === id && one.state === 'proposed' && one.decidedBy === null, 'what is proposed is undecided', one)
  for (const [ruleId, one] of ruleChanges) {
    holds(one.ruleId === ruleId && one.state === 'approved', 'what holds was approved', one)
    holds(one.decidedBy !== null && one.decidedBy !== one.proposedBy, 'by a second person', one)
    holds(one.toVersion === one.fromVersion + 1, 'a change makes the next version', one)
  }
}

function modesHold(state: CityState): void {
  const { districts, proposal } = cityModeOf(state)
  const ids = districts.map(({ districtId }) => districtId)
  holds(new Set(ids).size === ids.length, 'one mode a district', districts)
  holds(
    ids.every((id) => id === 'd1' || id === 'd2'),
    'of districts there are',
    ids,
  )
  holds(proposal === null || proposal.expiresAt > proposal.proposedAt, 'a proposal ends', proposal)
}

function responsesHold({ responses, counters }: CityState): void {
  for (const one of responses.values()) {
    const isOpen = one.state === 'proposed' || one.state === 'change-proposed'
    holds(one.state !== 'ended' && one.endedAt === null, 'what has ended is let go of', one)
    holds((one.proposal !== null) === isOpen, 'what waits for a second person says for what', one)
    holds((one.startedAt === null) === (one.state === 'proposed'), 'what is in force began', one)
    holds(Number(one.id.slice(1)) <= counters.response, 'it was counted', one)
    if (one.state === 'active' && needsSecondPerson(one.level) && one.confirmedBy !== null)
      holds(one.confirmedBy !== one.startedBy, 'a second person confirmed it', one)
  }
}

function warningsHold({ warnings, alertsTaken, drills }: CityState): void {
  for (const one of warnings.values()) {
    holds(one.liftedAt === null, 'what was lifted is let go of', one)
    holds(one.source === null || alertsTaken.size > 0, 'whoever sent it is known', one)
    holds(
      drills.size > 0 || one.source !== null || !one.exercise || one.status === 'Exercise',
      'drills are marked',
      one,
    )
  }
}

export function cityHolds(state: CityState): void {
  alarmsHold(state)
  rulesHold(state)
  modesHold(state)
  responsesHold(state)
  warningsHold(state)
}

type Grown = Record<string, number>
const grownOf = ({
  assignments,
  visits,
  supervisions,
  requests,
  mergedIds: _m,
  overdueStages,
  version,
}: Incident): Grown => ({
  ...{ assignments: assignments.length, visits: visits?.length ?? 0, supervisions: supervisions?.length ?? 0 },
  ...{ requests: requests?.length ?? 0, overdueStages: overdueStages.length, version },
})

/** Remembers what was there: rows stay, lists grow, times that were stamped are never others. */
export class Kept {
  readonly #grown = new Map<string, Grown>()
  readonly #times = new Map<string, Incident['times']>()
  readonly #alarms = new Map<string, number>()
  #rev = 0

  check({ state, log }: Paper): void {
    holds(state.rev >= this.#rev && log.length === state.rev, 'the log only grows', state.rev)
    this.#rev = state.rev
    for (const id of this.#grown.keys()) holds(state.incidents.has(id), 'no case is erased', id)
    for (const incident of state.incidents.values()) {
      const { id, times = {} } = incident
      const now = grownOf(incident)
      for (const [what, size] of Object.entries(this.#grown.get(id) ?? {}))
        holds((now[what] as number) >= size, 'what was written of a case stays', { id, what })
      this.#grown.set(id, now)
      for (const [code, at] of Object.entries(this.#times.get(id) ?? {}))
        holds(times[code as keyof typeof times] === at, 'a time once stamped stays', { id, code })
      this.#times.set(id, times)
    }
    for (const [id, version] of this.#alarms) {
      const alarm = state.alarms.get(id) ?? state.endedAlarms.get(id)
      holds(alarm !== undefined && alarm.version >= version, 'no alarm is erased', id)
    }
    for (const { id, version } of state.alarms.values()) this.#alarms.set(id, version)
  }
}

const pair = (from: AlarmState, to: AlarmState) => `${from} → ${to}`
const moves = new Set(
  alarmTransitions.flatMap(({ from, to }) => from.map((one) => pair(one, to === 'same' ? one : to))),
)
/** A return that its load has hidden, and a second raise, leave an alarm where it is. */
const isStill = (from: AlarmState, to: AlarmState) => from === to

/** Every move of an alarm in the log is one of the table's; a mode, a response of a high level and a rule change by two people. */
export function cityMovesByTheTables({ log }: Paper): void {
  const states = new Map<string, AlarmState>()
  const proposers = new Map<string, string>()
  for (const { event, actor } of log) {
    if (event.type === 'alarm.raised') states.set(event.alarm.id, event.alarm.state)
    else if (event.type.startsWith('alarm.') && 'alarmId' in event && 'state' in event) {
      const { alarmId, state } = event as { alarmId: string; state: AlarmState }
      const before = states.get(alarmId)
      holds(before !== undefined, 'an alarm is raised first', event)
      holds(isStill(before, state) || moves.has(pair(before, state)), 'no move but the table’s', { before, event })
      states.set(alarmId, state)
    }
    if (event.type === 'mode.proposed') proposers.set('mode', actor)
    if (event.type === 'mode.switched') holds(proposers.get('mode') !== actor, 'a second person switches', event)
    if (event.type === 'response.start-proposed' || event.type === 'response.change-proposed')
      proposers.set(event.response.id, actor)
    if (
      event.type === 'response.started' ||
      event.type === 'response.level-changed' ||
      event.type === 'response.ended'
    ) {
      const { id, level } = event.response
      const isGrave = needsSecondPerson(level)
      holds(!isGrave || (proposers.has(id) && proposers.get(id) !== actor), 'a second person confirms', event)
    }
    if (event.type === 'alarm-rule.change-approved')
      holds(event.change.proposedBy !== actor, 'a second person approves', event)
  }
}
