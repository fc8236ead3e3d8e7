/** The reader of `.osm.pbf` against sound files of every style, and against files that are anything but. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { PbfWriter } from 'pbf'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openOsmFile } from '../../../mock-data/entrances/osm-file.ts'
import { OsmFileError } from '../../../mock-data/osm/element.ts'
import { readPrimitiveBlock } from '../../../mock-data/osm/read-block.ts'
import { blob, frame, headerBlock, osmFile, primitiveBlock, type OsmContent } from '../../support/osm-writer.ts'

let dir = ''
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'osm-'))
})
afterAll(() => rm(dir, { recursive: true, force: true }))
let files = 0
const put = async (bytes: Uint8Array) => {
  const path = join(dir, `${++files}.osm.pbf`)
  await writeFile(path, bytes)
  return path
}

const content: OsmContent = {
  nodes: [
    { id: 7, lon: 121.4737, lat: 31.2304, tags: { amenity: 'hospital', name: '人民医院' } },
    { id: 9, lon: -118.25, lat: -34.05 },
    { id: 4_611_686_018, lon: 179.9999999, lat: 89.9999999, tags: { place: 'x' } },
  ],
  ways: [{ id: 12, refs: [9, 7, 4_611_686_018], tags: { highway: 'primary', name: '中山路' } }],
  relations: [
    {
      id: 5,
      tags: { type: 'multipolygon' },
      members: [
        { type: 'way', ref: 12, role: 'outer' },
        { type: 'node', ref: 7, role: 'label' },
        { type: 'relation', ref: 3, role: '' },
      ],
    },
  ],
}

async function everything(path: string) {
  const heard: unknown[] = []
  const file = await openOsmFile(path, 'f.osm.pbf')
  try {
    const shares: number[] = []
    await file.read(
      {
        node: (id, lon, lat, tags) => heard.push({ id, lon: lon.toFixed(7), lat: lat.toFixed(7), tags }),
        way: (id, tags, refs) => heard.push({ id, tags, refs: [...refs] }),
        relation: (id, tags, members) => heard.push({ id, tags, members }),
      },
      (done) => shares.push(done / file.bytes),
    )
    return { heard, counts: file.counts, shares }
  } finally {
    await file.close()
  }
}
const refusal = async (bytes: Uint8Array): Promise<string> => {
  try {
    await everything(await put(bytes))
  } catch (error) {
    if (error instanceof OsmFileError) return error.message
    throw error
  }
  return ''
}
const header = frame('OSMHeader', blob(headerBlock()))
const after = (...blocks: Uint8Array[]) => Buffer.concat([header, ...blocks])

describe('openOsmFile', () => {
  it.each([{}, { plainNodes: true }, { unpacked: true }, { plainNodes: true, unpacked: true }])(
    'hears everything of a file written as %o',
    async (style) => {
      const { heard, counts, shares } = await everything(await put(osmFile(content, style)))
      expect(heard).toEqual([
        { id: 7, lon: '121.4737000', lat: '31.2304000', tags: { amenity: 'hospital', name: '人民医院' } },
        { id: 9, lon: '-118.2500000', lat: '-34.0500000', tags: null },
        { id: 4_611_686_018, lon: '179.9999999', lat: '89.9999999', tags: { place: 'x' } },
        { id: 12, tags: { highway: 'primary', name: '中山路' }, refs: [9, 7, 4_611_686_018] },
        { id: 5, tags: { type: 'multipolygon' }, members: content.relations?.[0]?.members },
      ])
      expect(counts).toEqual({ nodes: 3, ways: 1, relations: 1 })
      expect(shares.at(-1)).toBe(1)
    },
  )

  it('reads again only what is wanted', async () => {
    const file = await openOsmFile(await put(osmFile(content)), 'f')
    const ids: number[] = []
    await file.read({ relation: (id) => ids.push(id) })
    await file.read({ way: (id) => ids.push(id) })
    await file.read({ node: (id) => ids.push(id) })
    await file.close()
    expect(ids).toEqual([5, 12, 7, 9, 4_611_686_018])
    expect(file.counts).toEqual({ nodes: 3, ways: 1, relations: 1 })
  })

  it.each([
    ['<?xml version="1.0"?><osm version="0.6"/>', /OSM as XML text; write it as \.osm\.pbf first/],
    ['{"type":"FeatureCollection"}', /JSON text/],
    ['\x1f\x8b\x08 and so on', /packed with gzip/],
    ['BZh91AY&SY', /packed with bzip2/],
    ['PK\x03\x04', /ZIP archive/],
    ['o5m2', /o5m format/],
    ['nothing of the kind', /not an \.osm\.pbf file/],
    ['', /the file is empty/],
  ])('says what %j is instead', async (text, words) => {
    expect(await refusal(Buffer.from(text, 'latin1'))).toMatch(words)
  })

  const sound = osmFile(content)
  it('says of a file that was cut off where and by how much, wherever it was cut', async () => {
    for (let length = 1; length < sound.length; length++) {
      const said = await refusal(sound.subarray(0, length))
      // A cut between two blocks cannot be seen.
      if (said !== '') expect(said).toMatch(/bytes are missing: the file is cut off|not an \.osm\.pbf file/)
    }
  })

  it.each<[string, () => Uint8Array, RegExp]>([
    [
      'a block said to have 900 MB',
      () => after(frame('OSMData', blob(primitiveBlock(content)), 900_000_000)),
      /900000000 bytes; at most 33554432/,
    ],
    [
      'a header said to have 2 GB',
      () => after(Buffer.from([0x7f, 0xff, 0xff, 0xff])),
      /header is said to have 2147483647 bytes/,
    ],
    ['a header of no bytes', () => after(Buffer.alloc(4)), /header is said to have 0 bytes/],
    ['a header that is noise', () => after(Buffer.from([0, 0, 0, 3, 0xff, 0xff, 0xff])), /its header/],
    [
      'zlib that is none',
      () => {
        const pbf = new PbfWriter()
        pbf.writeVarintField(2, 100)
        pbf.writeBytesField(3, Buffer.from('this is not zlib'))
        return after(frame('OSMData', pbf.finish()))
      },
      /block at byte \d+: incorrect header check/,
    ],
    [
      'zlib that unpacks to more than it says',
      () => {
        const pbf = new PbfWriter()
        pbf.writeVarintField(2, 10)
        pbf.writeBytesField(3, deflateSync(Buffer.alloc(1000)))
        return after(frame('OSMData', pbf.finish()))
      },
      /unpacks to 1000 bytes, said to be 10/,
    ],
    [
      'zlib that unpacks without end',
      () => {
        const pbf = new PbfWriter()
        pbf.writeBytesField(3, deflateSync(Buffer.alloc(33 * 1024 * 1024)))
        return after(frame('OSMData', pbf.finish()))
      },
      /block at byte \d+: .*(larger|exceed)/i,
    ],
    [
      'a packing it does not know',
      () => {
        const pbf = new PbfWriter()
        pbf.writeBytesField(7, Buffer.from('zstd'))
        return after(frame('OSMData', pbf.finish()))
      },
      /packed with Zstandard/,
    ],
    ['an empty blob', () => after(frame('OSMData', new Uint8Array(0))), /there is nothing in it/],
    [
      'data before the header',
      () => frame('OSMData', blob(primitiveBlock(content))),
      /does not begin with an OSMHeader|not an/,
    ],
    [
      'history',
      () => frame('OSMHeader', blob(headerBlock(['OsmSchema-V0.6', 'HistoricalInformation']))),
      /needs HistoricalInformation/,
    ],
    [
      'a block that is noise',
      () => after(frame('OSMData', blob(Buffer.from('noise of no kind at all', 'utf8')))),
      /block at byte \d+: the block is damaged/,
    ],
  ])('refuses %s', async (_, bytes, words) => {
    expect(await refusal(bytes())).toMatch(words)
  })

  it('passes over blocks of other types', async () => {
    const { counts } = await everything(
      await put(after(frame('OSMOther', new Uint8Array(9)), frame('OSMData', blob(primitiveBlock(content))))),
    )
    expect(counts.nodes).toBe(3)
  })
})

describe('readPrimitiveBlock', () => {
  const listener = { node: () => undefined, way: () => undefined, relation: () => undefined }
  it('ends on any bytes, with counts or one error of its own', () => {
    const sound = primitiveBlock(content)
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(sound.length - 1), fc.nat(255), (noise, at, byte) => {
        const bent = Uint8Array.from(sound)
        bent[at] = byte
        for (const bytes of [noise, bent, sound.subarray(0, at)]) {
          try {
            readPrimitiveBlock(bytes, listener)
          } catch (error) {
            expect(error).toBeInstanceOf(OsmFileError)
          }
        }
      }),
      { numRuns: 400 },
    )
  })
})
