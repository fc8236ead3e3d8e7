/**
 * Files made on request, one after another. Guarantees that a file is its owner's alone, that an account has no more than it may, that old
 * ones go, and that one which cannot be made is told as failed and keeps nobody from the next. Memory only: a restart forgets them.
 */
import { randomUUID } from 'node:crypto'
import { DateTime } from 'luxon'
import { exportKeptMs, mostExports, type ExportJob, type ExportRequest } from '../../../shared/contract/kpi-export.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { Exports, Report, ReportOwner } from '../ports/reports.ts'
import type { Wanted } from './make-report.ts'
import type { WriteReport } from './write-report.ts'

/** Of the time a file takes, its numbers; the rest is its writing. */
const readingShare = 0.7

interface Entry {
  readonly owner: ReportOwner
  readonly madeAt: number
  job: ExportJob
  bytes: Uint8Array | null
}

export function createExportDesk(parts: {
  make: (wanted: Wanted, onProgress: (share: number) => void) => Promise<Report>
  write: WriteReport
  clock: Clock
  log: Log
  timeZone: string
}): Exports {
  const { make, write, clock, log, timeZone } = parts
  const entries = new Map<string, Entry>()
  let last: Promise<void> = Promise.resolve()
  let isClosed = false

  function sweep(): void {
    for (const [id, entry] of entries) if (clock.now() - entry.madeAt > exportKeptMs) entries.delete(id)
  }
  const change = (entry: Entry, next: Partial<ExportJob>) => (entry.job = { ...entry.job, ...next })

  async function work(entry: Entry, request: ExportRequest): Promise<void> {
    if (isClosed) return
    const { format, language, ...question } = request
    change(entry, { state: 'working' })
    try {
      const { owner } = entry
      const wanted: Wanted = { kind: 'view', language, question, owner, now: clock.now() }
      const report = await make(wanted, (share) => change(entry, { progress: share * readingShare }))
      entry.bytes = await write(report, format)
      change(entry, { state: 'done', progress: 1 })
    } catch (error) {
      log.error({ error, export: entry.job.id }, 'a report could not be made')
      change(entry, { state: 'failed' })
    }
  }
  const own = (username: string, id: string): Entry | null => {
    sweep()
    const entry = entries.get(id)
    return entry?.owner.username === username ? entry : null
  }

  return {
    start(owner, request) {
      sweep()
      const have = [...entries.values()].filter((entry) => entry.owner.username === owner.username).length
      if (have >= mostExports) return null
      const id = randomUUID()
      const at = DateTime.fromMillis(clock.now(), { zone: timeZone }).toFormat('yyyyMMdd-HHmm')
      const name = `kpi-${request.tab}-${at}.${request.format}`
      const job: ExportJob = { id, format: request.format, state: 'waiting', progress: 0, name }
      const entry: Entry = { owner, madeAt: clock.now(), job, bytes: null }
      entries.set(id, entry)
      last = last.then(() => work(entry, request))
      return job
    },
    job: (username, id) => own(username, id)?.job ?? null,
    file(username, id) {
      const entry = own(username, id)
      return entry?.bytes == null ? null : { name: entry.job.name, format: entry.job.format, bytes: entry.bytes }
    },
    async close() {
      isClosed = true
      await last
    },
  }
}
