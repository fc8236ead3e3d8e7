/**
 * An `.osm.pbf` on disk, block by block. Guarantees: at most one block is in memory, no size in the file is believed beyond
 * what the format allows (a header of 64 KiB, a block of 32 MiB, packed or not), and every refusal names the file and the
 * byte. The first reading learns which blocks hold what, so that later ones only unpack what they need.
 */
import { open, type FileHandle } from 'node:fs/promises'
import { inflateSync } from 'node:zlib'
import { PbfReader } from 'pbf'
import { OsmFileError, type ElementCounts, type ElementListener } from '../osm/element.ts'
import { readHeaderBlock, readPrimitiveBlock } from '../osm/read-block.ts'

const maxHeaderBytes = 64 * 1024
const maxBlockBytes = 32 * 1024 * 1024

interface BlockPlace {
  readonly at: number
  readonly length: number
  /** Known after the first reading. */
  counts: ElementCounts | null
}

/** Files people give by mistake, by how they begin. */
const mistaken: readonly (readonly [begins: readonly number[], what: string])[] = [
  [[0x3c], 'OSM as XML text; write it as .osm.pbf first (osmium cat FILE.osm -o FILE.osm.pbf)'],
  [[0xef, 0xbb, 0xbf], 'text, not an .osm.pbf file'],
  [[0x7b], 'JSON text, not an .osm.pbf file; GeoJSON divisions go behind --divisions'],
  [[0x1f, 0x8b], 'packed with gzip; unpack it first'],
  [[0x42, 0x5a, 0x68], 'packed with bzip2; unpack it first'],
  [[0x50, 0x4b], 'a ZIP archive; unpack it first'],
  [[0x6f, 0x35, 0x6d], 'in the o5m format; write it as .osm.pbf first (osmium cat)'],
]

const packings: Readonly<Record<number, string>> = { 4: 'LZMA', 5: 'bzip2', 6: 'LZ4', 7: 'Zstandard' }

function unpack(bytes: Uint8Array): Uint8Array {
  const pbf = new PbfReader(bytes)
  let raw: Uint8Array | null = null
  let zlib: Uint8Array | null = null
  let rawBytes = -1
  let packing = ''
  pbf.readFields((field) => {
    if (field === 1) raw = pbf.readBytes()
    else if (field === 2) rawBytes = pbf.readVarint()
    else if (field === 3) zlib = pbf.readBytes()
    else packing = packings[field] ?? packing
  }, null)
  if (pbf.pos > bytes.length) throw new OsmFileError('its fields lead past its end')
  if (raw) return raw
  if (!zlib)
    throw new OsmFileError(
      packing ? `packed with ${packing}; this importer reads zlib and unpacked blocks` : 'there is nothing in it',
    )
  if (rawBytes > maxBlockBytes)
    throw new OsmFileError(`said to unpack to ${rawBytes} bytes; ${maxBlockBytes} are allowed`)
  const data = inflateSync(zlib, { maxOutputLength: maxBlockBytes })
  if (rawBytes >= 0 && data.length !== rawBytes)
    throw new OsmFileError(`unpacks to ${data.length} bytes, said to be ${rawBytes}`)
  return data
}

export interface OsmFile {
  readonly bytes: number
  /** Of the whole file; known after the first reading. */
  readonly counts: ElementCounts
  /** Hears the elements the listener wants, in the file's order. `onProgress` is told after each block how far it is. */
  read(listener: ElementListener, onProgress?: (doneBytes: number) => void): Promise<void>
  close(): Promise<void>
}

class OpenOsmFile implements OsmFile {
  readonly #file: FileHandle
  readonly #name: string
  readonly bytes: number
  readonly counts: ElementCounts = { nodes: 0, ways: 0, relations: 0 }
  #blocks: BlockPlace[] | null = null

  constructor(file: FileHandle, name: string, bytes: number) {
    this.#file = file
    this.#name = name
    this.bytes = bytes
  }

  close(): Promise<void> {
    return this.#file.close()
  }

  #refuse(at: number, what: string): OsmFileError {
    return new OsmFileError(`${this.#name}: block at byte ${at}: ${what}`)
  }

  async #bytesAt(at: number, length: number, blockAt: number): Promise<Uint8Array> {
    if (at + length > this.bytes)
      throw this.#refuse(blockAt, `${at + length - this.bytes} bytes are missing: the file is cut off`)
    const bytes = new Uint8Array(length)
    for (let done = 0; done < length;) {
      const { bytesRead } = await this.#file.read(bytes, done, length - done, at + done)
      if (bytesRead === 0) throw this.#refuse(blockAt, 'the file became shorter while it was read')
      done += bytesRead
    }
    return bytes
  }

  /** Where the next block's data lies, and of which type it is. */
  async #headAt(at: number): Promise<{ readonly type: string; readonly dataAt: number; readonly length: number }> {
    const size = await this.#bytesAt(at, 4, at)
    const headBytes = new DataView(size.buffer).getUint32(0)
    if (headBytes === 0 || headBytes > maxHeaderBytes)
      throw this.#refuse(at, `its header is said to have ${headBytes} bytes; at most ${maxHeaderBytes} are allowed`)
    const head = await this.#bytesAt(at + 4, headBytes, at)
    let type = ''
    let length = -1
    try {
      const pbf = new PbfReader(head)
      pbf.readFields((field) => {
        if (field === 1) type = pbf.readString()
        else if (field === 3) length = pbf.readVarint()
      }, null)
    } catch (error) {
      throw this.#refuse(at, `its header is damaged: ${error instanceof Error ? error.message : String(error)}`)
    }
    if (!(length >= 0 && length <= maxBlockBytes))
      throw this.#refuse(
        at,
        length < 0 ? 'its header gives no size' : `said to have ${length} bytes; at most ${maxBlockBytes} are allowed`,
      )
    return { type, dataAt: at + 4 + headBytes, length }
  }

  async #unpacked(place: BlockPlace): Promise<Uint8Array> {
    const packed = await this.#bytesAt(place.at, place.length, place.at)
    try {
      return unpack(packed)
    } catch (error) {
      throw this.#refuse(place.at, error instanceof Error ? error.message : String(error))
    }
  }

  #decode<T>(place: BlockPlace, read: () => T): T {
    try {
      return read()
    } catch (error) {
      throw error instanceof OsmFileError ? this.#refuse(place.at, error.message) : error
    }
  }

  /** Refuses what does not begin like an `.osm.pbf`, in words for what it is. */
  async checkBeginning(): Promise<void> {
    if (this.bytes === 0) throw new OsmFileError(`${this.#name}: the file is empty`)
    const begins = await this.#bytesAt(0, Math.min(16, this.bytes), 0)
    const mistake = mistaken.find(([start]) => start.every((byte, i) => begins[i] === byte))
    if (mistake) throw new OsmFileError(`${this.#name}: ${mistake[1]}`)
    // Every .osm.pbf begins with a short header of type OSMHeader.
    const isPbf = begins.length >= 6 && begins[0] === 0 && begins[1] === 0 && begins[4] === 0x0a
    if (!isPbf) throw new OsmFileError(`${this.#name}: not an .osm.pbf file`)
  }

  async read(listener: ElementListener, onProgress?: (doneBytes: number) => void): Promise<void> {
    if (this.#blocks === null) return this.#readFirst(listener, onProgress)
    for (const place of this.#blocks) {
      const { counts } = place
      const isWanted =
        counts !== null &&
        ((listener.node && counts.nodes > 0) ||
          (listener.way && counts.ways > 0) ||
          (listener.relation && counts.relations > 0))
      if (isWanted) {
        const data = await this.#unpacked(place)
        this.#decode(place, () => readPrimitiveBlock(data, listener))
      }
      onProgress?.(place.at + place.length)
    }
  }

  async #readFirst(listener: ElementListener, onProgress?: (doneBytes: number) => void): Promise<void> {
    const blocks: BlockPlace[] = []
    let hasHeader = false
    for (let at = 0; at < this.bytes;) {
      const { type, dataAt, length } = await this.#headAt(at)
      const place: BlockPlace = { at: dataAt, length, counts: null }
      if (!hasHeader && type !== 'OSMHeader') throw this.#refuse(at, 'the file does not begin with an OSMHeader')
      if (type === 'OSMHeader') {
        const data = await this.#unpacked(place)
        this.#decode(place, () => readHeaderBlock(data))
        hasHeader = true
      } else if (type === 'OSMData') {
        const data = await this.#unpacked(place)
        const counts = this.#decode(place, () => readPrimitiveBlock(data, listener))
        this.counts.nodes += counts.nodes
        this.counts.ways += counts.ways
        this.counts.relations += counts.relations
        blocks.push({ ...place, counts })
      }
      // Blocks of other types are allowed, and passed over.
      at = dataAt + length
      onProgress?.(at)
    }
    this.#blocks = blocks
  }
}

/** Opens the file and looks at how it begins. Throws `OsmFileError`; the caller closes it. */
export async function openOsmFile(path: string, name: string): Promise<OsmFile> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw new OsmFileError(`${name}: ${error instanceof Error ? error.message : String(error)}`)
  })
  const { size } = await file.stat()
  const opened = new OpenOsmFile(file, name, size)
  try {
    await opened.checkBeginning()
  } catch (error) {
    await file.close()
    throw error
  }
  return opened
}
