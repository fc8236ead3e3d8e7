/**
 * Writes a large `.osm.pbf` of a city that is not there, block by block: houses with addresses, streets that share their corners, places, and
 * points that nothing needs, in about the shares of a real extract. The same size gives the same bytes.
 */
import { closeSync, openSync, writeSync } from 'node:fs'
import { seededRandom } from '../../mock-data/city/random.ts'
import { blob, frame, headerBlock, primitiveBlock, type OsmNodeRow, type OsmWayRow } from './osm-writer.ts'

const inBlock = 8000
/** Houses, streets and lone points in a row of blocks. */
const houses = 1000
const corners = 1600
const lone = inBlock - 4 * houses - corners
/** Bytes of one block of points and what is made of them. */
const roundBytes = 45_000

const west = 116
const south = 39
const spanDeg = 0.9

/** Answers how many bytes the file has: near what was asked for. */
export function writeLargeOsm(path: string, aboutBytes: number): number {
  const file = openSync(path, 'w')
  let bytes = 0
  const put = (type: string, data: Uint8Array) => {
    bytes += writeSync(file, frame(type, blob(data)))
  }
  const rounds = Math.max(1, Math.round(aboutBytes / roundBytes))
  const random = seededRandom(20_261_127)
  put('OSMHeader', headerBlock())
  const firstOf = (round: number) => 1 + round * inBlock
  for (let round = 0; round < rounds; round++) {
    const nodes: OsmNodeRow[] = []
    const first = firstOf(round)
    const add = (lon: number, lat: number, tags?: Readonly<Record<string, string>>) =>
      nodes.push({ id: first + nodes.length, lon, lat, ...(tags && { tags }) })
    const [lon0, lat0] = [west + random.next() * spanDeg, south + random.next() * spanDeg]
    for (let i = 0; i < houses; i++) {
      const [lon, lat] = [lon0 + random.next() * 0.02, lat0 + random.next() * 0.02]
      const [w, h] = [random.between(0.0001, 0.0004), random.between(0.0001, 0.0003)]
      add(lon, lat)
      add(lon + w, lat)
      add(lon + w, lat + h)
      add(lon, lat + h)
    }
    for (let i = 0; i < corners; i++)
      add(
        lon0 + (i % 40) * 0.0005 + random.next() * 0.0001,
        lat0 + Math.floor(i / 40) * 0.0005 + random.next() * 0.0001,
      )
    for (let i = 0; i < lone; i++)
      add(
        lon0 + random.next() * 0.02,
        lat0 + random.next() * 0.02,
        i % 400 === 0 ? { amenity: i % 800 === 0 ? 'school' : 'hospital', name: `${round}-${i}号` } : undefined,
      )
    put('OSMData', primitiveBlock({ nodes }))
  }
  for (let round = 0; round < rounds; round++) {
    const first = firstOf(round)
    const ways: OsmWayRow[] = []
    const id = () => 1 + round * (houses + 80) + ways.length
    for (let i = 0; i < houses; i++) {
      const at = first + 4 * i
      const tags = {
        building: 'yes',
        'building:levels': String(random.whole(1, 30)),
        'addr:housenumber': String(random.whole(1, 400)),
        'addr:street': `第${random.whole(1, 300)}路`,
      }
      ways.push({ id: id(), refs: [at, at + 1, at + 2, at + 3, at], tags })
    }
    // Forty streets each way; those that cross share a point.
    for (let k = 0; k < 80; k++) {
      const at = (i: number) => first + 4 * houses + (k < 40 ? k * 40 + i : i * 40 + (k - 40))
      const tags = { highway: k % 8 === 0 ? 'primary' : 'residential', name: `第${round * 80 + k}街` }
      ways.push({ id: id(), refs: Array.from({ length: 40 }, (_, i) => at(i)), tags })
    }
    put('OSMData', primitiveBlock({ ways }))
  }
  closeSync(file)
  return bytes
}
