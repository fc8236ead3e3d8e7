/**
 * When to look at something again. Who waits for a minute is looked at every step; who has waited for an hour, some minutes later: a
 * past of thousands of open cases is not asked about each of them every twenty seconds, and nobody acts later by more than a part.
 */
const laterByPart = 0.08
const longestMs = 20 * 60_000

/** Whoever is to be looked at in the same minute waits together: a look costs what is due, not what is kept. */
const pieceMs = 60_000
const pieceOf = (at: number): number => Math.floor(at / pieceMs)

export class Agenda {
  readonly #lookAt = new Map<string, number>()
  readonly #pieces = new Map<number, Set<string>>()
  /** Nobody waits for an earlier minute than this, but those that are to be looked at once. */
  #first = 0

  /** Something about it has changed: look at once. */
  now(id: string): void {
    this.notBefore(id, 0)
  }
  /** Nothing to do at `now` for what has been so since `since`. */
  later(id: string, since: number, now: number): void {
    this.notBefore(id, now + Math.min(longestMs, (now - since) * laterByPart))
  }
  notBefore(id: string, at: number): void {
    this.drop(id)
    this.#lookAt.set(id, at)
    const piece = this.#pieces.get(pieceOf(at))
    if (piece === undefined) this.#pieces.set(pieceOf(at), new Set([id]))
    else piece.add(id)
    if (pieceOf(at) > 0) this.#first = Math.min(this.#first, pieceOf(at))
  }
  drop(id: string): void {
    const at = this.#lookAt.get(id)
    if (at === undefined) return
    this.#lookAt.delete(id)
    const piece = this.#pieces.get(pieceOf(at))
    piece?.delete(id)
    if (piece?.size === 0) this.#pieces.delete(pieceOf(at))
  }
  /** Ids to look at now, by the minute they wait for and in the order they came to it. They stay until they are set anew. */
  due(now: number): string[] {
    const last = pieceOf(now)
    const due = [0]
    // From an empty start the first is found by looking at all; from then on only minutes that have passed are.
    if (this.#first === 0) this.#first = Math.min(last, ...[...this.#pieces.keys()].filter((piece) => piece > 0))
    for (let piece = Math.max(1, this.#first); piece <= last; piece++) if (this.#pieces.has(piece)) due.push(piece)
    this.#first = due[1] ?? Math.max(this.#first, last)
    return due.flatMap((piece) =>
      [...(this.#pieces.get(piece) ?? [])].filter((id) => (this.#lookAt.get(id) as number) <= now),
    )
  }
}
