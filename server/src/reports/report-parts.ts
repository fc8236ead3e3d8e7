/** What sections are made from: the numbers' readers, the question, and the words. */
import type { ExportRequest } from '../../../shared/contract/kpi-export.ts'
import type { IndicatorFigure } from '../../../shared/contract/indicator.ts'
import type { DataScope } from '../../../shared/model/data-scope.ts'
import type { TimeTarget } from '../../../shared/model/dispatch-settings.ts'
import type { KpiCounts } from '../../../shared/model/kpi-measure.ts'
import type { CountWithin } from '../access/indicator-scope.ts'
import type { Trend } from '../ports/reports.ts'
import type { ReadModels } from '../ports/store.ts'
import type { Words } from './report-words.ts'

export interface Readers {
  readonly models: ReadModels
  readonly trend: Trend
  readonly countWithin: CountWithin
  readonly evaluate: (counts: KpiCounts, whole: KpiCounts, only?: readonly string[]) => readonly IndicatorFigure[]
  readonly targets: readonly TimeTarget[]
  readonly consoles: number
}
export type Question = Omit<ExportRequest, 'format' | 'language'>
export interface Making extends Readers {
  readonly question: Question
  readonly scope: DataScope | null
  readonly words: Words
  /** Nothing is asked of what is still to come. */
  readonly until: number
}

/** Which cases, as the readers ask. */
export const filterOf = ({ district, class: code, department, source }: Question) => ({
  ...(district === undefined ? {} : { district }),
  ...(code === undefined ? {} : { class: code }),
  ...(department === undefined ? {} : { department }),
  ...(source === undefined ? {} : { source }),
})
