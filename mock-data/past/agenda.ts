/**
 * When to look at something again. Who waits for a minute is looked at every step; who has waited for an hour, some minutes later: a
 * past of thousands of open cases is not asked about each of them every twenty seconds, and nobody acts later by more than a part.
 */
const laterByPart = 0.08
const longestMs = 20 * 60_000

export class Agenda {
  readonly #lookAt = new Map<string, number>()

  /** Something about it has changed: look at once. */
  now(id: string): void {
    this.#lookAt.set(id, 0)
  }
  /** Nothing to do at `now` for what has been so since `since`. */
  later(id: string, since: number, now: number): void {
    this.#lookAt.set(id, now + Math.min(longestMs, (now - since) * laterByPart))
  }
  notBefore(id: string, at: number): void {
    this.#lookAt.set(id, at)
  }
  drop(id: string): void {
    this.#lookAt.delete(id)
  }
  /** Ids to look at now, oldest entry first. */
  due(now: number): string[] {
    const ids: string[] = []
    for (const [id, at] of this.#lookAt) if (at <= now) ids.push(id)
    return ids
  }
}
