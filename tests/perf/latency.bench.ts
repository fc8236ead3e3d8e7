/** Latency: from a device's clock to a wall's socket at 2,000 readings a second, telemetry thinned to four frames a second. */
import { startProgram } from './support/child.ts'
import { conclude, cpuSeconds, memoryMb, quantile, sleep, table } from './support/measure.ts'
import { flood } from './support/mqtt-flood.ts'
import { ingestKey, signIn, startServer } from '../support/program.ts'
import { registerSensors } from './support/sensors.ts'

const rate = 2000
const server = await startServer()
const ids = await registerSensors(server.url, rate)
const walls = await startProgram('wall-clients', [server.url, await signIn(server.url, 'wall'), '10'])
const acks: number[] = []
const sender = await flood({
  port: server.mqttPort,
  clientId: 'bench-latency',
  username: 'bench',
  password: ingestKey,
  window: 20_000,
  rate,
  message: (n) => ({
    topic: `v1.1/Datastreams(${ids[n % ids.length]})/Observations`,
    payload: `{"result":${40 + (n % 500) / 10},"phenomenonTime":"${new Date().toISOString()}"}`,
  }),
  onAck: (ms) => void acks.push(ms),
})
await sleep(5000)
await walls.ask({ reset: true })
acks.length = 0
const cpu = cpuSeconds(server.pid)
const seconds = 30
await sleep(seconds * 1000)
const { delays, values, frames } = await walls.ask<{ delays: number[]; values: number; frames: number }>({
  withDelays: true,
})
const cores = (cpuSeconds(server.pid) - cpu) / seconds
await sender.stop()
const peak = memoryMb(server.pid).peak
await walls.stop()
await server.stop()

table(
  `door to socket at ${rate} readings/s, ten walls`,
  ['what', 'P50 ms', 'P90 ms', 'P99 ms', 'max ms', 'n'],
  [
    ['phenomenon time to wall', ...[0.5, 0.9, 0.99, 1].map((q) => quantile(delays, q)), delays.length],
    ['publish to PUBACK', ...[0.5, 0.9, 0.99, 1].map((q) => quantile(acks, q)), acks.length],
  ],
)
const isMet = conclude(
  'latency',
  {
    p50: quantile(delays, 0.5),
    p99: quantile(delays, 0.99),
    ackP50: quantile(acks, 0.5),
    ackP99: quantile(acks, 0.99),
    values,
    frames,
    cores,
    peak,
  },
  [
    { name: 'door to socket P99, ms', measured: quantile(delays, 0.99), atMost: 500 },
    { name: 'values timed', measured: delays.length, atLeast: rate * seconds * 0.9 },
    { name: 'server memory peak, MB', measured: peak, atMost: 1024 },
  ],
)
process.exit(isMet ? 0 : 1)
