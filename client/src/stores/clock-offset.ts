/**
 * How far the server's clock is from this machine's. A word of the server is old by its way here, so of the latest few the one that came fastest
 * is believed. A jump (somebody set this machine's clock, or it slept) is believed at once. Pure but for what it remembers.
 */
const remembered = 12
/** More than a slow line explains, ms. */
const jumpMs = 2_000

export interface ClockOffset {
  /** The server said `serverAt`, which was heard at `localAt`. Answers what to add to this machine's clock, ms. */
  heard(serverAt: number, localAt: number): number
}

export function makeClockOffset(): ClockOffset {
  let latest: number[] = []
  return {
    heard(serverAt, localAt) {
      const offset = serverAt - localAt
      const best = latest.length === 0 ? offset : Math.max(...latest)
      latest = Math.abs(offset - best) > jumpMs ? [offset] : [...latest.slice(1 - remembered), offset]
      return Math.max(...latest)
    },
  }
}

/** Until the server's next whole second, ms; a little past it, so that the second has surely begun. */
export const untilNextSecondMs = (nowAt: number): number => 1_001 - (((nowAt % 1_000) + 1_000) % 1_000)
