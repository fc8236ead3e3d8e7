/** What a vital-sign card shows, worded. Null is an unknown and is drawn as a dash. */
import type { Priority } from '../../../../shared/model/alarm.ts'

export interface VitalNumber {
  readonly key: string
  readonly name: string
  readonly value: string | null
  readonly unit: string
  /** Worst standing alarm on it. */
  readonly level: Priority | null
  /** Outside its normal band, alarm or not. */
  readonly isAbnormal: boolean
}

export interface VitalLine {
  readonly times: readonly number[]
  readonly values: readonly (number | null)[]
  readonly normal: readonly [number, number] | null
  readonly fromAt: number
  readonly toAt: number
}

export interface VitalCardView {
  readonly group: string
  readonly title: string
  readonly lead: VitalNumber
  /** Where the lead value is, or how it was made. */
  readonly where: string
  readonly normal: string
  readonly line: VitalLine | null
  readonly lineLabel: string
  /** Age in words; empty where there is no value to be old. */
  readonly age: string
  /** Past its time: drawn grey, with its age. */
  readonly isLate: boolean
  readonly others: readonly VitalNumber[]
  /** Past the usual three: has an abnormal value and stands at the top. */
  readonly isRaised: boolean
}
