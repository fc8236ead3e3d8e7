/** What a verb is decided from, once state, role and reason allow it; and how it answers. */
import type { CaseVerbCommand } from '../../../../shared/model/case-command.ts'
import type { DomainEvent } from '../../../../shared/model/event.ts'
import type { Incident } from '../../../../shared/model/incident.ts'
import type { Actor } from '../../../../shared/model/role.ts'
import type { CaseMove } from '../../../../shared/model/case-event.ts'
import type { Hindrance } from '../../../../shared/model/case-gates.ts'
import { hindrances } from '../../../../shared/model/case-gates.ts'
import type { RefusalCode } from '../../../../shared/model/refusal.ts'
import type { Context, Decision } from '../context.ts'
import { invalid, refused } from '../context.ts'
import type { CityState } from '../state.ts'

export interface CaseAsk {
  readonly state: CityState
  readonly actor: Actor
  readonly incident: Incident
  /** Where the transition table leads. */
  readonly move: CaseMove
  readonly context: Context
}
export type Refused = Extract<Decision, { ok: false }>
export type Outcome = readonly DomainEvent[] | Refused

export const fieldRefusal = (field: string, problem: string): Refused => invalid(field, problem) as Refused
export const refusal = (code: RefusalCode, message: string, details?: Readonly<Record<string, unknown>>): Refused =>
  refused(code, message, details) as Refused
export const hindered = (hindrance: Hindrance): Refused => refusal('NOT_ALLOWED', hindrances[hindrance], { hindrance })

/** The further verbs; 自行处置 begins a case and is asked of none. */
export type VerbCommand = Exclude<CaseVerbCommand, { type: 'incident.self-handle' }>

/** The commands of these types. */
export type Of<Type extends VerbCommand['type']> = VerbCommand extends infer C
  ? C extends { readonly type: infer T }
    ? Extract<T, Type> extends never
      ? never
      : C & { readonly type: Extract<T, Type> }
    : never
  : never
