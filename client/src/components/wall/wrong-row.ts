/** What a row of the wrong-now list shows, worded. */
import type { Priority } from '../../../../shared/model/alarm.ts'

export interface WrongRowView {
  readonly id: string
  readonly level: Priority
  readonly levelWord: string
  readonly title: string
  readonly where: string
  readonly state: string
  readonly crews: string
  readonly age: string
  /** `剩 3 分` or `超 12 分`; empty without a limit. */
  readonly left: string
  /** Share of the limit used, 0 to 1, above 1 when past; null without a limit. */
  readonly share: number | null
  readonly isUnattended: boolean
  /** The camera is on it. */
  readonly isShown: boolean
}
