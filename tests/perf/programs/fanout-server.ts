/**
 * One of three servers that hand the same readings, 5,000 a second, to their clients: `gateway` is ours, `frame` sends a bare frame of latest
 * values four times a second, `naive` emits each reading to everyone. None of them takes anything in: only the handing out is compared.
 */
import { FiledMemory } from '../../../server/src/domain/advice/filed-memory.ts'
import { CaseIndex } from '../../../server/src/domain/duplicate/case-index.ts'
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { Server } from 'socket.io'
import { startGateway } from '../../../server/src/realtime/gateway.ts'
import type { Commit, Engine, StateView } from '../../../server/src/ports/engine.ts'
import { encodeFrame, type FrameValue } from '../../../shared/contract/telemetry-frame.ts'
import type { Reading } from '../../../shared/model/reading.ts'
import { serveParent } from '../support/child.ts'

const [mode = 'gateway', perSecond = '5000'] = process.argv.slice(2)
const rate = Number(perSecond)
const sensors = rate
const latest = new Map<number, Reading>()
let offered = 0

function nextReading(): Reading {
  const sensorId = (offered++ % sensors) + 1
  const now = Date.now()
  const reading: Reading = {
    id: offered,
    sensorId,
    phenomenonAt: now,
    receivedAt: now,
    value: (offered % 977) / 7,
    text: null,
    quality: 0,
  }
  latest.set(sensorId, reading)
  return reading
}
let take: (readings: Reading[]) => void = () => undefined
const offer = (taker: typeof take) => void (take = taker)
/** Offers what is due every 20 ms, whatever the timer did. Begun when all clients are connected: a full server lets nobody in. */
function begin(): void {
  const startedAt = performance.now()
  let given = 0
  setInterval(() => {
    const due = Math.floor(((performance.now() - startedAt) / 1000) * rate) - given
    if (due <= 0) return
    given += due
    take(Array.from({ length: due }, nextReading))
  }, 20)
}

/** An empty page, for a browser to stand on. */
const server = createServer((_request, response) =>
  response.setHeader('content-type', 'text/html').end('<!doctype html><body></body>'),
)
if (mode === 'gateway') {
  const listeners = new Set<(commit: Commit) => void>()
  const none = new Map<never, never>()
  const view: StateView = {
    epoch: 'bench',
    rev: 0,
    alarms: none,
    alarmGroups: none,
    floods: none,
    incidents: none,
    units: none,
    fixes: none,
    warnings: none,
    drills: none,
    modes: none,
    responses: none,
    duty: none,
    handOvers: none,
    rosterChanges: none,
    attendance: none,
    rollCalls: none,
    walls: none,
    algorithms: none,
    cases: new CaseIndex(),
    filed: new FiledMemory(),
    casePlans: none,
    sensors: none,
    ruleChanges: none,
    ruleProposals: none,
    latest,
    newestReadingAt: null,
    entity: () => undefined,
    entities: () => none,
    linksTo: () => [],
    kpiToday: () => {
      throw new Error('not asked for here')
    },
  }
  const never = () => Promise.reject(new Error('not asked for here'))
  const engine: Engine = {
    view,
    submit: never,
    observe: never,
    fix: never,
    note: never,
    onCommit(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  const nothing = () => undefined
  const actor = { name: 'wall', role: 'wall' as const }
  const session = {
    username: 'wall',
    displayName: 'wall',
    role: 'wall' as const,
    unitId: null,
    departmentId: null,
    home: '/wall',
    expiresAt: '2100-01-01T00:00:00Z',
  }
  startGateway({
    server,
    engine,
    sessions: {
      signIn: never,
      resume: (token) => Promise.resolve({ sessionId: token, actor, session }),
      signOut: never,
      onEnded: () => nothing,
    },
    commandDoor: never,
    clock: { now: () => Date.now() },
    log: { debug: nothing, info: nothing, warn: nothing, error: (fields, text) => console.error(text, fields.error) },
    metrics: { count: nothing, gauge: nothing, observe: nothing },
  })
  offer((readings) => {
    const commit: Commit = {
      epoch: 'bench',
      prev: 0,
      rev: 0,
      at: Date.now(),
      events: [],
      touched: new Map(),
      readings,
      fixes: [],
      uncovered: [],
    }
    for (const listener of listeners) listener(commit)
  })
} else {
  const io = new Server(server, { perMessageDeflate: false, serveClient: false })
  if (mode === 'naive')
    offer((readings) =>
      readings.forEach(({ sensorId, value, phenomenonAt, quality }) =>
        io.emit('reading', { sensorId, value, phenomenonAt, quality }),
      ),
    )
  else {
    let dirty = new Map<number, FrameValue>()
    offer((readings) => readings.forEach((reading) => dirty.set(reading.sensorId, reading)))
    setInterval(() => {
      io.emit('telemetry:frame', Buffer.from(encodeFrame([...dirty.values()], Date.now(), 0)))
      dirty = new Map()
    }, 250)
  }
}
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  const token = randomBytes(32).toString('base64url')
  serveParent({ port: typeof address === 'object' && address ? address.port : 0, token }, (question) => {
    if (question.begin) begin()
    return { offered }
  })
})
