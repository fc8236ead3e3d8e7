/**
 * Why a detector spoke, as numbers: what it saw, what it expected, and how far it had ever been off before. Words for people are made of it in `anomaly-words.ts`.
 */

/**
 * What was unlike before. `reading`: one reading far from the expected. `short-mean`, `long-mean`: the mean of the last readings, and of many, far from it. `swing`: changes from
 * reading to reading of another size. `still`: no change at all. `range`: outside anything seen.
 */
export const anomalyCauses = ['reading', 'short-mean', 'long-mean', 'swing', 'still', 'range'] as const
export type AnomalyCause = (typeof anomalyCauses)[number]

/** What the expected value is the mean of: this hour of this weekday, this half hour of any day, or all readings. */
export type ExpectedBasis = 'hour-of-week' | 'time-of-day' | 'overall'

export interface AnomalyEvidence {
  readonly cause: AnomalyCause
  readonly basis: ExpectedBasis
  /** The reading; of `short-mean` and `long-mean` what the last readings came to on average, at this moment's expected value. */
  readonly value: number
  readonly expected: number
  /** The reading before. */
  readonly previous: number
  /** How large this departure had been at most: of `swing` the mean change, of `still` readings in a row, of `range` the nearer end of the range; else in the sensor's unit. */
  readonly usual: number
  /** How large it is now, in the same measure. */
  readonly present: number
  /** Present over usual, as the detector weighs it; it speaks from its threshold on. */
  readonly score: number
}
