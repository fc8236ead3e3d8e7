/** How often things are so in the simulated city: every rate by name, with its unit and its default. */

export interface LifeRates {
  /** Mean time between happenings by chance, ms of city time. */
  readonly happeningGapMs: number
  /** Mean time between citizens' calls about what no device feels, ms of city time. */
  readonly callGapMs: number
}

export const defaultRates: LifeRates = {
  happeningGapMs: 70_000,
  callGapMs: 32_000,
}
