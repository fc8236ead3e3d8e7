/**
 * What follows from events that are about to be written: what became of advice is noted, a graded case that ends owes its final report, cases merged into one that ends are settled with it, and a new report is merged by the rule
 * a person approved, if there is one. Sees every decision, whoever made it; adds to it and takes nothing away.
 */
import type { DomainEvent } from '../../../../shared/model/event.ts'
import type { Incident } from '../../../../shared/model/incident.ts'
import type { IncidentId } from '../../../../shared/model/ids.ts'
import { isOpenState } from '../../../../shared/model/incident.ts'
import { suggestionsJudged } from '../advice/judged.ts'
import { algorithmOf } from '../algorithm/state.ts'
import type { Context, Emitted } from '../context.ts'
import type { CityState } from '../state.ts'
import { findCandidates } from '../duplicate/candidates.ts'
import { readingClass } from '../duplicate/judged.ts'
import type { IncidentMove } from './evolve.ts'
import { evolveIncident } from './evolve.ts'
import { clocksUnder } from '../plan/report-cycle.ts'
import { reportsOfMove } from '../plan/reports.ts'
import { mergeEvents, mergeProblem } from './merge.ts'

const minuteMs = 60_000
const ruleActor = 'rule:duplicates'

export function withFollowing(state: CityState, emitted: readonly Emitted[], context: Context): readonly Emitted[] {
  const touched = touchedCases(state, emitted, context.now)
  if (touched.size === 0) return emitted
  const more: Emitted[] = []
  for (const { event } of emitted) {
    const row = 'incidentId' in event ? state.incidents.get(event.incidentId ?? '') : undefined
    if (row !== undefined)
      for (const judged of suggestionsJudged(state, row, event, context)) more.push({ event: judged })
  }
  for (const { before, after, isNews } of touched.values()) {
    if (before !== undefined && isOpenState(before.state) !== isOpenState(after.state) && after.merge === before.merge)
      for (const event of settled(state, after)) more.push({ event })
    if (before !== undefined)
      for (const event of reportsOfMove(
        before,
        after,
        state.casePlans.get(after.id),
        clocksUnder(state, after.districtId, context.caseSettings.reports),
        context.now,
      ))
        more.push({ event })
    if (isNews) for (const event of mergedByRule(state, after, context)) more.push({ event, actor: ruleActor })
  }
  return more.length === 0 ? emitted : [...emitted, ...more]
}

interface Touched {
  readonly before: Incident | undefined
  readonly after: Incident
  /** It has just been told of, or placed. */
  readonly isNews: boolean
}

/** Cases these events are about, as they will be. */
function touchedCases(state: CityState, emitted: readonly Emitted[], now: number): Map<IncidentId, Touched> {
  const touched = new Map<IncidentId, Touched>()
  for (const { event } of emitted) {
    if (event.type === 'incident.reported')
      touched.set(event.incident.id, { before: undefined, after: event.incident, isNews: true })
    else if (event.type.startsWith('incident.')) {
      const move = event as IncidentMove
      const known = touched.get(move.incidentId)
      const row = known?.after ?? (state.incidents.get(move.incidentId) as Incident)
      touched.set(row.id, {
        before: known === undefined ? row : known.before,
        after: evolveIncident(row, move, now, ''),
        isNews: known?.isNews === true || move.type === 'incident.located',
      })
    }
  }
  return touched
}

/** Those merged into it, and into those: their callers are told what its own caller is told. */
function settled(state: CityState, main: Incident): DomainEvent[] {
  const isEnded = !isOpenState(main.state)
  return (main.mergedIds ?? []).flatMap((id): DomainEvent[] => {
    const merged = state.incidents.get(id) as Incident
    const { state: mainState } = main
    const resolution = isEnded ? main.resolution : null
    const event = { type: 'incident.settled', incidentId: id, state: 'merged', stageDueAt: null } as const
    return [
      { ...event, mainId: main.id, mainState, resolution },
      ...settled(state, { ...merged, state: mainState, resolution }),
    ]
  })
}

/** Nothing unless a chief approved a rule and the algorithm is on; then the likeliest, if all of the rule holds. */
function mergedByRule(state: CityState, incident: Incident, context: Context): DomainEvent[] {
  const { isOn, rule } = algorithmOf(state.algorithms, 'duplicates').setting
  const isFree =
    incident.state === 'reported' || incident.state === 'pending-filing' || incident.state === 'pending-dispatch'
  if (!isOn || rule === null || !isFree || incident.merge !== undefined) return []
  const [first] = findCandidates(state.cases, incident, readingClass(state, context))
  const main = first && state.incidents.get(first.incidentId)
  if (first === undefined || main === undefined) return []
  const isWithin =
    first.score >= rule.minScore &&
    first.distanceM !== null &&
    first.distanceM <= rule.maxDistanceM &&
    Math.abs(incident.reportedAt - main.reportedAt) <= rule.maxMinutes * minuteMs
  if (!isWithin || mergeProblem(incident, main, main.id) !== null) return []
  const reason = first.reasons
    .filter(({ weight }) => weight > 0)
    .map(({ words }) => words.zh)
    .join('；')
  const merged = { by: ruleActor, isByRule: true, reason, score: first.score }
  return mergeEvents(state, incident, main, merged, context.now)
}
