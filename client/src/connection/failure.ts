/** What can go wrong between this page and the server, as a value: the server's refusals, and the two it cannot say itself. */
import type { RefusalCode } from '../../../shared/model/refusal.ts'

export type FailureCode = RefusalCode | 'INTERNAL' | 'UNREACHABLE' | 'TIMEOUT'

export interface Failure {
  readonly code: FailureCode
  readonly message: string
  readonly details?: Readonly<Record<string, unknown>> | undefined
  /** The occurrence's name in the server's log, where it reached the server. */
  readonly id?: string
}

export type Answer<T> = { readonly ok: true; readonly data: T } | { readonly ok: false; readonly error: Failure }

export const fail = (code: FailureCode, message: string): { readonly ok: false; readonly error: Failure } => ({
  ok: false,
  error: { code, message },
})
