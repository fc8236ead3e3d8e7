/** Where the read model of cases keeps each interval, ms. */
import type { CaseInterval } from '../../../shared/model/case-times.ts'

export const intervalColumns: Record<CaseInterval, string> = {
  answer: 'answer_ms',
  processing: 'processing_ms',
  turnout: 'turnout_ms',
  travel: 'travel_ms',
  onScene: 'on_scene_ms',
  total: 'total_ms',
}
