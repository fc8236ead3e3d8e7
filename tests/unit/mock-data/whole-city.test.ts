/** The whole demo city: what issue and docs say it has, counted. */
import { describe, expect, it } from 'vitest'
import { generateCity } from '../../../mock-data/city/generate-city.ts'
import type { LonLat } from '../../../shared/model/geo.ts'
import { nearestIndex } from '../../../shared/model/roads.ts'

interface Feature {
  readonly properties: { readonly id: string; readonly level: number; readonly parentId: string; readonly name: string }
  readonly geometry: { readonly coordinates: never }
}
interface Row {
  readonly code: string
  readonly id: string
  readonly kind: string
  readonly gateway: string
  readonly position: LonLat
  readonly departmentId: string
  readonly gridId: string
}

const began = process.cpuUsage()
const pack = generateCity(1, 'full')
const cpuMs = process.cpuUsage(began).user / 1000
const features = (layer: string) =>
  (JSON.parse(pack.get(`${layer}.geojson`) as string) as { features: Feature[] }).features
const rows = (file: string) => JSON.parse(pack.get(`${file}.json`) as string) as Row[]

describe('the whole demo city', () => {
  it('is made within its time and size', () => {
    // 20 s of work on a machine with time for it; the allowance is for one that does other things besides.
    expect(cpuMs).toBeLessThan(30_000)
    const bytes = [...pack.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0)
    expect(bytes).toBeLessThan(60e6)
  })
  it('has six districts, 48 streets, 480 grids, each under its parent', () => {
    const divisions = features('divisions')
    expect(divisions.filter((d) => d.properties.level === 2)).toHaveLength(6)
    expect(divisions.filter((d) => d.properties.level === 3)).toHaveLength(48)
    const grids = features('grids')
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
    expect(new Set(devices.map((d) => d.code)).size).toBe(devices.length)
    const behind = new Map<string, number>()
    for (const { gateway } of devices) behind.set(gateway, (behind.get(gateway) ?? 0) + 1)
    expect(behind.has('')).toBe(false)
    expect(Math.max(...behind.values())).toBeLessThanOrEqual(100)
    const crews = rows('crews')
    expect(crews).toHaveLength(300)
    expect(new Set(crews.map((c) => c.kind)).size).toBeGreaterThanOrEqual(12)
    expect(rows('cameras').length).toBeGreaterThanOrEqual(850)
    const parts = rows('parts')
    expect(parts.length).toBeGreaterThan(39_000)
    expect(new Set(parts.map((p) => p.code)).size).toBe(parts.length)
  })
  it('has areas whose first ring lies around the others', () => {
    const widthOf = (ring: readonly LonLat[]) =>
      Math.max(...ring.map(([lon]) => lon)) - Math.min(...ring.map(([lon]) => lon))
    const ringed = ['water', 'green']
      .flatMap(features)
      .filter(({ geometry }) => (geometry.coordinates as LonLat[][]).length > 1)
    expect(ringed.length).toBeGreaterThan(1)
    for (const { geometry, properties } of ringed) {
      const [outer = [], ...holes] = geometry.coordinates as readonly LonLat[][]
      for (const hole of holes) expect(widthOf(hole), properties.name).toBeLessThan(widthOf(outer))
    }
  })
  it('has every device within reach of a street', () => {
    const vertices = features('roads').flatMap((r) => r.geometry.coordinates as LonLat[])
    const index = nearestIndex(vertices)
    for (const { code, kind, position } of rows('devices')) {
      // As far as a crew is led by road; a gauge may stand on the bank of the wide mouth, reached by boat.
      expect(index.nearest(position, kind === 'river-level' ? 6000 : 1500), code).not.toBeNull()
    }
  })
})
