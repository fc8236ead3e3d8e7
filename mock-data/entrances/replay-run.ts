/** Plays several files on one clock, oldest record first, and says every second where it is. */
import { setTimeout as pause } from 'node:timers/promises'
import { nowStamps, playClock } from '../replay/play-clock.ts'
import type { ReplayPart, ReplayStep } from './replay-part.ts'

export interface RunOptions {
  readonly speed: number
  readonly asNow: boolean
  readonly onProgress: (progress: Progress) => void
  readonly signal: AbortSignal
}
export interface Progress {
  readonly at: number
  /** Of the way through: by time where a speed is set, else by records. */
  readonly share: number
  readonly lagMs: number
  readonly etaMs: number | null
}

/** Resolves when all is played and answered, or when `signal` stops it (what was sent is still waited for). */
export async function runReplay(parts: readonly ReplayPart[], options: RunOptions): Promise<void> {
  const { speed, asNow, onProgress, signal } = options
  const active: { readonly source: AsyncGenerator<ReplayStep>; next: ReplayStep }[] = []
  for (const part of parts) {
    const source = part.play()
    const first = await source.next()
    if (!first.done) active.push({ source, next: first.value })
  }
  const filled = parts.filter((part) => part.steps > 0)
  const firstAt = Math.min(...filled.map((part) => part.firstAt))
  const lastAt = Math.max(...filled.map((part) => part.lastAt))
  const steps = parts.reduce((sum, part) => sum + part.steps, 0)
  const startedAt = Date.now()
  const clock = playClock(firstAt, startedAt, speed)
  const stamp = nowStamps()
  let stepsDone = 0
  let toldAt = 0
  while (active.length > 0 && !signal.aborted) {
    const due = active.reduce((a, b) => (b.next.at < a.next.at ? b : a))
    const { at } = due.next
    for (let waitMs = clock.waitMs(at, Date.now()); waitMs > 0 && !signal.aborted;) {
      await pause(Math.min(waitMs, 1000))
      waitMs = clock.waitMs(at, Date.now())
    }
    if (signal.aborted) break
    const now = Date.now()
    await due.next.send(asNow ? stamp(now) : at)
    stepsDone++
    const following = await due.source.next()
    if (following.done) active.splice(active.indexOf(due), 1)
    else due.next = following.value
    if (now - toldAt >= 1000) {
      toldAt = now
      const lagMs = clock.lagMs(at, now)
      const isTimed = speed !== Infinity
      const share = isTimed ? (at - firstAt) / Math.max(1, lastAt - firstAt) : stepsDone / steps
      const etaMs = isTimed ? (lastAt - at) / speed + lagMs : (steps / stepsDone - 1) * (now - startedAt)
      onProgress({ at, share, lagMs, etaMs: isTimed || stepsDone > 20 ? etaMs : null })
    }
  }
  for (const { source } of active) await source.return(undefined)
  for (const part of parts) await part.drained()
}
