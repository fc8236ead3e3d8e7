/**
 * Decodes the blocks of an `.osm.pbf` (OSM-binary: HeaderBlock, PrimitiveBlock) from bytes that may be anything. Guarantees:
 * no length in the bytes is believed before it was held against what is there, every loop moves forward, and what does not fit
 * throws `OsmFileError`. Knows nothing of files and compression.
 */
import { PbfReader } from 'pbf'
import { OsmFileError, type ElementCounts, type ElementListener, type Member, type Tags } from './element.ts'

/** Features a file may require of its reader that this one has. */
const knownFeatures = new Set(['OsmSchema-V0.6', 'DenseNodes'])

const broken = (what: string) => new OsmFileError(`the block is damaged: ${what}`)

/** Where the length-delimited value at the reader's place ends, within `limit`. */
function endOf(pbf: PbfReader, limit: number): number {
  if (pbf.type !== 2) throw broken('a value has the wrong type')
  const end = pbf.readVarint() + pbf.pos
  if (!(end >= pbf.pos && end <= limit)) throw broken('a length leads past its end')
  return end
}

/** Walks the fields of a message; what `read` does not take is passed over. */
function eachField(pbf: PbfReader, end: number, read: (field: number) => void): void {
  while (pbf.pos < end) {
    const field = pbf.nextField(end)
    if (field === 0) break
    read(field)
  }
  if (pbf.pos > end) throw broken('a field leads past its end')
  pbf.pos = end
}

function packed(pbf: PbfReader, limit: number, isSigned: boolean): number[] {
  const end = endOf(pbf, limit)
  const values: number[] = []
  while (pbf.pos < end) values.push(isSigned ? pbf.readSVarint() : pbf.readVarint())
  if (pbf.pos > end) throw broken('a list leads past its end')
  return values
}

/** What pbf itself throws on odd bytes is said in our words. */
function guarded<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof OsmFileError) throw error
    throw broken(error instanceof Error ? error.message : String(error))
  }
}

/** Checks a HeaderBlock. Throws where the file requires what this importer does not know. */
export function readHeaderBlock(bytes: Uint8Array): void {
  const required: string[] = []
  guarded(() => {
    const pbf = new PbfReader(bytes)
    eachField(pbf, bytes.length, (field) => {
      if (field === 4) required.push(textAt(pbf, bytes.length))
    })
  })
  const unknown = required.filter((feature) => !knownFeatures.has(feature))
  if (unknown.length) throw new OsmFileError(`the file needs ${unknown.join(', ')}, which this importer does not know`)
}

function textAt(pbf: PbfReader, limit: number): string {
  const at = pbf.pos
  endOf(pbf, limit)
  pbf.pos = at
  return pbf.readString()
}

/** A block's texts, decoded when first asked for: most keys and values are nobody's concern. */
class Texts {
  readonly #pbf: PbfReader
  readonly #places: number[] = []
  readonly #known: (string | undefined)[] = []
  constructor(pbf: PbfReader) {
    this.#pbf = pbf
  }
  read(end: number): void {
    eachField(this.#pbf, end, (field) => {
      if (field !== 1) return
      this.#places.push(this.#pbf.pos)
      this.#pbf.pos = endOf(this.#pbf, end)
    })
  }
  at(index: number): string {
    const known = this.#known[index]
    if (known !== undefined) return known
    const place = this.#places[index]
    if (place === undefined) throw broken(`there is no text ${index}`)
    const before = this.#pbf.pos
    this.#pbf.pos = place
    const text = this.#pbf.readString()
    this.#pbf.pos = before
    this.#known[index] = text
    return text
  }
}

interface Scale {
  granularity: number
  latOffset: number
  lonOffset: number
}

class BlockReader {
  readonly #pbf: PbfReader
  readonly #texts: Texts
  readonly #scale: Scale = { granularity: 100, latOffset: 0, lonOffset: 0 }
  readonly #listener: ElementListener
  readonly counts: ElementCounts = { nodes: 0, ways: 0, relations: 0 }

  constructor(bytes: Uint8Array, listener: ElementListener) {
    this.#pbf = new PbfReader(bytes)
    this.#texts = new Texts(this.#pbf)
    this.#listener = listener
  }

  /** Groups may stand before the texts and the scale they need: those are read first. */
  read(): void {
    const pbf = this.#pbf
    const end = pbf.length
    const groups: (readonly [from: number, to: number])[] = []
    eachField(pbf, end, (field) => {
      if (field === 1) {
        this.#texts.read(endOf(pbf, end))
      } else if (field === 2) {
        const to = endOf(pbf, end)
        groups.push([pbf.pos, to])
        pbf.pos = to
      } else if (field === 17) this.#scale.granularity = pbf.readVarint()
      else if (field === 19) this.#scale.latOffset = pbf.readVarint(true)
      else if (field === 20) this.#scale.lonOffset = pbf.readVarint(true)
    })
    for (const [from, to] of groups) {
      pbf.pos = from
      this.#group(to)
    }
  }

  #group(end: number): void {
    const pbf = this.#pbf
    eachField(pbf, end, (field) => {
      if (field < 1 || field > 4) return
      const to = endOf(pbf, end)
      if (field === 1) this.#node(to)
      else if (field === 2) this.#dense(to)
      else if (field === 3) this.#way(to)
      else this.#relation(to)
      pbf.pos = to
    })
  }

  #degrees(value: number, offset: number): number {
    return (offset + this.#scale.granularity * value) * 1e-9
  }

  #tags(keys: readonly number[], values: readonly number[]): Tags {
    if (keys.length !== values.length) throw broken('keys and values do not pair')
    const tags: Record<string, string> = {}
    for (let i = 0; i < keys.length; i++) tags[this.#texts.at(keys[i] as number)] = this.#texts.at(values[i] as number)
    return tags
  }

  #node(end: number): void {
    this.counts.nodes++
    const { node } = this.#listener
    if (!node) return
    const pbf = this.#pbf
    let id = 0
    let lat = 0
    let lon = 0
    let keys: number[] = []
    let values: number[] = []
    eachField(pbf, end, (field) => {
      if (field === 1) id = pbf.readSVarint()
      else if (field === 2) keys = packed(pbf, end, false)
      else if (field === 3) values = packed(pbf, end, false)
      else if (field === 8) lat = pbf.readSVarint()
      else if (field === 9) lon = pbf.readSVarint()
    })
    const tags = keys.length ? this.#tags(keys, values) : null
    node(id, this.#degrees(lon, this.#scale.lonOffset), this.#degrees(lat, this.#scale.latOffset), tags)
  }

  #dense(end: number): void {
    const pbf = this.#pbf
    const { node } = this.#listener
    let ids: number[] = []
    let lats: number[] = []
    let lons: number[] = []
    let tagIndexes: number[] = []
    eachField(pbf, end, (field) => {
      if (field === 1) ids = packed(pbf, end, true)
      else if (field === 8 && node) lats = packed(pbf, end, true)
      else if (field === 9 && node) lons = packed(pbf, end, true)
      else if (field === 10 && node) tagIndexes = packed(pbf, end, false)
    })
    this.counts.nodes += ids.length
    if (!node) return
    if (lats.length !== ids.length || lons.length !== ids.length) throw broken('nodes and positions do not pair')
    let id = 0
    let lat = 0
    let lon = 0
    let at = 0
    for (let i = 0; i < ids.length; i++) {
      id += ids[i] as number
      lat += lats[i] as number
      lon += lons[i] as number
      const first = at
      // One list for all nodes: key, value, key, value … 0; empty where no node of the block has tags.
      if (tagIndexes.length) {
        while (tagIndexes[at] !== 0) {
          if (at + 1 >= tagIndexes.length) throw broken('the tags of nodes end early')
          at += 2
        }
        at++
      }
      let tags: Record<string, string> | null = null
      for (let t = first; t < at - 1; t += 2)
        (tags ??= {})[this.#texts.at(tagIndexes[t] as number)] = this.#texts.at(tagIndexes[t + 1] as number)
      node(id, this.#degrees(lon, this.#scale.lonOffset), this.#degrees(lat, this.#scale.latOffset), tags)
    }
  }

  #way(end: number): void {
    this.counts.ways++
    const { way } = this.#listener
    if (!way) return
    const pbf = this.#pbf
    let id = 0
    let keys: number[] = []
    let values: number[] = []
    let refs: number[] = []
    eachField(pbf, end, (field) => {
      if (field === 1) id = pbf.readVarint()
      else if (field === 2) keys = packed(pbf, end, false)
      else if (field === 3) values = packed(pbf, end, false)
      else if (field === 8) refs = packed(pbf, end, true)
    })
    for (let i = 1; i < refs.length; i++) refs[i] = (refs[i] as number) + (refs[i - 1] as number)
    way(id, this.#tags(keys, values), refs)
  }

  #relation(end: number): void {
    this.counts.relations++
    const { relation } = this.#listener
    if (!relation) return
    const pbf = this.#pbf
    let id = 0
    let keys: number[] = []
    let values: number[] = []
    let roles: number[] = []
    let refs: number[] = []
    let types: number[] = []
    eachField(pbf, end, (field) => {
      if (field === 1) id = pbf.readVarint()
      else if (field === 2) keys = packed(pbf, end, false)
      else if (field === 3) values = packed(pbf, end, false)
      else if (field === 8) roles = packed(pbf, end, false)
      else if (field === 9) refs = packed(pbf, end, true)
      else if (field === 10) types = packed(pbf, end, false)
    })
    if (roles.length !== refs.length || types.length !== refs.length) throw broken('members and roles do not pair')
    let ref = 0
    const members = refs.map((step, i): Member => {
      ref += step
      const type = (['node', 'way', 'relation'] as const)[types[i] as number]
      if (type === undefined) throw broken('a member is of no known type')
      return { type, ref, role: this.#texts.at(roles[i] as number) }
    })
    relation(id, this.#tags(keys, values), members)
  }
}

/** Decodes a PrimitiveBlock for its listener and answers how many elements of each kind it holds. */
export function readPrimitiveBlock(bytes: Uint8Array, listener: ElementListener): ElementCounts {
  return guarded(() => {
    const block = new BlockReader(bytes, listener)
    block.read()
    return block.counts
  })
}
