/** What a pack says beyond divisions and roads: grids, calendar, cameras, parts, claims of departments, its coordinate system. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readCityFiles } from '../../../mock-data/entrances/city-files.ts'
import { CityPackError } from '../../../server/src/city/city-pack-error.ts'
import { loadCity } from '../../../server/src/city/load-city.ts'
import { soleCondition, unnamedStandard, type CaseClass } from '../../../shared/model/case-class.ts'
import { distanceM, type LonLat } from '../../../shared/model/geo.ts'

const head = { format: 1, id: 'test', name: '试城', nameEn: 'Testing', timeZone: 'Asia/Shanghai', version: '1' }
const square = (west: number, south: number, size: number) => {
  const [east, north] = [west + size, south + size]
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ]
  return { type: 'Polygon', coordinates: [ring] }
}
const area = (id: string, level: number, parentId: string | null, geometry: object) => ({
  type: 'Feature',
  properties: { id, name: id, level, parentId },
  geometry,
})
const collection = (...features: object[]) => ({ type: 'FeatureCollection', features })
const term = { zh: '井盖', en: 'Cover' }
const caseClass = (code: string, departmentId: string | null): CaseClass => ({
  ...{
    code,
    name: term,
    group: term,
    priority: 3,
    limit: { amount: 1, unit: 'work-hour' },
    conditions: [soleCondition({ amount: 1, unit: 'work-hour' })],
    ...unnamedStandard,
    departmentId,
    keywords: [],
  },
})
const department = (id: string, classes: string[] = []) => ({ id, name: id, nameEn: id, classes })

const dirs: string[] = []
function packDir(files: Record<string, unknown>): string {
  const dir = mkdtempSync(join(tmpdir(), 'city-'))
  dirs.push(dir)
  for (const [name, content] of Object.entries({ 'pack.json': head, ...files }))
    writeFileSync(join(dir, name), JSON.stringify(content))
  return dir
}
const load = (files: Record<string, unknown>, caseClasses: CaseClass[] = []) =>
  loadCity(packDir(files), { caseClasses, alarmRules: [] })
const problemsOf = (files: Record<string, unknown>, caseClasses: CaseClass[] = []) =>
  load(files, caseClasses).then(
    () => [],
    (error: unknown) => {
      if (error instanceof CityPackError) return error.problems
      throw error
    },
  )
afterAll(() => {
  for (const dir of dirs) rmSync(dir, { recursive: true, force: true })
})

const divisions = collection(
  area('d', 2, null, square(0, 0, 1)),
  area('s1', 3, 'd', square(0, 0, 0.5)),
  area('s2', 3, 'd', square(0.5, 0, 0.5)),
)
const grids = collection(
  area('g1', 4, 's1', square(0, 0, 0.25)),
  area('g2', 4, 's1', square(0.25, 0, 0.25)),
  area('u1', 5, 'g1', square(0, 0, 0.1)),
)
const part = { code: '3290110101000001', classCode: 'P0101', position: [0.1, 0.1], gridId: 'g1', departmentId: 'water' }
const camera = { id: '32901100001310000001', name: '口', position: [0.1, 0.1], ptzType: 1, departmentId: 'water' }
const calendar = {
  hours: [
    { from: '08:00', to: '12:00' },
    { from: '14:00', to: '18:00' },
  ],
  weekend: [6, 7],
  days: [{ date: '2026-01-01', kind: 'holiday', name: '元旦' }],
}

describe('grids', () => {
  it('are told before street and district, the finest first', async () => {
    const city = await load({ 'divisions.geojson': divisions, 'grids.geojson': grids })
    expect(city.locate([0.05, 0.05])).toEqual(['u1', 'g1', 's1', 'd'])
    expect(city.locate([0.2, 0.2])).toEqual(['g1', 's1', 'd'])
    expect(city.locate([0.7, 0.2])).toEqual(['s2', 'd'])
    expect(city.locate([0.7, 0.8])).toEqual(['d'])
    expect(city.locate([2, 2])).toEqual([])
    expect(city.layerNames).toContain('grids')
  })
  it('have parents one level up', async () => {
    const wrong = collection(
      area('g1', 4, 'd', square(0, 0, 0.25)),
      area('u1', 5, 's1', square(0, 0, 0.1)),
      area('g1', 4, null, square(0, 0, 0.25)),
    )
    expect(await problemsOf({ 'divisions.geojson': divisions, 'grids.geojson': wrong })).toEqual([
      'grids.geojson: feature 2: id g1 is there twice',
      'grids.geojson: feature 0: properties.parentId: no street d',
      'grids.geojson: feature 1: properties.parentId: no responsibility grid s1',
    ])
  })
})

describe('cameras, parts and the calendar', () => {
  const whole = {
    'divisions.geojson': divisions,
    'grids.geojson': grids,
    'departments.json': [department('water')],
    'cameras.json': [camera],
    'parts.json': [part],
    'calendar.json': calendar,
  }
  it('are there for the rest of the server', async () => {
    const city = await load(whole, [caseClass('P0101', null)])
    expect(city.cameras).toEqual([{ ...camera, headingDeg: null }])
    expect(city.parts).toEqual([part])
    expect(city.calendar).toEqual(calendar)
    const bare = await load({})
    expect([bare.cameras, bare.parts, bare.calendar]).toEqual([[], [], null])
  })
  it('name what is there', async () => {
    const wrong = {
      ...whole,
      'cameras.json': [camera, { ...camera, departmentId: 'x' }],
      'parts.json': [part, { ...part, gridId: 'u1', departmentId: 'x' }],
      'calendar.json': {
        hours: [...calendar.hours, { from: '17:00', to: '17:00' }, { from: '17:30', to: '19:00' }],
        weekend: [],
        days: [...calendar.days, ...calendar.days],
      },
    }
    expect(await problemsOf(wrong, [caseClass('P0101', null)])).toEqual([
      `cameras.json: row 1: id ${camera.id} is there twice`,
      `parts.json: row 1: code ${part.code} is there twice`,
      'cameras.json: row 1: departmentId: no department x',
      'parts.json: row 1: departmentId: no department x',
      'parts.json: row 1: gridId: no responsibility grid u1',
      'calendar.json: hours.2: ends before it begins',
      'calendar.json: day 1: date 2026-01-01 is there twice',
    ])
    const overlapping = { ...calendar, hours: [calendar.hours[0], { from: '11:59', to: '13:00' }] }
    expect(await problemsOf({ 'calendar.json': overlapping })).toEqual([
      'calendar.json: hours.1: begins before the one before has ended',
    ])
    expect(await problemsOf({ 'calendar.json': { ...calendar, weekend: [0] } })).toEqual([
      expect.stringMatching(/^calendar\.json: weekend\.0: /),
    ])
  })
  it('are of classes the city has, and their codes say the same', async () => {
    const parts = [
      part,
      { ...part, code: '3290110102000002' },
      { ...part, code: '3290119999000003', classCode: 'P9999' },
    ]
    const departments = [department('water', ['P01', 'E07'])]
    expect(
      await problemsOf({ ...whole, 'parts.json': parts, 'departments.json': departments }, [caseClass('P0101', null)]),
    ).toEqual([
      'departments.json: row 0: classes: no case class E07',
      'parts.json: row 2: classCode: no case class P9999',
      'parts.json: row 1: code: its class 0102 is not that of P0101',
    ])
  })
  it('never say more than twenty problems of a sort', async () => {
    const parts = Array.from({ length: 50 }, () => part)
    expect(await problemsOf({ ...whole, 'parts.json': parts })).toHaveLength(20)
  })
})

describe('who leads a class', () => {
  it('is whom the table names, else the closest claim, else nobody', async () => {
    const departments = [department('roads', ['P01', 'E']), department('water', ['P0101', 'E']), department('gas')]
    const table = [
      caseClass('P0101', null),
      caseClass('P0102', null),
      caseClass('P0111', 'gas'),
      caseClass('P0201', null),
      caseClass('E0101', 'nobody'),
    ]
    const city = await load({ 'departments.json': departments }, table)
    expect(city.caseClasses.map((row) => row.departmentId)).toEqual(['water', 'roads', 'gas', null, 'roads'])
    expect(city.profile.departments[0]).toEqual({ id: 'roads', name: 'roads', nameEn: 'roads' })
  })
})

describe('a coordinate system of its own', () => {
  // 人民广场 in WGS 84, and as Chinese maps show it.
  const place: LonLat = [121.4692, 31.2324]
  const gcj: LonLat = [121.473758, 31.230387]
  const bd: LonLat = [121.480279, 31.23633]
  const files = (crs: string, at: LonLat) => ({
    'pack.json': { ...head, crs },
    'places.geojson': collection({
      ...{ type: 'Feature', properties: { id: 'p', name: '人民广场', kind: 'square' } },
      geometry: { type: 'Point', coordinates: at },
    }),
    'divisions.geojson': collection(area('d', 2, null, square(at[0] - 0.001, at[1] - 0.001, 0.002))),
    'crews.json': [
      { unitId: 'A-1', name: 'a', kind: 'x', station: at },
      { unitId: 'A-2', name: 'b', kind: 'x', station: null },
    ],
    'cameras.json': [{ ...camera, departmentId: null, position: at }],
    'devices.json': [{ code: 'd', name: 'd', kind: 'noise', position: at }],
  })
  it.each([
    ['WGS84', place, 0],
    ['CGCS2000', place, 0],
    ['GCJ02', gcj, 60],
    ['BD09', bd, 60],
  ] as const)('%s is WGS 84 from here on', async (crs, at, slackM) => {
    const city = await load(files(crs, at))
    const layer = JSON.parse(new TextDecoder().decode(city.layer('places') as Uint8Array)) as {
      features: { geometry: { coordinates: LonLat } }[]
    }
    const files2 = await readCityFiles(packDir(files(crs, at)))
    const found = [
      layer.features[0]?.geometry.coordinates,
      city.crews[0]?.station,
      city.cameras[0]?.position,
      files2.devices[0]?.position,
      city.profile.divisions[0]?.centre,
    ]
    for (const position of found) expect(distanceM(position as LonLat, place)).toBeLessThanOrEqual(slackM + 1)
    expect(city.crews[1]?.station).toBeNull()
    expect(city.locate(place)).toEqual(['d'])
  })
})
