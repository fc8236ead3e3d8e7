/**
 * Map tiles over HTTP, of the whole demo city. Warm from memory, warm from disk after a new start, and known by ETag, beside files of the
 * same bytes that express alone gives out in the same run, asked for turn by turn; and what making a tile takes when it is first asked for.
 */
import { writeFileSync } from 'node:fs'
import { Agent, get } from 'node:http'
import { join } from 'node:path'
import { startProgram } from './support/child.ts'
import { memoryMb, quantile } from './support/measure.ts'
import { conclude } from './support/report.ts'
import { city, newDataDir, signIn, startServer } from '../support/program.ts'

/** Tiles taken at each zoom, evenly over the city, and how often each is asked for. */
const perZoom = 100
const zooms = [10, 11, 12, 13, 14, 15, 16]
const rounds = Number(process.env.TILES_ROUNDS ?? 8)
/** What a browser asks for at once, of one host. */
const atOnce = 6

const agent = new Agent({ keepAlive: true, maxSockets: atOnce })
interface Answer {
  readonly status: number
  readonly bytes: Buffer
  readonly etag: string
  readonly ms: number
}
/** Until the last byte. */
const ask = (url: string, headers: Record<string, string> = {}): Promise<Answer> =>
  new Promise((done, broken) => {
    const startedAt = performance.now()
    get(url, { agent, headers: { 'accept-encoding': 'gzip', ...headers } }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => void chunks.push(chunk))
      response.on('end', () =>
        done({
          status: response.statusCode ?? 0,
          bytes: Buffer.concat(chunks),
          etag: String(response.headers.etag),
          ms: performance.now() - startedAt,
        }),
      )
    }).on('error', broken)
  })

interface TileJson {
  readonly tiles: readonly [string]
  readonly bounds: readonly [number, number, number, number]
}
/** Addresses of tiles spread evenly over the bounds. */
function addresses({ tiles: [pattern], bounds: [west, south, east, north] }: TileJson): string[] {
  const column = (lon: number, z: number) => Math.floor((lon / 360 + 0.5) * 2 ** z)
  const row = (lat: number, z: number) => {
    const sine = Math.sin((lat * Math.PI) / 180)
    return Math.floor((0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * 2 ** z)
  }
  return zooms.flatMap((z) => {
    const all: string[] = []
    for (let x = column(west, z); x <= column(east, z); x++)
      for (let y = row(north, z); y <= row(south, z); y++)
        all.push(pattern.replace('{z}', `${z}`).replace('{x}', `${x}`).replace('{y}', `${y}`))
    const step = Math.max(1, all.length / perZoom)
    return Array.from({ length: Math.min(perZoom, all.length) }, (_, i) => all[Math.floor(i * step)] as string)
  })
}

const dataDir = newDataDir()
const pack = await city('full')
const files = newDataDir()
const env = { CITY: pack }
const start = async () => {
  const server = await startServer({ dataDir, env })
  return { server, cookie: await signIn(server.url, 'duty') }
}

let { server, cookie } = await start()
const described = await ask(`${server.url}/map/tiles.json`, { cookie, 'accept-encoding': 'identity' })
const tileJson = JSON.parse(described.bytes.toString()) as TileJson
const paths: string[] = []
const cold: number[] = []
const sizes: number[] = []
for (const path of addresses(tileJson)) {
  const { status, bytes, ms } = await ask(server.url + path, { cookie })
  if (status === 204) continue
  if (status !== 200) throw new Error(`${path}: ${status}`)
  cold.push(ms)
  sizes.push(bytes.length)
  writeFileSync(join(files, `${paths.length}.bin`), bytes)
  paths.push(path)
}

await server.stop()
;({ server, cookie } = await start())
// The version is read from the pack's bytes once a start, before the first tile.
await ask(`${server.url}/map/tiles.json`, { cookie })
const fromDisk: number[] = []
for (const path of paths) fromDisk.push((await ask(server.url + path, { cookie })).ms)

const plain = await startProgram<{ port: number }>('static-files', [files])
const plainUrl = `http://127.0.0.1:${plain.hello.port}`
const [tile, file, known, tileOfMany, fileOfMany]: number[][] = [[], [], [], [], []] as const
const timed = async (into: number[], wanted: number, url: string, headers?: Record<string, string>) => {
  const answer = await ask(url, headers)
  if (answer.status !== wanted) throw new Error(`${url}: ${answer.status}`)
  into.push(answer.ms)
  return answer
}
for (let round = 0; round < rounds; round++)
  for (const [i, path] of paths.entries()) {
    const { bytes, etag } = await timed(tile as number[], 200, server.url + path, { cookie })
    const other = await timed(file as number[], 200, `${plainUrl}/${i}.bin`)
    if (!bytes.equals(other.bytes)) throw new Error(`${path}: the baseline is not of the same bytes`)
    await timed(known as number[], 304, server.url + path, { cookie, 'if-none-match': etag })
  }
for (let round = 0; round < rounds; round++)
  for (let i = 0; i + atOnce <= paths.length; i += atOnce) {
    const some = Array.from({ length: atOnce }, (_, k) => i + k)
    await Promise.all(some.map((n) => timed(tileOfMany as number[], 200, server.url + paths[n], { cookie })))
    await Promise.all(some.map((n) => timed(fileOfMany as number[], 200, `${plainUrl}/${n}.bin`)))
  }
const peak = memoryMb(server.pid).peak
await plain.stop()
await server.stop()
agent.destroy()

const row = (name: string, values: readonly number[] = []) => [
  name,
  values.length,
  ...[0.5, 0.99, 1].map((q) => quantile(values, q)),
]
const ratio = (q: number) => quantile(tile as number[], q) / quantile(file as number[], q)
const isMet = conclude({
  bench: 'tiles',
  results: { tiles: paths.length, bytes: { median: quantile(sizes, 0.5), largest: quantile(sizes, 1) }, peak },
  tables: [
    {
      title: `${paths.length} tiles of zooms ${zooms[0]} to ${zooms.at(-1)}, ${(quantile(sizes, 0.5) / 1024).toFixed(1)} kB zipped in the middle, ${(quantile(sizes, 1) / 1024).toFixed(0)} kB the largest`,
      head: ['until the last byte', 'answers', 'P50 ms', 'P99 ms', 'max ms'],
      rows: [
        row('tile, from memory', tile),
        row('file of the same bytes, express alone', file),
        row('tile the reader has: 304', known),
        row(`tile, ${atOnce} at once`, tileOfMany),
        row(`file, ${atOnce} at once`, fileOfMany),
        row('tile, from disk after a new start', fromDisk),
        row('tile never asked for before: made', cold),
        row('what there is, first asked for: the pack is read', [described.ms]),
      ],
    },
  ],
  goals: [
    { name: 'warm tile P50, ms', measured: quantile(tile as number[], 0.5), atMost: 10 },
    { name: 'warm tile P99, ms', measured: quantile(tile as number[], 0.99), atMost: 10 },
    { name: 'tile ÷ file of the same bytes, P50', measured: ratio(0.5), atMost: 2 },
    { name: 'tile ÷ file of the same bytes, P99', measured: ratio(0.99), atMost: 3 },
    { name: 'server memory peak, MB', measured: peak, atMost: 1024 },
  ],
})
process.exit(isMet ? 0 : 1)
