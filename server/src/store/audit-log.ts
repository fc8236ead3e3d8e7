/**
 * The log as auditors read it. Guarantees that every way of changing what was written is found: a byte, a removed, added or moved
 * event, a column that tells another story than its payload. Refuses to trust anything but the texts and their hashes.
 */
import type { LoggedEvent } from '../../../shared/model/event.ts'
import type { AuditLog, Database, Row, TextHasher } from '../ports/store.ts'
import { readEvents } from './log-rows.ts'

const pageEvents = 2_000
const noHash = '0'.repeat(64)

interface Link {
  readonly seq: number
  readonly hash: string
}

/** Why this row cannot follow that link; null where it does. */
function problemOf(row: Row, before: Link, hash: TextHasher): string | null {
  const seq = Number(row.seq)
  if (seq !== before.seq + 1) return `event ${before.seq + 1} is missing: ${seq} follows ${before.seq}`
  const text = String(row.payload)
  if (hash(before.hash, text) !== row.hash) return 'its hash does not fit its text and the event before it'
  const told = JSON.parse(text) as Omit<LoggedEvent, 'prevHash' | 'hash'>
  if (told.seq !== seq) return `its text is that of event ${told.seq}`
  if (told.at !== Number(row.at) || told.event.type !== row.type) return 'its columns differ from its text'
  return null
}

export function createAuditLog(database: Database, hash: TextHasher): AuditLog {
  return {
    events: (afterSeq, limit) => readEvents(database, afterSeq, limit),

    async verify(onProgress = () => undefined) {
      const [counted] = await database.query('select count(*) as total, coalesce(max(seq), 0) as head from event')
      const head = Number(counted?.head)
      let link: Link = { seq: 0, hash: noHash }
      while (link.seq < head) {
        const rows = await database.query(
          'select seq, at, type, payload, hash from event where seq > $1 and seq <= $2 order by seq limit $3',
          [link.seq, head, pageEvents],
        )
        if (rows.length === 0) break
        for (const row of rows) {
          const problem = problemOf(row, link, hash)
          if (problem !== null) return { ok: false, checked: link.seq, brokenAt: link.seq + 1, problem }
          link = { seq: Number(row.seq), hash: String(row.hash) }
        }
        onProgress(link.seq, head)
      }
      const total = Number(counted?.total)
      if (total !== link.seq) {
        return { ok: false, checked: link.seq, brokenAt: link.seq + 1, problem: `${total} rows for ${link.seq} events` }
      }
      return { ok: true, checked: link.seq, brokenAt: null, problem: null }
    },
  }
}
