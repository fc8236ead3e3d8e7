/** What time alone does: limits that run out, warnings that end, returns that have held long enough. */
import type { DomainEvent } from '../../../shared/model/event.ts'
import type { Context, Emitted } from './context.ts'
import type { CityState } from './state.ts'
import type { AlarmWatch, Verdict } from './alarm/watch.ts'
import type { DataWatch } from './alarm/data-watch.ts'
import { announceData, announceGateway } from './alarm/announce-data.ts'
import { situationOf } from './alarm/scope.ts'
import { announce } from './alarm/announce.ts'
import { alarmTimerSteps } from './alarm/timers.ts'
import { loadTick } from './alarm-load/tick.ts'
import { expiredDrill } from './drill/decide.ts'
import { dutyTick } from './duty/crew.ts'
import { expiredProposal } from './mode/decide.ts'
import { contextUnder } from './mode/limits.ts'
import { cityModeOf } from './mode/state.ts'
import { overdueReports } from './plan/reports.ts'
import { dueCalls } from './plan/decide.ts'
import { expiredResponses } from './response/decide.ts'
import { expiredWarnings } from './warning/decide.ts'
import { withFollowing } from './incident/following.ts'
import { timedEvents, type TimedEvent } from './incident/case-timers.ts'

/** At most this many events a tick; the rest are as true at the next. */
const mostEvents = 1000

/** The tick of alarms: what runs out of time, and who has not been heard. Each piece is folded before the next is asked for. */
export function* alarmTickSteps(state: CityState, dataWatch: DataWatch | null, context: Context): Iterable<Emitted[]> {
  for (const events of alarmTimerSteps(state, context, mostEvents)) yield events.map((event) => ({ event }))
  if (dataWatch === null) return
  const gatewayRule = dataWatch.gatewayRule()
  if (gatewayRule !== undefined)
    for (const verdict of dataWatch.tickGateways(context.now))
      yield announceGateway(state, verdict, gatewayRule, context)
  for (const verdict of dataWatch.tick(context.now, mostEvents))
    yield announceData(state, verdict, dataWatch.isHidden(state.sensors.get(verdict.sensorId)), context)
}

/** `drillWatch` watches what the running drill brings, apart from what is real. */
export function decideTick(state: CityState, watch: AlarmWatch, context: Context, drillWatch?: AlarmWatch): Emitted[] {
  const { now } = context
  const events: DomainEvent[] = [
    ...expiredWarnings(state, now),
    ...expiredProposal(state, now),
    ...expiredResponses(state, now),
    ...caseEvents(state, context),
    ...dueCalls(state, now, mostEvents),
    ...overdueReports(state, now, mostEvents),
    ...dutyTick(state, context),
  ]
  const emitted: Emitted[] = events.map((event) => ({ event }))
  const ended = expiredDrill(state, now)
  const announceAll = (verdicts: readonly Verdict[], ofDrill: boolean) => {
    for (const verdict of verdicts) {
      const sensor = state.sensors.get(verdict.sensorId)
      if (sensor !== undefined) emitted.push(...announce(state, verdict, sensor, context, ofDrill))
    }
  }
  const situation = situationOf(cityModeOf(state), context)
  announceAll(watch.tick(now, situation), false)
  if (drillWatch !== undefined && ended.length === 0) announceAll(drillWatch.tick(now, situation), true)
  const all = [...emitted, ...loadTick(state, context).map((event) => ({ event })), ...ended]
  return [...withFollowing(state, all, context)]
}

/** What came of cases since the last tick, the oldest first; of one instant, by their ids. */
function caseEvents(state: CityState, context: Context): DomainEvent[] {
  const { now } = context
  const due = state.caseTimers.due(now, mostEvents)
  // Where more waits than a tick takes, what comes after the last one taken may come after one left out.
  const upTo = due[mostEvents - 1]?.at ?? now
  const timed: (TimedEvent & { readonly id: string })[] = []
  for (const { key: id } of due) {
    const incident = state.incidents.get(id)
    if (incident === undefined) continue
    // A stage it goes back to is held to the mode that holds there now.
    for (const one of timedEvents(incident, now, contextUnder(state, incident, context)))
      if (one.at <= upTo) timed.push({ id, ...one })
  }
  timed.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : Number(a.id > b.id)))
  return timed.slice(0, mostEvents).map(({ event }) => event)
}
