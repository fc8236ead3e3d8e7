/** The thread that makes tiles: reads the pack once, then answers orders one after another, in the order they came. */
import { parentPort, workerData } from 'node:worker_threads'
import { gzipSync } from 'node:zlib'
import { cutTile } from './cut-tile.ts'
import { readGround } from './ground.ts'
import { tileZooms } from './tile-layers.ts'
import type { TileAnswer, TileOrder } from './tile-messages.ts'

const port = parentPort
if (port === null) throw new Error('tiles are made in a thread of their own')
const ground = await readGround((workerData as { packDir: string }).packDir)
const say = (answer: TileAnswer) => port.postMessage(answer)

port.on('message', ({ id, z, x, y }: TileOrder) => {
  try {
    const tile = cutTile(ground, z, x, y)
    say({ kind: 'tile', id, bytes: tile === null ? null : gzipSync(tile, { level: 6 }) })
  } catch (error) {
    // One shape that cannot be cut costs its tile, not the thread.
    say({ kind: 'failed', id, problem: error instanceof Error ? error.message : String(error) })
  }
})
say({
  kind: 'ready',
  bounds: ground.bounds,
  letters: ground.letters,
  layers: ground.layers.map(({ id, fieldKinds, fromZoom }) => ({
    id,
    fields: fieldKinds,
    minzoom: fromZoom.reduce((least, zoom) => Math.min(least, zoom), tileZooms.max),
    maxzoom: tileZooms.max,
  })),
})
