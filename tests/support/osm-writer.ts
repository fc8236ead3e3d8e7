/** Writes small `.osm.pbf` files, sound ones and, piece by piece, unsound ones. */
import { deflateSync } from 'node:zlib'
import { PbfWriter } from 'pbf'

type Tags = Readonly<Record<string, string>>
export interface OsmNodeRow {
  readonly id: number
  readonly lon: number
  readonly lat: number
  readonly tags?: Tags
}
export interface OsmWayRow {
  readonly id: number
  readonly refs: readonly number[]
  readonly tags?: Tags
}
export interface OsmRelationRow {
  readonly id: number
  readonly tags?: Tags
  readonly members: readonly {
    readonly type: 'node' | 'way' | 'relation'
    readonly ref: number
    readonly role: string
  }[]
}
export interface OsmContent {
  readonly nodes?: readonly OsmNodeRow[]
  readonly ways?: readonly OsmWayRow[]
  readonly relations?: readonly OsmRelationRow[]
}
export interface OsmStyle {
  /** Nodes one by one instead of densely. */
  readonly plainNodes?: boolean
  /** Blocks as they are instead of packed with zlib. */
  readonly unpacked?: boolean
}

const units = (degrees: number) => Math.round(degrees * 1e7)
const steps = (values: readonly number[]) => values.map((value, i) => value - (values[i - 1] ?? 0))

class TextTable {
  readonly texts: string[] = ['']
  readonly #known = new Map<string, number>()
  at(text: string): number {
    const known = this.#known.get(text) ?? this.texts.push(text) - 1
    this.#known.set(text, known)
    return known
  }
  keys = (tags: Tags = {}) => Object.keys(tags).map((key) => this.at(key))
  values = (tags: Tags = {}) => Object.values(tags).map((value) => this.at(value))
}

/** A PrimitiveBlock with one group of each kind. */
export function primitiveBlock(
  { nodes = [], ways = [], relations = [] }: OsmContent,
  style: OsmStyle = {},
): Uint8Array {
  const table = new TextTable()
  const groups: ((pbf: PbfWriter) => void)[] = []
  if (nodes.length && style.plainNodes)
    groups.push((pbf) => {
      for (const node of nodes)
        pbf.writeMessage(
          1,
          (row: OsmNodeRow, out) => {
            out.writeTag(1, 0)
            out.writeSVarint(row.id)
            out.writePackedVarint(2, table.keys(row.tags))
            out.writePackedVarint(3, table.values(row.tags))
            out.writeTag(8, 0)
            out.writeSVarint(units(row.lat))
            out.writeTag(9, 0)
            out.writeSVarint(units(row.lon))
          },
          node,
        )
    })
  else if (nodes.length)
    groups.push((pbf) => {
      pbf.writeMessage(
        2,
        (rows: readonly OsmNodeRow[], out) => {
          out.writePackedSVarint(1, steps(rows.map(({ id }) => id)))
          out.writePackedSVarint(8, steps(rows.map(({ lat }) => units(lat))))
          out.writePackedSVarint(9, steps(rows.map(({ lon }) => units(lon))))
          const tags = rows.flatMap((row) => [
            ...Object.entries(row.tags ?? {}).flatMap(([key, value]) => [table.at(key), table.at(value)]),
            0,
          ])
          if (tags.some((index) => index !== 0)) out.writePackedVarint(10, tags)
        },
        nodes,
      )
    })
  if (ways.length)
    groups.push((pbf) => {
      for (const way of ways)
        pbf.writeMessage(
          3,
          (row: OsmWayRow, out) => {
            out.writeVarintField(1, row.id)
            out.writePackedVarint(2, table.keys(row.tags))
            out.writePackedVarint(3, table.values(row.tags))
            out.writePackedSVarint(8, steps(row.refs))
          },
          way,
        )
    })
  if (relations.length)
    groups.push((pbf) => {
      for (const relation of relations)
        pbf.writeMessage(
          4,
          ({ id, tags, members }: OsmRelationRow, out) => {
            out.writeVarintField(1, id)
            out.writePackedVarint(2, table.keys(tags))
            out.writePackedVarint(3, table.values(tags))
            out.writePackedVarint(
              8,
              members.map(({ role }) => table.at(role)),
            )
            out.writePackedSVarint(9, steps(members.map(({ ref }) => ref)))
            out.writePackedVarint(
              10,
              members.map(({ type }) => ['node', 'way', 'relation'].indexOf(type)),
            )
          },
          relation,
        )
    })
  const body = new PbfWriter()
  for (const group of groups) body.writeMessage(2, (write: (pbf: PbfWriter) => void, out) => write(out), group)
  const groupBytes = body.finish()
  // The texts are known when the groups are written; readers find them wherever they stand.
  const texts = new PbfWriter()
  texts.writeMessage(
    1,
    (all: readonly string[], out) => {
      for (const text of all) out.writeStringField(1, text)
    },
    table.texts,
  )
  return Buffer.concat([groupBytes, texts.finish()])
}

export function headerBlock(required: readonly string[] = ['OsmSchema-V0.6', 'DenseNodes']): Uint8Array {
  const pbf = new PbfWriter()
  for (const feature of required) pbf.writeStringField(4, feature)
  return pbf.finish()
}

/** A Blob around a block's bytes. */
export function blob(data: Uint8Array, style: OsmStyle = {}): Uint8Array {
  const pbf = new PbfWriter()
  if (style.unpacked) pbf.writeBytesField(1, data)
  else {
    pbf.writeVarintField(2, data.length)
    pbf.writeBytesField(3, deflateSync(data))
  }
  return pbf.finish()
}

/** A blob with its header, as it stands in a file; `length` lies about its size. */
export function frame(type: string, blobBytes: Uint8Array, length = blobBytes.length): Uint8Array {
  const head = new PbfWriter()
  head.writeStringField(1, type)
  head.writeVarintField(3, length)
  const headBytes = head.finish()
  const size = Buffer.alloc(4)
  size.writeUInt32BE(headBytes.length)
  return Buffer.concat([size, headBytes, blobBytes])
}

/** A whole file: header, then a block for each kind of element, as the tools of OSM order them. */
export function osmFile(content: OsmContent, style: OsmStyle = {}): Uint8Array {
  const blocks = [
    { nodes: content.nodes ?? [] },
    { ways: content.ways ?? [] },
    { relations: content.relations ?? [] },
  ].filter((block) => Object.values(block)[0]?.length)
  return Buffer.concat([
    frame('OSMHeader', blob(headerBlock(), style)),
    ...blocks.map((block) => frame('OSMData', blob(primitiveBlock(block, style), style))),
  ])
}
