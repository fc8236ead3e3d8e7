/** District, street and responsibility grid of a place, told apart in what the city says covers it. */
import type { LonLat } from '../../../shared/model/geo.ts'
import type { Cover } from '../domain/context.ts'
import type { City } from '../ports/city.ts'

/** The city names the finest first: unit grid, responsibility grid, street, district; divisions are known by name, the coarsest of the rest is the grid. */
export function coverFinder(city: Pick<City, 'profile' | 'locate' | 'districtOf'>): (at: LonLat) => Cover {
  const levels = new Map(city.profile.divisions.map(({ id, level }) => [id, level]))
  return (at) => {
    const ids = city.locate(at)
    return {
      districtId: city.districtOf(at),
      streetId: ids.find((id) => levels.get(id) === 3) ?? null,
      gridId: ids.findLast((id) => !levels.has(id)) ?? null,
    }
  }
}
