/** A check that costs nothing where it holds: sequences are played by the million. */
export function holds(condition: boolean, what: string, details?: unknown): asserts condition {
  if (!condition) throw new Error(details === undefined ? what : `${what}: ${JSON.stringify(details)}`)
}
