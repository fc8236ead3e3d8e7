/**
 * The `MapTiles` port: a tile is made once, when first asked for, and then kept as a file under DATA_DIR/tiles/VERSION. Guarantees that
 * two who ask for one tile make it once, and that what is kept was made from this pack by this program.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { Log } from '../../ports/log.ts'
import type { MapTiles, TileSet } from '../../ports/tiles.ts'
import { tileFiles, tileZooms } from './tile-layers.ts'
import { createTileMaker } from './tile-maker.ts'
import type { Made } from './tile-messages.ts'
import { openTileStore, type TileStore } from './tile-store.ts'
import { isTileWithin } from './web-mercator.ts'

/** Of how tiles are made: raised with every change of what is in them. */
const format = 3

export interface MapTilesOptions {
  readonly packDir: string
  readonly dataDir: string
  readonly log: Log
  readonly memoryBytes?: number
  /** How long the maker stays when nobody needs it. */
  readonly idleMs?: number
}

/** Of the pack's bytes and the format. */
async function versionOf(packDir: string): Promise<string> {
  const hash = createHash('sha256').update(`tiles ${format}\n`)
  for (const file of tileFiles) {
    const path = join(packDir, file)
    const isThere = await access(path).then(
      () => true,
      () => false,
    )
    hash.update(`${file} ${isThere}\n`)
    if (isThere) for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  }
  return hash.digest('hex').slice(0, 16)
}

interface Opened {
  readonly store: TileStore
  readonly set: TileSet
}

/** Does nothing until it is asked. */
export function createMapTiles(options: MapTilesOptions): MapTiles {
  const { packDir, dataDir, log, memoryBytes = 32 * 1024 * 1024, idleMs = 120_000 } = options
  const maker = createTileMaker(packDir, idleMs)
  const onFault = (error: unknown) =>
    log.warn({ error }, 'map tiles cannot be kept on disk: each start makes them again')
  const making = new Map<string, Promise<Buffer | null>>()
  let opened: Promise<Opened> | null = null

  async function open(): Promise<Opened> {
    const version = await versionOf(packDir)
    const store = await openTileStore({ folder: join(dataDir, 'tiles'), version, memoryBytes, onFault })
    const noted = (await store.readNote()) as Made | null
    const { bounds, layers, letters } = noted ?? (await maker.describe())
    if (noted === null) await store.writeNote({ bounds, layers, letters })
    return { store, set: { version, minzoom: tileZooms.min, maxzoom: tileZooms.max, bounds, layers, letters } }
  }
  const ask = () => {
    opened ??= open().catch((error: unknown) => {
      opened = null
      throw error
    })
    return opened
  }
  async function make(name: string, store: TileStore, z: number, x: number, y: number): Promise<Buffer | null> {
    const bytes = await maker.make(z, x, y)
    const tile = bytes === null ? null : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    await store.keep(name, tile)
    return tile
  }

  return {
    describe: async () => (await ask()).set,
    async tile(z, x, y) {
      const { store, set } = await ask()
      if (set.bounds === null || !isTileWithin(set.bounds, z, x, y)) return null
      const name = `${z}-${x}-${y}.mvt.gz`
      const known = await store.read(name)
      if (known !== undefined) return known
      const present = making.get(name)
      if (present) return present
      const made = make(name, store, z, x, y).finally(() => making.delete(name))
      making.set(name, made)
      return made
    },
    close: () => maker.close(),
  }
}
