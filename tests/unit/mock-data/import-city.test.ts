import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { importCity, type DivisionSource } from '../../../mock-data/city/import-city.ts'
import { type PackHead } from '../../../shared/contract/city-pack.ts'
import { checkLayer, checkTable } from '../../../shared/contract/pack-check.ts'

const head: PackHead = {
  format: 1,
  id: 'test',
  name: '试城',
  nameEn: 'Test',
  timeZone: 'UTC',
  version: '1',
  crs: 'WGS84',
  seed: 1,
  attribution: '',
}
const ring = (west: number, south: number, size: number) => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
]
const feature = (properties: object | null, geometry: object | null) => ({ type: 'Feature', properties, geometry })
const polygon = (...coordinates: number[][][]) => ({ type: 'Polygon', coordinates })
const source = (level: 2 | 3, features: object[], over: Partial<DivisionSource> = {}): DivisionSource => ({
  file: `level-${level}.geojson`,
  level,
  idField: 'id',
  nameField: 'name',
  nameEnField: null,
  nameTemplate: null,
  nameEnTemplate: null,
  json: { type: 'FeatureCollection', features },
  ...over,
})
const districts = source(2, [
  feature({ id: 1, name: '西' }, polygon(ring(0, 0, 1))),
  feature({ id: 2, name: '东' }, polygon(ring(1, 0, 1))),
])

describe('importCity', () => {
  it('keeps names as words or numbers, and puts a street where most of it lies', () => {
    const streets = source(3, [
      feature({ id: 'a', name: 10 }, polygon(ring(0.7, 0.2, 0.5))),
      feature({ id: 'b', name: '外' }, polygon(ring(5, 5, 1))),
      feature({ id: '1', name: '重号' }, polygon(ring(1.2, 0.2, 0.3))),
    ])
    const { divisions, report, files } = importCity([districts, { ...streets, nameTemplate: '第{}街' }], {
      head,
      crews: 0,
    })
    expect(divisions.map(({ properties: { id, name, level, parentId } }) => [id, name, level, parentId])).toEqual([
      ['1', '西', 2, null],
      ['2', '东', 2, null],
      ['a', '第10街', 3, '1'],
      ['b', '第外街', 3, null],
      ['3-1', '第重号街', 3, '2'],
    ])
    expect(report).toMatchObject({ read: 5, kept: 5, dropped: [] })
    expect(report.remarks.map(({ feature: n, remark }) => `${n} ${remark}`)).toEqual([
      '2 id 1 is taken: id 3-1 given',
      '1 lies in no district: kept without a parent',
    ])
    expect(checkLayer('divisions', JSON.parse(files.get('divisions.geojson') as string))).toMatchObject({ ok: true })
  })

  it('says of everything it leaves out why, and keeps edges that cross themselves', () => {
    const bowTie = [
      [0, 0],
      [1, 1],
      [1, 0],
      [0, 0.5],
      [0, 0],
    ]
    const touching = [
      [2, 0],
      [3, 0],
      [3, 1],
      [2, 0],
      [1.5, 0.5],
      [1.5, -0.5],
      [2, 0],
    ]
    const { report, divisions } = importCity(
      [
        source(2, [
          feature({ id: 'x', name: '结' }, polygon(bowTie)),
          feature({ id: 'y', name: '' }, polygon(ring(0, 0, 1))),
          feature({ id: 'z', name: '点' }, { type: 'Point', coordinates: [0, 0] }),
          feature({ id: 'w', name: '空' }, null),
          feature(null, polygon(ring(0, 0, 1))),
          feature({ id: 'v', name: '远' }, polygon(ring(200, 0, 1))),
          feature({ id: 'u', name: '触' }, polygon(touching)),
          feature({ name: '无号' }, polygon(ring(0, 0, 1))),
        ]),
      ],
      { head, crews: 0 },
    )
    expect(divisions.map((d) => d.properties.name)).toEqual(['结', '触', '无号'])
    expect(report.dropped.map(({ feature: n, reason }) => `${n} ${reason}`)).toEqual([
      '1 no name: name is empty or missing',
      '2 geometry is Point, not a Polygon or MultiPolygon',
      '3 geometry is missing, not a Polygon or MultiPolygon',
      '4 not a feature with properties',
      expect.stringMatching(/^5 geometry\.coordinates\.0\.0\.0: /) as string,
    ])
    expect(report.remarks.map(({ feature: n, remark }) => `${n} ${remark}`)).toEqual([
      '0 its edge crosses itself at 1 place: kept as it is',
      '7 id is empty: id 2-8 given',
    ])
    expect(() => importCity([source(2, [], { json: [] })], { head, crews: 0 })).toThrow(
      /level-2\.geojson: not a GeoJSON/,
    )
  })

  it('makes crews of every kind, spread over the districts, the same for the same seed', () => {
    const run = () => importCity([districts], { head, crews: 40 }).files.get('crews.json') as string
    const crews = checkTable('crews.json', JSON.parse(run()))
    if (!crews.ok) throw new Error(crews.problems.join())
    expect(crews.value).toHaveLength(40)
    expect(new Set(crews.value.map((crew) => crew.unitId)).size).toBe(40)
    expect(new Set(crews.value.map((crew) => crew.kind)).size).toBe(15)
    const west = crews.value.filter((crew) => (crew.station?.[0] ?? 9) < 1).length
    expect(west).toBe(20)
    expect(run()).toBe(run())
  })
})

const folder = new URL('../../../../shared/data/los-angeles/', import.meta.url).pathname
describe.skipIf(!existsSync(folder))('Los Angeles (skipped where the data is not beside the project)', () => {
  it('has 15 districts and 100 neighbourhoods, none left out', () => {
    const json = (name: string): unknown => JSON.parse(readFileSync(folder + name, 'utf8'))
    const { report, divisions } = importCity(
      [
        source(2, [], { idField: 'external_id', json: json('council-districts.geojson') }),
        source(3, [], { idField: 'nc_id', nameField: 'nameshort', json: json('neighbourhoods.geojson') }),
      ],
      { head, crews: 60 },
    )
    expect(report).toMatchObject({ read: 115, kept: 115, dropped: [] })
    expect(divisions.filter((d) => d.properties.level === 2)).toHaveLength(15)
    expect(divisions.filter((d) => d.properties.level === 3 && d.properties.parentId !== null)).toHaveLength(100)
  })
})
