/** A city with a plan for flooded roads: its cases, and what people do there. */
import { expect } from 'vitest'
import { newCasePlan, type CallKind } from '../../../shared/model/case-plan.ts'
import type { Command } from '../../../shared/model/command.ts'
import { type PlanNeed, type ResponsePlan } from '../../../shared/model/response-plan.ts'
import { AlarmWatch } from '../../../server/src/domain/alarm/watch.ts'
import { withPlans } from '../../../server/src/domain/plan/apply.ts'
import { matchPlan, type PlanQuestion } from '../../../server/src/domain/plan/match.ts'
import { decide } from '../../../server/src/domain/decide.ts'
import { decideTick } from '../../../server/src/domain/tick.ts'
import { person } from '../../support/engine.ts'
import { Paper } from './support.ts'

export const [duty, chief, manager] = [person('duty'), person('chief'), person('manager')]
export const minute = 60_000
export const need = (id: string, counts: PlanNeed['counts'], over: Partial<PlanNeed> = {}): PlanNeed => ({
  id,
  name: { zh: id, en: id },
  kinds: [id],
  capability: null,
  counts,
  ...over,
})
export const plan = (id: string, over: Partial<ResponsePlan['scope']> = {}, version = 1): ResponsePlan => ({
  id,
  version,
  name: { zh: id, en: id },
  scope: { classes: ['E0506'], priorities: [], districtIds: [], hours: null, modes: [], ...over },
  needs: [need('drainage', [1, 2, 3, 4]), need('fire', [0, 1, 1, 1])],
  checklist: [
    { id: 'a', text: { zh: '核实水深', en: 'Check depth' } },
    { id: 'b', text: { zh: '封闭道路', en: 'Close the road' } },
  ],
  told: [{ zh: '防汛指挥部', en: 'Flood control' }],
})
export const asked: PlanQuestion = { classCode: 'E0506', priority: 2, districtId: 'd1', hour: 12, mode: 'normal' }
export const chosen = (plans: readonly ResponsePlan[], over: Partial<PlanQuestion> = {}) =>
  matchPlan(plans, { ...asked, ...over })?.id ?? null

/** A city with a plan for flooded roads. */
export class PlannedPaper extends Paper {
  override get context() {
    return { ...super.context, plans: [plan('flood')] }
  }
  override ask(...[actor, command, expectedVersion]: Parameters<Paper['ask']>): ReturnType<Paper['ask']> {
    const decision = decide(this.state, actor, command, expectedVersion, this.context)
    if (decision.ok) this.fold(withPlans(this.state, decision.events, this.context), actor.name)
    return decision
  }
  tick(): void {
    this.fold(decideTick(this.state, new AlarmWatch([]), this.context))
  }
  /** The last case's number. */
  get last(): string {
    return `20260801-${String(this.state.counters.incidentOfDay).padStart(6, '0')}`
  }
  open(priority: 1 | 2 | 3 | 4 = 2, classCode = 'E0506'): string {
    this.ask(duty, {
      type: 'incident.report',
      classCode,
      title: '积水',
      description: '',
      source: 'hotline',
      sourceRef: null,
      position: [121.4, 31.2],
      address: null,
      reporter: null,
      mediaUrl: null,
      occurredAt: null,
      priority,
      drill: false,
    })
    const incidentId = this.last
    this.ask(duty, { type: 'incident.file', incidentId, classCode: null, departmentId: null, priority: null })
    return incidentId
  }
  row(id = this.last) {
    return this.state.casePlans.get(id) ?? newCasePlan(id)
  }
  calls(): readonly (readonly [CallKind, string | null, number])[] {
    return this.row().calls.map(({ kind, unitId, times }) => [kind, unitId, times])
  }
}
export const crew = (unitId: string) => person('crew', unitId, { unitId })
export const dispatch = (incidentId: string, unitId = 'PUMP-01'): Command => ({
  type: 'incident.dispatch',
  incidentId,
  unitId,
  reason: '值班员指定',
})
export const acts = (paper: PlannedPaper, incidentId: string, ...verbs: readonly string[]) => {
  for (const verb of verbs)
    expect(paper.ask(crew('PUMP-01'), { type: `incident.${verb}`, incidentId, unitId: 'PUMP-01' } as Command).ok).toBe(
      true,
    )
}
