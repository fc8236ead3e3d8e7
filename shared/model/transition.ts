/**
 * State machines as data. The server decides with these rows, the client offers with the same rows, the docs are drawn from them.
 */
import type { Role } from './role.ts'
import type { Term } from './term.ts'

export type { Term } from './term.ts'

/** One allowed move. `to: 'same'` leaves the state as it is. */
export interface Transition<State extends string, Verb extends string> {
  readonly verb: Verb
  readonly from: readonly State[]
  readonly to: State | 'same'
  /** Who may do it; empty = only the system itself. */
  readonly roles: readonly Role[]
  /** Who may tell it for them where their terminal is off (代报): marked, and by the time it happened. Not offered as their own act. */
  readonly relayedBy?: readonly Role[]
  /** A reason in words is mandatory and kept for ever. */
  readonly needsReason?: true
  /** Only by another person than the one who asked for it. */
  readonly secondPerson?: true
  /** Moves the case only when no other crew is still on it; else the state stays. */
  readonly whenLast?: true
  /** Where it leads instead when another crew has already done its work there. */
  readonly toWhenDone?: State
  /** Back to the state it had before, whichever that was; `to` says nothing. */
  readonly restores?: true
  /** Where it leads instead while a department has the case (主办). */
  readonly toWhenLed?: State
  /** Moves the case only when no other caller is owed an answer; else the state stays. */
  readonly whenAnswered?: true
  readonly name: Term
}

/** How a move is called when somebody tells it for whose it is. */
export const relayedName = ({ zh, en }: Term): Term => ({ zh: `代报${zh}`, en: `For crew: ${en}` })

/** The row for this verb from this state, or undefined: the move is not allowed. */
export function findTransition<S extends string, V extends string>(
  table: readonly Transition<S, V>[],
  from: S,
  verb: V,
): Transition<S, V> | undefined {
  return table.find((row) => row.verb === verb && row.from.includes(from))
}

/** What a person with these roles may do from this state: the buttons of the desk. */
export function offeredTransitions<S extends string, V extends string>(
  table: readonly Transition<S, V>[],
  from: S,
  roles: readonly Role[],
): Transition<S, V>[] {
  return table.filter((row) => row.from.includes(from) && row.roles.some((role) => roles.includes(role)))
}
