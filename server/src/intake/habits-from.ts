/** The newest stored readings of a sensor, as its detector learns its habits from them after a start. Good ones only: what was wrong then teaches nothing now. */
import type { PastReading } from '../domain/anomaly/deviation-watch.ts'
import type { Clock } from '../ports/clock.ts'
import type { History } from '../ports/store.ts'

/** Four weeks, and of a busy sensor what makes about two at one reading each five minutes. */
const longestMs = 28 * 24 * 3_600_000
const mostReadings = 4_096

export function habitsFrom(
  history: Pick<History, 'series'>,
  clock: Clock,
): (sensorId: number) => Promise<readonly PastReading[]> {
  return async (sensorId) => {
    const now = clock.now()
    const { times, values, quality } = await history.series(sensorId, now - longestMs, now, 'raw', mostReadings)
    return times.flatMap((at, i) => {
      const value = values[i]
      return typeof value === 'number' && Number.isFinite(value) && (quality?.[i] ?? 0) === 0 ? [{ at, value }] : []
    })
  }
}
