/** What people say of one class of case: the grammar's vocabulary. Patterns as in phrase.ts. */
export interface Complaint {
  /** Case class. */
  readonly code: string
  /** What is wrong, said right after the place. */
  readonly what: readonly string[]
  /** What comes of it, or more about it; at most two are said. */
  readonly detail: readonly string[]
  /** Said only while it rains. */
  readonly rain?: readonly string[]
  /** Said only when it is dark. */
  readonly dark?: readonly string[]
  /** Words that give the class away to whoever reads the text. */
  readonly tell: RegExp
  /** The same by somebody who writes English, after "There is" or the like: a noun phrase. */
  readonly en: readonly string[]
  /** Classes it is mistaken for by people who choose from a list. */
  readonly mistaken: readonly string[]
}

export const complaint = (
  code: string,
  what: readonly string[],
  detail: readonly string[],
  tell: RegExp,
  en: readonly string[],
  more: {
    readonly rain?: readonly string[]
    readonly dark?: readonly string[]
    readonly mistaken?: readonly string[]
  } = {},
): Complaint => ({ code, what, detail, tell, en, mistaken: [], ...more })
