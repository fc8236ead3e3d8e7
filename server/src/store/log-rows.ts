/** Rows of the log, as events. The columns beside the payload serve questions; the payload alone is what happened. */
import type { LoggedEvent } from '../../../shared/model/event.ts'
import type { Database, Row } from '../ports/store.ts'

const noHash = '0'.repeat(64)

export function toEvents(rows: readonly Row[]): LoggedEvent[] {
  return rows.map((row) => ({
    ...(JSON.parse(String(row.payload)) as Omit<LoggedEvent, 'prevHash' | 'hash'>),
    prevHash: String(row.prev_hash ?? noHash),
    hash: String(row.hash),
  }))
}

/** Events after `seq`, ascending. */
export async function readEvents(database: Database, afterSeq: number, limit: number): Promise<LoggedEvent[]> {
  // One row more, from before: the first event's `prevHash` is its hash.
  const rows = await database.query('select seq, payload, hash from event where seq >= $1 order by seq limit $2', [
    afterSeq,
    limit + 1,
  ])
  const linked = rows.map((row, index) => ({ ...row, prev_hash: rows[index - 1]?.hash ?? null }) as Row)
  return toEvents(Number(rows[0]?.seq) > afterSeq ? linked.slice(0, limit) : linked.slice(1))
}
