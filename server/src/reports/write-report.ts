/** A report as the bytes of a file, written in a thread of its own. Rejects where it cannot be written, or not within two minutes. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { ExportFormat } from '../../../shared/contract/kpi-export.ts'
import type { Report } from '../ports/reports.ts'

export type WriteReport = (report: Report, format: ExportFormat) => Promise<Uint8Array>
const longestMs = 120_000

/** Beside the built server, one folder up from its chunks, or built while this runs from its sources. */
const places = ['./report-worker.js', '../report-worker.js', '../../../dist/server/report-worker.js']
function workerFile(): string {
  const files = places.map((place) => fileURLToPath(new URL(place, import.meta.url)))
  const found = files.find((file) => existsSync(file))
  if (found === undefined) throw new Error('the writer of reports is not built: run `npm run build`')
  return found
}

export const writeReport: WriteReport = async (report, format) => {
  const worker = new Worker(workerFile(), { workerData: { report, format } })
  try {
    return await new Promise<Uint8Array>((done, broken) => {
      const timer = setTimeout(() => broken(new Error('a report took too long to write')), longestMs)
      timer.unref()
      worker.once('message', done)
      worker.once('error', broken)
      worker.once('exit', () => broken(new Error('the writer of a report ended without one')))
    })
  } finally {
    await worker.terminate()
  }
}
