/** The ground an import is for: a box everything is cut at, and an outline that things must reach into. */
import { bboxClip } from '@turf/bbox-clip'
import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon'
import { bbox } from '@turf/bbox'
import type { AreaGeometry } from '../../shared/contract/city-pack.ts'
import type { BBox } from '../../shared/model/geo.ts'

export type Position = readonly [lon: number, lat: number]
/** Outer ring, then holes. */
export type Rings = readonly (readonly Position[])[]

const cells = 256
const unknownCell = 0
const inside = 1
const outside = 2
const edge = 3

/** Answers "inside or not" for many points: a grid knows all but the cells an edge runs through. */
export class Outline {
  readonly box: BBox
  readonly #areas: readonly { readonly box: BBox; readonly geometry: AreaGeometry }[]
  readonly #grid = new Uint8Array(cells * cells)

  constructor(areas: readonly AreaGeometry[]) {
    this.#areas = areas.map((geometry) => ({ geometry, box: boxOf(geometry) }))
    this.box = [
      Math.min(...this.#areas.map(({ box }) => box[0])),
      Math.min(...this.#areas.map(({ box }) => box[1])),
      Math.max(...this.#areas.map(({ box }) => box[2])),
      Math.max(...this.#areas.map(({ box }) => box[3])),
    ]
    for (const { geometry } of this.#areas) {
      const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
      for (const ring of polygons.flat()) this.#markEdges(ring as unknown as readonly Position[])
    }
  }

  #column(lon: number): number {
    const [west, , east] = this.box
    return Math.max(0, Math.min(cells - 1, Math.floor(((lon - west) / (east - west)) * cells)))
  }
  #row(lat: number): number {
    const [, south, , north] = this.box
    return Math.max(0, Math.min(cells - 1, Math.floor(((lat - south) / (north - south)) * cells)))
  }

  /** Long edges in pieces, each marking the cells of its own small box: more than it crosses, never fewer. */
  #markEdges(ring: readonly Position[]): void {
    const [west, south, east, north] = this.box
    for (let i = 1; i < ring.length; i++) {
      const [x0, y0] = ring[i - 1] as Position
      const [x1, y1] = ring[i] as Position
      const span = Math.max(Math.abs(x1 - x0) / (east - west), Math.abs(y1 - y0) / (north - south)) * cells
      const pieces = Math.max(1, Math.ceil(span))
      for (let piece = 0; piece < pieces; piece++) {
        const at = (n: number): Position => [x0 + ((x1 - x0) * n) / pieces, y0 + ((y1 - y0) * n) / pieces]
        const [a, b] = [at(piece), at(piece + 1)]
        for (let c = this.#column(Math.min(a[0], b[0])); c <= this.#column(Math.max(a[0], b[0])); c++)
          for (let r = this.#row(Math.min(a[1], b[1])); r <= this.#row(Math.max(a[1], b[1])); r++)
            this.#grid[r * cells + c] = edge
      }
    }
  }

  #isExactly(lon: number, lat: number): boolean {
    return this.#areas.some(
      ({ box, geometry }) =>
        lon >= box[0] && lat >= box[1] && lon <= box[2] && lat <= box[3] && booleanPointInPolygon([lon, lat], geometry),
    )
  }

  holds(lon: number, lat: number): boolean {
    const [west, south, east, north] = this.box
    if (lon < west || lat < south || lon > east || lat > north) return false
    const cell = this.#row(lat) * cells + this.#column(lon)
    const state = this.#grid[cell]
    if (state === inside || state === outside) return state === inside
    const answer = this.#isExactly(lon, lat)
    // No edge runs through the cell: what is so of one of its points is so of all.
    if (state === unknownCell) this.#grid[cell] = answer ? inside : outside
    return answer
  }
}

/** Of positions, however deep. */
function boxOf(geometry: AreaGeometry): BBox {
  const [west, south, east, north] = bbox(geometry)
  return [west, south, east, north]
}

export function boxAround(positions: readonly Position[]): BBox {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [lon, lat] of positions) {
    if (lon < west) west = lon
    if (lon > east) east = lon
    if (lat < south) south = lat
    if (lat > north) north = lat
  }
  return [west, south, east, north]
}

const isWithinBox = (outer: BBox, inner: BBox) =>
  inner[0] >= outer[0] && inner[1] >= outer[1] && inner[2] <= outer[2] && inner[3] <= outer[3]
const areApart = (a: BBox, b: BBox) => b[0] > a[2] || b[2] < a[0] || b[1] > a[3] || b[3] < a[1]

/** Where a thing lies: all inside, to be cut at the box, or why it is not of this ground. */
export type Lie = { readonly cut: BBox | null } | { readonly reason: string }

export class GroundOfCity {
  readonly #given: BBox | null
  readonly #outline: Outline | null
  readonly #box: BBox | null

  /** `box` as given; without one, things are cut at the box around the outline. Neither = all there is. */
  constructor(box: BBox | null, outline: Outline | null) {
    this.#given = box
    this.#outline = outline
    this.#box = box ?? outline?.box ?? null
  }

  lieOf(positions: readonly Position[]): Lie {
    const box = this.#box
    if (box === null) return { cut: null }
    const around = boxAround(positions)
    const outsideWords = this.#given ? 'outside the box' : 'outside the divisions'
    if (areApart(box, around)) return { reason: outsideWords }
    const outline = this.#given ? null : this.#outline
    // What is so large that the whole city lies in it has no corner there.
    if (outline && !isWithinBox(around, box) && !positions.some(([lon, lat]) => outline.holds(lon, lat)))
      return { reason: outsideWords }
    return { cut: isWithinBox(box, around) ? null : box }
  }

  holds([lon, lat]: Position): boolean {
    return !('reason' in this.lieOf([[lon, lat]]))
  }

  get outsideWords(): string {
    return this.#given ? 'outside the box' : 'outside the divisions'
  }
}

/** The share of a way from `from` to `to` inside a box, from where to where (0 to 1); null where none is or it only touches. Liang and Barsky's way. */
function shareInside(from: Position, to: Position, [west, south, east, north]: BBox): readonly [number, number] | null {
  let [enters, leaves] = [0, 1]
  for (const [axis, low, high] of [
    [0, west, east],
    [1, south, north],
  ] as const) {
    const [start, step] = [from[axis], to[axis] - from[axis]]
    if (step === 0) {
      if (start < low || start > high) return null
      continue
    }
    const [atLow, atHigh] = [(low - start) / step, (high - start) / step]
    enters = Math.max(enters, Math.min(atLow, atHigh))
    leaves = Math.min(leaves, Math.max(atLow, atHigh))
  }
  return enters < leaves ? [enters, leaves] : null
}

/**
 * The parts of a line inside the box. Our own, because turf's moves an end to the box's edge until it lies on it, which rounding may never
 * grant: one line in some hundred thousand is then cut for ever.
 */
export function cutLine(line: readonly Position[], box: BBox): Position[][] {
  const [west, south, east, north] = box
  const parts: Position[][] = []
  let part: Position[] = []
  for (let i = 1; i < line.length; i++) {
    const [from, to] = [line[i - 1] as Position, line[i] as Position]
    const share = shareInside(from, to, box)
    if (share === null) {
      part = []
      continue
    }
    const at = (t: number): Position => {
      if (t === 0) return from
      if (t === 1) return to
      const [lon, lat] = [from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t]
      return [Math.min(east, Math.max(west, lon)), Math.min(north, Math.max(south, lat))]
    }
    const [enters, leaves] = share
    if (part.length === 0) {
      part = [at(enters)]
      parts.push(part)
    }
    part.push(at(leaves))
    if (leaves < 1) part = []
  }
  return parts
}

/** The part of a polygon inside the box; no rings where there is none. */
export function cutPolygon(rings: Rings, box: BBox): Rings {
  const coordinates = rings.map((ring) => ring.map(([lon, lat]) => [lon, lat]))
  const cut = bboxClip({ type: 'Polygon', coordinates }, box as [number, number, number, number])
  return cut.geometry.coordinates as unknown as Rings
}
