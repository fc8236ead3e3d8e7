/**
 * Response plans (处置预案, run cards): for which cases, what is needed at first and with each reinforcement, what is to be done, who is told.
 * They are data of the city; the rules only choose one and count.
 */
import type { DistrictId } from './ids.ts'
import type { OperatingMode } from './mode.ts'
import type { Priority } from './priority.ts'
import type { Term } from './term.ts'
import type { Unit } from './unit.ts'

/** 0 = what goes at first; 1 to 3 = with the first, second and third reinforcement. */
export const reinforcements = [0, 1, 2, 3] as const
export type Reinforcement = (typeof reinforcements)[number]
export const reinforcementNames: Record<Reinforcement, Term> = {
  0: { zh: '首批力量', en: 'First crews' },
  1: { zh: '一级增援', en: 'First reinforcement' },
  2: { zh: '二级增援', en: 'Second reinforcement' },
  3: { zh: '三级增援', en: 'Third reinforcement' },
}

/** One thing needed, and how many of it. A crew serves it by its kind, or by being able to handle the class named. */
export interface PlanNeed {
  readonly id: string
  readonly name: Term
  readonly kinds: readonly string[]
  /** Case class a crew must be able to handle; null = its kind says it all. */
  readonly capability: string | null
  /** In all, by reinforcement: never fewer than with the one before. */
  readonly counts: readonly [first: number, one: number, two: number, three: number]
}

/** What a plan is for. An empty list, or null, does not matter. */
export interface PlanScope {
  /** Case classes, or their leading characters; never empty. */
  readonly classes: readonly string[]
  readonly priorities: readonly Priority[]
  readonly districtIds: readonly DistrictId[]
  /** Hours of the city's day, `from` included, `to` not; past midnight where `to` is not later than `from`. */
  readonly hours: { readonly from: number; readonly to: number } | null
  readonly modes: readonly OperatingMode[]
}

export interface ResponsePlan {
  readonly id: string
  readonly version: number
  readonly name: Term
  readonly scope: PlanScope
  readonly needs: readonly PlanNeed[]
  readonly checklist: readonly { readonly id: string; readonly text: Term }[]
  /** Roles, departments and outside bodies that are told. */
  readonly told: readonly Term[]
}

const handles = ({ capabilities }: Pick<Unit, 'capabilities'>, classCode: string): boolean =>
  capabilities.length === 0 || capabilities.some((prefix) => classCode.startsWith(prefix))

export const serves = (unit: Pick<Unit, 'kind' | 'capabilities'>, { kinds, capability }: PlanNeed): boolean =>
  (kinds.length === 0 || kinds.includes(unit.kind)) && (capability === null || handles(unit, capability))

/** A need, how many it wants now and how many crews on the case serve it: 需 3 到 2. */
export interface FillUp {
  readonly need: PlanNeed
  readonly required: number
  readonly assigned: number
}

/** Each crew serves one need: the first it fits that still wants one, else the first it fits. */
export function fillUps(
  needs: readonly PlanNeed[],
  level: Reinforcement,
  crews: readonly Pick<Unit, 'kind' | 'capabilities'>[],
): FillUp[] {
  const counts = needs.map((need) => ({ need, required: need.counts[level], assigned: 0 }))
  for (const crew of crews) {
    const fitting = counts.filter(({ need }) => serves(crew, need))
    const place = fitting.find(({ assigned, required }) => assigned < required) ?? fitting[0]
    if (place !== undefined) place.assigned++
  }
  return counts
}
