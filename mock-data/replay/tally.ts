/** What became of every record of a file: nothing read is uncounted. */
export interface Tally {
  readonly file: string
  /** Requests or values found in the file. */
  read: number
  /** Put to the door. */
  sent: number
  accepted: number
  /** The door said no; by its reason. */
  readonly refused: Map<string, number>
  /** No value there: never sent. */
  missing: number
  /** Could not be made into a record; by reason. */
  readonly skipped: Map<string, number>
  /** Sent, and the line broke before the answer. */
  unsure: number
}

export const newTally = (file: string): Tally => ({
  file,
  read: 0,
  sent: 0,
  accepted: 0,
  refused: new Map(),
  missing: 0,
  skipped: new Map(),
  unsure: 0,
})

const maxReasons = 50
/** Counts under a reason; past a number of reasons, under one word for all others. */
export function countReason(reasons: Map<string, number>, reason: string, by = 1): void {
  const key = reasons.has(reason) || reasons.size < maxReasons ? reason : 'other reasons'
  reasons.set(key, (reasons.get(key) ?? 0) + by)
}
export const sumOf = (reasons: ReadonlyMap<string, number>): number => [...reasons.values()].reduce((a, b) => a + b, 0)

/** The closing table, one line a file and one a reason. */
export function closingTable(tallies: readonly Tally[]): string[] {
  const head = ['file', 'read', 'sent', 'accepted', 'refused', 'missing', 'skipped', 'unsure']
  const rows = tallies.map((t) => [
    t.file,
    ...[t.read, t.sent, t.accepted, sumOf(t.refused), t.missing, sumOf(t.skipped), t.unsure].map(String),
  ])
  const widths = head.map((word, i) => Math.max(word.length, ...rows.map((row) => (row[i] as string).length)))
  const line = (cells: readonly string[]) =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] as number) : cell.padStart(widths[i] as number))).join('  ')
  const reasons = tallies.flatMap((t) => [
    ...[...t.refused].map(([reason, n]) => `  refused ${n}: ${t.file}: ${reason}`),
    ...[...t.skipped].map(([reason, n]) => `  skipped ${n}: ${t.file}: ${reason}`),
  ])
  return [line(head), ...rows.map(line), ...reasons]
}
