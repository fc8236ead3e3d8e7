/**
 * Equal texts of many devices kept once: what is said of one device is said of all of its kind, and its name stands in
 * its Thing, its place and its Datastream. Changes no value, only which of two equal texts is held. Bounded: when full
 * it begins again, and what is common is soon back.
 */
const mostWords = 10_000
/** A longer one is hardly ever said twice. */
const longestWord = 200

export class WordPool {
  readonly #words = new Map<string, string>()

  /** Replaces texts inside a JSON value by the equal ones known before. */
  share(value: unknown): void {
    if (typeof value !== 'object' || value === null) return
    const parts = value as Record<string, unknown>
    for (const key of Object.keys(parts)) {
      const part = parts[key]
      if (typeof part === 'object') this.share(part)
      else if (typeof part === 'string' && part.length <= longestWord) parts[key] = this.#known(part)
    }
  }

  #known(word: string): string {
    const known = this.#words.get(word)
    if (known !== undefined) return known
    if (this.#words.size >= mostWords) this.#words.clear()
    this.#words.set(word, word)
    return word
  }
}
