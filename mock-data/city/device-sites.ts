/** Where a device of each kind can stand: gauges on banks, lifts in tall houses, bays in car parks. The likeliest spots first. */
import type { SensorKindCode } from '../../shared/model/sensor-kinds.ts'
import type { Building } from './buildings.ts'
import type { Land } from './land.ts'
import { ground } from './mask.ts'
import { urbanity } from './plan.ts'
import { beside, lengthOf, placed, type Point } from './plane.ts'
import { nearPlace, type Place } from './places.ts'
import type { Random } from './random.ts'
import { midSites, type Site, type StreetSites } from './sites.ts'
import { NearIndex } from './near-index.ts'

export interface DeviceGround {
  readonly land: Land
  readonly places: readonly Place[]
  readonly corners: readonly Site[]
  readonly streets: StreetSites
}

/** Spots in the order they are taken; `apart` = the kind's distance between devices does not hold for them. */
export interface Spots {
  readonly first: readonly Site[]
  readonly then: readonly Site[]
}

/** Address spots on both sides of every named street, a few to each stretch. */
function addressSites({ land, streets }: DeviceGround): Site[] {
  return land.stretches.flatMap((s) => {
    if (s.curve.name === '' || s.curve.class === 'motorway') return []
    const side = s.curve.class === 'local' ? 5 : s.curve.class === 'tertiary' ? 8 : 13
    return Array.from({ length: Math.max(1, Math.floor(s.lengthM / 55)) }, (_, k) =>
      streets.beside(s, (k + 0.5) * 55, k % 2 === 0 ? side : -side),
    )
  })
}

function gauges({ land }: DeviceGround): Site[] {
  return land.terrain.waterways.flatMap((water) => {
    const step = Math.max(1, Math.round((water.middle.length * 900) / Math.max(1, lengthOf(water.middle))))
    return beside(water.middle, (i) => (i % 2 === 0 ? 1 : -1) * (water.halfWidthM(i) - 2))
      .filter((at, i) => i % step === 0 && !land.mask.is(at, ground.outside | ground.deep) && land.isReached(at, 250))
      .map((at) => ({ at, words: water.name }))
  })
}

/** Houses by the estate they belong to, else by their address. */
function houseSites(
  houses: readonly Building[],
  estates: NearIndex<Place>,
  addresses: NearIndex<Site>,
  random: Random,
): Site[] {
  const numbers = new Map<string, number>()
  return random.shuffled(houses).map(({ centre }) => {
    const estate = estates.nearest(centre, 230)
    if (estate === null) return { at: centre, words: addresses.nearest(centre, 500)?.words ?? '' }
    const number = (numbers.get(estate.words) ?? 0) + 1
    numbers.set(estate.words, number)
    return { at: centre, words: `${estate.words}${number}号楼` }
  })
}

/** Several spots round each place. */
const around = (places: readonly Place[], each: number, metres: number, random: Random): Site[] =>
  Array.from({ length: each }, () => places).flatMap((round) =>
    round.map(({ at, words }) => ({ at: nearPlace(at, metres, random), words })),
  )

export function deviceSpots(city: DeviceGround, random: Random): Record<Exclude<SensorKindCode, 'other'>, Spots> {
  const { land, places, corners, streets } = city
  const of = (...kinds: string[]) => places.filter(({ kind }) => kinds.includes(kind))
  const addresses = random.shuffled(addressSites(city))
  const near = new NearIndex(addresses)
  const estates = new NearIndex(of('estate', 'school', 'mall', 'hospital', 'hotel', 'university', 'factory'))
  const house = (fits: (b: Building) => boolean) => houseSites(land.buildings.filter(fits), estates, near, random)
  const nudged = (sites: readonly Site[]): Site[] =>
    sites.map(({ at, words }) => ({
      at: placed([random.between(4, 12), 0], random.between(0, 6.28), at),
      words,
    }))
  const town = addresses.filter(({ at }) => random.next() < 0.15 + urbanity(at))
  const isLow = ({ at }: Site) =>
    Array.from({ length: 8 }, (_, k) => placed([260, 0], (k * Math.PI) / 4, at)).some((p) =>
      land.mask.is(p, ground.water),
    )
  // Detectors hang where there is something to detect.
  const speeds = midSites(land.stretches, ['motorway', 'trunk', 'primary', 'secondary'], streets).filter(
    ({ at }) => random.next() < 0.12 + urbanity(at) ** 2,
  )
  const only = (first: readonly Site[]): Spots => ({ first, then: [] })
  const streetside = (sites: readonly Site[]): Spots => ({ first: [], then: sites })
  const open = streetside(nudged(random.shuffled(corners)))
  const tall = house((b) => b.heightM >= 30 && b.style !== 'port')
  return {
    'water-depth': {
      first: around(of('underpass'), 1, 12, random),
      then: [...town.filter(isLow), ...town],
    },
    'river-level': streetside(gauges(city)),
    rainfall: { first: around(of('pumping').slice(0, 6), 1, 20, random), then: open.then },
    'wind-speed': { first: around(of('terminal', 'construction').slice(0, 10), 1, 40, random), then: open.then },
    temperature: { first: around(of('park').slice(0, 8), 1, 40, random), then: open.then },
    pump: only(around(of('pumping'), 3, 18, random)),
    'road-speed': streetside(random.shuffled(speeds)),
    parking: only(around(of('parking'), 15, 38, random)),
    pm25: open,
    aqi: open,
    ozone: open,
    dust: only(around(of('construction'), 3, 60, random)),
    noise: { first: around(of('construction'), 1, 70, random), then: open.then },
    'crowd-density': only(
      around(
        of('metro-station', 'station', 'coach-station', 'mall', 'culture', 'stadium', 'terminal', 'market', 'park'),
        4,
        40,
        random,
      ),
    ),
    smoke: only(house((b) => b.style !== 'port' && (b.style !== 'village' || b.heightM > 9))),
    'leakage-current': streetside(house((b) => ['mixed', 'centre', 'industry', 'zone', 'old'].includes(b.style))),
    'cable-temperature': {
      first: around(of('substation', 'factory', 'key-site'), 3, 45, random),
      then: house((b) => ['mixed', 'centre', 'industry', 'zone'].includes(b.style)),
    },
    'home-care': only(house((b) => ['old', 'estate', 'mixed', 'village'].includes(b.style) && b.heightM < 40)),
    methane: streetside(town),
    'gas-pressure': { first: around(of('gas-station'), 3, 20, random), then: addresses },
    'water-pressure': { first: around(of('waterworks'), 3, 30, random), then: town },
    'supply-voltage': { first: around(of('substation'), 3, 25, random), then: around(of('estate'), 2, 60, random) },
    elevator: only(tall),
    'bridge-strain': only(around(of('bridge'), 4, 12, random)),
    'manhole-tilt': streetside(town.map(({ at, words }): Site => ({ at: toMiddle(at, random), words }))),
    'bin-fill': streetside(random.shuffled(town)),
    'street-light': streetside(random.shuffled(addresses)),
  }
}

/** A cover lies in the carriageway rather than at its side. */
const toMiddle = (at: Point, random: Random): Point => placed([random.between(1, 4), 0], random.between(0, 6.28), at)
