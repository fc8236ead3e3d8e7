import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generateCity } from '../../../mock-data/city/generate-city.ts'
import { loadCity } from '../../../server/src/city/load-city.ts'
import { CityPackError } from '../../../server/src/city/city-pack-error.ts'
import { defaultAlarmRules } from '../../../server/src/domain/alarm-rules.ts'
import { defaultCaseClasses } from '../../../server/src/domain/case-classes.ts'
import type { City } from '../../../server/src/ports/city.ts'
import { layerNames } from '../../../shared/contract/city-pack.ts'
import { soleCondition, unnamedStandard, type CaseClass } from '../../../shared/model/case-class.ts'

const term = { zh: '积水', en: 'Ponding' }
const caseClass = (code: string, departmentId: string | null): CaseClass => ({
  code,
  name: term,
  group: term,
  priority: 2,
  limit: { amount: 1, unit: 'work-hour' },
  conditions: [soleCondition({ amount: 1, unit: 'work-hour' })],
  ...unnamedStandard,
  departmentId,
  keywords: [],
})
const noDefaults = { caseClasses: [], alarmRules: [] }
const builtIn = { caseClasses: defaultCaseClasses, alarmRules: defaultAlarmRules }
const square = (west: number, south: number, size: number) => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [west + size, south],
      [west + size, south + size],
      [west, south + size],
      [west, south],
    ],
  ],
})
const division = (id: string, level: number, parentId: string | null, geometry: object) => ({
  type: 'Feature',
  properties: { id, name: id, level, parentId },
  geometry,
})
const head = { format: 1, id: 'test', name: '试城', nameEn: 'Testing', timeZone: 'Asia/Shanghai', version: '1' }

const dirs: string[] = []
async function pack(files: Record<string, unknown>): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'city-'))
  dirs.push(dir)
  for (const [name, content] of Object.entries(files))
    await writeFile(join(dir, name), typeof content === 'string' ? content : JSON.stringify(content))
  return dir
}
const collection = (...features: object[]) => ({ type: 'FeatureCollection', features })
afterAll(async () => {
  for (const dir of dirs) await rm(dir, { recursive: true, force: true })
})

const problemsOf = async (files: Record<string, unknown>, defaults: Parameters<typeof loadCity>[1] = noDefaults) => {
  try {
    await loadCity(await pack(files), defaults)
  } catch (error) {
    if (error instanceof CityPackError) return error.problems
    throw error
  }
  return []
}

describe('the demo city', () => {
  let city: City
  beforeAll(async () => {
    city = await loadCity(await pack(Object.fromEntries(generateCity(1))), builtIn)
  })

  it('has districts, streets, departments, crews and layers', () => {
    expect(city.profile.divisions.filter((d) => d.level === 2)).toHaveLength(3)
    expect(city.profile.divisions.filter((d) => d.level === 3)).toHaveLength(9)
    expect(city.crews.length).toBeGreaterThanOrEqual(24)
    expect(new Set(city.crews.map((c) => c.kind)).size).toBeGreaterThanOrEqual(8)
    expect([...city.layerNames].sort()).toEqual([...layerNames].sort())
    const roads = JSON.parse(new TextDecoder().decode(city.layer('roads') as Uint8Array)) as { features: unknown[] }
    expect(roads.features.length).toBeGreaterThan(600)
    expect(city.layer('nothing')).toBeNull()
  })

  it('drives on roads between all stations', () => {
    const stations = city.crews.flatMap((c) => (c.station ? [c.station] : []))
    for (const from of stations) {
      const { basis, seconds, metres } = city.travel(from, stations[0] as (typeof stations)[0])
      if (metres > 500) expect(basis).toBe('road')
      expect(seconds).toBeLessThan(1500)
      expect(metres / Math.max(1, seconds)).toBeLessThan(80 / 3.6)
    }
  })

  it('proposes for 40 crews well inside its time', () => {
    const stations = city.crews.flatMap((c) => (c.station ? [c.station] : []))
    const scenes = city.profile.divisions.map((d) => d.centre)
    const costs = scenes.map((scene) => {
      const began = performance.now()
      for (let i = 0; i < 40; i++) city.travel(stations[i % stations.length] as (typeof stations)[0], scene)
      return performance.now() - began
    })
    expect(costs.sort((a, b) => a - b)[Math.floor(costs.length / 2)]).toBeLessThan(20)
  })

  it('finds grid, street and district of every street centre', () => {
    for (const d of city.profile.divisions.filter((each) => each.level === 3))
      expect(city.locate(d.centre).slice(-2)).toEqual([d.id, d.parentId])
    expect(city.locate([0, 0])).toEqual([])
    expect(city.districtOf([0, 0])).toBeNull()
  })
})

describe('divisions', () => {
  it('lets the smallest neighbourhood speak, and the district that covers the place', async () => {
    const city = await loadCity(
      await pack({
        'pack.json': head,
        'divisions.geojson': collection(
          division('west', 2, null, square(0, 0, 1)),
          division('east', 2, null, square(1, 0, 1)),
          division('large', 3, 'west', square(0.5, 0, 1)),
          division('small', 3, 'west', square(0.8, 0.2, 0.4)),
          division('lonely', 3, 'east', square(5, 5, 1)),
        ),
      }),
      noDefaults,
    )
    expect(city.locate([0.9, 0.3])).toEqual(['small', 'west'])
    // Its parent is west, its ground is east's.
    expect(city.locate([1.1, 0.3])).toEqual(['small', 'east'])
    expect(city.locate([0.6, 0.9])).toEqual(['large', 'west'])
    expect(city.locate([0.1, 0.9])).toEqual(['west'])
    // In no district's polygon: the parent answers.
    expect(city.locate([5.5, 5.5])).toEqual(['lonely', 'east'])
  })
})

describe('travel', () => {
  const road = (coordinates: number[][], more: object = {}) => ({
    type: 'Feature',
    properties: { class: 'local', speedKmh: 36, ...more },
    geometry: { type: 'LineString', coordinates },
  })
  it('is straight × 1.3 at 30 km/h where there are no roads', async () => {
    const city = await loadCity(await pack({ 'pack.json': head }), noDefaults)
    const { seconds, metres, basis } = city.travel([0, 0], [0.01, 0])
    expect(basis).toBe('straight')
    expect(metres).toBeCloseTo(1111.95 * 1.3, 0)
    expect(seconds).toBeCloseTo(metres / (30 / 3.6), 6)
  })
  it('keeps one-way streets, and says straight where roads do not reach', async () => {
    const roads = collection(
      road(
        [
          [0, 0],
          [0.02, 0],
        ],
        { oneway: true },
      ),
      road([
        [0.02, 0],
        [0.02, 0.02],
        [0, 0.02],
        [0, 0],
      ]),
      road([
        [0.2, 0.2],
        [0.21, 0.2],
      ]),
    )
    const city = await loadCity(await pack({ 'pack.json': head, 'roads.geojson': roads }), noDefaults)
    const there = city.travel([0, 0], [0.02, 0])
    const back = city.travel([0.02, 0], [0, 0])
    expect(there.basis).toBe('road')
    expect(there.seconds).toBeCloseTo(222.4, 0)
    expect(back.seconds / there.seconds).toBeCloseTo(3, 1)
    // The other road is an island; and the sea has none.
    expect(city.travel([0, 0], [0.2, 0.2]).basis).toBe('straight')
    expect(city.travel([0, 0], [0.1, 0.1]).basis).toBe('straight')
  })
})

describe('a pack that cannot be used', () => {
  it('names file, feature and field', async () => {
    expect(
      await problemsOf({
        'pack.json': head,
        'divisions.geojson': collection(
          division('a', 2, null, square(0, 0, 1)),
          division('', 4, null, { type: 'Point', coordinates: [0, 0] }),
        ),
        'crews.json': [{ unitId: 'pump 1', name: 'x', kind: 'drainage' }],
        'roads.geojson': '{',
      }),
    ).toEqual([
      expect.stringMatching(/^divisions\.geojson: feature 1: properties\.id: /),
      expect.stringMatching(/^divisions\.geojson: feature 1: properties\.name: /),
      expect.stringMatching(/^divisions\.geojson: feature 1: properties\.level: /),
      expect.stringMatching(/^divisions\.geojson: feature 1: geometry\.type: /),
      expect.stringMatching(/^roads\.geojson: not JSON/),
      expect.stringMatching(/^crews\.json: row 0: unitId: /),
    ])
  })
  it('names what is twice, or named and not there', async () => {
    expect(
      await problemsOf({
        'pack.json': head,
        'divisions.geojson': collection(
          division('a', 2, null, square(0, 0, 1)),
          division('a', 3, 'b', square(0, 0, 1)),
        ),
        'departments.json': [{ id: 'd', name: '排水', nameEn: 'Drainage' }],
        'crews.json': [{ unitId: 'PUMP-1', name: 'x', kind: 'drainage', departmentId: 'x' }],
      }),
    ).toEqual([
      'divisions.geojson: feature 1: id a is there twice',
      'divisions.geojson: feature 1: properties.parentId: no district b',
      'crews.json: row 0: departmentId: no department x',
    ])
  })
  it('says that there is no pack, or that its zone is unknown', async () => {
    expect(await problemsOf({})).toEqual(['pack.json: missing'])
    expect(await problemsOf({ 'pack.json': { ...head, timeZone: 'Mars/Base' } })).toEqual([
      'pack.json: timeZone: not a time zone this system knows, for example Asia/Shanghai',
    ])
  })
})

describe('tables', () => {
  const departments = [{ id: 'drainage', name: '排水', nameEn: 'Drainage' }]
  it('takes the built-in ones without departments this city lacks', async () => {
    const city = await loadCity(await pack({ 'pack.json': head, 'departments.json': departments }), {
      caseClasses: [caseClass('E0506', 'drainage'), caseClass('E0502', 'gas')],
      alarmRules: [],
    })
    expect(city.caseClasses.map((c) => c.departmentId)).toEqual(['drainage', null])
  })
  it('prefers the pack’s own, and refuses rules for classes it lacks', async () => {
    const rule = {
      ...{
        id: 'r',
        version: 1,
        kind: 'water-depth',
        sense: 'high',
        limit: 15,
        deadband: 2,
        onDelayMs: 0,
        onReadings: 1,
      },
      ...{ offDelayMs: 0, priority: 2, name: term, consequence: term, action: term, classCode: 'E9999' },
    }
    const row = { ...caseClass('E0506', null), limit: '2工作日', conditions: undefined }
    const own = { 'pack.json': head, 'case-classes.json': [row], 'alarm-rules.json': [rule] }
    expect(await problemsOf(own)).toEqual(['alarm-rules.json: rule r: no case class E9999 in case-classes.json'])
    const city = await loadCity(await pack({ ...own, 'alarm-rules.json': [{ ...rule, classCode: 'E0506' }] }), {
      caseClasses: [caseClass('E0101', null)],
      alarmRules: [],
    })
    expect(city.caseClasses.map((c) => [c.code, c.limit])).toEqual([['E0506', { amount: 2, unit: 'work-day' }]])
    expect(city.alarmRules.map((r) => r.classCode)).toEqual(['E0506'])
    expect(await problemsOf({ ...own, 'case-classes.json': [{ ...row, limit: '两天' }] })).toEqual([
      expect.stringMatching(/^case-classes\.json: .*limit: a limit: 2紧急工作时, 4工作时, 2工作日 or 1自然日$/),
    ])
  })
})
