/**
 * Tiles that have been made: the latest in memory, all of them as files of one version. Guarantees a bound on memory, that a file is
 * whole or not there, and that other versions go. A disk that fails costs speed, never a tile.
 */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Gzipped bytes; null = nothing is drawn there. */
export type KeptTile = Buffer | null

export interface TileStore {
  /** undefined = has not been made. */
  read(name: string): Promise<KeptTile | undefined>
  keep(name: string, tile: KeptTile): Promise<void>
  readNote(): Promise<unknown>
  writeNote(note: unknown): Promise<void>
}

/** What an entry costs beside its bytes. */
const entryBytes = 200

export async function openTileStore(options: {
  folder: string
  version: string
  memoryBytes: number
  onFault: (error: unknown) => void
}): Promise<TileStore> {
  const { folder, version, memoryBytes, onFault } = options
  const own = join(folder, version)
  const kept = new Map<string, KeptTile>()
  let keptBytes = 0
  let isDiskWell = true
  const trouble = (error: unknown) => {
    if (isDiskWell) onFault(error)
    isDiskWell = false
  }
  const weight = (tile: KeptTile) => entryBytes + (tile?.length ?? 0)
  const remember = (name: string, tile: KeptTile) => {
    if (kept.has(name)) return
    kept.set(name, tile)
    keptBytes += weight(tile)
    for (const [oldest, its] of kept) {
      if (keptBytes <= memoryBytes) break
      kept.delete(oldest)
      keptBytes -= weight(its)
    }
  }
  const write = async (file: string, bytes: Uint8Array | string) => {
    const path = join(own, file)
    const fresh = `${path}.${process.pid}`
    try {
      await writeFile(fresh, bytes)
      await rename(fresh, path)
      isDiskWell = true
    } catch (error) {
      trouble(error)
    }
  }
  try {
    await mkdir(own, { recursive: true })
    for (const other of await readdir(folder))
      if (other !== version) await rm(join(folder, other), { recursive: true, force: true })
  } catch (error) {
    trouble(error)
  }

  return {
    async read(name) {
      const known = kept.get(name)
      if (known !== undefined) {
        // Back to the young end.
        kept.delete(name)
        kept.set(name, known)
        return known
      }
      const bytes = await readFile(join(own, name)).catch(() => undefined)
      if (bytes === undefined) return undefined
      const tile = bytes.length === 0 ? null : bytes
      remember(name, tile)
      return tile
    },
    async keep(name, tile) {
      remember(name, tile)
      await write(name, tile ?? '')
    },
    async readNote() {
      const text = await readFile(join(own, 'set.json'), 'utf8').catch(() => null)
      try {
        return text === null ? null : (JSON.parse(text) as unknown)
      } catch {
        return null
      }
    },
    writeNote: (note) => write('set.json', JSON.stringify(note)),
  }
}
