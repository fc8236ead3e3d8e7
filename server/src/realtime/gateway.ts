/**
 * Sockets: who may connect, what they may say, and the clockwork of both lanes. Guarantees that rights are looked at again on
 * every event, that whatever a client sends is answered or ignored but never a fault, and that a session's end ends its
 * sockets. Refuses to know rows, frames and rules.
 */
import { randomUUID } from 'node:crypto'
import type { Server as HttpServer } from 'node:http'
import { Server } from 'socket.io'
import { fieldErrors, type WireError } from '../../../shared/contract/errors.ts'
import { helloSchema, type CommandAck, type HelloAnswer, type Pulse } from '../../../shared/contract/realtime.ts'
import { refuse, type Refusal } from '../../../shared/model/refusal.ts'
import { audienceOf } from '../access/audience.ts'
import { wireError, type CommandDoor } from '../access/command-door.ts'
import { tokenIn } from '../access/cookie.ts'
import { isOwnOrigin } from '../access/origin.ts'
import type { Sessions } from '../ports/access.ts'
import type { Clock } from '../ports/clock.ts'
import type { Engine } from '../ports/engine.ts'
import type { Log } from '../ports/log.ts'
import type { Metrics } from '../ports/metrics.ts'
import { machinesOf } from '../../../shared/model/display-place.ts'
import type { WallProgramme } from '../../../shared/model/display.ts'
import { createDisplays } from './displays.ts'
import { createHands } from './hands.ts'
import { createLinkLimits } from './link-limits.ts'
import { waitingPackets, type CityServer, type Link } from './link.ts'
import { createSensorPicture } from './sensor-picture.ts'
import { createStateLane, stateLimits, type StateLimits } from './state-lane.ts'
import { wantedBy } from './subscription.ts'
import { createTelemetryLane } from './telemetry-lane.ts'
import { createVitalsLane } from './vitals-lane.ts'

export interface GatewaySettings {
  /** Changes of the state lane gather for this long. */
  readonly flushMs: number
  readonly frameMs: number
  readonly unitsMs: number
  readonly pulseMs: number
  /** How often an open page keeps its session alive, and its rights are looked at though it says nothing. */
  readonly presenceMs: number
  readonly maxSockets: number
  readonly state: StateLimits
}
export const gatewaySettings: GatewaySettings = {
  flushMs: 40,
  frameMs: 250,
  unitsMs: 1000,
  pulseMs: 5000,
  presenceMs: 60_000,
  maxSockets: 5000,
  state: stateLimits,
}

export interface Gateway {
  /** Tells every client to go, and closes. The HTTP server is closed with it. */
  close(): Promise<void>
  readonly clients: number
  /** Rows the delta log holds. */
  readonly deltaRows: number
  /** Sets what is measured of displays. */
  measureDisplays(): void
}

const knownEvents: ReadonlySet<string> = new Set([
  'sync:hello',
  'command:submit',
  'desk:hand',
  'map:view',
  'display:here',
])
const everyone = 'pulse'
type Answer<T> = (answer: T) => void
const signInAgain = refuse('UNAUTHENTICATED', 'the session has ended: sign in again')

/** What came with an event, and the way to answer it (to nobody, where the client wants no answer). */
function unpack<T>(args: readonly unknown[]): { body: unknown; ack: Answer<T> } {
  const last = args[args.length - 1]
  return { body: args[0], ack: typeof last === 'function' ? (last as Answer<T>) : () => undefined }
}

export function startGateway(deps: {
  server: HttpServer
  engine: Engine
  sessions: Sessions
  commandDoor: CommandDoor
  clock: Clock
  log: Log
  metrics: Metrics
  /** As the city pack has it, where people did not change it. */
  programme?: WallProgramme | null
  /** Which build of the pages is served. */
  build?: () => string | null
  settings?: Partial<GatewaySettings>
}): Gateway {
  const { server, engine, sessions, commandDoor, clock, log, metrics, build = () => null } = deps
  const settings = { ...gatewaySettings, ...deps.settings }
  const links = new Map<string, Link>()
  const io: CityServer = new Server(server, {
    path: '/socket.io',
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: 64 * 1024,
    connectTimeout: 10_000,
    allowRequest: (request, decide) => {
      if (!isOwnOrigin(request.headers)) decide('origin not allowed', false)
      else if (links.size >= settings.maxSockets) decide('too many clients', false)
      else decide(null, true)
    },
  })
  const state = createStateLane({ io, view: engine.view, clock, metrics, limits: settings.state })
  const hands = createHands({ io, view: engine.view, clock })
  const displays = createDisplays({
    ...{ io, clock, log },
    expected: () => machinesOf((engine.view.walls.get('wall')?.programme ?? deps.programme)?.displays ?? []),
  })
  const telemetry = createTelemetryLane({ io, view: engine.view, clock, metrics })
  const picture = createSensorPicture({ io, view: engine.view, clock })
  const vitals = createVitalsLane({ io, view: engine.view, clock })
  /** What a hello joins anew. */
  const leaveLanes = (link: Link) => [state, telemetry, picture, vitals].forEach((lane) => lane.leave(link))

  io.use((socket, next) => {
    const failed = (refusal: Refusal) => next(Object.assign(new Error(refusal.code), { data: wireError(refusal) }))
    const token = tokenIn(socket.handshake.headers.cookie)
    if (token === null) return failed(refuse('UNAUTHENTICATED', 'nobody is signed in'))
    sessions.resume(token).then(
      (signedIn) => {
        if (!signedIn || socket.conn.readyState !== 'open') return failed(signInAgain)
        links.set(socket.id, {
          socket,
          token,
          signedIn,
          audience: audienceOf(signedIn.actor),
          behindSinceRev: null,
          telemetry: null,
        })
        next()
      },
      (error: unknown) => {
        log.error({ error }, 'a session could not be looked up')
        failed(refuse('BUSY', 'try again', { retryAfterS: 1 }))
      },
    )
    // Refused or gone before it was let in: forget it.
    socket.conn.once('close', () => links.delete(socket.id))
  })

  function end(link: Link, reason: 'signed-out' | 'rights-changed' | 'expired') {
    if (!links.delete(link.socket.id)) return
    link.socket.emit('session:ended', reason)
    leaveLanes(link)
    hands.leave(link)
    displays.leave(link)
    link.socket.disconnect(true)
  }

  /** The client's rights as they are now, or null: then the socket is being closed. */
  async function present(link: Link): Promise<Link['signedIn'] | null> {
    const signedIn = await sessions.resume(link.token)
    if (!signedIn) end(link, 'expired')
    else link.signedIn = signedIn
    return signedIn
  }

  async function onHello(link: Link, body: unknown, ack: Answer<HelloAnswer>) {
    const no = (refusal: Refusal) => ack({ ok: false, error: wireError(refusal) })
    const hello = helloSchema.safeParse(body)
    if (!hello.success) {
      const fields = fieldErrors(hello.error).slice(0, 20)
      return no(refuse('INVALID', fields.map((f) => `${f.field}: ${f.problem}`).join('; '), { fields }))
    }
    const { topics, epoch, rev } = hello.data
    const wanted = wantedBy(topics.telemetry ?? {})
    if (wanted === undefined) {
      const fields = [{ field: 'topics.telemetry.bbox', problem: 'west must not lie past east, nor south past north' }]
      return no(refuse('INVALID', 'topics.telemetry.bbox is no box', { fields }))
    }
    if (!(await present(link))) return no(signInAgain)
    if (!link.socket.connected) return
    leaveLanes(link)
    link.audience = audienceOf(link.signedIn.actor)
    if (link.audience === 'none') return no(refuse('FORBIDDEN', 'this account does not see the city’s business'))
    // From here to the end in one turn: nothing can be committed between room, snapshot and answer.
    void link.socket.join(everyone)
    const at = clock.now()
    if (topics.state) {
      const join = state.join(link, { epoch, rev })
      ack({ ok: true, mode: join.mode, rev: join.rev, epoch: engine.view.epoch, at, build: build() })
      join.send()
    } else ack({ ok: true, mode: 'resumed', rev: engine.view.rev, epoch: engine.view.epoch, at, build: build() })
    if (topics.telemetry) telemetry.join(link, wanted)
    if (topics.vitals) vitals.join(link)
    if (!topics.state) return
    hands.join(link)
    displays.join(link)
  }

  async function onCommand(link: Link, body: unknown, ack: Answer<CommandAck>) {
    if (!(await present(link))) return ack({ ok: false, error: wireError(signInAgain) })
    ack(await commandDoor(link.signedIn.actor, body))
  }

  io.on('connection', (socket) => {
    const link = links.get(socket.id)
    if (!link) return void socket.disconnect(true)
    // The request that opened the socket would otherwise live as long as the socket.
    ;(socket.conn as { request: unknown }).request = null
    const limits = createLinkLimits(clock)
    const guarded =
      <T extends { readonly ok: boolean }>(
        kind: 'hello' | 'command',
        handle: (body: unknown, ack: Answer<T | { ok: false; error: WireError }>) => Promise<void>,
      ) =>
      (...args: unknown[]) => {
        const { body, ack } = unpack<T | { ok: false; error: WireError }>(args)
        const refusal = limits.enter(kind)
        if (refusal) return ack({ ok: false, error: wireError(refusal) })
        handle(body, ack)
          .catch((error: unknown) => {
            const id = randomUUID()
            log.error({ error, id, kind }, 'a socket event could not be served')
            ack({ ok: false, error: { code: 'INTERNAL', message: 'the server failed; try again', id } })
          })
          .finally(limits.leave)
      }
    socket.on(
      'sync:hello',
      guarded<HelloAnswer>('hello', (body, ack) => onHello(link, body, ack)),
    )
    socket.on(
      'command:submit',
      guarded<CommandAck>('command', (body, ack) => onCommand(link, body, ack)),
    )
    socket.on('desk:hand', (...args: unknown[]) => hands.say(link, args[0]))
    socket.on('map:view', (...args: unknown[]) => picture.look(link, args[0]))
    socket.on('display:here', (...args: unknown[]) => displays.say(link, args[0]))
    socket.use(([event], next) => {
      if (!knownEvents.has(event as string)) metrics.count('tongguan_socket_unknown_events_total')
      next()
    })
    socket.on('disconnect', () => {
      links.delete(socket.id)
      leaveLanes(link)
      hands.leave(link)
      displays.leave(link)
    })
  })

  let flushTimer: NodeJS.Timeout | null = null
  const flush = () => {
    flushTimer = null
    state.flush()
  }
  const stopListening = engine.onCommit((commit) => {
    state.record(commit)
    telemetry.record(commit)
    picture.record(commit)
    flushTimer ??= setTimeout(flush, settings.flushMs)
  })
  const stopEnded = sessions.onEnded((sessionId, reason) => {
    for (const link of links.values()) if (link.signedIn.sessionId === sessionId) end(link, reason)
  })

  let isLooking = false
  async function lookAround() {
    if (isLooking) return
    isLooking = true
    try {
      for (const link of [...links.values()]) await present(link)
    } catch (error) {
      log.error({ error }, 'sessions of open pages could not be looked up')
    } finally {
      isLooking = false
    }
  }
  const timers = [
    setInterval(() => {
      telemetry.tick()
      state.recover()
      displays.flush()
    }, settings.frameMs),
    setInterval(() => {
      telemetry.tickUnits()
      picture.tick()
      vitals.tick()
    }, settings.unitsMs),
    setInterval(() => hands.tick(), settings.pulseMs),
    setInterval(() => displays.tick(), settings.pulseMs),
    setInterval(() => {
      const { epoch, rev, newestReadingAt } = engine.view
      const pulse: Pulse = { epoch, rev, at: clock.now(), newestReadingAt }
      // For a client that cannot take it yet it would only make the queue longer.
      const slow = [...links.values()].filter((link) => waitingPackets(link) > 4).map((link) => link.socket.id)
      io.to(everyone).except(slow).emit('sync:pulse', pulse)
    }, settings.pulseMs),
    setInterval(() => void lookAround(), settings.presenceMs),
  ]

  return {
    async close() {
      stopListening()
      stopEnded()
      if (flushTimer) clearTimeout(flushTimer)
      flush()
      timers.forEach(clearInterval)
      await io.close()
    },
    measureDisplays: () => displays.measure(metrics),
    get clients() {
      return links.size
    },
    get deltaRows() {
      return state.size
    },
  }
}
