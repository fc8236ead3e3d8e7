/** One search from a station answers what a search to each case would: over one-way streets too. */
import { expect, it } from 'vitest'
import { seededRandom } from '../../../mock-data/city/random.ts'
import { travelFinder } from '../../../server/src/city/travel-finder.ts'
import { roadHours } from '../../../server/src/city/road-hours.ts'
import { defaultDispatchSettings } from '../../../shared/model/dispatch-settings.ts'
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

it('goes by the hour: the same way takes longer where its class is slower, and roads are free without an hour (issue 4.14)', () => {
  const hours = { bands: [{ speed: { secondary: 0.5 } }], bandAt: (at: number) => (at === 8 ? 0 : -1) }
  const stations = [at(0, 0)]
  const finders = [travelFinder(roads, [], hours), travelFinder(roads, stations, hours)]
  for (const find of finders) {
    const [free, night, peak] = [
      find(stations[0]!, at(7, 7)),
      find(stations[0]!, at(7, 7), 3),
      find(stations[0]!, at(7, 7), 8),
    ]
    expect(night).toEqual(free)
    expect(free.basis).toBe('road')
    expect(peak.seconds / free.seconds).toBeCloseTo(2, 1)
  }
})

it('without roads it is a straight line, whatever the hour', () => {
  const find = travelFinder([])
  expect(find(at(0, 0), at(1, 0), 8)).toEqual(find(at(0, 0), at(1, 0)))
  expect(find(at(0, 0), at(1, 0)).basis).toBe('straight')
})

it('a road band is found by the clock and weekday of the city', () => {
  const { bandAt } = roadHours(defaultDispatchSettings.roadBands, 'Asia/Shanghai')
  const band = (clock: string) => bandAt(Date.parse(`${clock}+08:00`))
  // A Monday, a Sunday.
  expect(['2026-08-03T08:00', '2026-08-03T18:00', '2026-08-03T12:00', '2026-08-03T23:00'].map(band)).toEqual([
    0, 1, 2, -1,
  ])
  expect(band('2026-08-02T08:00')).toBe(2)
})
