/** The case the camera is on, worded. */
import type { Priority } from '../../../../shared/model/alarm.ts'

export interface CaseBoardView {
  readonly level: Priority
  readonly levelWord: string
  readonly title: string
  readonly where: string
  readonly state: string
  readonly age: string
  readonly left: string
  /** Share of the limit used; null without one. */
  readonly share: number | null
  readonly isDrill: boolean
  readonly track: readonly {
    readonly key: string
    readonly name: string
    readonly time: string
    /** How long after the one before. */
    readonly after: string
  }[]
  readonly crews: readonly {
    readonly id: string
    readonly name: string
    readonly state: string
    readonly age: string
  }[]
  readonly planName: string
  readonly planDone: string
  readonly checklist: readonly {
    readonly id: string
    readonly text: string
    readonly isDone: boolean
    readonly time: string
  }[]
}
