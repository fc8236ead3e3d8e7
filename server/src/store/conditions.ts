/** A `where` made of parts, each value a parameter. */
export class Conditions {
  readonly params: unknown[] = []
  readonly #parts: string[] = []

  /** Binds a value and answers its place, `$1`. */
  bind(value: unknown): string {
    this.params.push(value)
    return `$${this.params.length}`
  }

  add(part: string): void {
    this.#parts.push(part)
  }

  /** Adds a part about a value that was given. */
  addIf(value: unknown, part: (place: string) => string): void {
    if (value !== undefined && value !== null) this.add(part(this.bind(value)))
  }

  get sql(): string {
    return this.#parts.length === 0 ? '' : `where ${this.#parts.join(' and ')}`
  }
}
