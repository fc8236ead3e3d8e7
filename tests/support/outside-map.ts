/** Somebody else's map service on a port of its own: a style, TileJSON, vector tiles, pictures and a sprite; it can fall ill. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { deflateSync } from 'node:zlib'

export interface OutsideMap {
  readonly url: string
  /** Paths asked for, in order. */
  readonly asked: string[]
  /** What it answers everything with from now on; null = as it should. */
  fail(status: number | 'hang-up' | null, only?: RegExp): void
  /** Changes what the style says. */
  style: Record<string, unknown>
  close(): Promise<void>
}

function chunk(type: string, body: Buffer): Buffer {
  const data = Buffer.concat([Buffer.from(type), body])
  let crc = ~0
  for (const byte of data) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(body.length)
  check.writeUInt32BE(~crc >>> 0)
  return Buffer.concat([length, data, check])
}
/** A picture of one colour. */
export function picture(side: number, [red, green, blue]: readonly [number, number, number]): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(side, 0)
  head.writeUInt32BE(side, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const row = Buffer.from([0, ...Array.from({ length: side }, () => [red, green, blue]).flat()])
  const rows = Buffer.concat(Array.from({ length: side }, () => row))
  const start = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([start, chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))])
}
const tile = picture(256, [32, 64, 48])
const mark = picture(16, [200, 200, 200])

export const outsideStyle = {
  version: 8,
  name: 'somebody else’s',
  center: [0, 0],
  zoom: 3,
  projection: { type: 'globe' },
  glyphs: 'fonts/{fontstack}/{range}.pbf',
  sprite: 'sprite?key=1',
  sources: {
    ground: {
      type: 'raster',
      tiles: ['tiles/{z}/{x}/{y}.png?key=1'],
      tileSize: 256,
      maxzoom: 18,
      attribution: '<a href="x">&copy; Somebody</a>',
    },
    names: { type: 'geojson', data: 'names.geojson' },
  },
  layers: [
    { id: 'background', type: 'background', paint: { 'background-color': '#203040' } },
    { id: 'ground', type: 'raster', source: 'ground' },
    {
      id: 'incidents',
      type: 'symbol',
      source: 'names',
      layout: { 'text-field': ['get', 'name'], 'text-font': ['Open Sans Regular'], 'icon-image': 'dot' },
    },
  ],
}

export async function startOutsideMap(): Promise<OutsideMap> {
  const asked: string[] = []
  let ill: { how: number | 'hang-up'; only: RegExp } | null = null
  const map = { style: outsideStyle as Record<string, unknown> }
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    asked.push(path)
    if (ill?.only.test(path)) {
      if (ill.how === 'hang-up') request.socket.destroy()
      else response.writeHead(ill.how).end('<script>no</script>')
      return
    }
    const json = (body: unknown) => response.writeHead(200, { 'content-type': 'text/html' }).end(JSON.stringify(body))
    const file = path.split('?')[0] ?? ''
    if (file === '/style.json') json(map.style)
    else if (file === '/tiles.json')
      json({ tilejson: '3.0.0', tiles: ['vector/{z}/{x}/{y}.pbf'], minzoom: 2, maxzoom: 9 })
    else if (file === '/names.geojson')
      json({
        type: 'FeatureCollection',
        features: [
          { type: 'Feature', properties: { name: '外图' }, geometry: { type: 'Point', coordinates: [122.93, 31] } },
        ],
      })
    else if (/^\/sprite(@2x)?\.json$/.test(file)) json({ dot: { x: 0, y: 0, width: 16, height: 16, pixelRatio: 1 } })
    else if (/^\/sprite(@2x)?\.png$/.test(file)) response.writeHead(200, { 'content-type': 'image/png' }).end(mark)
    else if (file.startsWith('/tiles/'))
      response
        .writeHead(200, { 'content-type': 'text/html', 'cache-control': 'public, max-age=60', etag: '"t"' })
        .end(tile)
    else if (file === '/away') response.writeHead(302, { location: '/style.json' }).end()
    else if (file === '/round') response.writeHead(302, { location: '/round' }).end()
    else response.writeHead(404).end()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return Object.assign(map, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    fail(how: number | 'hang-up' | null, only = /^/) {
      ill = how === null ? null : { how, only }
    },
    async close() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  })
}
