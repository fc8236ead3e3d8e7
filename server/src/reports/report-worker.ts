/** The thread that writes one file and ends: cutting fonts and laying out pages would keep the event loop from its frames. */
import { parentPort, workerData } from 'node:worker_threads'
import type { ExportFormat } from '../../../shared/contract/kpi-export.ts'
import type { Report } from '../ports/reports.ts'
import { writePaper } from './write-pdf.ts'
import { writeWorkbook } from './write-xlsx.ts'

const { report, format } = workerData as { readonly report: Report; readonly format: ExportFormat }
const bytes = await (format === 'pdf' ? writePaper(report) : writeWorkbook(report))
parentPort?.postMessage(bytes, [bytes.buffer as ArrayBuffer])
