/** `npm run replay -- DIR|FILE …`: plays real files through the public doors of a running server. docs/replay.md */
import { readArguments, UsageError } from './entrances/arguments.ts'
import { doorClient, DoorRefusal, ServerAway } from './entrances/door-client.ts'
import { doorKey } from './entrances/door-key.ts'
import { findMapped } from './entrances/replay-files.ts'
import type { ReplayPart } from './entrances/replay-part.ts'
import { readingsPart, wordTime } from './entrances/replay-readings.ts'
import { requestsPart } from './entrances/replay-requests.ts'
import { runReplay, type Progress } from './entrances/replay-run.ts'
import { closingTable, sumOf } from './replay/tally.ts'

const help = `Plays files through the doors of a running server (docs/replay.md).

  replay DIR|FILE [--speed N|max] [--as-now] [--mapping FILE|DIR] [--limit N] [--url URL] [--key KEY] [--strict]

    DIR|FILE        the data; what its columns mean is said by NAME.replay.json beside it, or by --mapping
    --speed N       times real time (default 1); max = as fast as the doors take it
    --as-now        each record is of the moment it is played; else it keeps its own time, as history
    --mapping PATH  a mapping, or a folder of them
    --limit N       at most N rows of each file
    --url URL       the server (default http://127.0.0.1:8080)
    --key KEY       key of the doors (default: INGEST_KEY, else DATA_DIR/keys.json)
    --strict        exit code 1 when anything was refused, skipped or unsure`

const isScreen = process.stderr.isTTY
let told = 0
function tell(words: string, isLast = false): void {
  if (isScreen) process.stderr.write(`\r\x1b[2K${words}${isLast ? '\n' : ''}`)
  else if (isLast || performance.now() - told > 10_000) {
    told = performance.now()
    process.stderr.write(`${words}\n`)
  }
}

const duration = (ms: number): string => {
  const s = Math.round(ms / 1000)
  return s < 90 ? `${s} s` : s < 5400 ? `${Math.round(s / 60)} min` : `${(s / 3600).toFixed(1)} h`
}

function progressLine(parts: readonly ReplayPart[], { at, share, lagMs, etaMs }: Progress, tookMs: number) {
  const accepted = parts.reduce((sum, part) => sum + part.tally.accepted, 0)
  const refused = parts.reduce((sum, part) => sum + sumOf(part.tally.refused), 0)
  return [
    `${wordTime(at)}Z`,
    `${Math.floor(100 * share)} %`,
    `accepted ${accepted} (${Math.round(accepted / (tookMs / 1000))}/s)`,
    ...(refused ? [`refused ${refused}`] : []),
    ...(lagMs > 2000 ? [`behind ${duration(lagMs)}`] : []),
    ...(etaMs === null ? [] : [`${duration(etaMs)} left`]),
  ].join('  ')
}

async function main(): Promise<number> {
  const args = readArguments(
    process.argv.slice(2),
    ['speed', 'mapping', 'limit', 'url', 'key'],
    ['as-now', 'strict', 'help'],
  )
  const [data, ...more] = args.words
  if (args.has('help') || data === undefined) {
    console.log(help)
    return data === undefined && !args.has('help') ? 2 : 0
  }
  if (more.length) throw new UsageError(`one DIR or FILE at a time; also got ${more.join(' ')}`)
  const speed = args.text('speed') === 'max' ? Infinity : args.number('speed', 1, 0.001, 1_000_000)
  const asNow = args.has('as-now')
  const limit = args.text('limit') === null ? Infinity : Math.trunc(args.number('limit', 1, 1, 1e12))
  const url = (args.text('url') ?? `http://127.0.0.1:${process.env['PORT'] ?? '8080'}`).replace(/\/+$/, '')
  const key = await doorKey(args.text('key'), process.env)
  if (key === null) throw new UsageError('no key of the doors: give --key, set INGEST_KEY, or DATA_DIR of the server')
  const mapped = await findMapped(data, args.text('mapping'))

  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort())
  process.once('SIGTERM', () => stop.abort())
  // Whoever forgot to start the server hears so at once; one that goes away later is waited for.
  await doorClient({ url, patienceMs: 3000 }).ask({ path: '/healthz' })
  const client = doorClient({ url, key })
  const parts: ReplayPart[] = []
  for (const file of mapped) {
    tell(`${file.mapping.file}: reading`)
    const { mapping } = file
    parts.push(
      mapping.door === 'open311'
        ? await requestsPart(client, { ...file, mapping }, { limit, asNow })
        : await readingsPart(client, { ...file, mapping }, { limit, asNow }, tell),
    )
  }
  for (const { tally, steps, firstAt, lastAt } of parts)
    tell(
      `${tally.file}: ${steps} rows, ${steps ? `${wordTime(firstAt)}Z to ${wordTime(lastAt)}Z` : 'nothing to play'}`,
      true,
    )
  const began = performance.now()
  let failure: unknown = null
  try {
    await runReplay(parts, {
      speed,
      asNow,
      signal: stop.signal,
      onProgress: (progress) => tell(progressLine(parts, progress, performance.now() - began)),
    })
  } catch (error) {
    failure = error
  }
  tell(`played in ${duration(performance.now() - began)}${stop.signal.aborted ? ', stopped by hand' : ''}`, true)
  const tallies = parts.map((part) => part.tally)
  for (const line of closingTable(tallies)) console.log(line)
  if (client.waits.busy || client.waits.away)
    console.log(`waited for a busy server ${client.waits.busy} times, for an absent one ${client.waits.away} times`)
  if (failure) throw failure
  const isClean = tallies.every((t) => sumOf(t.refused) + sumOf(t.skipped) + t.unsure === 0)
  return args.has('strict') && !isClean ? 1 : 0
}

try {
  process.exitCode = await main()
} catch (error) {
  const isTheirs = error instanceof UsageError || error instanceof ServerAway || error instanceof DoorRefusal
  console.error(isTheirs ? `replay: ${error.message}` : error)
  process.exitCode = error instanceof UsageError ? 2 : 1
}
