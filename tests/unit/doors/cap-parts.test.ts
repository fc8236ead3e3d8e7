import { describe, expect, it } from 'vitest'
import { colourOf } from '../../../server/src/doors/cap/colour.ts'
import { divisionFinder } from '../../../server/src/doors/cap/find-divisions.ts'
import { areaFinder } from '../../../server/src/city/area-finder.ts'
import type { DivisionFeature } from '../../../shared/contract/city-pack.ts'
import { circleRing, distanceM } from '../../../shared/model/geo.ts'
import type { WarningPolygon } from '../../../shared/model/warning.ts'

describe('the colour', () => {
  const colour = (over: Partial<Parameters<typeof colourOf>[0]>) =>
    colourOf({ parameters: [], event: '', headline: '', severity: 'Minor', ...over })

  it.each([
    ['Extreme', 'red'],
    ['Severe', 'orange'],
    ['Moderate', 'yellow'],
    ['Minor', 'blue'],
    ['Unknown', 'yellow'],
  ] as const)('of severity %s is %s where nothing else says it', (severity, expected) => {
    expect(colour({ severity })).toBe(expected)
  })

  it.each([
    ['暴雨红色预警', 'red'],
    ['市气象台发布大风橙色预警信号', 'orange'],
    ['橙色暴雨预警', 'orange'],
    ['由黄色预警升级为橙色预警', 'orange'],
    ['暴雨橙色预警降级为黄色', 'yellow'],
    ['发布雷电黄色预警，此前的橙色预警解除', 'yellow'],
    ['Orange rain warning', 'orange'],
    ['黄河水情通报', 'blue'],
    ['红树林保护日', 'blue'],
  ] as const)('of “%s” is %s', (headline, expected) => {
    expect(colour({ headline })).toBe(expected)
  })

  it('is said first by a parameter, then by the event, then by the headline', () => {
    const parameters = [
      { name: 'station', value: 'Red Hill' },
      { name: 'awareness_level', value: '2; yellow; Moderate' },
    ]
    const said = { parameters, event: '暴雨橙色预警', headline: '暴雨红色预警' }
    expect(colour(said)).toBe('yellow')
    expect(colour({ ...said, parameters: [] })).toBe('orange')
    expect(colour({ ...said, parameters: [{ name: '预警级别', value: '红色' }] })).toBe('red')
  })
})

describe('a circle', () => {
  it.each([
    [[121.5, 31.2], 2500],
    [[0, 0], 100_000],
    [[179.9, -60], 50_000],
  ] as const)('about %j is a closed ring at its radius', (centre, radiusM) => {
    const ring = circleRing(centre, radiusM)
    expect(ring).toHaveLength(65)
    expect(ring[0]).toEqual(ring[64])
    for (const at of ring) expect(distanceM(centre, at) / radiusM).toBeCloseTo(1, 6)
  })

  it('of no radius still has an area', () => {
    expect(distanceM([121, 31], circleRing([121, 31], 0)[0] ?? [0, 0])).toBeCloseTo(50, 3)
  })
})

const square = (west: number, south: number, size: number): [number, number][] => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
]
const feature = (id: string, level: 2 | 3, ring: [number, number][]) =>
  ({
    type: 'Feature',
    properties: { id, name: id, nameEn: id, level, parentId: null },
    geometry: { type: 'Polygon', coordinates: [ring] },
  }) as unknown as DivisionFeature

describe('districts touched', () => {
  const find = areaFinder([
    feature('west', 2, square(0, 0, 1)),
    feature('east', 2, square(1, 0, 1)),
    feature('street', 3, square(0, 0, 0.5)),
  ])
  const area = (ring: [number, number][]): WarningPolygon => [ring]

  it('are those an area lies in, covers, or crosses without a corner inside', () => {
    expect(find([area(square(0.2, 0.2, 0.1))])).toEqual(['west'])
    expect(find([area(square(-1, -1, 5))])).toEqual(['west', 'east'])
    const across: [number, number][] = [
      [-1, 0.4],
      [3, 0.4],
      [3, 0.6],
      [-1, 0.6],
      [-1, 0.4],
    ]
    expect(find([area(across)])).toEqual(['west', 'east'])
    expect(find([area(square(5, 5, 1)), area(square(1.5, 0.5, 0.1))])).toEqual(['east'])
    expect(find([area(square(5, 5, 1))])).toEqual([])
    expect(find([])).toEqual([])
  })

  it('are streets where there are no districts', () => {
    expect(areaFinder([feature('street', 3, square(0, 0, 1))])([area(square(0.2, 0.2, 0.1))])).toEqual(['street'])
  })

  it('are joined with those named by code', () => {
    const profile = { divisions: [{ id: '310101' }, { id: 'd7' }] } as never
    const touched = divisionFinder({ profile, districtsTouching: () => ['310101', '310104'] })
    const geocodes = ['310101000000', 'd7', '999999', '000']
    expect(touched({ polygons: [], geocodes })).toEqual(['310101', 'd7', '310104'])
  })
})
