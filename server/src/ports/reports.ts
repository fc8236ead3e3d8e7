import type { ExportFormat, ExportJob, ExportRequest } from '../../../shared/contract/kpi-export.ts'
import type { TrendAnswer } from '../../../shared/contract/kpi-analysis.ts'
import type { DataScope } from '../../../shared/model/data-scope.ts'
import type { Instant } from '../../../shared/model/ids.ts'

/** A vital sign's last week and next day. Null for a sign this city does not know. */
export type Trend = (question: {
  readonly sign: string
  readonly district?: string | undefined
}) => Promise<TrendAnswer | null>

/**
 * A value of a table: numbers stay numbers. Shares and changes are 1 for 100 %, spans ms; null = not known.
 */
export interface Cell {
  readonly form: 'text' | 'count' | 'share' | 'change' | 'points' | 'span' | 'number' | 'instant'
  readonly value: string | number | null
}
export interface Table {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}
/**
 * Over the table's rows: the first column names them, the series are others of its columns by their place. `calendar`: days (`2026-08-01`) as weeks;
 * `grid`: each cell as strongly coloured as its count; `multiples`: a small picture a series on one scale, the last row being its whole.
 */
export interface Chart {
  readonly kind: 'columns' | 'lines' | 'bars' | 'calendar' | 'grid' | 'multiples'
  readonly series: readonly number[]
  /** The table's last row is of all the others, and no bar beside them. */
  readonly hasTotal?: boolean
}
export interface Section {
  readonly title: string
  /** What the numbers are made of, by which time cases are counted, and where they come from. */
  readonly formula: string
  readonly base: string
  readonly source: string
  readonly table: Table
  readonly chart?: Chart
  /** Paper shows the chart alone: nobody reads so many rows there. */
  readonly isCourse?: boolean
}
/** What is written on paper or into a workbook; every word is there already. */
export interface Report {
  readonly language: 'zh-CN' | 'en'
  readonly title: string
  /** Lines of the head: city, period, compared with, filters, as of, made by. */
  readonly head: readonly (readonly [name: string, value: string])[]
  readonly sections: readonly Section[]
  /** Asked for below: who made, checked and issued it. */
  readonly signatures: readonly string[]
  /** `{page}` and `{pages}` are put in. */
  readonly pageWords: string
  readonly labels: { readonly formula: string; readonly base: string; readonly source: string }
  /** Said on paper where only a chart is shown. */
  readonly inWorkbookWord: string
  /** Said where a table has no rows. */
  readonly emptyWord: string
  readonly timeZone: string
  readonly madeAt: Instant
}

export interface ReportFile {
  readonly name: string
  readonly format: ExportFormat
  readonly bytes: Uint8Array
}

/** Who asks, and of which part of the city. */
export interface ReportOwner {
  readonly username: string
  readonly displayName: string
  readonly scope: DataScope | null
}

/** Files made on request, one after another, kept a while for their owner alone. */
export interface Exports {
  /** Null where this account has as many as it may. */
  start(owner: ReportOwner, request: ExportRequest): ExportJob | null
  /** Null for one that is not (or no more) this account's. */
  job(username: string, id: string): ExportJob | null
  file(username: string, id: string): ReportFile | null
  close(): Promise<void>
}
