/** When a city's offices work (工作时间, 节假日, 调休). */
export interface WorkingCalendar {
  /** Working hours of a working day, `HH:MM` in the city's zone, in order. */
  readonly hours: readonly { readonly from: string; readonly to: string }[]
  /** Days of the week that are off: 1 = Monday … 7 = Sunday. */
  readonly weekend: readonly number[]
  /** 调休: dates (`yyyy-mm-dd`) that are not what their weekday says. */
  readonly days: readonly { readonly date: string; readonly kind: 'holiday' | 'workday'; readonly name: string }[]
}
