/** The divisions an alert means: those its geocodes name, and the districts its polygons touch. */
import type { City } from '../../ports/city.ts'
import type { FindDivisions } from './read-alert.ts'

/** Division codes come as long as the sender likes: 310101 and 310101000000 are one. */
const bare = (code: string): string => (/^\d{6,}$/.test(code) ? code.replace(/(?:00)+$/, '') : code)

export function divisionFinder(city: Pick<City, 'profile' | 'districtsTouching'>): FindDivisions {
  const ids = new Map(city.profile.divisions.map(({ id }) => [bare(id), id]))
  return ({ polygons, geocodes }) => {
    const named = geocodes.map((code) => ids.get(bare(code))).filter((id) => id !== undefined)
    return [...new Set([...named, ...city.districtsTouching(polygons)])]
  }
}
