/** The city's state as one officer's page sees it, over the socket: whole after each snapshot, resumed after a lost line. */
import { io, type Socket } from 'socket.io-client'
import {
  contractVersion,
  type ClientToServer,
  type Delta,
  type RowChange,
  type ServerToClient,
  type Snapshot,
} from '../../shared/contract/realtime.ts'
import type { Alarm } from '../../shared/model/alarm.ts'
import { runningDrill, type Drill } from '../../shared/model/drill.ts'
import type { LonLat } from '../../shared/model/geo.ts'
import type { Incident } from '../../shared/model/incident.ts'
import type { Unit } from '../../shared/model/unit.ts'
import type { Account } from './account.ts'

export interface StateWatch {
  readonly alarms: ReadonlyMap<string, Alarm>
  readonly incidents: ReadonlyMap<string, Incident>
  readonly units: ReadonlyMap<string, Unit>
  /** The one that runs. */
  readonly drill: Drill | null
  /** A crew, or a department's own people, have finished their work on a case. Answers how to hear no more. */
  onWorkDone(listener: (classCode: string, position: LonLat) => void): () => void
  /** False until the first snapshot, and while the line is down. */
  readonly isLive: boolean
  close(): void
}

export function watchState(
  url: string,
  officer: Account,
  onIncident: (before: Incident | undefined, after: Incident | null, id: string) => void,
  onTrouble: (words: string) => void,
): StateWatch {
  const alarms = new Map<string, Alarm>()
  const incidents = new Map<string, Incident>()
  const units = new Map<string, Unit>()
  const drills = new Map<string, Drill>()
  const workListeners = new Set<(classCode: string, position: LonLat) => void>()
  let seen: { epoch: string; rev: number } | null = null
  let isLive = false
  let isClosed = false
  let socket: Socket<ServerToClient, ClientToServer> | null = null
  let retry: NodeJS.Timeout | null = null

  const put = <T>(table: Map<string, T>, id: string, row: T | null) => {
    if (row === null) table.delete(id)
    else table.set(id, row)
  }
  const tellWork = (before: Incident | undefined, after: Incident | null) => {
    const isDone = after?.state === 'pending-feedback' || after?.state === 'pending-check'
    if (before?.state !== 'handling' || !isDone || after.position === null) return
    for (const listener of workListeners) listener(after.classCode, after.position)
  }
  const apply = (changes: readonly RowChange[]) => {
    for (const change of changes) {
      if (change.table === 'alarm') put(alarms, change.id, change.row)
      else if (change.table === 'unit') put(units, change.id, change.row)
      else if (change.table === 'drill') put(drills, change.id, change.row)
      else if (change.table === 'incident') {
        const before = incidents.get(change.id)
        put(incidents, change.id, change.row)
        onIncident(before, change.row, change.id)
        tellWork(before, change.row)
      }
    }
  }
  const hello = () => {
    socket?.emit('sync:hello', { contract: contractVersion, topics: { state: true }, ...(seen ?? {}) }, (answer) => {
      if (answer.ok) isLive = isLive || answer.mode === 'resumed'
      else onTrouble(`the server refused the watch: ${answer.error.message}`)
    })
  }
  const again = () => {
    isLive = false
    if (isClosed || retry) return
    socket?.disconnect()
    retry = setTimeout(() => {
      retry = null
      void connect()
    }, 2000)
  }
  async function connect(): Promise<void> {
    let cookie: string
    try {
      cookie = await officer.cookie()
    } catch (error) {
      if (!isClosed) onTrouble(error instanceof Error ? error.message : String(error))
      return again()
    }
    if (isClosed) return
    socket = io(url, {
      transports: ['websocket'],
      extraHeaders: { Cookie: cookie },
      reconnection: false,
      forceNew: true,
    })
    socket.on('connect', hello)
    socket.on('connect_error', (error) => {
      // A session that is no more looks like this: sign in again.
      if (error.message === 'UNAUTHENTICATED') officer.forget()
      again()
    })
    socket.on('disconnect', again)
    socket.on('session:ended', () => {
      officer.forget()
      again()
    })
    socket.on('state:snapshot', (snapshot: Snapshot) => {
      alarms.clear()
      units.clear()
      drills.clear()
      const gone = new Set(incidents.keys())
      for (const { table, id } of snapshot.rows) if (table === 'incident') gone.delete(id)
      for (const id of gone) incidents.delete(id)
      apply(snapshot.rows)
      seen = { epoch: snapshot.epoch, rev: snapshot.rev }
      isLive = true
    })
    socket.on('state:delta', (delta: Delta) => {
      if (!seen || delta.epoch !== seen.epoch || delta.prev > seen.rev) return hello()
      if (delta.rev <= seen.rev) return
      apply(delta.changes)
      seen = { epoch: delta.epoch, rev: delta.rev }
    })
  }
  void connect()
  return {
    alarms,
    incidents,
    units,
    get drill() {
      return runningDrill(drills)
    },
    onWorkDone(listener) {
      workListeners.add(listener)
      return () => void workListeners.delete(listener)
    },
    get isLive() {
      return isLive
    },
    close() {
      isClosed = true
      if (retry) clearTimeout(retry)
      socket?.disconnect()
    },
  }
}
