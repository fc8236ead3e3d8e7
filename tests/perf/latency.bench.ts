/**
 * Latency: from the instant a reading is due at its device to the wall that has decoded it, at 2,000 a second. Beside it what four frames
 * a second must cost by themselves: between nothing and a quarter of a second, evenly.
 */
import { startProgram } from './support/child.ts'
import { memoryMb, quantile, sleep, stopwatch } from './support/measure.ts'
import { flood } from './support/mqtt-flood.ts'
import { conclude } from './support/report.ts'
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
  message: (n, dueAt) => ({
    topic: `v1.1/Datastreams(${ids[n % ids.length]})/Observations`,
    payload: `{"result":${40 + (n % 500) / 10},"phenomenonTime":"${new Date(dueAt).toISOString()}"}`,
  }),
  onAck: (ms) => void acks.push(ms),
})
await sleep(5000)
await walls.ask({ reset: true })
acks.length = 0
const read = stopwatch(server.pid)
const seconds = Number(process.env.LATENCY_S ?? 30)
await sleep(seconds * 1000)
const { delays, values, frames } = await walls.ask<{ delays: number[]; values: number; frames: number }>({
  withDelays: true,
})
const { cores } = read()
await sender.stop()
const peak = memoryMb(server.pid).peak
await walls.stop()
await server.stop()

const quantiles = [0.5, 0.9, 0.99, 1]
const frameMs = 250
const isMet = conclude({
  bench: 'latency',
  results: { values, frames, cores, peak, timed: delays.length },
  tables: [
    {
      title: `${rate.toLocaleString('en')} readings a second, ten walls; server at ${cores.toFixed(2)} cores`,
      head: ['what', 'P50 ms', 'P90 ms', 'P99 ms', 'max ms'],
      rows: [
        ['due at the device → decoded on a wall', ...quantiles.map((q) => quantile(delays, q))],
        ['of which four frames a second alone must cost', ...quantiles.map((q) => q * frameMs)],
        ['due at the device → PUBACK after the commit', ...quantiles.map((q) => quantile(acks, q))],
      ],
    },
  ],
  goals: [
    { name: 'door to socket P99, ms', measured: quantile(delays, 0.99), atMost: 500 },
    { name: 'values timed', measured: delays.length, atLeast: rate * seconds * 0.9 },
    { name: 'server memory peak, MB', measured: peak, atMost: 1024 },
  ],
})
process.exit(isMet ? 0 : 1)
