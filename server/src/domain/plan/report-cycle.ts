/**
 * 续报周期 under a mode: where it holds, follow-up reports are due no later than its cycle says. A switch brings nearer what runs, from its own
 * instant on, and the way back gives what is owed the time it would have had; what is late stays late. A grade that owes none owes none.
 */
import type { CityMode } from '../../../../shared/model/city-mode.ts'
import type { ModeEvent, PlanEvent } from '../../../../shared/model/event.ts'
import type { Incident } from '../../../../shared/model/incident.ts'
import type { DistrictId } from '../../../../shared/model/ids.ts'
import type { ModeEffects } from '../../../../shared/model/mode-effects.ts'
import type { ReportClock, ReportClocks, SituationReport } from '../../../../shared/model/situation-report.ts'
import { caseGrades, type CaseGrade } from '../../../../shared/model/case-grade.ts'
import { modeIn } from '../../../../shared/model/city-mode.ts'
import { isOpenState } from '../../../../shared/model/incident.ts'
import { owedOf } from '../../../../shared/model/situation-report.ts'
import type { Context } from '../context.ts'
import type { CityState } from '../state.ts'
import type { ModeTable } from '../mode/state.ts'
import { cityModeOf, evolveMode, modeAt } from '../mode/state.ts'

const minuteMs = 60_000

const clockUnder = ({ followUpMin: cycle = null }: ModeEffects, clock: ReportClock): ReportClock =>
  cycle === null || clock.followUpMin === null || cycle >= clock.followUpMin ? clock : { ...clock, followUpMin: cycle }

/** The clocks of reports for a case in this district now. */
export function clocksUnder(
  state: { readonly modes: ModeTable },
  districtId: DistrictId | null,
  clocks: ReportClocks,
): ReportClocks {
  const { effects } = modeAt(state, districtId)
  if (effects.followUpMin == null) return clocks
  const under = caseGrades.map((grade) => [grade, clocks[grade] && clockUnder(effects, clocks[grade])] as const)
  return Object.fromEntries(under) as unknown as ReportClocks
}

/** When the report before the one that is owed was made: its clock runs from there. */
const lastMadeAt = (reports: readonly SituationReport[]): number =>
  Math.max(...reports.map(({ kind, madeAt }) => (kind === 'oral' ? 0 : (madeAt ?? 0))))

/** What a switch of mode does to follow-up reports that are owed. */
export function cyclesOfSwitch(
  state: CityState,
  switched: Extract<ModeEvent, { type: 'mode.switched' }>,
  { now, caseSettings }: Context,
): PlanEvent[] {
  const before: CityMode = cityModeOf(state)
  const after = evolveMode(before, switched)
  const events: PlanEvent[] = []
  for (const { id: incidentId, grade, reports = [] } of state.casePlans.values()) {
    const owed = owedOf(reports, 'follow-up')
    if (owed === undefined) continue
    // A plan is let go of with its case, and a report is owed by a grade.
    const incident = state.incidents.get(incidentId) as Incident
    const clock = caseSettings.reports[grade as CaseGrade]
    if (clock === null || !isOpenState(incident.state)) continue
    const minutesOf = (city: CityMode) => clockUnder(modeIn(city, incident.districtId).effects, clock).followUpMin ?? 0
    const [was, is] = [minutesOf(before), minutesOf(after)]
    const isLate = owed.late === true || now > owed.dueAt
    if (was === is || isLate) continue
    const dueAt = is < was ? Math.min(owed.dueAt, now + is * minuteMs) : lastMadeAt(reports) + is * minuteMs
    const isMoved = is < was ? dueAt < owed.dueAt : dueAt > owed.dueAt
    if (isMoved) events.push({ type: 'plan.report-due', incidentId, kind: 'follow-up', number: owed.number, dueAt })
  }
  return events
}
