import type { Instant } from '../../../shared/model/ids.ts'

/** The only source of time. Rules never ask it: time reaches them as an argument. */
export interface Clock {
  now(): Instant
}
