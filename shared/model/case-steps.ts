/**
 * How far a case came on its way from the report to its closing (field reference §2.5). A step counts as reached where it, or any after it,
 * was: a case closed without a check has lost nothing on the way, and no step holds more cases than the one before.
 */
import type { Incident } from './incident.ts'
import { firstDispatcher, type CountedCase } from './kpi-case.ts'
import type { Term } from './term.ts'

/** The report, and the seven steps after it. */
export const caseSteps = [
  'reported',
  'accepted',
  'filed',
  'dispatched',
  'handling',
  'fed-back',
  'checked',
  'closed',
] as const
export type CaseStep = (typeof caseSteps)[number]

export const caseStepNames: Record<CaseStep, Term> = {
  reported: { zh: '上报', en: 'Reported' },
  accepted: { zh: '受理', en: 'Accepted' },
  filed: { zh: '立案', en: 'Filed' },
  dispatched: { zh: '派遣', en: 'Dispatched' },
  handling: { zh: '处置', en: 'On it' },
  'fed-back': { zh: '反馈', en: 'Fed back' },
  checked: { zh: '核查', en: 'Checked' },
  closed: { zh: '结案', en: 'Closed' },
}

const closedStates: readonly Incident['state'][] = ['closed', 'force-closed', 'evaluated']

/** The furthest step a case reached; 处置 begins with the first crew on scene. */
export function furthestStep(row: CountedCase): CaseStep {
  if (closedStates.includes(row.state)) return 'closed'
  if (row.fedBackAt !== null) return row.checkedAt === null ? 'fed-back' : 'checked'
  if (row.arrivedAt !== null) return 'handling'
  if (firstDispatcher(row) !== null) return 'dispatched'
  if (row.filedAt !== null) return 'filed'
  return row.acceptedAt === null ? 'reported' : 'accepted'
}

/** One step of a period's cases. Guaranteed: `reached` = what the next step reached + `open` + `ended`. */
export interface StepCount {
  readonly step: CaseStep
  readonly reached: number
  /** Came no further yet, and are open. */
  readonly open: number
  /** Came no further and never will: refused, void, merged. */
  readonly ended: number
}

/** Counts of the furthest steps, made into a funnel. */
export function funnelOf(
  stopped: readonly { readonly step: CaseStep; readonly isOpen: boolean; readonly count: number }[],
): readonly StepCount[] {
  const at = (step: CaseStep, isOpen: boolean) =>
    stopped.reduce((sum, one) => sum + (one.step === step && one.isOpen === isOpen ? one.count : 0), 0)
  let reached = 0
  return caseSteps
    .toReversed()
    .map((step) => {
      const isLast = step === 'closed'
      const [open, ended] = [at(step, true), at(step, false)]
      reached += open + ended
      // What reached the end is not lost there.
      return { step, reached, open: isLast ? 0 : open, ended: isLast ? 0 : ended }
    })
    .reverse()
}
