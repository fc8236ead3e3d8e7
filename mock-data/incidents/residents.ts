/**
 * How many people a pack is likely to hold. Packs carry no census, but their smallest divisions are drawn around people: a
 * street (街镇) in a Chinese city has some 25,000 on average, a district without streets some 200,000.
 */
import type { DivisionFeature } from '../../shared/contract/city-pack.ts'

const perStreet = 25_000
const perDistrict = 200_000

export function residentsOf(divisions: readonly DivisionFeature[]): number {
  const streets = divisions.filter(({ properties }) => properties.level === 3).length
  return streets > 0 ? streets * perStreet : Math.max(1, divisions.length) * perDistrict
}
