/**
 * Makes 澜汀市, a city that is nowhere: river and bay, hills, an old town in its moat, rings, radials and a metro, a port; whole
 * for living in, small for tests. Pure: the same seed and size give the same bytes.
 */
import { caseSettingsRow } from '../../shared/contract/case-settings.ts'
import { defaultCaseSettings } from '../../shared/model/case-settings.ts'
import type { GroundFeature, PackHead } from '../../shared/contract/city-pack.ts'
import { buildingFeature } from './buildings.ts'
import { calendar } from './calendar.ts'
import { dutyBook } from './duty-book.ts'
import { modes } from './modes.ts'
import { makeCameras } from './cameras.ts'
import { makeCrews } from './crews.ts'
import { departments } from './departments.ts'
import { makeDevices } from './devices.ts'
import { areaFeature, cornersFeature } from './greens.ts'
import { makeLand, type Land } from './land.ts'
import { headText, layerText, tableText, type PackFiles } from './pack-files.ts'
import { makeParts } from './parts.ts'
import { makePlaces, placeFeature } from './places.ts'
import { plans, type CitySize } from './plan.ts'
import type { Point } from './plane.ts'
import { railFeatures } from './rail.ts'
import { seededRandom, seedFrom } from './random.ts'
import { responsePlans } from './response-plans.ts'
import { roadFeatures } from './road-features.ts'
import { cornerSites, streetSites } from './sites.ts'
import { bedOf } from './terrain.ts'

/** What makes the city; its version is raised whenever the same seed gives other bytes. */
export const generator = { name: 'lanting', version: '8' } as const

function waterFeatures({ terrain, ponds }: Land): GroundFeature[] {
  return [
    ...[...terrain.waters, ...ponds].map(({ kind, name, nameEn, rings }) => areaFeature(kind, name, nameEn, rings)),
    ...terrain.waterways.map((water) => areaFeature(water.kind, water.name, water.nameEn, bedOf(water))),
  ]
}

function greenFeatures({ terrain, greens }: Land): GroundFeature[] {
  return [
    ...terrain.hills.map(({ kind, name, nameEn, rings }) => areaFeature(kind, name, nameEn, rings)),
    ...greens.map(({ kind, name, nameEn, rings }) =>
      rings.length === 1 && (rings[0] as Point[]).length < 9
        ? cornersFeature(kind, name, nameEn, rings[0] as Point[])
        : areaFeature(kind, name, nameEn, rings),
    ),
  ]
}

/** The small city unless the full one is asked for. */
export function generateCity(seed: number, size: CitySize = 'small'): PackFiles {
  const stream = (word: string) => seededRandom(seedFrom(seed, word))
  const plan = plans[size]
  const land = makeLand(plan, seed)
  const corners = cornerSites(land.stretches)
  const streets = streetSites(land.stretches)
  const places = makePlaces(land, corners, stream('places'))
  const devices = makeDevices({ land, places, corners, streets }, stream('devices'))
  const head: PackHead = {
    format: 1,
    id: 'lanting',
    name: '澜汀市',
    nameEn: 'Lanting',
    timeZone: 'Asia/Shanghai',
    version: `${generator.version}-${size}`,
    generator,
    crs: 'WGS84',
    seed,
    attribution: '澜汀市为虚构城市 · Lanting is a fictional city',
  }
  return new Map([
    ['pack.json', headText(head)],
    ['divisions.geojson', layerText(land.divided.divisions)],
    ['grids.geojson', layerText(land.divided.grids)],
    ['roads.geojson', layerText(roadFeatures(land.stretches, land.mask))],
    ['rail.geojson', layerText(railFeatures(land.tracks, land.mask, size === 'full'))],
    ['water.geojson', layerText(waterFeatures(land))],
    ['green.geojson', layerText(greenFeatures(land))],
    ['buildings.geojson', layerText(land.buildings.map(buildingFeature))],
    ['places.geojson', layerText(places.map(placeFeature))],
    ['departments.json', tableText(departments)],
    ['crews.json', tableText(makeCrews(plan, places, stream('crews')))],
    ['devices.json', tableText(devices)],
    ['cameras.json', tableText(makeCameras(land, places, corners, stream('cameras')))],
    ['parts.json', tableText(makeParts(land, stream('parts')))],
    ['calendar.json', headText(calendar)],
    ['case-settings.json', headText(caseSettingsRow(defaultCaseSettings))],
    ['modes.json', headText(modes)],
    ['duty.json', headText(dutyBook)],
    ['plans.json', tableText(responsePlans)],
  ])
}
