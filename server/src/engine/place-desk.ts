/** Places of the city by typed words, with the division and grid that cover each, its resources, and its stretches of road. All are read when first asked for. */
import type { DataScope } from '../../../shared/model/data-scope.ts'
import type { LonLat } from '../../../shared/model/geo.ts'
import { isInScope } from '../../../shared/model/data-scope.ts'
import type { CityResource } from '../../../shared/model/resource.ts'
import type { FoundPlace } from '../../../shared/model/found-place.ts'
import { isAlgorithmOn } from '../domain/algorithm/state.ts'
import type { Sound } from '../domain/place-search/name-index.ts'
import { PlaceSearch, type Hit, type Meaning } from '../domain/place-search/place-search.ts'
import type { City } from '../ports/city.ts'
import type { StateView } from '../ports/engine.ts'
import { adviceOf } from './advice-of.ts'
import { cityResources } from './city-resources.ts'
import { namedPlaces } from './named-places.ts'
import { stretchFinder, type StretchAt } from './road-stretches.ts'

export interface PlaceDesk {
  /** At most `limit`, best first; only those within the part of the city an account is bound to. */
  find(words: string, limit: number, scope: DataScope | null): readonly FoundPlace[]
  /** All of them, or those within the part of the city an account is bound to. */
  resources(scope: DataScope | null): readonly CityResource[]
  /** The road a place lies at; null where it lies at none. */
  readonly stretchAt: StretchAt
}

export function createPlaceDesk(view: StateView, city: City, soundOf: (name: string) => Sound): PlaceDesk {
  const levels = new Map(city.profile.divisions.map(({ id, level }) => [id, level]))
  const classNames = new Map(city.caseClasses.map(({ code, name }) => [code, name.zh]))
  let search: PlaceSearch | null = null
  let resources: readonly { readonly row: CityResource; readonly streetId: string | null }[] | null = null
  const covers = (at: LonLat) => {
    const ids = city.locate(at)
    const ofLevel = (level: number) => ids.find((id) => levels.get(id) === level) ?? null
    return { districtId: ofLevel(2), streetId: ofLevel(3), gridId: ids.find((id) => !levels.has(id)) ?? null }
  }
  const covered = (hit: Hit): FoundPlace => ({ ...hit, ...covers(hit.position) })
  const meaning: Meaning = (address) => {
    if (!isAlgorithmOn(view.algorithms, 'suggestions')) return null
    const told = { title: '', description: '', address, reporter: null, source: 'hotline', sourceRef: null } as const
    return adviceOf(city).suggestPlace(told, view.filed)
  }
  return {
    stretchAt: stretchFinder(city),
    find(words, limit, scope) {
      search ??= new PlaceSearch(namedPlaces(city), soundOf, city.parts, (code) => classNames.get(code) ?? '')
      const found: FoundPlace[] = []
      for (const hit of search.find(words, meaning)) {
        const place = covered(hit)
        if (scope !== null && !isInScope(scope, place)) continue
        found.push(place)
        if (found.length >= limit) break
      }
      return found
    },
    resources(scope) {
      resources ??= cityResources(city).map((resource) => {
        const { districtId, streetId } = covers(resource.position)
        return { row: { ...resource, districtId }, streetId }
      })
      return resources
        .filter(({ row, streetId }) => scope === null || isInScope(scope, { districtId: row.districtId, streetId }))
        .map(({ row }) => row)
    },
  }
}
