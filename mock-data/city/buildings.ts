/** Houses in their blocks: along the bent grid, tall in the two centres, never in water, on a street or in a park. */
import type { BuildingFeature } from '../../shared/contract/city-pack.ts'
import type { Stretch } from './cut-streets.ts'
import { isInside, offSegment, toLonLat, type Point } from './plane.ts'
import type { Random } from './random.ts'
import { cellM, type Warp } from './street-curves.ts'
import type { Terrain } from './terrain.ts'

export interface Building {
  readonly centre: Point
  readonly heightM: number
  readonly corners: readonly Point[]
}

const hashM = 100

/** Answers whether a place is closer than `metres` (≤ 60) to a street. */
export function streetNearness(stretches: readonly Stretch[]): (p: Point, metres: number) => boolean {
  const cells = new Map<string, (readonly [Point, Point])[]>()
  for (const { points } of stretches) {
    for (let i = 1; i < points.length; i++) {
      const [a, b] = [points[i - 1] as Point, points[i] as Point]
      const steps = Math.ceil(Math.hypot(b[0] - a[0], b[1] - a[1]) / (hashM / 2)) + 1
      const own = new Set<string>()
      for (let s = 0; s <= steps; s++) {
        const x = Math.floor((a[0] + ((b[0] - a[0]) * s) / steps) / hashM)
        const y = Math.floor((a[1] + ((b[1] - a[1]) * s) / steps) / hashM)
        for (let dx = -1; dx <= 1; dx++) for (let dy = -1; dy <= 1; dy++) own.add(`${x + dx},${y + dy}`)
      }
      for (const cell of own) {
        const list = cells.get(cell)
        if (list) list.push([a, b])
        else cells.set(cell, [[a, b]])
      }
    }
  }
  return (p, metres) =>
    (cells.get(`${Math.floor(p[0] / hashM)},${Math.floor(p[1] / hashM)}`) ?? []).some(
      ([a, b]) => offSegment(p, a, b) < metres,
    )
}

const centres: readonly (readonly [Point, number])[] = [
  [[150, 300], 650],
  [[1900, -300], 420],
  [[-300, -1250], 450],
]
const bustle = (p: Point) =>
  Math.max(...centres.map(([c, reach]) => Math.exp(-((p[0] - c[0]) ** 2 + (p[1] - c[1]) ** 2) / (2 * reach * reach))))

function heightAt(p: Point, random: Random): number {
  const b = bustle(p)
  if (b > 0.45 && random.chance(0.35 * b)) return Math.round(70 + 150 * b * random.next())
  if (random.chance(0.25 + 0.5 * b)) return Math.round(random.between(28, 56 + 40 * b))
  return Math.round(random.between(6, 24))
}

export function makeBuildings(
  terrain: Terrain,
  warp: Warp,
  stretches: readonly Stretch[],
  parks: readonly (readonly Point[])[],
  outline: readonly Point[],
  random: Random,
): Building[] {
  const nearStreet = streetNearness(stretches)
  const isFree = (p: Point) =>
    isInside(outline, p) &&
    terrain.offRiver(p) > 40 &&
    !terrain.isWet(p) &&
    !nearStreet(p, 13) &&
    !parks.some((park) => isInside(park, p))
  const buildings: Building[] = []
  for (let k = -15; k < 15; k++) {
    for (let l = -13; l < 13; l++) {
      const middle = warp((k + 0.5) * cellM, (l + 0.5) * cellM)
      if (!isInside(outline, middle) || !nearStreet(middle, 240)) continue
      const [across, deep] = random.pick([
        [2, 2],
        [3, 2],
        [2, 3],
        [3, 2],
      ] as const)
      const density = 0.68 + 0.32 * Math.max(bustle(middle), 1 - Math.hypot(middle[0] / 3400, middle[1] / 2500))
      const lotU = (cellM - 44) / across
      const lotV = (cellM - 44) / deep
      for (let i = 0; i < across; i++) {
        for (let j = 0; j < deep; j++) {
          if (!random.chance(density)) continue
          const halfU = (lotU / 2) * random.between(0.5, 0.86)
          const halfV = (lotV / 2) * random.between(0.4, 0.86)
          const u = k * cellM + 22 + (i + 0.5) * lotU
          const v = l * cellM + 22 + (j + 0.5) * lotV
          const corners = [
            warp(u - halfU, v - halfV),
            warp(u + halfU, v - halfV),
            warp(u + halfU, v + halfV),
            warp(u - halfU, v + halfV),
          ]
          const centre = warp(u, v)
          if (![centre, ...corners].every(isFree)) continue
          buildings.push({ centre, heightM: heightAt(centre, random), corners })
        }
      }
    }
  }
  return buildings
}

export const buildingFeature = ({ heightM, corners }: Building): BuildingFeature => {
  const ring = corners.map((c): [number, number] => [...toLonLat(c)] as [number, number])
  return {
    type: 'Feature',
    properties: { height: heightM, name: '' },
    geometry: { type: 'Polygon', coordinates: [[...ring, ring[0] as [number, number]]] },
  }
}
