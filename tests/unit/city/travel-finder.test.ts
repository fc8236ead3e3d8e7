/** One search from a station answers what a search to each case would: over one-way streets too. */
import { expect, it } from 'vitest'
import { seededRandom } from '../../../mock-data/city/random.ts'
import { travelFinder } from '../../../server/src/city/travel-finder.ts'
import type { RoadFeature } from '../../../shared/contract/city-pack.ts'
import type { LonLat } from '../../../shared/model/geo.ts'

const random = seededRandom(7)
const at = (column: number, row: number): LonLat => [121 + column * 0.01, 31 + row * 0.01]
const road = (from: LonLat, to: LonLat): RoadFeature => ({
  type: 'Feature',
  properties: {
    id: '',
    name: '',
    nameEn: '',
    class: 'secondary',
    speedKmh: random.whole(20, 80),
    oneway: random.chance(0.5),
  } as unknown as RoadFeature['properties'],
  geometry: { type: 'LineString', coordinates: [from as [number, number], to as [number, number]] },
})
const size = 8
const roads: RoadFeature[] = []
for (let column = 0; column < size; column++) {
  for (let row = 0; row < size; row++) {
    if (column + 1 < size) roads.push(road(at(column, row), at(column + 1, row)))
    if (row + 1 < size) roads.push(road(at(column, row), at(column, row + 1)))
  }
}
const anywhere = (): LonLat => at(random.whole(0, size - 1) + 0.1, random.whole(0, size - 1) - 0.1)

it('crews at their stations and crews elsewhere are given the same ways', () => {
  const stations = Array.from({ length: 12 }, anywhere)
  const plain = travelFinder(roads)
  const knowing = travelFinder(roads, stations)
  for (const from of [...stations, ...Array.from({ length: 12 }, anywhere)]) {
    for (let n = 0; n < 20; n++) {
      const to = anywhere()
      const [expected, found] = [plain(from, to), knowing(from, to)]
      expect(found.basis).toBe(expected.basis)
      expect(Math.abs(found.seconds - expected.seconds)).toBeLessThan(0.01)
      expect(Math.abs(found.metres - expected.metres)).toBeLessThan(0.1)
    }
  }
})
