/**
 * Vector tiles of the city's ground. The address in TileJSON names the version, so browsers keep a tile for ever; an address without
 * one, or with that of another pack, is answered with the present tile and asked for again. Empty: 204. No such tile in the world: 404.
 */
import { Router, type Request, type Response } from 'express'
import { TilesBusy, type MapTiles, type TileSet } from '../ports/tiles.ts'
import type { Guard } from './guard.ts'
import { part } from './guard.ts'
import { isKnown, pack, sendPacked, unzip } from './packed.ts'
import { no } from './reply.ts'

const forever = 'private, max-age=31536000, immutable'
const askAgain = 'private, no-cache'
const sent = { body: null }

/** TileJSON 3.0; addresses are of the host that answers. */
const tileJson = (set: TileSet, attribution: string) => ({
  tilejson: '3.0.0',
  scheme: 'xyz',
  tiles: [`/map/tiles/${set.version}/{z}/{x}/{y}.mvt`],
  minzoom: set.minzoom,
  maxzoom: set.maxzoom,
  ...(set.bounds ? { bounds: set.bounds } : {}),
  attribution,
  vector_layers: set.layers,
  letters: set.letters,
})

const whole = (text: string): number => (/^(?:0|[1-9]\d{0,8})$/.test(text) ? Number(text) : Number.NaN)

/** Which tile is asked for; null where there is none of that number. */
function tileIn(request: Request, set: TileSet): readonly [z: number, x: number, y: number] | null {
  const [z, x] = [whole(part(request, 'z')), whole(part(request, 'x'))]
  const y = whole(/^(.*)\.mvt$/.exec(part(request, 'file'))?.[1] ?? '')
  const isThere = z >= set.minzoom && z <= set.maxzoom && x < 2 ** z && y < 2 ** z
  return isThere ? [z, x, y] : null
}

async function sendTile(request: Request, response: Response, tile: Buffer | null, etag: string, cache: string) {
  response.set({ ETag: etag, 'Cache-Control': cache, Vary: 'Accept-Encoding' })
  if (isKnown(request, etag)) return void response.status(304).end()
  if (tile === null) return void response.status(204).end()
  const isZipped = request.acceptsEncodings('gzip') === 'gzip'
  const bytes = isZipped ? tile : await unzip(tile)
  if (isZipped) response.set('Content-Encoding', 'gzip')
  response.set({ 'Content-Type': 'application/vnd.mapbox-vector-tile', 'Content-Length': String(bytes.length) })
  response.status(200).end(request.method === 'HEAD' ? undefined : bytes)
}

export function tileRoutes(deps: { tiles: MapTiles; attribution: string; guard: Guard }): Router {
  const { tiles, attribution, guard } = deps
  const router = Router()
  router.get(
    '/tiles.json',
    guard('city', async (request, _asker, response) => {
      const text = JSON.stringify(tileJson(await tiles.describe(), attribution))
      sendPacked(request, response, await pack(Buffer.from(text), 'application/json; charset=utf-8', true), askAgain)
      return sent
    }),
  )
  router.get(
    ['/tiles/:z/:x/:file', '/tiles/:version/:z/:x/:file'],
    guard('city', async (request, _asker, response) => {
      const set = await tiles.describe()
      const at = tileIn(request, set)
      if (at === null) return no('NOT_FOUND', `no such tile: zooms ${set.minzoom} to ${set.maxzoom}`)
      try {
        const tile = await tiles.tile(...at)
        const isCurrent = part(request, 'version') === set.version
        const etag = `"${[set.version, ...at].join('-')}"`
        await sendTile(request, response, tile, etag, isCurrent ? forever : askAgain)
        return sent
      } catch (error) {
        if (error instanceof TilesBusy) return no('BUSY', error.message, { retryAfterS: 1 })
        throw error
      }
    }),
  )
  return router
}
