/** What somebody will do about a case as it is, and when: the first thing due is done, and then the case is another. */
import type { Random } from '../city/random.ts'

/** Whose account acts. */
export type Desk = 'duty' | 'chief' | 'manager' | 'dept'

export type CaseBody = Readonly<Record<string, unknown>> & { readonly type: string }

export type CaseAct =
  | { readonly kind: 'case'; readonly as: Desk; readonly body: CaseBody }
  /** The unit is chosen from the server's own proposals when it is sent. */
  | { readonly kind: 'dispatch' }
  /** Looks at the cases the server thinks it may be. */
  | { readonly kind: 'compare' }

export interface Due {
  /** Of the server's clock. */
  readonly at: number
  /** Decided when it is done, `now`: what was known before may have changed. */
  readonly act: (now: number) => CaseAct
}

/** The same case and word always meet the same chance. */
export type Dice = (id: string, word: string) => Random

export const act = (as: Desk, body: CaseBody): CaseAct => ({ kind: 'case', as, body })

/** The first of several; null where there is none. */
export function soonest(...dues: readonly (Due | null)[]): Due | null {
  let first: Due | null = null
  for (const due of dues) if (due !== null && (first === null || due.at < first.at)) first = due
  return first
}
