/**
 * The outside base map, as if it were ours: its style with our addresses, and behind them what it names; and the keeper's own files of
 * `DATA_DIR/basemap`. Whatever comes from elsewhere is sent as what was asked for, so that it can never be a page or a script.
 */
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Router } from 'express'
import { baseMapFile, baseMapFolder, type BaseMapAnswer } from '../../../shared/contract/base-map.ts'
import { OutsideFault, type BaseMap } from '../ports/base-map.ts'
import type { Guard } from './guard.ts'
import { isKnown, unzip } from './packed.ts'
import { no } from './reply.ts'

/** What the other side says of keeping, where it is short and plain; else pages ask each time. */
const keeping = (said: string | null): string => {
  const seconds = /max-age=(\d{1,9})/.exec(said ?? '')?.[1]
  return seconds === undefined || /no-store|no-cache/.test(said ?? '')
    ? 'private, no-cache'
    : `private, max-age=${seconds}`
}
const sent = { body: null }
/** Files a base map is made of, and nothing a browser would run. */
const types: Readonly<Record<string, string>> = {
  '.json': 'application/json; charset=utf-8',
  '.geojson': 'application/geo+json; charset=utf-8',
  '.pbf': 'application/vnd.mapbox-vector-tile',
  '.mvt': 'application/vnd.mapbox-vector-tile',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
}
const zipped = new Set(['.pbf', '.mvt'])

async function isZipped(file: string): Promise<boolean> {
  const handle = await open(file)
  try {
    const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0)
    return buffer.readUInt16BE() === 0x1f8b
  } finally {
    await handle.close()
  }
}

export function baseMapRoutes(deps: { baseMap: BaseMap; dataDir: string; guard: Guard }): Router {
  const { baseMap, dataDir, guard } = deps
  const router = Router()
  router.get(
    '/basemap.json',
    guard('city', async (_request, _asker, response) => {
      const body: BaseMapAnswer = await baseMap.state()
      response.set('Cache-Control', 'no-store')
      response.json(body)
      return sent
    }),
  )
  router.get(
    '/outside/*path',
    guard('city', async (request, _asker, response) => {
      const known = request.headers['if-none-match'] ?? null
      try {
        const answer = await baseMap.ask(request.path.slice('/outside/'.length), known)
        if (answer === null) return no('NOT_FOUND', 'the base map names no such thing')
        const { status, bytes, type, etag, cacheControl } = answer
        response.set({
          'Cache-Control': keeping(cacheControl),
          Vary: 'Accept-Encoding',
          ...(etag ? { ETag: etag } : {}),
        })
        if (status !== 200) {
          response.status(status).end()
          return sent
        }
        const asIs = !answer.isZipped || request.acceptsEncodings('gzip') === 'gzip'
        const body = asIs ? bytes : await unzip(bytes)
        if (answer.isZipped && asIs) response.set('Content-Encoding', 'gzip')
        response.set({ 'Content-Type': type, 'Content-Length': String(body.length) })
        response.status(200).end(request.method === 'HEAD' ? undefined : body)
        return sent
      } catch (error) {
        if (error instanceof OutsideFault) return no('BUSY', 'the outside base map does not answer', { retryAfterS: 5 })
        throw error
      }
    }),
  )
  router.get(
    '/basemap/*path',
    guard('city', async (request, _asker, response) => {
      const name = baseMapFile(`/map${request.path}`)
      const type = types[extname(request.path)]
      const file = join(dataDir, baseMapFolder.name, name ?? '')
      const info = name === null || type === undefined ? null : await stat(file).catch(() => null)
      if (!info?.isFile()) return no('NOT_FOUND', 'no such file')
      const etag = `"${info.mtimeMs.toString(36)}-${info.size.toString(36)}"`
      response.set({ ETag: etag, 'Cache-Control': 'private, no-cache', 'Content-Type': type })
      if (isKnown(request, etag)) {
        response.status(304).end()
        return sent
      }
      if (zipped.has(extname(file)) && (await isZipped(file))) response.set('Content-Encoding', 'gzip')
      response.set('Content-Length', String(info.size))
      if (request.method === 'HEAD') response.end()
      else await pipeline(createReadStream(file), response)
      return sent
    }),
  )
  return router
}
