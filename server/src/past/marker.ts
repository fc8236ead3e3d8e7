/**
 * What DATA_DIR knows of its history: which past was begun, in which database, and whether it was lived to its end. A past that was
 * broken off may be thrown away only by this note, and only where the log is the very one it names.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const markerSchema = z.object({
  /** Identity of the log it was lived into. */
  epoch: z.string(),
  days: z.number().int().min(0),
  seed: z.number().int().min(0),
  from: z.number().int(),
  until: z.number().int(),
  /** Revision of state at the end; 0 before. */
  rev: z.number().int().min(0),
  done: z.boolean(),
})
export type HistoryMarker = z.infer<typeof markerSchema>

const fileOf = (dataDir: string) => join(dataDir, 'history.json')

/** Null where none was begun. Throws on a file that is none of ours. */
export function readMarker(dataDir: string): HistoryMarker | null {
  const file = fileOf(dataDir)
  return existsSync(file) ? markerSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : null
}

/** Whole or not at all: a file half written would be none. */
export function writeMarker(dataDir: string, marker: HistoryMarker): void {
  const draft = `${fileOf(dataDir)}.new`
  writeFileSync(draft, `${JSON.stringify(marker, null, 2)}\n`)
  renameSync(draft, fileOf(dataDir))
}
