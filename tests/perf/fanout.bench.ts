/**
 * Fan-out: 5,000 readings a second to 1, 10, 50, 100 and 500 clients. Server CPU for each reading delivered, beside a server that emits
 * every reading to everyone, and beside a bare frame of latest values. The naive one is not asked for more than 50 clients: there it is full.
 */
import { startProgram } from './support/child.ts'
import { memoryMb, sleep, stopwatch } from './support/measure.ts'
import { conclude } from './support/report.ts'

const seconds = Number(process.env.FANOUT_S ?? 8)
type Mode = 'naive' | 'frame' | 'gateway'
const servers: Record<Mode, string> = { naive: 'one emit a reading', frame: 'bare 4 Hz frame', gateway: 'tongguan' }
interface Result {
  mode: Mode
  clients: number
  deliveredPerS: number
  share: number
  cores: number
  nsEach: number
  rss: number
  thinned: number
}

async function measure(mode: Mode, clients: number): Promise<Result> {
  const server = await startProgram<{ port: number; token: string }>('fanout-server', [mode, '5000'])
  const url = `http://127.0.0.1:${server.hello.port}`
  const listeners = await startProgram('fanout-clients', [
    url,
    `tongguan_session=${server.hello.token}`,
    String(clients),
  ])
  await server.ask({ begin: true })
  await sleep(3000)
  await listeners.ask({})
  const { offered: before } = await server.ask<{ offered: number }>({})
  const read = stopwatch(server.pid)
  await sleep(seconds * 1000)
  const { used } = read()
  const { delivered, thinned } = await listeners.ask<{ delivered: number; thinned: number }>({})
  const { offered } = await server.ask<{ offered: number }>({})
  const took = read().seconds
  const rss = memoryMb(server.pid).peak
  await listeners.stop()
  await server.stop()
  return {
    mode,
    clients,
    deliveredPerS: delivered / took,
    share: delivered / ((offered - before) * clients),
    cores: used / took,
    nsEach: (used * 1e9) / Math.max(1, delivered),
    rss,
    thinned,
  }
}

const results: Result[] = []
for (const clients of [1, 10, 50]) results.push(await measure('naive', clients))
for (const clients of [50]) results.push(await measure('frame', clients))
for (const clients of [1, 10, 50, 100, 500]) results.push(await measure('gateway', clients))

const at = (mode: Mode, clients: number) => results.find((r) => r.mode === mode && r.clients === clients) as Result
const isMet = conclude({
  bench: 'fanout',
  results: { results },
  tables: [
    {
      title: 'fan-out of 5,000 readings a second',
      head: ['server', 'clients', 'delivered/s', 'share', 'cores', 'CPU ns each', 'RSS MB', 'thinned'],
      rows: results.map((r) => [
        servers[r.mode],
        r.clients,
        Math.round(r.deliveredPerS),
        r.share,
        r.cores,
        Math.round(r.nsEach),
        Math.round(r.rss),
        r.thinned,
      ]),
    },
  ],
  goals: [
    {
      name: 'CPU a delivered reading at 50 clients: naive ÷ tongguan',
      measured: at('naive', 50).nsEach / at('gateway', 50).nsEach,
      atLeast: 15,
    },
    { name: 'share delivered at 500 clients', measured: at('gateway', 500).share, atLeast: 0.9 },
    {
      name: 'server memory peak, MB',
      measured: Math.max(...results.filter((r) => r.mode === 'gateway').map((r) => r.rss)),
      atMost: 1024,
    },
  ],
})
process.exit(isMet ? 0 : 1)
