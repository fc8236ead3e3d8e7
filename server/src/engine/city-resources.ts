/** The city's resources as its pack has them: places that are one, and cameras. Whole and in order of the pack; who may see which is not known here. */
import { isLonLat } from '../../../shared/model/geo.ts'
import { resourceKindOf, type CityResource } from '../../../shared/model/resource.ts'
import type { City } from '../ports/city.ts'

interface Feature {
  readonly properties?: Readonly<Record<string, unknown>> | null
  readonly geometry?: { readonly coordinates?: unknown } | null
}
const text = (value: unknown) => (typeof value === 'string' ? value : '')

export function cityResources(city: Pick<City, 'layer' | 'cameras'>): Omit<CityResource, 'districtId'>[] {
  const bytes = city.layer('places')
  const { features } =
    bytes === null
      ? { features: [] }
      : (JSON.parse(new TextDecoder().decode(bytes)) as { readonly features: readonly Feature[] })
  const places = features.flatMap(({ properties, geometry }) => {
    const kind = resourceKindOf(text(properties?.['kind']))
    const position = geometry?.coordinates
    if (kind === null || !Array.isArray(position) || !isLonLat(position)) return []
    const [name, nameEn] = [text(properties?.['name']), text(properties?.['nameEn'])]
    return [{ id: text(properties?.['id']), kind, name, nameEn, position }]
  })
  const cameras = city.cameras.map(({ id, name, position }) => ({
    ...{ id, kind: 'camera' as const, name, nameEn: '', position },
  }))
  return [...places, ...cameras]
}
