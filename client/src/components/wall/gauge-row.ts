/** A gauge against its limit, worded. */
import type { Priority } from '../../../../shared/model/alarm.ts'
import type { VitalLine } from './vital-card.ts'

export interface GaugeRowView {
  readonly id: number
  readonly name: string
  readonly where: string
  /** Null is unknown, a dash. */
  readonly value: string | null
  readonly unit: string
  /** `警戒 15 cm`; empty where no rule holds it to one. */
  readonly limit: string
  /** Value in parts of the limit, 0 where either is unknown; 1 = reached. */
  readonly share: number
  readonly level: Priority | null
  readonly line: VitalLine | null
  readonly lineLabel: string
  readonly isLate: boolean
  readonly isDrill: boolean
}
