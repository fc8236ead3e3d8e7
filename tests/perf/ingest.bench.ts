/**
 * Ingest: QoS 1 by MQTT and data arrays by HTTP, acknowledged after the commit, ten walls watching; beside a bare broker that holds its
 * acknowledgements and a bare batch insert, in the same run. Then 10,000 observations a second for a minute.
 */
import { startProgram } from './support/child.ts'
import { conclude, cpuSeconds, median, memoryMb, quantile, sleep, table } from './support/measure.ts'
import { flood } from './support/mqtt-flood.ts'
import { ingestKey, signIn, startServer } from '../support/program.ts'
import { arrayFlood, registerSensors } from './support/sensors.ts'

const roundS = 8
const rounds = 3
const sustainS = Number(process.env.SUSTAIN_S ?? 60)
const message = (ids: readonly number[]) => (n: number) => ({
  topic: `v1.1/Datastreams(${ids[n % ids.length]})/Observations`,
  payload: `{"result":${40 + (n % 500) / 10},"phenomenonTime":"${new Date().toISOString()}"}`,
})

async function rateOf(port: number, ids: readonly number[]): Promise<number> {
  const sender = await flood({
    port,
    clientId: `bench-${process.hrtime.bigint()}`,
    username: 'bench',
    password: ingestKey,
    window: 4000,
    rate: Number.POSITIVE_INFINITY,
    message: message(ids),
  })
  await sleep(1500)
  const before = sender.acknowledged
  const from = performance.now()
  await sleep(roundS * 1000)
  const perSecond = (sender.acknowledged - before) / ((performance.now() - from) / 1000)
  await sender.stop()
  return perSecond
}

const server = await startServer()
const ids = await registerSensors(server.url, 1000)
const walls = await startProgram('wall-clients', [server.url, await signIn(server.url, 'wall'), '10'])
const broker = await startProgram<{ port: number }>('bare-broker')

const bare: number[] = []
const ours: number[] = []
for (let round = 0; round < rounds; round++) {
  bare.push(await rateOf(broker.hello.port, ids))
  ours.push(await rateOf(server.mqttPort, ids))
}
await broker.stop()

const arrays: number[] = []
for (let round = 0; round < rounds; round++) {
  const sender = arrayFlood(server.url, ids, { rows: 500, parallel: 4, rate: Number.POSITIVE_INFINITY })
  await sleep(1500)
  const before = sender.accepted
  const from = performance.now()
  await sleep(roundS * 1000)
  arrays.push((sender.accepted - before) / ((performance.now() - from) / 1000))
  await sender.stop()
}
const insert = await startProgram('bare-insert')
const { perSecond: bareInsert } = await insert.ask<{ perSecond: number }>({ forMs: roundS * 1000, batch: 1000 })
await insert.stop()
const peakUnderFlood = memoryMb(server.pid).peak

// Held: half by MQTT, half by arrays, 10,000 a second together.
let mqttDelays: number[] = []
const held = [
  await flood({
    port: server.mqttPort,
    clientId: 'bench-held',
    username: 'bench',
    password: ingestKey,
    window: 20_000,
    rate: 5000,
    message: message(ids),
    onAck: (ms) => void mqttDelays.push(ms),
  }),
  arrayFlood(server.url, ids, { rows: 250, parallel: 2, rate: 5000 }),
] as const
await sleep(5000)
const windows: { acknowledged: number; p50: number; p99: number; rss: number; cpu: number }[] = []
const startCount = held[0].acknowledged + held[1].accepted
const startAt = performance.now()
for (let w = 0; w < sustainS / 10; w++) {
  mqttDelays = []
  const before = { n: held[0].acknowledged + held[1].accepted, cpu: cpuSeconds(server.pid), at: performance.now() }
  await sleep(10_000)
  const seconds = (performance.now() - before.at) / 1000
  windows.push({
    acknowledged: (held[0].acknowledged + held[1].accepted - before.n) / seconds,
    p50: quantile(mqttDelays, 0.5),
    p99: quantile(mqttDelays, 0.99),
    rss: memoryMb(server.pid).now,
    cpu: (cpuSeconds(server.pid) - before.cpu) / seconds,
  })
}
const heldRate = (held[0].acknowledged + held[1].accepted - startCount) / ((performance.now() - startAt) / 1000)
await held[0].stop()
await held[1].stop()
const peak = memoryMb(server.pid).peak
await walls.stop()
await server.stop()

table(
  'ingest, messages or rows a second',
  ['what', ...Array.from({ length: rounds }, (_, i) => `round ${i + 1}`), 'median'],
  [
    ['bare aedes, QoS 1, acks held 50 ms', ...bare, median(bare)],
    ['tongguan, QoS 1, acked after commit', ...ours, median(ours)],
    ['tongguan, data arrays of 500', ...arrays, median(arrays)],
    ['bare PGlite, batches of 1,000', ...Array.from({ length: rounds - 1 }, () => ''), bareInsert, bareInsert],
  ],
)
table(
  '10,000 a second held, 10 s windows',
  ['window', 'acked/s', 'ack P50 ms', 'ack P99 ms', 'RSS MB', 'CPU cores'],
  windows.map((w, i) => [String(i + 1), w.acknowledged, w.p50, w.p99, w.rss, w.cpu]),
)

const half = Math.floor(windows.length / 2)
const growthMb = median(windows.slice(half).map((w) => w.rss)) - median(windows.slice(0, half).map((w) => w.rss))
const slower = median(windows.slice(half).map((w) => w.p99)) / median(windows.slice(0, half).map((w) => w.p99))
const isMet = conclude('ingest', { bare, ours, arrays, bareInsert, windows, heldRate, peakUnderFlood, peak }, [
  { name: 'QoS 1 ÷ bare broker', measured: median(ours) / median(bare), atLeast: 0.35 },
  { name: 'held observations a second', measured: heldRate, atLeast: 9900 },
  { name: 'memory growth over the minute, MB', measured: growthMb, atMost: 60 },
  { name: 'ack P99, second half ÷ first half', measured: slower, atMost: 1.5 },
  { name: 'server memory peak, MB', measured: peak, atMost: 1024 },
])
process.exit(isMet ? 0 : 1)
