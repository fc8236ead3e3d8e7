/** When cases come, by the city's clock. */
export interface KpiHeat {
  /** Every day of the period, `yyyy-mm-dd`, in order, and how many cases were reported on it. */
  readonly days: readonly { readonly day: string; readonly reported: number }[]
  /** Seven weekdays, Monday first, of twenty-four hours: cases reported in them, all weeks of the period together. */
  readonly hours: readonly (readonly number[])[]
}
