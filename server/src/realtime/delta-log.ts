/**
 * What changed lately, for clients that come back: the newest revision of each row touched. Guarantees that `since` answers
 * every row touched after a revision, or says it no longer knows. Bounded by rows and by age; refuses to know what rows hold.
 */
import type { Instant } from '../../../shared/model/ids.ts'
import type { StateTable } from '../../../shared/contract/realtime.ts'
import type { Commit } from '../ports/engine.ts'

export type Touched = ReadonlyMap<StateTable, ReadonlySet<string>>

export interface DeltaLogLimits {
  readonly maxRows: number
  readonly maxAgeMs: number
}
export const deltaLogLimits: DeltaLogLimits = { maxRows: 50_000, maxAgeMs: 60 * 60_000 }

export interface DeltaLog {
  record(commit: Pick<Commit, 'rev' | 'at' | 'touched'>): void
  /** Rows touched after `rev`; null where that is further back than is kept. */
  since(rev: number): Touched | null
  /** Oldest revision `since` can answer. */
  readonly floorRev: number
  readonly size: number
}

/** Adds ids to a table of touched rows. */
export function touch(into: Map<StateTable, Set<string>>, table: StateTable, id: string): void {
  const ids = into.get(table)
  if (ids) ids.add(id)
  else into.set(table, new Set([id]))
}

export function createDeltaLog(startRev: number, limits: DeltaLogLimits = deltaLogLimits): DeltaLog {
  // Oldest first: a row touched again moves to the end.
  const rows = new Map<string, { rev: number; at: Instant; table: StateTable; id: string }>()
  let floorRev = startRev

  return {
    record(commit) {
      for (const [table, ids] of commit.touched) {
        for (const id of ids) {
          const key = `${table} ${id}`
          rows.delete(key)
          rows.set(key, { rev: commit.rev, at: commit.at, table, id })
        }
      }
      for (const [key, row] of rows) {
        if (rows.size <= limits.maxRows && row.at > commit.at - limits.maxAgeMs) break
        rows.delete(key)
        floorRev = Math.max(floorRev, row.rev)
      }
    },
    since(rev) {
      if (rev < floorRev) return null
      const touched = new Map<StateTable, Set<string>>()
      for (const row of rows.values()) if (row.rev > rev) touch(touched, row.table, row.id)
      return touched
    },
    get floorRev() {
      return floorRev
    },
    get size() {
      return rows.size
    },
  }
}
