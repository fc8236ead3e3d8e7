/**
 * A refusal is a value: the answer to an act the rules do not allow. A fault is an exception and never looks like this.
 */
export const refusalCodes = {
  /** A field is missing, of the wrong type or out of bounds; `details` names it. */
  INVALID: 400,
  /** Nobody is signed in. */
  UNAUTHENTICATED: 401,
  /** This account may not. */
  FORBIDDEN: 403,
  /** No such thing. */
  NOT_FOUND: 404,
  /** `expectedVersion` is stale; `details.version` is the present one. */
  CONFLICT: 409,
  /** The case's, alarm's or crew's state does not allow this act. */
  NOT_ALLOWED: 409,
  /** The crew is on another case; `details` say which, by whom and since when. */
  UNIT_TAKEN: 409,
  /** More than the door takes in one piece. */
  TOO_LARGE: 413,
  /** Too many tries. */
  TOO_MANY: 429,
  /** Overloaded or starting: try again after `details.retryAfterS`. */
  BUSY: 503,
} as const
export type RefusalCode = keyof typeof refusalCodes

export interface FieldError {
  /** Dotted path to the field as sent, for example `assignments.0.unitId`. */
  readonly field: string
  readonly problem: string
}

export interface Refusal {
  readonly code: RefusalCode
  /** For a person, in English; the client words it by `code` and `details`. */
  readonly message: string
  readonly details?: Readonly<Record<string, unknown>> & { readonly fields?: readonly FieldError[] }
}

export const refuse = (code: RefusalCode, message: string, details?: Refusal['details']): Refusal =>
  details === undefined ? { code, message } : { code, message, details }
