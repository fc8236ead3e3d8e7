/** Bounds of the intake; see each. */
export interface IntakeSettings {
  /** Readings taken and not yet stored; beyond it everything is refused BUSY. */
  readonly maxWaiting: number
  /** There is `room()` again below this share of it. */
  readonly roomBelow: number
  /** Results that are not numbers are kept as JSON text up to this length. */
  readonly maxTextLength: number
  /** More than this many readings lost in a minute raise an alarm. */
  readonly dropAlarmPerMinute: number
}

export const defaultIntakeSettings: IntakeSettings = {
  maxWaiting: 50_000,
  roomBelow: 0.8,
  maxTextLength: 16_384,
  dropAlarmPerMinute: 100,
}
