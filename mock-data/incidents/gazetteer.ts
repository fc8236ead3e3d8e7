/**
 * Where things are, as people say it, and back: 沐风路128号, 沐风路与听潮街路口, 听潮苑3号楼, 沐风路近汀兰广场. Both directions come from
 * the same pack, so that words said by a citizen lead an officer close to the place. Pure and seeded.
 */
import { bbox } from '@turf/bbox'
import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon'
import type { DivisionFeature, PlaceFeature, RoadFeature } from '../../shared/contract/city-pack.ts'
import { distanceM, type LonLat } from '../../shared/model/geo.ts'
import { nearestIndex } from '../../shared/model/roads.ts'
import { seededRandom, seedFrom, type Random } from '../city/random.ts'

export interface Ground {
  readonly roads: readonly RoadFeature[]
  readonly places: readonly PlaceFeature[]
  readonly divisions: readonly DivisionFeature[]
}

export interface Gazetteer {
  /** Somewhere people are: along a named street, or, without streets, in the smallest divisions. Null in an empty pack. */
  anywhere(random: Random): LonLat | null
  /** The nearest street point, or the position itself where no street is near. */
  onStreet(position: LonLat): LonLat
  wordsAt(position: LonLat, random: Random): string
  /** The place the words mean; null where they name nothing known. */
  find(words: string): LonLat | null
}

/** Even numbers on one side, odd on the other, one house about each this many metres. */
const houseM = 14
const stepM = 50
const nearPlaceM = 350
const cornerM = 45
const estateM = 140
const estateEveryM = 450
const estateWords = ['花园', '新村', '里', '苑', '公寓', '小区', '家园', '坊']

interface StreetPoint {
  readonly at: LonLat
  readonly road: string
  readonly house: number
}
interface Named {
  readonly name: string
  readonly at: LonLat
}

const lonLat = (at: readonly number[]): LonLat => [at[0] as number, at[1] as number]
const vertexKey = (at: LonLat) => `${Math.round(at[0] * 1e6)},${Math.round(at[1] * 1e6)}`

/** Points every few dozen metres of a street, numbered from its south or west end. */
function streetPoints(name: string, pieces: readonly RoadFeature[]): StreetPoint[] {
  const all = pieces.flatMap(({ geometry }) => geometry.coordinates.map(lonLat))
  const [first, last] = [
    all.reduce((a, b) => (b[0] + b[1] < a[0] + a[1] ? b : a)),
    all.reduce((a, b) => (b[0] + b[1] > a[0] + a[1] ? b : a)),
  ]
  // Houses are counted along the straight line between its ends: pieces may come in any order.
  const [dx, dy] = [last[0] - first[0], last[1] - first[1]]
  const length2 = dx * dx + dy * dy || 1
  const lengthM = distanceM(first, last)
  const house = (at: LonLat) =>
    Math.max(0, Math.round(((((at[0] - first[0]) * dx + (at[1] - first[1]) * dy) / length2) * lengthM) / houseM)) * 2
  return pieces.flatMap(({ geometry }) => {
    const line = geometry.coordinates.map(lonLat)
    return line.slice(1).flatMap((to, i) => {
      const from = line[i] as LonLat
      const steps = Math.max(1, Math.round(distanceM(from, to) / stepM))
      return Array.from({ length: steps }, (_, k): StreetPoint => {
        const t = (k + 0.5) / steps
        const at: LonLat = [from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t]
        return { at, road: name, house: house(at) }
      })
    })
  })
}

function cornersOf(roads: readonly RoadFeature[]): { readonly at: LonLat; readonly names: readonly string[] }[] {
  const names = new Map<string, { at: LonLat; names: Set<string> }>()
  for (const { properties, geometry } of roads)
    for (const raw of geometry.coordinates) {
      const at = lonLat(raw)
      const corner = names.get(vertexKey(at)) ?? { at, names: new Set<string>() }
      corner.names.add(properties.name)
      names.set(vertexKey(at), corner)
    }
  return [...names.values()]
    .filter((corner) => corner.names.size > 1)
    .map(({ at, names: set }) => ({ at, names: [...set].sort() }))
}

/** Housing estates people name, along the quieter streets; the pack has no register of them. */
function estatesOf(streets: ReadonlyMap<string, readonly StreetPoint[]>): Named[] {
  const estates: Named[] = []
  const taken = new Set<string>()
  const every = Math.max(1, Math.round(estateEveryM / stepM))
  for (const [road, points] of streets) {
    const random = seededRandom(seedFrom(17, road))
    const stem = road.replace(/(大道|路|街|巷|弄)$/, '')
    points.forEach(({ at }, i) => {
      const name = `${stem}${['', '一', '二', '东', '西', '南', '北'][Math.floor(i / every) % 7] as string}${random.pick(estateWords)}`
      if (i % every !== Math.floor(every / 2) || taken.has(name)) return
      taken.add(name)
      estates.push({ name, at: [at[0] + 4e-4, at[1] + 4e-4] })
    })
  }
  return estates
}

function divisionPoint(areas: readonly DivisionFeature[], random: Random): LonLat | null {
  if (areas.length === 0) return null
  const { geometry } = random.pick(areas)
  const [west, south, east, north] = bbox(geometry)
  for (let tries = 0; tries < 50; tries++) {
    const at: LonLat = [random.between(west, east), random.between(south, north)]
    if (booleanPointInPolygon([at[0], at[1]], geometry)) return at
  }
  return [(west + east) / 2, (south + north) / 2]
}

const known = new WeakMap<Ground, Gazetteer>()
/** One gazetteer for each city, however many ask: it is the same every time. */
export function gazetteerOf(city: Ground): Gazetteer {
  const before = known.get(city)
  if (before) return before
  const made = gazetteer(city)
  known.set(city, made)
  return made
}

function gazetteer({ roads, places, divisions }: Ground): Gazetteer {
  const named = roads.filter(({ properties }) => properties.name !== '' && properties.class !== 'motorway')
  const byName = new Map<string, RoadFeature[]>()
  for (const road of named) {
    const pieces = byName.get(road.properties.name)
    if (pieces) pieces.push(road)
    else byName.set(road.properties.name, [road])
  }
  const streets = new Map([...byName].map(([name, pieces]) => [name, streetPoints(name, pieces)] as const))
  const points = [...streets.values()].flat()
  const corners = cornersOf(named)
  const estates = estatesOf(streets)
  const spots: Named[] = places.map(({ properties, geometry }) => ({
    name: properties.name,
    at: lonLat(geometry.coordinates),
  }))
  const index = {
    point: nearestIndex(points.map(({ at }) => at)),
    corner: nearestIndex(corners.map(({ at }) => at)),
    estate: nearestIndex(estates.map(({ at }) => at)),
    spot: nearestIndex(spots.map(({ at }) => at)),
  }
  const finest = divisions.some(({ properties }) => properties.level === 3) ? 3 : 2
  const areas = divisions.filter(({ properties }) => properties.level === finest)
  const areaName = (position: LonLat) =>
    areas.find(({ geometry }) => booleanPointInPolygon([position[0], position[1]], geometry))?.properties.name

  const namesOf = new Map<string, { readonly kind: 'road' | 'spot' | 'estate' | 'area'; readonly at: LonLat }>()
  for (const { properties, geometry } of divisions) {
    const [west, south, east, north] = bbox(geometry)
    namesOf.set(properties.name, { kind: 'area', at: [(west + east) / 2, (south + north) / 2] })
  }
  for (const [road, all] of streets)
    namesOf.set(road, { kind: 'road', at: (all[Math.floor(all.length / 2)] as StreetPoint).at })
  for (const { name, at } of estates) namesOf.set(name, { kind: 'estate', at })
  for (const { name, at } of spots) namesOf.set(name, { kind: 'spot', at })
  const longest = Math.max(0, ...[...namesOf.keys()].map((name) => name.length))
  const cornerOf = new Map(corners.map(({ at, names }) => [names.slice(0, 2).join('+'), at]))

  /** Names in the order they are said, the longest at each place. */
  const namesIn = (words: string) => {
    const found: { readonly name: string; readonly end: number }[] = []
    for (let at = 0; at < words.length; at++)
      for (let length = Math.min(longest, words.length - at); length > 1; length--) {
        const name = words.slice(at, at + length)
        if (!namesOf.has(name)) continue
        found.push({ name, end: at + length })
        at += length - 1
        break
      }
    return found
  }
  return {
    anywhere: (random) => (points.length > 0 ? random.pick(points).at : divisionPoint(areas, random)),
    onStreet(position) {
      const near = index.point.nearest(position, 800)
      return near ? (points[near.index] as StreetPoint).at : position
    },
    wordsAt(position, random) {
      const near = index.point.nearest(position, 1500)
      if (!near) return areaName(position) ?? '附近'
      const { road, house } = points[near.index] as StreetPoint
      const corner = index.corner.nearest(position, cornerM)
      if (corner && random.chance(0.75)) {
        const [a, b] = (corners[corner.index] as (typeof corners)[number]).names as [string, string]
        return random.pick([`${a}与${b}路口`, `${a}${b}路口`, `${a}、${b}交叉口`, `${b}靠近${a}路口`])
      }
      const spot = index.spot.nearest(position, nearPlaceM)
      if (spot && random.chance(0.45)) {
        const { name } = spots[spot.index] as Named
        return random.pick([`${road}近${name}`, `${road}${name}门口`, `${road}上${name}旁边`, `${road}${name}对面`])
      }
      const estate = index.estate.nearest(position, estateM)
      if (estate && random.chance(0.4)) {
        const { name } = estates[estate.index] as Named
        return random.pick([
          `${name}${random.whole(1, 28)}号楼`,
          `${road}${name}门口`,
          `${name}${random.pick(['东', '南', '西', '北'])}门`,
        ])
      }
      const number = Math.max(1, house + random.pick([1, 2]))
      return random.pick([`${road}${number}号`, `${road}${number}号`, `${road}${number}号门口`, `${road}${number}弄`])
    },
    find(words) {
      const names = namesIn(words)
      const roadsSaid = names.filter(({ name }) => namesOf.get(name)?.kind === 'road')
      const [first, second] = roadsSaid
      if (first && second && first.name !== second.name) {
        const at = cornerOf.get([first.name, second.name].sort().join('+'))
        if (at) return at
      }
      const exact = names.find(({ name }) => ['estate', 'spot'].includes(namesOf.get(name)?.kind ?? ''))
      const number = first ? /^(\d{1,5})(号|弄)/.exec(words.slice(first.end)) : null
      if (first && number) {
        const house = Number(number[1])
        return (streets.get(first.name) ?? []).reduce((a, b) =>
          Math.abs(b.house - house) < Math.abs(a.house - house) ? b : a,
        ).at
      }
      const at = exact ? (namesOf.get(exact.name)?.at ?? null) : null
      // 沐风路近汀兰广场: the part of the street by that place.
      if (at && first) {
        const near = (streets.get(first.name) ?? []).reduce((a, b) =>
          distanceM(b.at, at) < distanceM(a.at, at) ? b : a,
        )
        if (distanceM(near.at, at) < 2 * nearPlaceM) return near.at
      }
      return (
        at ??
        (first ? (namesOf.get(first.name)?.at ?? null) : null) ??
        (names[0] ? (namesOf.get(names[0].name)?.at ?? null) : null)
      )
    },
  }
}
