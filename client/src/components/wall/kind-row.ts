/** One kind of sensor across the city, worded. */
import type { Priority } from '../../../../shared/model/alarm.ts'

export interface KindRowView {
  readonly code: string
  readonly name: string
  /** `118/120`: that speak, of those registered. */
  readonly online: string
  /** Of the registered, 0 to 1. */
  readonly share: number
  /** Empty where none is silent. */
  readonly silent: string
  readonly level: Priority | null
  readonly alarms: string
  /** Of the newest value. */
  readonly age: string
  /** None of them speaks. */
  readonly isLate: boolean
}
