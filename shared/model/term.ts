/** A word officers use, in both languages of every screen. */
export interface Term {
  readonly zh: string
  readonly en: string
}
