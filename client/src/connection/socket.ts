/**
 * The live connection: one socket for both lanes and for commands. Guarantees that it comes back for ever by itself, waiting a
 * little longer and a little differently each time, and that the page never has to be loaded again for it.
 * Refuses to know stores: it hands on batches, phases and pulses.
 */
import { io, type Socket } from 'socket.io-client'
import {
  contractVersion,
  type ClientToServer,
  type Hello,
  type HelloAnswer,
  type Pulse,
  type ServerToClient,
} from '../../../shared/contract/realtime.ts'
import type { DisplayHere, DisplayNow } from '../../../shared/contract/display-roll.ts'
import type { Hand, OwnHand } from '../../../shared/contract/hands.ts'
import type { MapSensors } from '../../../shared/contract/map-sensors.ts'
import type { CityVitals } from '../../../shared/model/city-vitals.ts'
import type { MapView } from '../../../shared/model/sensor-mark.ts'
import { decodeFrame } from '../../../shared/contract/telemetry-frame.ts'
import { makeCommandClient, type Draft, type Outcome } from './command-client.ts'
import { makeFrameBatcher, type Batch, type Schedule } from './frame-batcher.ts'
import { initialSync, stepSync, type SyncInput, type SyncState } from './sync-machine.ts'

export type ClientSocket = Socket<ServerToClient, ClientToServer>
export type Topics = Hello['topics']

export interface ConnectionOptions {
  readonly topics: Topics
  readonly now: () => number
  /** What arrived since the last picture, and the state after it. */
  readonly onBatch: (batch: Batch, state: SyncState) => void
  readonly onState: (state: SyncState) => void
  readonly onPulse: (pulse: Pulse) => void
  /** Desks' hands, and which of them is our own; none without a line. */
  readonly onHands?: (hands: readonly Hand[], ownDeskId: string | null) => void
  /** Sensors of the part of the map that was said. */
  readonly onMapSensors?: (sensors: MapSensors) => void
  /** The city's sensors in numbers, where the topics ask for them. */
  readonly onVitals?: (vitals: CityVitals) => void
  /** Displays that are on; told to desks alone. */
  readonly onDisplays?: (displays: readonly DisplayNow[]) => void
  /** Each hello that was heard: the server's clock, and which build of the pages it has. */
  readonly onHello?: (answer: Extract<HelloAnswer, { ok: true }>) => void
  /** The server no longer knows us. */
  readonly onSessionLost: () => void
  readonly open?: () => ClientSocket
  readonly schedule?: Schedule
}

export interface Connection {
  submit(draft: Draft): Promise<Outcome>
  setTopics(topics: Topics): void
  /** Said at once where there is a line, and again whenever there is a new one. */
  sayHand(hand: OwnHand): void
  /** What the map shows; said as a hand is. */
  sayView(view: MapView | null): void
  /** Said once, where there is a line: it is said again at each pulse. */
  sayHere(here: DisplayHere): void
  close(): void
}

const openSocket = (): ClientSocket =>
  io({
    path: '/socket.io',
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    withCredentials: true,
    autoConnect: false,
    reconnection: true,
    reconnectionAttempts: Infinity,
    reconnectionDelay: 400,
    reconnectionDelayMax: 8_000,
    randomizationFactor: 0.5,
    timeout: 8_000,
  })

/** Opens the connection and keeps it until `close`. */
export function connect(options: ConnectionOptions): Connection {
  const socket = (options.open ?? openSocket)()
  let sync = initialSync
  let topics = options.topics
  let ownHand: OwnHand = null
  let ownView: MapView | null = null
  let closed = false
  let refusals = 0
  let retry: ReturnType<typeof setTimeout> | undefined

  const batcher = makeFrameBatcher((batch) => options.onBatch(batch, sync), options.schedule)
  const commands = makeCommandClient({
    now: options.now,
    send: (submission, answered) => {
      // Without a line nothing is queued below us: resend() sends it once the line is back, with the same id.
      if (socket.connected) socket.emit('command:submit', submission, answered)
    },
  })

  function input(what: SyncInput): void {
    const before = sync
    const { state, effects } = stepSync(sync, what)
    sync = state
    for (const effect of effects) {
      if (effect.kind === 'hello') hello(effect.ask, effect.resume)
      else if (effect.kind === 'replace') batcher.replace(effect.rows)
      else if (effect.kind === 'merge') batcher.merge(effect.changes)
      else if (effect.kind === 'session-lost') options.onSessionLost()
      else socket.disconnect().connect()
    }
    if (before.phase !== sync.phase || before.outdated !== sync.outdated) {
      // What a phase speaks of must be on the page before the phase is.
      batcher.flush()
      options.onState(sync)
    }
  }
  function hello(ask: number, resume: { epoch: string; rev: number } | null): void {
    const body: Hello = { contract: contractVersion, topics, ...(resume ?? {}) }
    socket.emit('sync:hello', body, (answer: HelloAnswer) => {
      input({ kind: 'answered', ask, answer, at: options.now() })
      if (!answer.ok) return
      options.onHello?.(answer)
      if (ownHand !== null) socket.emit('desk:hand', ownHand)
      if (ownView !== null) socket.emit('map:view', ownView)
    })
  }
  /** Where the library itself gives up (refused by the server), with the same growing, jittered patience. */
  function retryLater(): void {
    clearTimeout(retry)
    if (closed) return
    const delayMs = Math.min(8_000, 400 * 2 ** Math.min(refusals, 5)) * (0.5 + Math.random())
    refusals += 1
    retry = setTimeout(() => void socket.connect(), delayMs)
  }

  socket.on('connect', () => {
    refusals = 0
    input({ kind: 'connected', at: options.now() })
    commands.resend()
  })
  socket.on('disconnect', (reason) => {
    input({ kind: closed ? 'disconnected' : 'connecting', at: options.now() })
    options.onHands?.([], null)
    if (reason === 'io server disconnect') retryLater()
  })
  socket.on('connect_error', (error) => {
    input({ kind: 'disconnected', at: options.now() })
    if (/UNAUTHENTICATED/i.test(error.message)) options.onSessionLost()
    // `active` = the library will try by itself.
    else if (!socket.active) retryLater()
  })
  socket.on('state:snapshot', (snapshot) => input({ kind: 'snapshot', snapshot, at: options.now() }))
  socket.on('state:delta', (delta) => input({ kind: 'delta', delta, at: options.now() }))
  socket.on('sync:pulse', (pulse) => {
    input({ kind: 'pulse', pulse, at: options.now() })
    batcher.flush()
    options.onPulse(pulse)
  })
  socket.on('telemetry:frame', (frame) => batcher.frame(decodeFrame(asBytes(frame))))
  socket.on('telemetry:units', (places) => batcher.places(places))
  socket.on('telemetry:vitals', (vitals) => options.onVitals?.(vitals))
  socket.on('map:sensors', (sensors) => options.onMapSensors?.(sensors))
  socket.on('desk:hands', (hands) => options.onHands?.(hands, socket.id ?? null))
  socket.on('wall:displays', (displays) => options.onDisplays?.(displays))
  socket.on('session:ended', () => options.onSessionLost())

  const beat = setInterval(() => {
    input({ kind: 'tick', at: options.now() })
    commands.tick(options.now())
  }, 1_000)
  const hurry = () => {
    if (!socket.connected && !closed) socket.connect()
  }
  globalThis.addEventListener?.('online', hurry)

  input({ kind: 'connecting', at: options.now() })
  socket.connect()

  return {
    submit: (draft) => commands.submit(draft),
    setTopics(next) {
      if (JSON.stringify(next) === JSON.stringify(topics)) return
      topics = next
      input({ kind: 'topics-changed', at: options.now() })
    },
    sayHand(hand) {
      ownHand = hand
      if (socket.connected) socket.emit('desk:hand', hand)
    },
    sayView(view) {
      ownView = view
      if (socket.connected) socket.emit('map:view', view)
    },
    sayHere(here) {
      if (socket.connected) socket.emit('display:here', here)
    },
    close() {
      closed = true
      clearTimeout(retry)
      clearInterval(beat)
      globalThis.removeEventListener?.('online', hurry)
      commands.abandon()
      batcher.clear()
      socket.removeAllListeners()
      socket.disconnect()
    },
  }
}

/** Browsers hand binary events on as ArrayBuffer, whatever was sent. */
function asBytes(frame: Uint8Array | ArrayBuffer): Uint8Array {
  return frame instanceof ArrayBuffer ? new Uint8Array(frame) : frame
}
