import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon'
import { describe, expect, it } from 'vitest'
import { generateCity } from '../../../mock-data/city/generate-city.ts'
import { centreLines } from '../../../server/src/city/tiles/centre-line.ts'
import { distanceM, type LonLat } from '../../../shared/model/geo.ts'

type Position = number[]
const origin = [121, 31] as const
const perLon = 111_320 * Math.cos((31 * Math.PI) / 180)
const place = ([x, y]: readonly [number, number]): Position => [origin[0] + x / perLon, origin[1] + y / 111_320]
const metres = (at: Position): [number, number] => [
  ((at[0] as number) - origin[0]) * perLon,
  ((at[1] as number) - origin[1]) * 111_320,
]
/** A bed of this half width along `y = bend(x)`, 5 km long. */
const bed = (bend: (x: number) => number, halfWidth: (x: number) => number): Position[] => {
  const xs = Array.from({ length: 201 }, (_, i) => i * 25)
  const bank = (side: 1 | -1) =>
    xs.map((x) => {
      const slope = (bend(x + 1) - bend(x - 1)) / 2
      const long = Math.hypot(1, slope)
      return place([x - (side * halfWidth(x) * slope) / long, bend(x) + (side * halfWidth(x)) / long])
    })
  const ring = [...bank(1), ...bank(-1).reverse()]
  return [...ring, ring[0] as Position]
}
const box = (w: number, h: number): Position[] =>
  [
    [0, 0],
    [w, 0],
    [w, h],
    [0, h],
    [0, 0],
  ].map(([x, y]) => place([x as number, y as number]))
const lengthM = (line: readonly Position[]) =>
  line.slice(1).reduce((sum, at, i) => sum + distanceM(line[i] as unknown as LonLat, at as unknown as LonLat), 0)

describe('the line a river’s name stands on', () => {
  it.each([
    ['straight', () => 0, () => 100],
    ['bent', (x: number) => 600 * Math.sin(x / 500), () => 80],
    ['that widens to its mouth', (x: number) => 300 * Math.sin(x / 700), (x: number) => 40 + x / 25],
  ] as const)('runs through the middle of a river, %s', (_, bend, halfWidth) => {
    const [line = [], ...arms] = centreLines([bed(bend, halfWidth)])
    expect(arms).toEqual([])
    expect(lengthM(line)).toBeGreaterThan(4_000)
    for (const at of line) {
      const [x, y] = metres(at)
      const off = Math.abs(y - bend(x)) / Math.hypot(1, (bend(x + 1) - bend(x - 1)) / 2)
      expect(off, `at ${Math.round(x)} m`).toBeLessThan(0.45 * halfWidth(x))
    }
  })
  it('turns gently enough for letters', () => {
    const [line = []] = centreLines([
      bed(
        (x) => 600 * Math.sin(x / 500),
        () => 80,
      ),
    ])
    const headings = line.slice(1).map((at, i) => {
      const [[ax, ay], [bx, by]] = [metres(line[i] as Position), metres(at)]
      return Math.atan2(by - ay, bx - ax)
    })
    const turns = headings.slice(1).map((heading, i) => Math.abs(Math.sin((heading - (headings[i] as number)) / 2) * 2))
    expect(Math.max(...turns)).toBeLessThan(Math.PI / 6)
  })
  it('has a line for each arm', () => {
    const cross = [
      [0, 1000],
      [2000, 1000],
      [2000, 0],
      [2100, 0],
      [2100, 1000],
      [4000, 1000],
      [4000, 1100],
      [0, 1100],
      [0, 1000],
    ]
    const lines = centreLines([cross.map(([x, y]) => place([x as number, y as number]))])
    expect(lines.map((line) => Math.round(lengthM(line) / 500))).toEqual([8, 2])
  })
  it('goes round where water goes round', () => {
    const ring = (radius: number) =>
      Array.from({ length: 73 }, (_, i) =>
        place([2000 + radius * Math.cos((i * Math.PI) / 36), 2000 + radius * Math.sin((i * Math.PI) / 36)]),
      )
    const lines = centreLines([ring(1000), ring(950)])
    expect(lines.reduce((sum, line) => sum + lengthM(line), 0)).toBeGreaterThan(0.8 * 2 * Math.PI * 975)
  })
  it.each([
    ['a lake', [box(1000, 700)]],
    ['a short canal', [box(500, 90)]],
    ['a ring of nothing', [[place([0, 0]), place([0, 0]), place([0, 0])]]],
    ['no ring', []],
  ])('is none for %s', (_, polygon) => expect(centreLines(polygon)).toEqual([]))
  it('is none, and soon, where a shape is too fine', () => {
    const startedAt = performance.now()
    expect(centreLines([box(200_000, 2)])).toEqual([])
    expect(performance.now() - startedAt).toBeLessThan(1_000)
  })
  it('lies in the water for every river of the demo city, and for none of its lakes', () => {
    const water = JSON.parse(String(generateCity(1, 'small').get('water.geojson'))) as {
      features: {
        properties: { kind: string; name: string }
        geometry: { type: 'Polygon'; coordinates: Position[][] }
      }[]
    }
    const rivers = water.features.filter(({ properties }) => ['river', 'canal', 'moat'].includes(properties.kind))
    expect(rivers.length).toBeGreaterThan(1)
    for (const { geometry, properties } of rivers) {
      const lines = centreLines(geometry.coordinates)
      expect(lines.length, properties.name).toBeGreaterThan(0)
      for (const at of lines.flat()) expect(booleanPointInPolygon(at, geometry), properties.name).toBe(true)
    }
    for (const { geometry, properties } of water.features)
      if (properties.kind === 'lake') expect(centreLines(geometry.coordinates), properties.name).toEqual([])
    // A city is made first.
  }, 120_000)
})
