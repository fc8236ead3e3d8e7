/**
 * The state lane: ordered and gap-free. Guarantees that a client which joins gets a snapshot or what it missed in the same
 * turn as it joins its room, that deltas name what they follow and what they reach, and that each is worded and serialised
 * once an audience. A client too slow to take deltas stops getting them, and is brought up to date when it has drained.
 */
import type { KpiToday } from '../../../shared/model/kpi.ts'
import type { Instant } from '../../../shared/model/ids.ts'
import type { Delta, RowChange, Snapshot, StateTable } from '../../../shared/contract/realtime.ts'
import { isRestricted, scopeOf, type Audience } from '../access/audience.ts'
import type { Clock } from '../ports/clock.ts'
import type { Commit, StateView } from '../ports/engine.ts'
import type { Metrics } from '../ports/metrics.ts'
import { createDeltaLog, touch } from './delta-log.ts'
import { changesFor, rowsFor } from './row-picture.ts'
import { waitingBytes, waitingPackets, type CityServer, type Link } from './link.ts'

export interface StateLimits {
  /** More than either waiting = the client is behind. */
  readonly maxPackets: number
  readonly maxBytes: number
}
export const stateLimits: StateLimits = { maxPackets: 64, maxBytes: 1_000_000 }
/** A number of the day that only time has moved is sent with the next delta after this long. */
const kpiStaleMs = 60_000

interface Group {
  readonly audience: Audience
  readonly members: Set<Link>
  /** Rows a restricted audience has been shown. */
  readonly shown: Set<string>
}

export interface Join {
  readonly mode: 'resumed' | 'snapshot'
  readonly rev: number
  /** Sends what the mode promises. To be called in the same turn. */
  readonly send: () => void
}

export interface StateLane {
  record(commit: Commit): void
  /** Puts the client into its audience's room. */
  join(link: Link, since: { readonly epoch?: string | undefined; readonly rev?: number | undefined }): Join
  leave(link: Link): void
  /** Sends what was recorded since the last flush. */
  flush(): void
  /** Brings up to date whoever was behind and has drained. */
  recover(): void
  readonly size: number
}

/** Tables whose rows a restricted audience is shown one by one: of others it may not even learn the number. */
const chosen: ReadonlySet<StateTable> = new Set([
  'incident',
  'unit',
  'alarm',
  'alarm-group',
  'warning',
  'response',
  'plan',
])
const isChosen = (table: StateTable) => chosen.has(table)

const room = (audience: Audience) => `state ${audience}`

export function createStateLane(deps: {
  io: CityServer
  view: StateView
  clock: Clock
  metrics: Metrics
  limits?: StateLimits
}): StateLane {
  const { io, view, clock, metrics, limits = stateLimits } = deps
  const deltaLog = createDeltaLog(view.rev)
  const groups = new Map<Audience, Group>()
  const behind = new Set<Link>()
  let pending = new Map<StateTable, Set<string>>()
  let recordedRev = view.rev
  let flushedRev = view.rev
  let kpiSentAt: Instant = 0
  /** Rows of the present revision by audience: many clients may come at once. */
  let pictures: { rev: number; at: Instant; rows: Map<Audience, readonly RowChange[]> } | null = null

  const rowsNow = (audience: Audience, at: Instant): readonly RowChange[] => {
    if (pictures?.rev !== view.rev || at - pictures.at > 1000) pictures = { rev: view.rev, at, rows: new Map() }
    const rows = pictures.rows.get(audience) ?? rowsFor(view, audience, view.kpiToday(at))
    pictures.rows.set(audience, rows)
    return rows
  }

  const seed = (group: Group) => {
    group.shown.clear()
    for (const change of rowsNow(group.audience, clock.now()))
      if (isChosen(change.table)) group.shown.add(`${change.table} ${change.id}`)
  }
  const groupOf = (audience: Audience): Group => {
    const present = groups.get(audience)
    if (present) return present
    const group: Group = { audience, members: new Set(), shown: new Set() }
    groups.set(audience, group)
    if (isRestricted(audience)) seed(group)
    return group
  }

  /** Everything since this revision, or a snapshot. */
  const catchUp = (link: Link, sinceRev: number | null): Join => {
    const at = clock.now()
    const { epoch, rev } = view
    // What one bound to a part of the city was shown before is not known here: it is told what it may see, and of nothing that is gone.
    const isBound = scopeOf(link.audience) !== null && sinceRev !== rev
    const touched = sinceRev === null || sinceRev > rev || isBound ? null : deltaLog.since(sinceRev)
    if (touched === null || sinceRev === null) {
      const snapshot: Snapshot = { epoch, rev, at, rows: rowsNow(link.audience, at) }
      return { mode: 'snapshot', rev, send: () => void link.socket.emit('state:snapshot', snapshot) }
    }
    const changes = rev === sinceRev ? [] : changesFor(view, link.audience, touched, view.kpiToday(at), () => true)
    const delta: Delta = { epoch, prev: sinceRev, rev, at, changes }
    return { mode: 'resumed', rev, send: () => rev > sinceRev && void link.socket.emit('state:delta', delta) }
  }

  const wasShownIn = (group: Group) => (table: StateTable, id: string) =>
    isRestricted(group.audience) && isChosen(table) ? group.shown.has(`${table} ${id}`) : true
  const noteShown = (group: Group, changes: readonly RowChange[]) => {
    if (!isRestricted(group.audience)) return
    for (const { table, id, row } of changes) {
      if (!isChosen(table)) continue
      if (row === null) group.shown.delete(`${table} ${id}`)
      else group.shown.add(`${table} ${id}`)
    }
    // Ended cases leave memory without a word: forget them here, too.
    if (group.shown.size > 2 * (view.incidents.size + view.units.size + view.alarms.size) + 1000) seed(group)
  }

  const isTooSlow = (link: Link) => {
    const packets = waitingPackets(link)
    return packets > limits.maxPackets || (packets > 4 && waitingBytes(link) > limits.maxBytes)
  }
  const setBehind = (link: Link, sinceRev: number) => {
    void link.socket.leave(room(link.audience))
    link.behindSinceRev = sinceRev
    behind.add(link)
    metrics.count('tongguan_state_clients_behind_total')
  }

  function flush(): void {
    if (recordedRev === flushedRev) return
    const touched = pending
    const prev = flushedRev
    const rev = recordedRev
    pending = new Map()
    flushedRev = rev
    const at = clock.now()
    const movesNumbers = touched.has('kpi') || touched.has('incident') || touched.has('alarm')
    let kpi: KpiToday | null = null
    if (groups.size > 0 && (movesNumbers || at - kpiSentAt >= kpiStaleMs)) {
      kpi = view.kpiToday(at)
      kpiSentAt = at
    }
    for (const group of groups.values()) {
      for (const link of group.members) if (link.behindSinceRev === null && isTooSlow(link)) setBehind(link, prev)
      const changes = changesFor(view, group.audience, touched, kpi, wasShownIn(group))
      noteShown(group, changes)
      const delta: Delta = { epoch: view.epoch, prev, rev, at, changes }
      io.to(room(group.audience)).compress(false).emit('state:delta', delta)
    }
    metrics.count('tongguan_state_deltas_total', {}, groups.size)
  }

  return {
    record(commit) {
      if (commit.rev === commit.prev && commit.touched.size === 0) return
      deltaLog.record(commit)
      recordedRev = commit.rev
      for (const [table, ids] of commit.touched) for (const id of ids) touch(pending, table, id)
    },

    join(link, since) {
      // What waits goes to those already there: the newcomer's picture holds it.
      flush()
      const group = groupOf(link.audience)
      group.members.add(link)
      void link.socket.join(room(link.audience))
      return catchUp(link, since.epoch === view.epoch && since.rev !== undefined ? since.rev : null)
    },

    leave(link) {
      const group = groups.get(link.audience)
      group?.members.delete(link)
      if (group?.members.size === 0) groups.delete(link.audience)
      behind.delete(link)
      link.behindSinceRev = null
      void link.socket.leave(room(link.audience))
    },

    flush,

    recover() {
      for (const link of behind) {
        if (link.behindSinceRev === null || waitingPackets(link) > 0) continue
        behind.delete(link)
        const { send } = catchUp(link, link.behindSinceRev)
        link.behindSinceRev = null
        void link.socket.join(room(link.audience))
        send()
      }
    },

    get size() {
      return deltaLog.size
    },
  }
}
