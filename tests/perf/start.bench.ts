/** Start: from spawn to ready with a log of a million events, beside the start of an empty city in the same run. */
import { startProgram } from './support/child.ts'
import { median, memoryMb } from './support/measure.ts'
import { conclude } from './support/report.ts'
import { city, newDataDir, startServer } from '../support/program.ts'

const events = Number(process.env.START_EVENTS ?? 1_000_000)
const dataDir = newDataDir()
const pack = await city()
const made = await startProgram<{ events: number; perSecond: number }>('make-log', [dataDir, pack, String(events)])
await made.stop()

async function starts(dir: string, times: number) {
  const seconds: number[] = []
  let peak = 0
  for (let i = 0; i < times; i++) {
    const server = await startServer({ dataDir: dir, env: { CITY: pack } })
    seconds.push(server.startS)
    peak = Math.max(peak, memoryMb(server.pid).peak)
    // Killed, so that each start has the same tail to fold as the first.
    await server.stop('SIGKILL')
  }
  return { seconds, peak }
}
const empty = newDataDir()
const first = await starts(empty, 1)
const again = await starts(empty, 3)
const full = await starts(dataDir, 3)

const isMet = conclude({
  bench: 'start',
  results: { made: made.hello, first, again, full },
  tables: [
    {
      title: `start, spawn to ready; making that log took ${Math.round(made.hello.events / made.hello.perSecond)} s`,
      head: ['DATA_DIR', 's', 'peak MB'],
      rows: [
        ['empty: makes the database', first.seconds[0] ?? Number.NaN, Math.round(first.peak)],
        ['of an empty city, second start', median(again.seconds), Math.round(again.peak)],
        [`${made.hello.events.toLocaleString('en')} events in the log`, median(full.seconds), Math.round(full.peak)],
      ],
    },
  ],
  goals: [
    { name: 'start with 10⁶ events, s', measured: median(full.seconds), atMost: 10 },
    { name: 'second start, s', measured: median(again.seconds), atMost: 5 },
    { name: 'server memory peak, MB', measured: Math.max(first.peak, again.peak, full.peak), atMost: 1024 },
  ],
})
process.exit(isMet ? 0 : 1)
