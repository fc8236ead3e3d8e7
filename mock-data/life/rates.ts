/** How often things are so in the simulated city: every rate by name, with its unit and its default. */
export interface LifeRates {
  /** Rainstorms by chance, days a year; none in the first two days. */
  readonly stormDaysPerYear: number

  // What is wrong with devices. Rates are a device and a day of city time.
  /** Multiplies the noise every instrument has. */
  readonly noiseFactor: number
  /** Falls silent for some minutes. */
  readonly dropoutsPerDay: number
  readonly dropoutMs: number
  /** Says the same value again and again. */
  readonly stuckPerDay: number
  readonly stuckMs: number
  /** Begins to wander off; comes back when it is calibrated. */
  readonly driftsPerDay: number
  readonly driftMs: number
  /** One wild value, then as before. */
  readonly spikesPerDay: number

  // Shares of readings.
  /** Said twice. */
  readonly duplicateShare: number
  /** Arrives up to `lateMs` after it was measured, behind newer ones. */
  readonly lateShare: number
  readonly lateMs: number

  /** Share of devices whose clock is wrong, by up to `clockSkewMs` either way. */
  readonly clockSkewShare: number
  readonly clockSkewMs: number
  /** A gateway falls silent, and all its devices with it; a gateway and a day. */
  readonly gatewayOutagesPerDay: number
  readonly gatewayOutageMs: number

  /** Speeding up the city does not speed up its devices beyond this many readings a second, for the server's sake. */
  readonly mostReadingsPerS: number
  /** Multiplies the rates of happenings by chance, mock-data/incidents/class-rates.ts; 1 = as they stand there. */
  readonly happenings: number
  /** Multiplies how many people tell about a happening, and how many call about nothing. */
  readonly calls: number
}

const minMs = 60_000
const hourMs = 60 * minMs

export const defaultRates: LifeRates = {
  stormDaysPerYear: 10,
  noiseFactor: 1,
  dropoutsPerDay: 0.3,
  dropoutMs: 10 * minMs,
  stuckPerDay: 0.002,
  stuckMs: 4 * hourMs,
  driftsPerDay: 0.001,
  driftMs: 3 * 24 * hourMs,
  spikesPerDay: 0.02,
  duplicateShare: 0.0015,
  lateShare: 0.0015,
  lateMs: 8 * minMs,
  clockSkewShare: 0.004,
  clockSkewMs: 90_000,
  gatewayOutagesPerDay: 0.05,
  gatewayOutageMs: 12 * minMs,
  mostReadingsPerS: 600,
  happenings: 1,
  calls: 1,
}
