/** Start: from spawn to ready with a log of a million events, beside the start of an empty city in the same run. */
import { startProgram } from './support/child.ts'
import { conclude, median, memoryMb, table } from './support/measure.ts'
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

table(
  'start, spawn to ready',
  ['what', 's', 'peak MB'],
  [
    ['empty DATA_DIR (makes the database)', first.seconds[0] ?? Number.NaN, first.peak],
    ['second start of an empty city', median(again.seconds), again.peak],
    [`${made.hello.events.toLocaleString('en')} events in the log`, median(full.seconds), full.peak],
  ],
)
table('making that log', ['events', 'a second'], [[String(made.hello.events), made.hello.perSecond]])
const isMet = conclude('start', { made: made.hello, first, again, full }, [
  { name: 'start with 10⁶ events, s', measured: median(full.seconds), atMost: 10 },
  { name: 'second start, s', measured: median(again.seconds), atMost: 5 },
  { name: 'server memory peak, MB', measured: Math.max(first.peak, again.peak, full.peak), atMost: 1024 },
])
process.exit(isMet ? 0 : 1)
