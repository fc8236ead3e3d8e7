/** How well an algorithm did, as the named parts of a sentence: how often it advised, and what people did with it. */
import { percentWords } from '../../components/kpi/figure-words.ts'
import type { AlgorithmRow } from '../../../../shared/model/algorithm.ts'

export interface EvidenceWords {
  readonly [part: string]: string | number
  readonly advised: number
  readonly taken: string
  readonly wrong: string
}

export const useEvidenceWords =
  () =>
  ({ tally, takeUpRate, errorRate }: AlgorithmRow): EvidenceWords => ({
    advised: Object.values(tally).reduce((sum, one) => sum + one.advised, 0),
    taken: percentWords(takeUpRate) ?? '—',
    wrong: percentWords(errorRate) ?? '—',
  })
