import type { Clock } from '../ports/clock.ts'

/** The machine's own clock: the one place that asks for the time. */
export const systemClock: Clock = { now: () => Date.now() }
