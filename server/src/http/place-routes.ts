/** The city's places by typed words, for whoever takes a call, and what lies ready round a case. An account bound to a part of the city is told of that part. */
import { Router } from 'express'
import { placeQuerySchema } from '../../../shared/contract/places.ts'
import type { DataScope } from '../../../shared/model/data-scope.ts'
import type { FoundPlace } from '../../../shared/model/found-place.ts'
import type { CityResource } from '../../../shared/model/resource.ts'
import { scopeOf } from '../access/audience.ts'
import type { Guard } from './guard.ts'
import { read } from './reply.ts'
import type { Stretches } from './road-routes.ts'

/** Handed in: see `engine/place-desk.ts`. */
export interface Places {
  find(words: string, limit: number, scope: DataScope | null): readonly FoundPlace[]
  resources(scope: DataScope | null): readonly CityResource[]
  readonly stretchAt: Stretches
}

export function placeRoutes({ places, guard }: { places: Places; guard: Guard }): Router {
  const router = Router()
  router.get(
    '/places',
    guard('city', (request, { audience }) => {
      const query = read(placeQuerySchema.strict(), request.query)
      if (!query.ok) return query
      const { q, limit } = query.value
      return { body: { items: places.find(q, limit, scopeOf(audience)), next: null } }
    }),
  )
  router.get(
    '/resources',
    guard('city', (_request, { audience }) => ({ body: { items: places.resources(scopeOf(audience)), next: null } })),
  )
  return router
}
