/** Something done again and again, never twice at once, until the signal says stop. */
import { setTimeout as pause } from 'node:timers/promises'

/** Resolves after the stop. A failure of `work` is told and does not end it. */
export async function every(
  periodMs: number,
  signal: AbortSignal,
  work: (now: number) => Promise<void> | void,
  onTrouble: (error: unknown) => void,
): Promise<void> {
  while (!signal.aborted) {
    const began = performance.now()
    try {
      await work(Date.now())
    } catch (error) {
      if (signal.aborted) return
      onTrouble(error)
    }
    const left = Math.max(20, periodMs - (performance.now() - began))
    await pause(left, undefined, { signal }).catch(() => {})
  }
}
