/**
 * Ingest: QoS 1 by MQTT and data arrays by HTTP, acknowledged after the commit, ten walls watching; beside a bare broker that holds its
 * acknowledgements and a bare batch insert, in the same run, by the same senders. Then 10,000 observations a second for a minute.
 */
import { startProgram } from './support/child.ts'
import { mean, median, memoryMb, quantile, sleep, stopwatch } from './support/measure.ts'
import { flood, type Flood } from './support/mqtt-flood.ts'
import { conclude } from './support/report.ts'
import { ingestKey, signIn, startServer } from '../support/program.ts'
import { arrayFlood, registerSensors } from './support/sensors.ts'

const roundS = Number(process.env.ROUND_S ?? 6)
const rounds = 3
const sustainS = Number(process.env.SUSTAIN_S ?? 60)
/** Connections of a flood: one alone waits more for its own acknowledgements than for the other side. */
const senders = 4
const heldRate = 10_000

interface Round {
  readonly perSecond: number
  /** CPU of the program that takes them, µs a message or row. */
  readonly usEach: number
}

const connectTo = (port: number, more: { window: number; rate: number; onAck?: (ms: number) => void }) =>
  flood({
    port,
    clientId: `bench-${process.hrtime.bigint()}`,
    username: 'bench',
    password: ingestKey,
    message: (n, dueAt) => ({
      topic: `v1.1/Datastreams(${ids[n % ids.length]})/Observations`,
      payload: `{"result":${40 + (n % 500) / 10},"phenomenonTime":"${new Date(dueAt).toISOString()}"}`,
    }),
    ...more,
  })

/** Counts for one round, once the flood has found its pace. */
async function round(pid: number, count: () => number): Promise<Round> {
  await sleep(1500)
  const before = count()
  const read = stopwatch(pid)
  await sleep(roundS * 1000)
  const { seconds, used } = read()
  const n = count() - before
  return { perSecond: n / seconds, usEach: (used * 1e6) / n }
}

async function mqttRound(port: number, pid: number): Promise<Round> {
  const floods: Flood[] = []
  for (let i = 0; i < senders; i++) floods.push(await connectTo(port, { window: 5000, rate: Number.POSITIVE_INFINITY }))
  const result = await round(pid, () => floods.reduce((sum, { acknowledged }) => sum + acknowledged, 0))
  for (const each of floods) await each.stop()
  // What was on its way is stored, and does not burden the next round.
  await sleep(1000)
  return result
}

async function arrayRound(): Promise<Round> {
  const sender = arrayFlood(server.url, ids, { rows: 500, parallel: 4, rate: Number.POSITIVE_INFINITY })
  const result = await round(server.pid, () => sender.accepted)
  await sender.stop()
  return result
}

async function insertRound(pid: number): Promise<Round> {
  const read = stopwatch(pid)
  const { rows } = await insert.ask<{ rows: number }>({ forMs: roundS * 1000, batch: 1000 })
  const { seconds, used } = read()
  return { perSecond: rows / seconds, usEach: (used * 1e6) / rows }
}

const server = await startServer()
const ids = await registerSensors(server.url, 1000)
const walls = await startProgram('wall-clients', [server.url, await signIn(server.url, 'wall'), '10'])
const broker = await startProgram<{ port: number }>('bare-broker')
const eager = await startProgram<{ port: number }>('bare-broker', [String(1024 * 1024)])
const insert = await startProgram('bare-insert')

const bare: Round[] = []
const bareEager: Round[] = []
const ours: Round[] = []
const arrays: Round[] = []
const inserts: Round[] = []
for (let i = 0; i < rounds; i++) {
  bare.push(await mqttRound(broker.hello.port, broker.pid))
  bareEager.push(await mqttRound(eager.hello.port, eager.pid))
  ours.push(await mqttRound(server.mqttPort, server.pid))
  arrays.push(await arrayRound())
  inserts.push(await insertRound(insert.pid))
}
await broker.stop()
await eager.stop()
await insert.stop()
const floodPeak = memoryMb(server.pid).peak

// Held: half by MQTT, half by arrays, on the table the floods have filled.
let acks: number[] = []
let answers: number[] = []
const mqtt = await connectTo(server.mqttPort, {
  window: 20_000,
  rate: heldRate / 2,
  onAck: (ms) => void acks.push(ms),
})
const http = arrayFlood(server.url, ids, {
  rows: 250,
  parallel: 4,
  rate: heldRate / 2,
  onAnswer: (ms) => void answers.push(ms),
})
await sleep(5000)
interface Window {
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
  readonly answerP99: number
  readonly rss: number
  readonly cores: number
  /** Sender and walls together. */
  readonly loadCores: number
}
const windows: Window[] = []
const acknowledged = () => mqtt.acknowledged + http.accepted
const start = { n: acknowledged(), at: performance.now() }
for (let w = 0; w < sustainS / 10; w++) {
  acks = []
  answers = []
  const before = acknowledged()
  const read = { server: stopwatch(server.pid), load: stopwatch(process.pid), walls: stopwatch(walls.pid) }
  await sleep(10_000)
  const { seconds, cores } = read.server()
  windows.push({
    perSecond: (acknowledged() - before) / seconds,
    p50: quantile(acks, 0.5),
    p99: quantile(acks, 0.99),
    answerP99: quantile(answers, 0.99),
    rss: memoryMb(server.pid).now,
    cores,
    loadCores: read.load().cores + read.walls().cores,
  })
}
const held = (acknowledged() - start.n) / ((performance.now() - start.at) / 1000)
await mqtt.stop()
await http.stop()
const { peak } = memoryMb(server.pid)
await walls.stop()
await server.stop()

const third = Math.max(1, Math.floor(windows.length / 3))
const growth = (of: (window: Window) => number) => {
  const [first, last] = [mean(windows.slice(0, third).map(of)), mean(windows.slice(-third).map(of))]
  return { first, by: last - first }
}
const perSecond = (list: readonly Round[]) => list.map((each) => each.perSecond)
const row = (name: string, list: readonly Round[]) => [
  name,
  ...perSecond(list).map(Math.round),
  Math.round(median(perSecond(list))),
  median(list.map((each) => each.usEach)),
]
const ratio = (to: readonly Round[]) => median(perSecond(ours)) / median(perSecond(to))
const p50 = growth((window) => window.p50)
const p99 = growth((window) => window.p99)
const isMet = conclude({
  bench: 'ingest',
  results: { bare, bareEager, ours, arrays, inserts, windows, held, floodPeak, peak },
  tables: [
    {
      title: `as fast as it goes: ${senders} MQTT connections, or 4 requests of 500 rows at a time`,
      head: ['messages or rows a second', ...bare.map((_, i) => `round ${i + 1}`), 'median', 'CPU µs each'],
      rows: [
        row('bare aedes, QoS 1, acks held 50 ms', bare),
        row('the same, reading 1 MB at once', bareEager),
        row('tongguan, QoS 1, acked after commit', ours),
        row('bare PGlite, batches of 1,000', inserts),
        row('tongguan, data arrays', arrays),
      ],
    },
    {
      title: `${heldRate.toLocaleString('en')} a second held, half by MQTT and half by arrays, windows of 10 s`,
      head: [
        'window',
        'acked/s',
        'ack P50 ms',
        'ack P99 ms',
        'array P99 ms',
        'RSS MB',
        'server cores',
        'load + walls cores',
      ],
      rows: windows.map((w, i) => [
        String(i + 1),
        Math.round(w.perSecond),
        w.p50,
        w.p99,
        w.answerP99,
        Math.round(w.rss),
        w.cores,
        w.loadCores,
      ]),
    },
  ],
  goals: [
    { name: 'QoS 1 a second ÷ bare broker', measured: ratio(bare), atLeast: 0.35 },
    { name: 'observations a second, held', measured: held, atLeast: heldRate * 0.99 },
    { name: 'memory, last third − first third, MB', measured: growth((window) => window.rss).by, atMost: 50 },
    { name: 'ack P50, last third − first third, ms', measured: p50.by, atMost: Math.max(25, p50.first / 2) },
    { name: 'ack P99, last third − first third, ms', measured: p99.by, atMost: Math.max(25, p99.first / 2) },
    { name: 'server memory peak, MB', measured: Math.max(floodPeak, peak), atMost: 1024 },
  ],
})
process.exit(isMet ? 0 : 1)
