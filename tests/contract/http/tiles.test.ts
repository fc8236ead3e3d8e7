import { gunzipSync } from 'node:zlib'
import { get } from 'node:http'
import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMapTiles } from '../../../server/src/city/tiles/map-tiles.ts'
import { TilesBusy, type MapTiles } from '../../../server/src/ports/tiles.ts'
import { startMemoryServer, type MemoryServer } from '../../support/memory-server.ts'
import { newDataDir } from '../../support/program.ts'
import { tileOf, tilePack } from '../../support/tile-pack.ts'

interface TileJson {
  tiles: string[]
  bounds: number[]
  minzoom: number
  maxzoom: number
  attribution: string
  vector_layers: { id: string; fields: Record<string, string>; minzoom: number }[]
}
const quiet = () => undefined
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet }
const at = tileOf(16, [0.52, 0.505])
const unversioned = `/map/tiles/${at.join('/')}.mvt`

let tiles: MapTiles
let server: MemoryServer
let cookie: string
beforeAll(async () => {
  tiles = createMapTiles({ packDir: tilePack(), dataDir: newDataDir(), log })
  server = await startMemoryServer({ parts: { tiles } })
  cookie = await server.signIn('duty')
})
afterAll(async () => {
  await server.close()
  await tiles.close()
})

const tileJson = async () => (await (await server.fetch('/map/tiles.json', { cookie })).json()) as TileJson
const currentPath = async () => {
  const [pattern = ''] = (await tileJson()).tiles
  return pattern.replace('{z}', `${at[0]}`).replace('{x}', `${at[1]}`).replace('{y}', `${at[2]}`)
}
/** No automatic decompression, any header. */
const raw = (path: string, headers: Record<string, string>) =>
  new Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }>((done, broken) => {
    get(server.url + path, { headers: { cookie, ...headers } }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => void chunks.push(chunk))
      response.on('end', () =>
        done({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      )
    }).on('error', broken)
  })

describe('TileJSON', () => {
  it('says what there is, where, and of which version', async () => {
    const answer = await server.fetch('/map/tiles.json', { cookie })
    expect(answer.headers.get('cache-control')).toBe('private, no-cache')
    const json = (await answer.json()) as TileJson
    expect(json).toMatchObject({ tilejson: '3.0.0', minzoom: 6, maxzoom: 16, attribution: 'a small city' })
    expect(json.tiles).toEqual([expect.stringMatching(/^\/map\/tiles\/[\da-f]{16}\/\{z\}\/\{x\}\/\{y\}\.mvt$/)])
    expect(json.bounds.map((degrees) => Math.round(degrees * 100) / 100)).toEqual([121, 31, 121.04, 31.04])
    expect(json.vector_layers.map(({ id }) => id)).toEqual([
      ...['green', 'water', 'boundaries', 'rail', 'roads', 'buildings', 'places', 'cameras', 'parts', 'names'],
    ])
    const etag = answer.headers.get('etag') ?? ''
    expect((await raw('/map/tiles.json', { 'if-none-match': etag })).status).toBe(304)
  })
})

describe('a tile', () => {
  it('is sent zipped, kept for ever under its version, and not sent twice', async () => {
    const path = await currentPath()
    const answer = await raw(path, { 'accept-encoding': 'gzip' })
    expect(answer.status).toBe(200)
    expect(answer.headers).toMatchObject({
      'content-type': 'application/vnd.mapbox-vector-tile',
      'content-encoding': 'gzip',
      'content-length': String(answer.body.length),
      'cache-control': 'private, max-age=31536000, immutable',
      vary: 'Accept-Encoding',
    })
    const { layers } = new VectorTile(new PbfReader(gunzipSync(answer.body)))
    expect(Object.keys(layers)).toContain('parts')
    const etag = String(answer.headers['etag'])
    const known = await raw(path, { 'if-none-match': `"other", ${etag}` })
    expect([known.status, known.body.length]).toEqual([304, 0])
    expect((await raw(path, { 'if-none-match': '"other"' })).status).toBe(200)
  })

  it('is sent plain to who cannot unzip', async () => {
    const path = await currentPath()
    const plain = await raw(path, { 'accept-encoding': 'identity' })
    expect(plain.headers['content-encoding']).toBeUndefined()
    expect(plain.body).toEqual(gunzipSync((await raw(path, { 'accept-encoding': 'gzip' })).body))
  })

  it('without a version, or of another, is the present one and asked for again', async () => {
    const current = await raw(await currentPath(), {})
    for (const path of [unversioned, `/map/tiles/0123456789abcdef/${at.join('/')}.mvt`]) {
      const answer = await raw(path, {})
      expect(answer.body).toEqual(current.body)
      expect(answer.headers['cache-control']).toBe('private, no-cache')
      expect(answer.headers['etag']).toBe(current.headers['etag'])
    }
  })

  it('with nothing in it is 204, within the city and beyond', async () => {
    for (const path of [`/map/tiles/16/${at[1]}/${at[2] + 40}.mvt`, '/map/tiles/16/0/0.mvt', '/map/tiles/6/63/63.mvt'])
      expect((await raw(path, {})).status, path).toBe(204)
  })

  it.each([
    '5/1/1.mvt',
    '17/1/1.mvt',
    '6/64/1.mvt',
    '6/1/64.mvt',
    '6/-1/1.mvt',
    '6/1/1',
    '6/1/1.pbf',
    '6/1.5/1.mvt',
    '06/1/1.mvt',
    '6/1/1e1.mvt',
    '6/x/y.mvt',
    'a/b/6/1/1.mvt',
  ])('%s does not exist', async (path) => {
    const answer = await server.fetch(`/map/tiles/${path}`, { cookie })
    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({ error: { code: 'NOT_FOUND' } })
  })

  it('is for those who may read the city', async () => {
    for (const path of ['/map/tiles.json', unversioned]) {
      expect((await server.fetch(path)).status).toBe(401)
      expect((await server.fetch(path, { cookie: await server.signIn('auditor') })).status).toBe(403)
      expect((await server.fetch(path, { cookie: await server.signIn('wall') })).status).toBe(200)
    }
  })
})

it('too many at once are told to ask again', async () => {
  const busy = await startMemoryServer({
    parts: { tiles: { ...tiles, tile: () => Promise.reject(new TilesBusy()) } },
  })
  const answer = await busy.fetch(unversioned, { cookie: await busy.signIn('duty') })
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1'])
  await busy.close()
})
