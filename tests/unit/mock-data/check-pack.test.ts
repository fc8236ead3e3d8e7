import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { generateCity } from '../../../mock-data/city/generate-city.ts'
import { examinePack } from '../../../mock-data/entrances/check-command.ts'

const dirs: string[] = []
async function pack(files: Readonly<Record<string, unknown>>): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'check-'))
  dirs.push(dir)
  for (const [name, content] of Object.entries(files))
    await writeFile(join(dir, name), typeof content === 'string' ? content : JSON.stringify(content))
  return dir
}
afterAll(async () => {
  for (const dir of dirs) await rm(dir, { recursive: true, force: true })
})
const head = { format: 1, id: 'test', name: '试城', nameEn: 'Testing', timeZone: 'Asia/Shanghai', version: '1' }
const ring = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 0],
]
const areaOf = (properties: object) => ({
  type: 'Feature',
  properties,
  geometry: { type: 'Polygon', coordinates: [ring] },
})
const collection = (...features: object[]) => ({ type: 'FeatureCollection', features })

describe('npm run city -- check', () => {
  it('has nothing to say against the demo city, and counts what it holds', async () => {
    const files = generateCity(1)
    const { problems, counts } = await examinePack(await pack(Object.fromEntries(files)))
    expect(problems).toEqual([])
    expect(counts.get('divisions.geojson')).toBe(
      (JSON.parse(files.get('divisions.geojson') as string) as { features: unknown[] }).features.length,
    )
    expect(counts.has('case-classes.json')).toBe(false)
  })

  it('names file, feature and field of what has the wrong form, in every file at once', async () => {
    const { problems } = await examinePack(
      await pack({
        'pack.json': { ...head, timeZone: 'Moon/Base' },
        'roads.geojson': collection({ type: 'Feature', properties: { class: 'path', speedKmh: 2 }, geometry: null }),
        'rail.geojson': '{',
        'cameras.json': [{ id: '1' }],
        'calendar.json': { hours: [], weekend: [] },
      }),
    )
    for (const start of [
      'pack.json: timeZone:',
      'roads.geojson: feature 0: properties.class:',
      'roads.geojson: feature 0: properties.speedKmh:',
      'rail.geojson: not JSON:',
      'cameras.json: row 0: id:',
      'calendar.json: hours:',
    ])
      expect(
        problems.some((problem) => problem.startsWith(start)),
        `${start} in ${problems.join('; ')}`,
      ).toBe(true)
  })

  it('names what one file says of another and is not there', async () => {
    const position = [0.5, 0.5]
    const { problems } = await examinePack(
      await pack({
        'pack.json': head,
        'divisions.geojson': collection(
          areaOf({ id: 'a', name: '甲', level: 2 }),
          areaOf({ id: 's', name: '街', level: 3, parentId: 'nowhere' }),
          areaOf({ id: 'a', name: '乙', level: 2, parentId: 'a' }),
        ),
        'grids.geojson': collection(
          areaOf({ id: 'g4', level: 4, parentId: 's' }),
          areaOf({ id: 'g5', level: 5, parentId: 's' }),
          areaOf({ id: 'g4', level: 4, parentId: 'a' }),
        ),
        'departments.json': [{ id: 'water', name: '水务', nameEn: 'Water' }],
        'crews.json': [{ unitId: 'U-1', name: '一队', kind: 'drainage', departmentId: 'fire' }],
        'devices.json': [{ code: 'D', name: '水位', kind: 'water-level', position, departmentId: 'gas' }],
        'cameras.json': [
          { id: '1'.repeat(20), name: '一', position, ptzType: 1, departmentId: 'water' },
          { id: '1'.repeat(20), name: '二', position, ptzType: 1 },
        ],
        'parts.json': [{ code: '2'.repeat(16), classCode: 'P0101', position, gridId: 'g9', departmentId: 'x' }],
      }),
    )
    expect(problems).toEqual([
      'divisions.geojson: feature 2: id a is there twice',
      'grids.geojson: feature 2: id g4 is there twice',
      'cameras.json: row 1: id 11111111111111111111 is there twice',
      'divisions.geojson: feature 1: properties.parentId: no district nowhere',
      'divisions.geojson: feature 2: properties.parentId: a district (level 2) has none',
      'grids.geojson: feature 1: properties.parentId: no responsibility grid s',
      'grids.geojson: feature 2: properties.parentId: no street a',
      'crews.json: row 0: departmentId: no department fire',
      'devices.json: row 0: departmentId: no department gas',
      'parts.json: row 0: departmentId: no department x',
      'parts.json: row 0: gridId: no responsibility grid g9',
    ])
  })

  it('says where there is no pack', async () => {
    await expect(examinePack(await pack({}))).rejects.toThrow(/there is no city pack in/)
  })
})
