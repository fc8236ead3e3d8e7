/**
 * Which displays are on. Guarantees that a display of the programme that is not on, or fell silent, is told to every desk, to the log and to the
 * metrics; that nobody but a page that may be a wall gets on the list, and that the list is bounded. Refuses to steer displays: what they
 * show follows from the state lane.
 */
import {
  displayForgottenMs,
  displayHereSchema,
  displayLostMs,
  mostDisplaysOn,
  type DisplayHere,
  type DisplayNow,
} from '../../../shared/contract/display-roll.ts'
import { rightsOf } from '../access/rights.ts'
import { createBucket } from '../access/token-bucket.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { Metrics } from '../ports/metrics.ts'
import type { CityServer, Link } from './link.ts'

const room = 'displays'
const rate = { burst: 20, perSecond: 2 }
/** An answer later than this is to another question. */
const longestLagMs = 60_000

type Said = NonNullable<DisplayHere>
interface Entry {
  readonly said: Said
  readonly seenAt: number
  readonly lagMs: number | null
  readonly isLost: boolean
  /** Its socket is there. */
  readonly isOn: boolean
}

export interface Displays {
  /** After hello: lets it hear, where it may. */
  join(link: Link): void
  /** What a display says of itself; anything else is ignored. */
  say(link: Link, body: unknown): void
  leave(link: Link): void
  /** Looks who has been silent for too long, and tells the list. */
  tick(): void
  /** Tells at once what changed since it was told. */
  flush(): void
  measure(metrics: Metrics): void
}

export function createDisplays(deps: {
  io: CityServer
  clock: Clock
  log: Log
  /** Names of the displays that ought to be on. */
  expected: () => readonly string[]
}): Displays {
  const { io, clock, log, expected } = deps
  const entries = new Map<string, Entry>()
  const buckets = new Map<string, ReturnType<typeof createBucket>>()
  let isChanged = false

  const row = (displayId: string, { said, seenAt, lagMs, isLost }: Entry): DisplayNow => {
    const { name, scene, widthPx, heightPx, build, isHidden } = said
    return { displayId, name, scene, widthPx, heightPx, build, isHidden, seenAt, lagMs, isLost }
  }
  const neverOn = (name: string): DisplayNow => ({
    ...{ displayId: null, name, scene: null, widthPx: null, heightPx: null, build: null },
    ...{ isHidden: false, seenAt: null, lagMs: null, isLost: true },
  })
  function list(): readonly DisplayNow[] {
    const on = new Set([...entries.values()].map(({ said }) => said.name))
    const missing = expected().filter((name) => !on.has(name))
    return [...[...entries].map(([id, entry]) => row(id, entry)), ...missing.map(neverOn)].sort(
      (a, b) =>
        Number(a.name === null) - Number(b.name === null) ||
        (a.name ?? '').localeCompare(b.name ?? '') ||
        (a.seenAt ?? 0) - (b.seenAt ?? 0),
    )
  }
  function tell(): void {
    isChanged = false
    if ((io.of('/').adapter.rooms.get(room)?.size ?? 0) > 0) io.to(room).emit('wall:displays', list())
  }
  /** A display that was switched off and on again comes by a new line: the old one is it. */
  function forgetFormer(name: string | null): void {
    if (name === null) return
    for (const [id, entry] of entries) if (entry.said.name === name && !entry.isOn) entries.delete(id)
  }
  function lagOf(said: Said, before: Entry | undefined): number | null {
    const isNewAnswer = said.pulseAt !== null && said.pulseAt !== before?.said.pulseAt
    if (!isNewAnswer) return before?.lagMs ?? null
    const lagMs = clock.now() - (said.pulseAt ?? 0)
    return lagMs >= 0 && lagMs <= longestLagMs ? lagMs : null
  }
  function mayNow({ socket }: Link): boolean {
    const bucket = buckets.get(socket.id) ?? createBucket(rate)
    buckets.set(socket.id, bucket)
    return bucket(clock.now())
  }

  return {
    join(link) {
      if (rightsOf(link.signedIn.actor)?.pages.includes('desk') !== true) return
      void link.socket.join(room)
      link.socket.emit('wall:displays', list())
    },
    say(link, body) {
      const { id } = link.socket
      const heard = displayHereSchema.safeParse(body)
      if (!heard.success || rightsOf(link.signedIn.actor)?.pages.includes('wall') !== true || !mayNow(link)) return
      const [said, before] = [heard.data, entries.get(id)]
      if (said === null) {
        isChanged = entries.delete(id) || isChanged
        return
      }
      if (before === undefined) forgetFormer(said.name)
      if (before === undefined && entries.size >= mostDisplaysOn) return
      if (before?.isLost === true) log.info({ display: said.name }, 'a display is back')
      entries.set(id, { said, seenAt: clock.now(), lagMs: lagOf(said, before), isLost: false, isOn: true })
      const isSame = before?.said.scene === said.scene && before.said.isHidden === said.isHidden && !before.isLost
      isChanged ||= !isSame
    },
    leave(link) {
      const { id } = link.socket
      void link.socket.leave(room)
      buckets.delete(id)
      const entry = entries.get(id)
      if (entry === undefined) return
      // One without a name is somebody's page; a named one is waited for.
      if (entry.said.name === null) entries.delete(id)
      else entries.set(id, { ...entry, isOn: false })
      isChanged = true
    },
    tick() {
      const now = clock.now()
      const named = new Set(expected())
      for (const [id, entry] of entries) {
        const { said, seenAt } = entry
        const silentMs = now - seenAt
        const isKnown = said.name !== null && named.has(said.name)
        if (!entry.isOn && !isKnown && silentMs > displayForgottenMs) entries.delete(id)
        else if (silentMs > displayLostMs && !entry.isLost) {
          entries.set(id, { ...entry, isLost: true })
          log.warn({ display: said.name, seenAt }, 'a display is lost')
        }
      }
      tell()
    },
    flush() {
      if (isChanged) tell()
    },
    measure(metrics) {
      const all = list()
      metrics.gauge('tongguan_displays', all.filter(({ isLost }) => !isLost).length, { state: 'on' })
      metrics.gauge('tongguan_displays', all.filter(({ isLost }) => isLost).length, { state: 'lost' })
      for (const { name, seenAt, lagMs } of all) {
        const labels = { display: name ?? '' }
        if (seenAt !== null) metrics.gauge('tongguan_display_silent_seconds', (clock.now() - seenAt) / 1000, labels)
        if (lagMs !== null) metrics.gauge('tongguan_display_lag_seconds', lagMs / 1000, labels)
      }
    },
  }
}
