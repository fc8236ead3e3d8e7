/** One file being played: its records in the order of their times, and the way to its door. */
import type { Tally } from '../replay/tally.ts'

export interface ReplayStep {
  /** The record's own time. */
  readonly at: number
  /** Puts the record to its door, said to be of `playedAt`. Resolves when it is sent or waits in a bounded line. */
  send(playedAt: number): Promise<void>
}

export interface ReplayPart {
  readonly tally: Tally
  readonly firstAt: number
  readonly lastAt: number
  readonly steps: number
  play(): AsyncGenerator<ReplayStep>
  /** Resolves when everything sent has its answer. */
  drained(): Promise<void>
}

export interface PartOptions {
  readonly limit: number
  /** Were `playedAt` times made up (`--as-now`)? */
  readonly asNow: boolean
}
