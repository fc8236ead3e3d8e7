/** Where people stand when they report, and what they call it; and back from such words to the place. */
import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon'
import { bbox } from '@turf/bbox'
import type { DivisionFeature, PlaceFeature, RoadFeature } from '../../shared/contract/city-pack.ts'
import { distanceM, type LonLat } from '../../shared/model/geo.ts'
import type { Random } from '../city/random.ts'
import type { CitizenSite } from './citizen-request.ts'

const nearPlaceM = 350

export interface CityGround {
  readonly roads: readonly RoadFeature[]
  readonly places: readonly PlaceFeature[]
  readonly divisions: readonly DivisionFeature[]
}

/** Along named streets, by the nearest place; in a pack without streets, anywhere in its smallest divisions. */
export function citizenSites({ roads, places, divisions }: CityGround, count: number, random: Random): CitizenSite[] {
  const named = roads.filter((road) => road.properties.name !== '' && road.properties.class !== 'motorway')
  if (named.length > 0) {
    return Array.from({ length: count }, (_, n): CitizenSite => {
      const { properties, geometry } = random.pick(named)
      const [lon, lat] = random.pick(geometry.coordinates)
      const position: LonLat = [lon + random.between(-1e-4, 1e-4), lat + random.between(-1e-4, 1e-4)]
      const near = places.find(
        (p) => distanceM([p.geometry.coordinates[0], p.geometry.coordinates[1]], position) < nearPlaceM,
      )
      // Numbers grow along a street; the city has no register of them yet.
      const words = near ? `${properties.name}近${near.properties.name}` : `${properties.name}${2 * (n % 180) + 8}号`
      return { position, words }
    })
  }
  const finest = divisions.some((d) => d.properties.level === 3) ? 3 : 2
  const areas = divisions.filter((d) => d.properties.level === finest)
  if (areas.length === 0) return []
  return Array.from({ length: count }, (): CitizenSite => {
    const { properties, geometry } = random.pick(areas)
    const [west, south, east, north] = bbox(geometry)
    let position: LonLat = [(west + east) / 2, (south + north) / 2]
    for (let tries = 0; tries < 50; tries++) {
      const at: LonLat = [random.between(west, east), random.between(south, north)]
      if (!booleanPointInPolygon([at[0], at[1]], geometry)) continue
      position = at
      break
    }
    return { position, words: properties.name }
  })
}

/** Finds the place the words of a site mean; null for words that are none of these sites'. */
export function placeFinderByWords(sites: readonly CitizenSite[]): (words: string) => LonLat | null {
  const byWords = new Map(sites.map((site) => [site.words, site.position]))
  return (words) => byWords.get(words) ?? null
}
