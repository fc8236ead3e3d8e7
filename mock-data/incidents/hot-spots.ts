/** Where things gather: markets, stations, schools, old quarters, building sites, the riverside, tall estates. Seeded. */
import type { LonLat } from '../../shared/model/geo.ts'
import type { Random } from '../city/random.ts'
import type { SpotKind } from './class-rates.ts'
import type { LivedCity } from '../life/lived-city.ts'
import type { Gazetteer } from './gazetteer.ts'

export interface HotSpot {
  readonly kind: SpotKind
  readonly at: LonLat
  readonly radiusM: number
  /** Against the others: a few places have most of the trouble. */
  readonly weight: number
}

const kindOfPlace: Readonly<Record<string, SpotKind>> = {
  commerce: 'market',
  market: 'market',
  mall: 'market',
  station: 'station',
  'metro-station': 'station',
  'bus-station': 'station',
  hospital: 'station',
  stadium: 'station',
  school: 'school',
  university: 'school',
  kindergarten: 'school',
  tourism: 'riverside',
  port: 'riverside',
  pier: 'riverside',
  pumping: 'riverside',
  sewage: 'riverside',
}
/** Places a pack does not name; one for each this many residents. */
const unnamed: readonly (readonly [kind: SpotKind, residentsEach: number, radiusM: number])[] = [
  ['old-quarter', 60_000, 420],
  ['building-site', 50_000, 200],
  ['estate', 25_000, 220],
  ['market', 60_000, 200],
  ['school', 80_000, 150],
]
const radiusM: Record<SpotKind, number> = {
  market: 260,
  station: 280,
  school: 160,
  'old-quarter': 420,
  'building-site': 200,
  riverside: 320,
  estate: 220,
}

/** Log-normal: the busiest tenth of the places has about a third of what happens. */
const weightOf = (random: Random) => Math.exp(0.9 * random.normal())

export function hotSpots(
  { places, devices }: Pick<LivedCity, 'places' | 'devices'>,
  residents: number,
  gazetteer: Gazetteer,
  random: Random,
): HotSpot[] {
  const named = places.flatMap(({ properties, geometry }): HotSpot[] => {
    const kind = kindOfPlace[properties.kind]
    if (kind === undefined) return []
    const at: LonLat = [geometry.coordinates[0], geometry.coordinates[1]]
    return [{ kind, at, radiusM: radiusM[kind], weight: weightOf(random) }]
  })
  // Water-level gauges stand where the river is.
  const banks = devices
    .filter(({ kind }) => kind === 'river-level')
    .map(({ position }): HotSpot => ({
      kind: 'riverside',
      at: position,
      radiusM: radiusM.riverside,
      weight: weightOf(random),
    }))
  const others = unnamed.flatMap(([kind, residentsEach, reach]) =>
    Array.from({ length: Math.max(1, Math.round(residents / residentsEach)) }, (): HotSpot | null => {
      const at = gazetteer.anywhere(random)
      return at && { kind, at, radiusM: reach, weight: weightOf(random) }
    }).filter((spot) => spot !== null),
  )
  return [...named, ...banks, ...others]
}
