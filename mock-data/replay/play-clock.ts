/** One clock for all files: when a record of the past is due now. Pure: time is an argument. */
export interface PlayClock {
  /** Milliseconds from `now` until a record of that time is due; 0 when it is, or is overdue. */
  waitMs(recordAt: number, now: number): number
  /** How far behind its speed the play is. */
  lagMs(recordAt: number, now: number): number
}

/** `speed` in times real time; Infinity = as fast as the doors take it. */
export function playClock(firstAt: number, startedAt: number, speed: number): PlayClock {
  const dueAt = (recordAt: number) => startedAt + (speed === Infinity ? 0 : (recordAt - firstAt) / speed)
  return {
    waitMs: (recordAt, now) => Math.max(0, dueAt(recordAt) - now),
    lagMs: (recordAt, now) => (speed === Infinity ? 0 : Math.max(0, now - dueAt(recordAt))),
  }
}

/** Times for `--as-now`: the present, and never the same twice, so that no value hides another of the same sensor. */
export function nowStamps(): (now: number) => number {
  let last = 0
  return (now) => (last = Math.max(now, last + 1))
}
