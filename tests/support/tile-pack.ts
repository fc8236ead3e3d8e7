/** A pack of one block by a river, with one of each thing a map draws, in a folder of its own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

type Position = [lon: number, lat: number]
type Geometry = object

/** South-west corner of the ground; about 4 km on a side. */
export const corner = [121, 31] as const
const at = (x: number, y: number): Position => [corner[0] + x * 0.04, corner[1] + y * 0.04]
const box = (west: number, south: number, east: number, north: number): Geometry => ({
  type: 'Polygon',
  coordinates: [[at(west, south), at(east, south), at(east, north), at(west, north), at(west, south)]],
})
const line = (...places: readonly (readonly [number, number])[]): Geometry => ({
  type: 'LineString',
  coordinates: places.map(([x, y]) => at(x, y)),
})
const feature = (properties: object, geometry: Geometry) => ({ type: 'Feature', properties, geometry })
const road = (roadClass: string, name: string, geometry: Geometry) =>
  feature({ class: roadClass, speedKmh: 40, name, nameEn: `${name} En` }, geometry)

const layers = {
  divisions: [
    feature({ id: 'd1', name: '一区', nameEn: 'One', level: 2 }, box(0, 0, 1, 1)),
    feature({ id: 's1', name: '一街', nameEn: 'First', level: 3, parentId: 'd1' }, box(0, 0, 0.5, 1)),
  ],
  grids: [feature({ id: 'g1', name: '一格', level: 4, parentId: 's1' }, box(0, 0, 0.5, 0.5))],
  roads: [
    road('trunk', '大道', line([0, 0.5], [0.5, 0.5])),
    road('trunk', '大道', line([0.5, 0.5], [1, 0.5])),
    road('local', '小巷', line([0.5, 0], [0.5, 0.5])),
  ],
  rail: [feature({ kind: 'rail', name: '铁路', nameEn: 'Rail' }, line([0, 0.1], [1, 0.1]))],
  water: [
    feature({ kind: 'river', name: '清江', nameEn: 'Qing River' }, box(0, 0.7, 1, 0.8)),
    feature({ kind: 'pond', name: '', nameEn: '' }, box(0.2, 0.2, 0.204, 0.204)),
  ],
  green: [feature({ kind: 'park', name: '公园', nameEn: 'Park' }, box(0.6, 0.1, 0.9, 0.4))],
  buildings: [
    feature({ height: 30.4, name: '高楼' }, box(0.51, 0.51, 0.53, 0.53)),
    feature({ height: 5, name: '' }, box(0.56, 0.56, 0.561, 0.561)),
  ],
  places: [
    feature(
      { id: 'p1', name: '医院', nameEn: 'Hospital', kind: 'hospital' },
      { type: 'Point', coordinates: at(0.55, 0.5) },
    ),
    feature({ id: 'p2', name: '小店', nameEn: '', kind: 'shop' }, { type: 'Point', coordinates: at(0.55, 0.52) }),
  ],
}
const tables = {
  cameras: [{ id: '1'.repeat(20), name: '路口', position: at(0.52, 0.5), ptzType: 1, headingDeg: 90 }],
  parts: [
    { code: '3'.repeat(16), classCode: 'P0101', position: at(0.52, 0.505) },
    { code: '4'.repeat(16), classCode: 'P0101', position: 'nowhere' },
  ],
}
type FileName = `${keyof typeof layers}.geojson` | `${keyof typeof tables}.json`

/** Writes the pack; files named are left out. Gone when the process ends. */
export function tilePack(without: readonly FileName[] = [], crs = 'WGS84'): string {
  const dir = mkdtempSync(join(tmpdir(), 'tongguan-tile-pack-'))
  process.on('exit', () => rmSync(dir, { recursive: true, force: true }))
  const head = { format: 1, id: 'block', name: '街区', nameEn: 'Block', timeZone: 'Asia/Shanghai', version: '1', crs }
  writeFileSync(join(dir, 'pack.json'), JSON.stringify(head))
  for (const [name, features] of Object.entries(layers))
    if (!without.includes(`${name}.geojson` as FileName))
      writeFileSync(join(dir, `${name}.geojson`), JSON.stringify({ type: 'FeatureCollection', features }))
  for (const [name, rows] of Object.entries(tables))
    if (!without.includes(`${name}.json` as FileName)) writeFileSync(join(dir, `${name}.json`), JSON.stringify(rows))
  return dir
}

/** The tile that holds a place of the ground, given in shares of its side. */
export function tileOf(z: number, [x, y]: readonly [number, number]): readonly [z: number, x: number, y: number] {
  const [lon, lat] = at(x, y)
  const sine = Math.sin((lat * Math.PI) / 180)
  const share = 0.5 - (0.25 * Math.log((1 + sine) / (1 - sine))) / Math.PI
  return [z, Math.floor((lon / 360 + 0.5) * 2 ** z), Math.floor(share * 2 ** z)]
}
