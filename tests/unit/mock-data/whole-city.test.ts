/** The whole demo city: what issue and docs say it has, counted, and what would make it no place, looked for. */
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { generateCity } from '../../../mock-data/city/generate-city.ts'
import type { LonLat } from '../../../shared/model/geo.ts'
import { nearestIndex, roadNetwork } from '../../../shared/model/roads.ts'
import { crosses, flat, isIn, Lines, signedArea, type Metres } from '../../support/ground-plan.ts'

interface Feature {
  readonly properties: {
    readonly id: string
    readonly level: number
    readonly parentId: string
    readonly name: string
    readonly nameEn: string
    readonly kind: string
    readonly class: string
    readonly tunnel: boolean
    readonly speedKmh: number
    readonly oneway: boolean
  }
  readonly geometry: { readonly type: string; readonly coordinates: never }
}
interface Row {
  readonly code: string
  readonly id: string
  readonly unitId: string
  readonly name: string
  readonly kind: string
  readonly gateway: string
  readonly position: LonLat
  readonly station: LonLat
  readonly departmentId: string
  readonly gridId: string
}

const began = process.cpuUsage()
const pack = generateCity(1, 'full')
const used = process.cpuUsage(began)
const cpuMs = (used.user + used.system) / 1000
const parsed = new Map<string, unknown>()
const json = (file: string) => {
  if (!parsed.has(file)) parsed.set(file, JSON.parse(pack.get(file) as string))
  return parsed.get(file)
}
const features = (layer: string) => (json(`${layer}.geojson`) as { features: Feature[] }).features
const rows = (file: string) => json(`${file}.json`) as Row[]
const ringsOf = ({ geometry }: Feature) =>
  (geometry.type === 'MultiPolygon'
    ? (geometry.coordinates as LonLat[][][]).flat()
    : geometry.coordinates) as readonly LonLat[][]
const divisions = features('divisions')
const grids = features('grids')
const roads = features('roads')

describe('the whole demo city', () => {
  it('is made within its time and size', () => {
    // Work, not waiting: on a busy machine it takes longer by the clock.
    expect(cpuMs).toBeLessThan(20_000)
    const bytes = [...pack.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0)
    expect(bytes).toBeLessThan(60e6)
  })
  it('is the same to the byte when made again', () => {
    const hash = (files: ReadonlyMap<string, string>) => {
      const sum = createHash('sha256')
      for (const [name, text] of files) sum.update(name).update(text)
      return sum.digest('hex')
    }
    expect(hash(generateCity(1, 'full'))).toBe(hash(pack))
  }, 120_000)
  it('has six districts, 48 streets, 480 grids, each under its parent', () => {
    expect(divisions.filter((d) => d.properties.level === 2)).toHaveLength(6)
    expect(divisions.filter((d) => d.properties.level === 3)).toHaveLength(48)
    expect(grids.filter((g) => g.properties.level === 4)).toHaveLength(480)
    for (const { properties } of grids) expect(properties.id.startsWith(properties.parentId)).toBe(true)
  })
  it('has as many houses, devices, crews, cameras and parts as promised', () => {
    const houses = features('buildings').length
    expect(houses).toBeGreaterThan(18_000)
    expect(houses).toBeLessThan(24_000)
    const devices = rows('devices')
    expect(devices.length).toBeGreaterThanOrEqual(11_900)
    expect(new Set(devices.map((d) => d.kind)).size).toBe(27)
    const behind = new Map<string, number>()
    for (const { gateway } of devices) behind.set(gateway, (behind.get(gateway) ?? 0) + 1)
    expect(behind.has('')).toBe(false)
    expect(Math.max(...behind.values())).toBeLessThanOrEqual(100)
    const crews = rows('crews')
    expect(crews).toHaveLength(300)
    expect(new Set(crews.map((c) => c.kind)).size).toBeGreaterThanOrEqual(12)
    expect(rows('cameras').length).toBeGreaterThanOrEqual(850)
    expect(rows('parts').length).toBeGreaterThan(39_000)
  })
  it('gives no name or number twice where one must be told from the other', () => {
    const names = {
      districts: divisions.filter((d) => d.properties.level === 2).map((d) => d.properties.name),
      streets: divisions.filter((d) => d.properties.level === 3).map((d) => d.properties.name),
      'divisions in English': divisions.map((d) => d.properties.nameEn),
      'responsibility grids': grids.filter((g) => g.properties.level === 4).map((g) => g.properties.name),
      'grid codes': grids.map((g) => g.properties.id),
      places: features('places').map((p) => p.properties.name),
      'places in English': features('places').map((p) => `${p.properties.kind} ${p.properties.nameEn}`),
      'waters and greens': [...features('water'), ...features('green')].map((f) => f.properties.name).filter(Boolean),
      'device codes': rows('devices').map((d) => d.code),
      devices: rows('devices').map((d) => d.name),
      'call signs': rows('crews').map((c) => c.unitId),
      crews: rows('crews').map((c) => c.name),
      'camera numbers': rows('cameras').map((c) => c.id),
      cameras: rows('cameras').map((c) => c.name),
      'part codes': rows('parts').map((p) => p.code),
    }
    for (const [what, all] of Object.entries(names)) {
      const seen = new Set<string>()
      expect(
        all.filter((name) => seen.size === seen.add(name).size),
        what,
      ).toEqual([])
    }
  })
  it('has areas whose first ring lies around the others', () => {
    const widthOf = (ring: readonly LonLat[]) =>
      Math.max(...ring.map(([lon]) => lon)) - Math.min(...ring.map(([lon]) => lon))
    const ringed = ['water', 'green'].flatMap(features).filter((f) => ringsOf(f).length > 1)
    expect(ringed.length).toBeGreaterThan(1)
    for (const feature of ringed) {
      const [outer = [], ...holes] = ringsOf(feature)
      for (const hole of holes) expect(widthOf(hole), feature.properties.name).toBeLessThan(widthOf(outer))
    }
  })
})

type Box = readonly [west: number, south: number, east: number, north: number]
const boxOf = (points: readonly Metres[]): Box =>
  points.reduce<Box>(
    ([w, s, e, n], [x, y]) => [Math.min(w, x), Math.min(s, y), Math.max(e, x), Math.max(n, y)],
    [Infinity, Infinity, -Infinity, -Infinity],
  )
const isInBox = ([west, south, east, north]: Box, [x, y]: Metres) => x >= west && x <= east && y >= south && y <= north

describe('its divisions', () => {
  const byId = new Map([...divisions, ...grids].map((f) => [f.properties.id, f]))
  const edgesOf = (list: readonly Feature[]) => {
    const edges = new Map<string, number>()
    for (const feature of list)
      for (const ring of ringsOf(feature))
        for (let i = 1; i < ring.length; i++) {
          const [a, b] = [String(ring[i - 1]), String(ring[i])]
          if (a === b) continue
          // Walked the other way by a neighbour, an edge is inside.
          const back = `${b}>${a}`
          const open = edges.get(back) ?? 0
          if (open > 0) edges.set(back, open - 1)
          else edges.set(`${a}>${b}`, (edges.get(`${a}>${b}`) ?? 0) + 1)
        }
    return new Map([...edges].filter(([, count]) => count > 0))
  }
  const areaOf = (list: readonly Feature[]) => list.flatMap(ringsOf).reduce((sum, ring) => sum + signedArea(ring), 0)

  it.each([
    [3, 2],
    [4, 3],
    [5, 4],
  ])(
    'of level %i tile each of level %i: every inner border is shared, the outer is the parent’s, areas add up',
    (level, above) => {
      const children = new Map<string, Feature[]>()
      for (const feature of [...divisions, ...grids])
        if (feature.properties.level === level)
          children.set(feature.properties.parentId, [...(children.get(feature.properties.parentId) ?? []), feature])
      if (level < 5) expect(children.size).toBe(above === 2 ? 6 : 48)
      expect(children.size).toBeGreaterThan(5)
      for (const [parentId, list] of children) {
        const parent = byId.get(parentId) as Feature
        expect(parent.properties.level).toBe(above)
        expect(edgesOf(list), parentId).toEqual(edgesOf([parent]))
        expect(areaOf(list) / areaOf([parent]), parentId).toBeCloseTo(1, 9)
      }
    },
  )
  it('never lie on one another: every one of 20,000 spots is in one district, one street, one grid, or in none of them', () => {
    const flatRings = (level: number) =>
      [...divisions, ...grids]
        .filter((f) => f.properties.level === level)
        .map((f) => {
          const rings = ringsOf(f).map((ring) => ring.map(flat))
          return { id: f.properties.id, rings, box: boxOf(rings.flat()) }
        })
    const levels = [2, 3, 4].map(flatRings)
    let inside = 0
    for (let i = 0; i < 20_000; i++) {
      // A spread of spots without chance (Halton's), so that a failure comes again.
      const halton = (index: number, base: number) => {
        let [result, part, n] = [0, 1, index + 1]
        for (; n > 0; n = Math.floor(n / base)) result += (part /= base) * (n % base)
        return result
      }
      const p: Metres = [-12_300 + halton(i, 2) * 24_600, -10_100 + halton(i, 3) * 20_200]
      const hits = levels.map((list) =>
        list
          .filter(({ box }) => isInBox(box, p))
          .filter(({ rings }) => rings.filter((ring) => isIn(ring, p)).length % 2 === 1)
          .map(({ id }) => id),
      )
      const counts = hits.map((list) => list.length)
      expect(
        [
          [0, 0, 0],
          [1, 1, 1],
        ],
        `${p.join()}: ${hits.flat().join()}`,
      ).toContainEqual(counts)
      if (counts[0] === 1) {
        inside++
        const [[district], [street], [grid]] = hits as [[string], [string], [string]]
        expect([street.startsWith(district), grid.startsWith(street)]).toEqual([true, true])
      }
    }
    expect(inside).toBeGreaterThan(14_000)
  })
})

describe('its ground', () => {
  it('has no house in water or on a road', () => {
    const lines = new Lines<string>()
    for (const road of roads)
      if (!road.properties.tunnel)
        lines.add((road.geometry.coordinates as LonLat[]).map(flat), `${road.properties.class} ${road.properties.name}`)
    const waters = features('water').map((f) => ({
      name: f.properties.name || f.properties.kind,
      rings: ringsOf(f).map((ring) => ring.map(flat)),
    }))
    for (const { name, rings } of waters) for (const ring of rings) lines.add(ring, name)
    const bad: string[] = []
    const centres: Metres[] = []
    for (const house of features('buildings')) {
      const ring = (ringsOf(house)[0] as LonLat[]).map(flat)
      centres.push(ring[0] as Metres)
      for (const line of lines.around(ring))
        if (isIn(ring, line.a) || ring.some((p, i) => i > 0 && crosses(line, ring[i - 1] as Metres, p)))
          bad.push(`${line.of} at ${(ring[0] as Metres).map(Math.round).join()}`)
    }
    expect(bad).toEqual([])
    // No shore crosses a house: then a house is in water whole, or not at all.
    for (const { name, rings } of waters)
      for (const p of centres)
        if (rings.filter((ring) => isIn(ring, p)).length % 2 === 1) bad.push(`${name}: ${p.map(Math.round).join()}`)
    expect(bad).toEqual([])
  })

  const network = roadNetwork(
    roads.map(({ properties, geometry }) => ({
      ...{ speedKmh: properties.speedKmh, oneway: properties.oneway },
      coordinates: geometry.coordinates as LonLat[],
    })),
  )
  it('has one road network: from any junction to any other, one-way streets obeyed', () => {
    const reached = (isBack: boolean) => {
      const next = network.nodes.map((): number[] => [])
      for (const { from, to, oneway } of network.edges) {
        if (!oneway || !isBack) next[from]?.push(to)
        if (!oneway || isBack) next[to]?.push(from)
      }
      const seen = new Set([0])
      const queue = [0]
      for (let node = queue.pop(); node !== undefined; node = queue.pop())
        for (const other of next[node] ?? []) if (seen.size !== seen.add(other).size) queue.push(other)
      return seen.size
    }
    expect(network.nodes.length).toBeGreaterThan(6000)
    expect([reached(false), reached(true)]).toEqual([network.nodes.length, network.nodes.length])
  })
  it('has all that is looked after within 350 m of a street and 1,500 m of a junction, crews within 250 m of their street', () => {
    const [all, streets] = [new Lines<string>(), new Lines<string>()]
    for (const { geometry, properties } of roads) {
      const line = (geometry.coordinates as LonLat[]).map(flat)
      all.add(line, properties.name)
      if (properties.class !== 'motorway') streets.add(line, properties.name)
    }
    // The middle of a great park is as far as it gets; and beyond 1,500 m of a junction nobody is led by road.
    const junctions = nearestIndex(network.nodes)
    const far: string[] = []
    const look = (what: string, at: LonLat) => {
      if (all.off(flat(at), 350) === Infinity) far.push(`${what}: no street within 350 m`)
      if (junctions.nearest(at, 1500) === null) far.push(`${what}: no junction within 1,500 m`)
    }
    for (const { code, position } of rows('devices')) look(code, position)
    for (const { name, position } of rows('cameras')) look(name, position)
    for (const { code, position } of rows('parts')) look(code, position)
    for (const { properties, geometry } of features('places'))
      look(`${properties.kind} ${properties.name}`, geometry.coordinates as LonLat)
    for (const { unitId, station } of rows('crews'))
      if (streets.off(flat(station), 250) === Infinity) far.push(`${unitId}: no street within 250 m`)
    expect(far).toEqual([])
  })
})
