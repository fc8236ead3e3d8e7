/** From an extract to a pack: what becomes of each tag, of what is broken, and that the server drives on the roads. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { layerParts } from '../../../mock-data/city/pack-files.ts'
import { importOsm, type OsmSettings } from '../../../mock-data/entrances/import-osm.ts'
import type { ProgressLine } from '../../../mock-data/entrances/progress-line.ts'
import { loadCity } from '../../../server/src/city/load-city.ts'
import type { AreaGeometry, LayerFeature, LayerName } from '../../../shared/contract/city-pack.ts'
import { checkLayer } from '../../../shared/contract/pack-check.ts'
import { osmFile, type OsmContent } from '../../support/osm-writer.ts'

let dir = ''
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'osm-import-'))
})
afterAll(() => rm(dir, { recursive: true, force: true }))

const quiet: ProgressLine = { tell: () => undefined, end: () => undefined }
const plain: OsmSettings = { box: null, adminLevels: [], defaultHeightM: 9, toleranceM: 0 }
let files = 0

async function imported(
  content: OsmContent,
  settings: Partial<OsmSettings> = {},
  outline: readonly AreaGeometry[] = [],
) {
  const path = join(dir, `${++files}.osm.pbf`)
  await writeFile(path, osmFile(content))
  const osm = await importOsm(path, { ...plain, ...settings }, outline, quiet)
  const texts = new Map([...osm.layers].map(([name, features]) => [name, [...layerParts(features)].join('')]))
  const layer = <N extends LayerName>(name: N): LayerFeature<N>[] => {
    const checked = checkLayer(name, JSON.parse(texts.get(name) as string))
    if (!checked.ok) throw new Error(checked.problems.join('; '))
    return checked.value
  }
  const tallies = osm.tallies()
  const leftOut = (name: string) =>
    Object.fromEntries(tallies.find((t) => t.layer === name)?.leftOut.map(({ words, count }) => [words, count]) ?? [])
  const notes = (name: string) =>
    Object.fromEntries(tallies.find((t) => t.layer === name)?.notes.map(({ words, count }) => [words, count]) ?? [])
  return { osm, texts, layer, tallies, leftOut, notes }
}

/** Points 1, 2, 3 … of a lattice, about a hundred metres apart. */
const lattice = Array.from({ length: 100 }, (_, i) => ({
  id: i + 1,
  lon: 0.001 * (i % 10),
  lat: 0.001 * Math.floor(i / 10),
}))
const square = [1, 2, 12, 11, 1]
const way = (id: number, refs: readonly number[], tags: Record<string, string> = {}) => ({ id, refs, tags })

describe('roads', () => {
  it('have class, speed, direction, names, bridge and tunnel', async () => {
    const { layer } = await imported({
      nodes: lattice,
      ways: [
        way(1, [1, 2, 3], { highway: 'primary', name: '中山路', 'name:en': 'Zhongshan Road', maxspeed: '50' }),
        way(2, [3, 4], { highway: 'motorway', name: 'Harbor Freeway', maxspeed: '65 mph', bridge: 'yes' }),
        way(3, [4, 5], { highway: 'residential', oneway: '-1', tunnel: 'yes', maxspeed: 'CN:urban' }),
        way(4, [5, 6, 16, 15, 5], { highway: 'tertiary', junction: 'roundabout' }),
        way(5, [6, 7], { highway: 'trunk_link', ref: 'S20;G60', oneway: 'yes' }),
        way(6, [7, 8], { highway: 'service', tunnel: 'building_passage', maxspeed: '1' }),
        way(7, [8, 9], { highway: 'motorway', oneway: 'no', maxspeed: '300' }),
      ],
    })
    const roads = layer('roads')
    expect(
      roads.map(({ properties: p }) => [p.class, p.speedKmh, p.oneway, p.name, p.nameEn, p.bridge, p.tunnel]),
    ).toEqual([
      ['primary', 50, false, '中山路', 'Zhongshan Road', false, false],
      ['motorway', 105, true, 'Harbor Freeway', 'Harbor Freeway', true, false],
      ['local', 30, true, '', '', false, true],
      ['tertiary', 40, true, '', '', false, false],
      ['trunk', 50, true, 'S20', 'S20', false, false],
      ['local', 20, false, '', '', false, false],
      ['motorway', 150, false, '', '', false, false],
    ])
    // Travel is against the way: written the other way round.
    expect(roads[2]?.geometry.coordinates).toEqual([
      [0.004, 0],
      [0.003, 0],
    ])
  })

  it('are left out, and counted, where no vehicle may go', async () => {
    const { leftOut, tallies } = await imported({
      nodes: lattice,
      ways: [
        ...['footway', 'steps', 'footway', 'construction', 'nonsense', 'constructor'].map((highway, i) =>
          way(i + 1, [1, 2], { highway }),
        ),
        way(10, [1, 2], { highway: 'service', service: 'driveway' }),
        way(11, [1, 2], { highway: 'residential', motor_vehicle: 'no' }),
        way(12, square, { highway: 'primary', area: 'yes' }),
        way(13, [1], { highway: 'primary' }),
        way(14, [], { highway: 'primary' }),
        way(15, [1, 1], { highway: 'primary' }),
        way(16, [1001, 1002], { highway: 'primary' }),
        way(17, [1, 2, 1003, 3, 4], { highway: 'primary' }),
      ],
    })
    expect(leftOut('roads')).toEqual({
      'not for vehicles: footway': 2,
      'not for vehicles: steps': 1,
      'not open: construction': 1,
      'a value of highway that is no road': 2,
      'private ground: driveway': 1,
      'closed to vehicles': 1,
      'an area, not a line': 1,
      'a way of one point': 1,
      'a way without points': 1,
      'too short to be seen': 1,
      'its points are not in the file': 1,
    })
    const roads = tallies.find(({ layer }) => layer === 'roads')
    expect(roads).toMatchObject({
      read: 14,
      kept: 1,
      notes: [{ words: 'cut where its points are not in the file', count: 1 }],
    })
  })

  it('carry a crew in the server: lines meet at their shared points, a bridge over them does not', async () => {
    const { texts } = await imported({
      nodes: [...lattice, { id: 300, lon: 0.0015, lat: -0.02 }, { id: 301, lon: 0.0015, lat: 0.02 }],
      ways: [
        way(1, [1, 2, 3, 4, 5], { highway: 'primary', maxspeed: '36' }),
        way(2, [3, 13, 23], { highway: 'residential', maxspeed: '36' }),
        way(3, [1, 11], { highway: 'residential', maxspeed: '36', oneway: '-1' }),
        way(4, [300, 301], { highway: 'motorway', bridge: 'yes', oneway: 'no' }),
      ],
    })
    const pack = join(dir, 'pack')
    await mkdir(pack)
    const head = { format: 1, id: 'osm', name: '试', nameEn: 'T', timeZone: 'UTC', version: '1' }
    await writeFile(join(pack, 'pack.json'), JSON.stringify(head))
    for (const [name, text] of texts) await writeFile(join(pack, `${name}.geojson`), text)
    const city = await loadCity(pack, { caseClasses: [], alarmRules: [] })
    // Down the one-way street and along the main street: 556 m.
    const round = city.travel([0, 0.001], [0.004, 0])
    expect(round.basis).toBe('road')
    expect(round.metres).toBeGreaterThan(550)
    expect(round.metres).toBeLessThan(562)
    expect(city.travel([0.004, 0], [0.002, 0.002])).toMatchObject({ basis: 'road' })
    // Up the one-way street there is no way, nor down from the bridge.
    expect(city.travel([0.004, 0], [0, 0.001]).basis).toBe('straight')
    expect(city.travel([0.0015, -0.02], [0.002, 0.002]).basis).toBe('straight')
    expect(city.travel([0.0015, -0.02], [0.0015, 0.02]).basis).toBe('road')
  })
})

describe('areas', () => {
  it('are water, green and buildings, from closed ways and multipolygons with holes', async () => {
    const { layer, leftOut, notes } = await imported({
      nodes: lattice,
      ways: [
        way(1, square, { natural: 'water', name: '镜湖' }),
        way(2, [1, 2, 3], { waterway: 'river', name: 'Rhein' }),
        way(3, [1, 2, 3], { natural: 'coastline' }),
        way(4, [1, 2, 3], { waterway: 'ditch' }),
        way(5, [1, 2, 3], { waterway: 'stream', tunnel: 'culvert' }),
        way(6, square, { leisure: 'park', name: '公园' }),
        way(7, [1, 2, 3], { landuse: 'forest' }),
        way(8, square, { building: 'yes', height: '12.5 m', name: '塔' }),
        way(9, square, { building: 'yes', 'building:levels': '4' }),
        way(10, square, { building: 'yes' }),
        way(11, square, { building: 'yes', height: `30'6"` }),
        way(12, square, { 'building:part': 'yes' }),
        way(13, [1, 2, 1, 2, 1], { building: 'yes' }),
        way(14, [1, 2, 999, 11, 1], { building: 'yes' }),
        // The edge crosses itself like a bow.
        way(15, [1, 12, 2, 11, 1], { natural: 'wood' }),
        // A lake in two halves with an island, on which there is a pond.
        way(20, [51, 52, 53, 54, 64, 74]),
        way(21, [51, 61, 71, 81, 82, 83, 84, 74], { natural: 'water' }),
        way(22, [62, 63, 73, 72, 62]),
      ],
      relations: [
        {
          id: 1,
          tags: { type: 'multipolygon', natural: 'water', water: 'lake', name: '大湖' },
          members: [
            { type: 'way', ref: 20, role: 'outer' },
            { type: 'way', ref: 21, role: '' },
            // Said to be outer; it lies in the lake.
            { type: 'way', ref: 22, role: 'outer' },
          ],
        },
        {
          id: 2,
          tags: { type: 'multipolygon', landuse: 'forest' },
          members: [{ type: 'way', ref: 777, role: 'outer' }],
        },
        { id: 3, tags: { type: 'multipolygon', landuse: 'forest' }, members: [{ type: 'way', ref: 2, role: 'outer' }] },
        { id: 4, tags: { type: 'multipolygon', landuse: 'forest' }, members: [] },
        {
          id: 5,
          tags: { type: 'multipolygon', landuse: 'forest' },
          members: [{ type: 'way', ref: 22, role: 'inner' }],
        },
        { id: 6, tags: { type: 'site', landuse: 'forest' }, members: [{ type: 'way', ref: 22, role: '' }] },
      ],
    })
    const water = layer('water')
    expect(water.map(({ properties: p, geometry }) => [p.kind, p.name, geometry.type])).toEqual([
      ['lake', '大湖', 'Polygon'],
      ['lake', '镜湖', 'Polygon'],
      ['river', 'Rhein', 'LineString'],
    ])
    const lake = water[0]?.geometry.coordinates as number[][][]
    expect(lake.map((ring) => ring.length)).toEqual([13, 5])
    expect(leftOut('water')).toEqual({
      'coastline: the sea is not made into an area': 1,
      'a ditch, too small for a map': 1,
      'under ground': 1,
      'an area whose line does not close': 1,
    })
    expect(layer('green').map(({ properties: p }) => [p.kind, p.name])).toEqual([
      ['park', '公园'],
      ['forest', ''],
    ])
    expect(notes('green')).toEqual({ 'its edge crosses itself: kept as it is': 1 })
    expect(leftOut('green')).toEqual({
      'an area whose line does not close': 1,
      'pieces of its edge are not in the file': 1,
      'its edge does not close': 1,
      'a multipolygon without ways': 1,
      'it has holes and no outer edge': 1,
      'a relation that is no multipolygon': 1,
    })
    expect(layer('buildings').map(({ properties: p }) => [p.height, p.name])).toEqual([
      [12.5, '塔'],
      [12, ''],
      [9, ''],
      [9.3, ''],
    ])
    expect(leftOut('buildings')).toEqual({
      'part of a building': 1,
      'covers no ground': 1,
      'some of its corners are not in the file': 1,
    })
    expect(notes('buildings')).toEqual({
      'height from its storeys': 1,
      'no height or storeys: 9 m assumed': 1,
    })
  })

  it('are cut at the box, and kept only where they reach into the divisions', async () => {
    const content = {
      nodes: lattice,
      ways: [
        way(1, [1, 10, 100, 91, 1], { leisure: 'park' }),
        way(2, [1, 10], { highway: 'primary' }),
        way(3, [91, 100], { highway: 'primary' }),
        way(4, [45, 46, 56, 55, 45], { building: 'yes' }),
      ],
    }
    const boxed = await imported(content, { box: [0.0005, -0.0005, 0.0035, 0.0025] })
    expect(boxed.layer('green')[0]?.geometry.coordinates).toEqual([
      [
        [0.0005, 0.0025],
        [0.0005, 0],
        [0.0035, 0],
        [0.0035, 0.0025],
        [0.0005, 0.0025],
      ],
    ])
    expect(boxed.layer('roads').map((road) => road.geometry.coordinates)).toEqual([
      [
        [0.0005, 0],
        [0.0035, 0],
      ],
    ])
    expect(boxed.leftOut('roads')).toEqual({ 'outside the box': 1 })
    const triangle: AreaGeometry = {
      type: 'Polygon',
      coordinates: [
        [
          [-0.001, -0.001],
          [0.01, -0.001],
          [-0.001, 0.01],
          [-0.001, -0.001],
        ],
      ],
    }
    const outlined = await imported(content, {}, [triangle])
    expect(outlined.leftOut('roads')).toEqual({})
    expect(outlined.layer('roads')).toHaveLength(2)
    const corner = triangle.coordinates.map((ring) => ring.map(([lon, lat]) => [lon * 0.5, lat * 0.5]))
    const half = await imported(content, {}, [{ type: 'Polygon', coordinates: corner } as AreaGeometry])
    expect(half.leftOut('roads')).toEqual({ 'outside the divisions': 1 })
    expect(half.leftOut('buildings')).toEqual({ 'outside the divisions': 1 })
  })
})

describe('rail, places and divisions', () => {
  it('have their kinds, and places their names', async () => {
    const { layer, leftOut } = await imported({
      nodes: [
        ...lattice,
        { id: 201, lon: 0.001, lat: 0.001, tags: { railway: 'station', station: 'subway', name: '人民广场' } },
        { id: 202, lon: 0.001, lat: 0.0012, tags: { railway: 'station', subway: 'yes', name: '人民广场' } },
        { id: 203, lon: 0.05, lat: 0.001, tags: { railway: 'station', name: '人民广场' } },
        { id: 204, lon: 0, lat: 0, tags: { amenity: 'fire_station' } },
        { id: 205, lon: 0, lat: 0, tags: { amenity: 'bench', name: '凳' } },
        { id: 206, lon: 0, lat: 200, tags: { amenity: 'police', name: '远' } },
      ],
      ways: [
        way(1, square, { amenity: 'hospital', building: 'yes', name: 'General Hospital', 'name:zh': '总医院' }),
        way(2, [1, 2], { railway: 'subway', tunnel: 'yes', name: '1号线' }),
        way(3, [1, 2], { railway: 'light_rail' }),
        way(4, [1, 2], { railway: 'rail', service: 'yard' }),
        way(5, [1, 2], { railway: 'abandoned' }),
        way(6, [1, 2], { railway: 'platform' }),
        way(7, [1, 2], { railway: 'tram', bridge: 'yes' }),
      ],
    })
    expect(layer('rail').map(({ properties: p }) => [p.kind, p.name, p.tunnel, p.bridge])).toEqual([
      ['metro', '1号线', true, false],
      ['metro', '', false, false],
      ['tram', '', false, true],
    ])
    expect(leftOut('rail')).toEqual({ 'a siding or yard': 1, 'not in use: abandoned': 1 })
    expect(
      layer('places').map(({ properties: p, geometry }) => [p.id, p.kind, p.name, p.nameEn, geometry.coordinates]),
    ).toEqual([
      ['n201', 'metro-station', '人民广场', '', [0.001, 0.001]],
      ['n203', 'station', '人民广场', '', [0.05, 0.001]],
      ['w1', 'hospital', '总医院', 'General Hospital', [0.0005, 0.0005]],
    ])
    expect(leftOut('places')).toEqual({
      'there already, a few steps away': 1,
      'no name: fire': 1,
      'lies nowhere on this earth': 1,
    })
  })

  it('makes districts and streets of the levels asked for, whole ones only', async () => {
    const border = (id: number, level: string, refs: number[], name: string) => ({
      relation: {
        id,
        tags: { type: 'boundary', boundary: 'administrative', admin_level: level, name },
        members: [{ type: 'way' as const, ref: id, role: 'outer' }],
      },
      way: way(id, refs, { boundary: 'administrative', admin_level: level }),
    })
    const borders = [
      border(1, '6', [1, 10, 100, 91, 1], '大区'),
      border(2, '8', [1, 5, 55, 51, 1], '东街'),
      border(3, '8', [1, 5, 55], '断街'),
      border(4, '4', square, '省'),
    ]
    const { osm, tallies } = await imported(
      { nodes: lattice, ways: borders.map((b) => b.way), relations: borders.map((b) => b.relation) },
      { adminLevels: [6, 8] },
    )
    expect(
      osm.divisions.map(({ level, json }) => [
        level,
        (json as { features: { properties: object }[] }).features.map((f) => f.properties),
      ]),
    ).toEqual([
      [2, [{ id: 'r1', name: '大区', nameEn: '' }]],
      [3, [{ id: 'r2', name: '东街', nameEn: '' }]],
    ])
    expect(tallies[0]).toMatchObject({ layer: 'divisions', leftOut: [{ words: 'its edge does not close', count: 1 }] })
    expect([...osm.boundaryLevels]).toEqual([
      ['6', 1],
      ['8', 2],
      ['4', 1],
    ])
  })
})

describe('any extract', () => {
  const someTags = fc.dictionary(
    fc.constantFrom(
      'highway',
      'natural',
      'waterway',
      'landuse',
      'leisure',
      'building',
      'railway',
      'amenity',
      'name',
      'oneway',
      'maxspeed',
      'height',
      'type',
      'tunnel',
      'water',
    ),
    fc.constantFrom(
      'yes',
      'no',
      '-1',
      'primary',
      'footway',
      'water',
      'river',
      'forest',
      'park',
      'rail',
      'school',
      'multipolygon',
      'boundary',
      '50 mph',
      '12',
      '坊',
      '',
      '__proto__',
    ),
    { maxKeys: 5 },
  )
  const someRefs = fc.oneof(
    fc.array(fc.integer({ min: 1, max: 110 }), { maxLength: 8 }),
    fc
      .array(fc.integer({ min: 1, max: 110 }), { minLength: 3, maxLength: 8 })
      .map((refs) => [...refs, refs[0] as number]),
  )
  it('becomes layers the pack accepts, and counts that add up', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ refs: someRefs, tags: someTags }), { maxLength: 12 }),
        fc.array(
          fc.record({
            tags: someTags,
            members: fc.array(
              fc.record({ ref: fc.integer({ min: 1, max: 14 }), role: fc.constantFrom('outer', 'inner', '') }),
              { maxLength: 6 },
            ),
          }),
          { maxLength: 4 },
        ),
        fc.constantFrom<OsmSettings['box']>(null, [0.0012, 0.0012, 0.0063, 0.0047]),
        fc.constantFrom(0, 60),
        async (ways, relations, box, toleranceM) => {
          const { layer, tallies, osm } = await imported(
            {
              nodes: lattice,
              ways: ways.map(({ refs, tags }, i) => way(i + 1, refs, tags)),
              relations: relations.map(({ tags, members }, i) => ({
                id: i + 1,
                tags,
                members: members.map(({ ref, role }) => ({ type: 'way' as const, ref, role })),
              })),
            },
            { box, toleranceM },
          )
          for (const name of osm.layers.keys()) layer(name as LayerName)
          for (const { read, kept, leftOut } of tallies)
            expect(read).toBe(kept + leftOut.reduce((sum, { count }) => sum + count, 0))
          expect(osm.elements.speaking).toBeLessThanOrEqual(ways.length + relations.length)
        },
      ),
      { numRuns: 150 },
    )
  })
})
