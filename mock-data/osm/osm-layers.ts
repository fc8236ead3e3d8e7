/**
 * The layers of a pack out of what an extract has. Features are made one at a time, as they are asked for, so that a city's
 * million houses are never all in memory. Guarantees: every wish is kept or left out with its reason; what is yielded fits
 * the pack's schema.
 */
import type { AreaGeometry } from '../../shared/contract/city-pack.ts'
import { distanceM } from '../../shared/model/geo.ts'
import { cutLine, type GroundOfCity, type Position, type Rings } from './ground.ts'
import { joinRings, nestRings } from './join-rings.ts'
import type { KeptRelation, KeptWay, OsmExtract } from './osm-extract.ts'
import type { OsmLayer, Wish } from './read-tags.ts'
import { areaOf, crossesItself, rounded } from './shape.ts'
import type { Tally } from './tally.ts'

export interface LayerSettings {
  /** How far a simplified edge may lie from the true one, in metres; 0 = as it is. */
  readonly toleranceM: number
}

export interface PackFeature {
  readonly type: 'Feature'
  readonly properties: Readonly<Record<string, unknown>>
  readonly geometry: { readonly type: string; readonly coordinates: unknown }
}

/** Polygons of an element before they are cut, or why there are none. */
export type Ground = { readonly polygons: readonly Rings[]; readonly isWhole: boolean } | { readonly reason: string }

/** Twice the same thing with the same name closer than this is one. */
const samePlaceM = 300

const hasCrossing = (geometry: AreaGeometry) =>
  (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates)
    .flat()
    .some((ring) => crossesItself(ring as unknown as readonly Position[]))

export class OsmLayers {
  readonly #extract: OsmExtract
  readonly #ground: GroundOfCity
  readonly #tally: Tally
  readonly #toleranceM: number

  constructor(extract: OsmExtract, ground: GroundOfCity, tally: Tally, settings: LayerSettings) {
    this.#extract = extract
    this.#ground = ground
    this.#tally = tally
    this.#toleranceM = settings.toleranceM
  }

  /** The positions of a way in the runs the extract has. */
  #runsOf(way: KeptWay): { readonly runs: Position[][]; readonly isWhole: boolean } {
    const runs: Position[][] = [[]]
    let isWhole = true
    for (const ref of this.#extract.refsOf(way)) {
      const at = this.#extract.positionOf(ref)
      if (at) runs.at(-1)?.push(at)
      else {
        isWhole = false
        runs.push([])
      }
    }
    return { runs: runs.filter((run) => run.length > 0), isWhole }
  }

  groundOfWay(way: KeptWay): Ground {
    const { runs, isWhole } = this.#runsOf(way)
    if (!isWhole) return { reason: 'some of its corners are not in the file' }
    return { polygons: [runs], isWhole }
  }

  groundOfRelation(relation: KeptRelation): Ground {
    const { pieces, missing } = this.#extract.piecesOf(relation)
    const { rings, open } = joinRings(pieces)
    const whole = rings.map(({ refs, isInner }) => ({
      positions: refs.map((ref) => this.#extract.positionOf(ref)),
      isInner,
    }))
    const known = whole.filter((ring): ring is { positions: [number, number][]; isInner: boolean } =>
      ring.positions.every((at) => at !== null),
    )
    const { polygons, strayHoles } = nestRings(known)
    const isWhole = missing === 0 && open.length === 0 && known.length === whole.length
    if (polygons.length === 0) {
      if (missing > 0 || known.length < whole.length) return { reason: 'pieces of its edge are not in the file' }
      return { reason: open.length > 0 ? 'its edge does not close' : 'it has holes and no outer edge' }
    }
    return { polygons, isWhole: isWhole && strayHoles === 0 }
  }

  #area(wish: Wish, ground: Ground, example: string): PackFeature | null {
    const { layer } = wish
    const refuse = (reason: string) => {
      this.#tally.leaveOut(layer, reason, example)
      return null
    }
    if ('reason' in ground) return refuse(ground.reason)
    const lie = this.#ground.lieOf(ground.polygons.flatMap(([outer]) => outer ?? []))
    if ('reason' in lie) return refuse(lie.reason)
    const geometry = areaOf(ground.polygons, lie.cut, this.#toleranceM)
    if (!geometry) return refuse(lie.cut ? this.#ground.outsideWords : 'covers no ground')
    this.#tally.keep(layer)
    if (wish.note) this.#tally.note(layer, wish.note, example)
    if (hasCrossing(geometry)) this.#tally.note(layer, 'its edge crosses itself: kept as it is', example)
    if (!ground.isWhole) this.#tally.note(layer, 'a part of its edge does not close: the rest is kept', example)
    return { type: 'Feature', properties: wish.properties, geometry }
  }

  #lines(wish: Wish, way: KeptWay): PackFeature[] {
    const { layer } = wish
    const example = `way ${way.id}`
    const { runs, isWhole } = this.#runsOf(way)
    let reason = isWhole ? 'too short to be seen' : 'its points are not in the file'
    const features: PackFeature[] = []
    for (const run of runs) {
      const lie = this.#ground.lieOf(run)
      if ('reason' in lie) {
        ;({ reason } = lie)
        continue
      }
      for (const part of lie.cut ? cutLine(run, lie.cut) : [run]) {
        const coordinates = rounded(part)
        if (coordinates.length < 2) continue
        if (wish.reversed) coordinates.reverse()
        features.push({ type: 'Feature', properties: wish.properties, geometry: { type: 'LineString', coordinates } })
      }
      if (features.length === 0 && lie.cut) reason = this.#ground.outsideWords
    }
    if (features.length === 0) this.#tally.leaveOut(layer, reason, example)
    else {
      this.#tally.keep(layer)
      if (!isWhole) this.#tally.note(layer, 'cut where its points are not in the file', example)
    }
    return features
  }

  /** Lines and areas of a layer, in the order of the file, relations first. */
  *features(layer: Exclude<OsmLayer, 'places'>): Generator<PackFeature> {
    // A way that edges an area of its relation and has the area's tags itself would be drawn twice.
    const drawn = new Set<number>()
    for (const relation of this.#extract.relations) {
      for (const wish of relation.wishes) {
        if (wish.layer !== layer) continue
        const feature = this.#area(wish, this.groundOfRelation(relation), `relation ${relation.id}`)
        if (!feature) continue
        for (const { id, isInner } of relation.ways) if (!isInner) drawn.add(id)
        yield feature
      }
    }
    for (const way of this.#extract.ways) {
      for (const wish of way.wishes) {
        if (wish.layer !== layer) continue
        if (wish.as === 'line') yield* this.#lines(wish, way)
        else if (drawn.has(way.id)) this.#tally.leaveOut(layer, 'drawn by the relation it edges', `way ${way.id}`)
        else {
          const feature = this.#area(wish, this.groundOfWay(way), `way ${way.id}`)
          if (feature) yield feature
        }
      }
    }
  }

  /** Points; of the same place mapped as a point and as an area, the first. */
  *places(): Generator<PackFeature> {
    const known = new Map<string, Position[]>()
    const place = (wish: Wish, id: string, example: string, at: Position | null): PackFeature | null => {
      const refuse = (reason: string) => {
        this.#tally.leaveOut('places', reason, example)
        return null
      }
      if (!at) return refuse('its points are not in the file')
      if (!this.#ground.holds(at)) return refuse(this.#ground.outsideWords)
      const key = JSON.stringify([wish.properties['kind'], wish.properties['name']])
      const same = known.get(key) ?? []
      if (same.some((other) => distanceM(other, at) < samePlaceM)) return refuse('there already, a few steps away')
      known.set(key, [...same, at])
      this.#tally.keep('places')
      const [coordinates] = rounded([at])
      return { type: 'Feature', properties: { id, ...wish.properties }, geometry: { type: 'Point', coordinates } }
    }
    const wanted = (wishes: readonly Wish[]) => wishes.filter(({ layer }) => layer === 'places')
    for (const { id, at, wish } of this.#extract.nodes) {
      const feature = place(wish, `n${id}`, `node ${id}`, at)
      if (feature) yield feature
    }
    for (const way of this.#extract.ways) {
      for (const wish of wanted(way.wishes)) {
        const feature = place(wish, `w${way.id}`, `way ${way.id}`, middleOf(this.#runsOf(way).runs.flat()))
        if (feature) yield feature
      }
    }
    for (const relation of this.#extract.relations) {
      for (const wish of wanted(relation.wishes)) {
        const ground = this.groundOfRelation(relation)
        const at = 'reason' in ground ? null : middleOf(ground.polygons[0]?.[0] ?? [])
        const feature = place(wish, `r${relation.id}`, `relation ${relation.id}`, at)
        if (feature) yield feature
      }
    }
  }
}

/** The middle of the corners; a ring's first corner, said again at its end, counts once. */
function middleOf(positions: readonly Position[]): Position | null {
  const last = positions.at(-1)
  const isRing = positions.length > 1 && last?.[0] === positions[0]?.[0] && last?.[1] === positions[0]?.[1]
  const corners = isRing ? positions.slice(1) : positions
  if (corners.length === 0) return null
  const sum = corners.reduce<[number, number]>(([x, y], [lon, lat]) => [x + lon, y + lat], [0, 0])
  return [sum[0] / corners.length, sum[1] / corners.length]
}
