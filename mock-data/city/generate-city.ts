/**
 * Makes 澜汀市, a city that is nowhere: three districts on a bending river, streets, houses, crews and sensors. Pure: the same
 * seed gives the same bytes.
 */
import type { GroundFeature, PackHead } from '../../shared/contract/city-pack.ts'
import { buildingFeature, makeBuildings } from './buildings.ts'
import { cutStreets } from './cut-streets.ts'
import { cornerSites, makeDevices } from './devices.ts'
import { divide } from './divide.ts'
import { greenFeature, makeGreens } from './greens.ts'
import { departments } from './departments.ts'
import { crewKinds, crewRow } from './organisation.ts'
import { headText, layerText, tableText, type PackFiles } from './pack-files.ts'
import { makePlaces, placeFeature } from './places.ts'
import { toLonLat, toRing, type Point } from './plane.ts'
import { seededRandom, seedFrom } from './random.ts'
import { makeWarp, streetCurves } from './street-curves.ts'
import { makeTerrain } from './terrain.ts'

const water = (kind: string, name: string, nameEn: string, ring: readonly Point[]): GroundFeature => ({
  type: 'Feature',
  properties: { kind, name, nameEn },
  geometry: { type: 'Polygon', coordinates: [toRing(ring).map(([lon, lat]) => [lon, lat])] },
})

/** Crews with work of these kinds wait where their tools are. */
const stationKinds: Record<string, readonly string[]> = {
  fire: ['fire'],
  drainage: ['pumping', 'sewage'],
  water: ['waterworks'],
  gas: ['gas'],
  sanitation: ['depot'],
  road: ['depot'],
}

export function generateCity(seed: number): PackFiles {
  const stream = (word: string) => seededRandom(seedFrom(seed, word))
  const terrain = makeTerrain(stream('terrain'))
  const divided = divide(terrain, stream('divisions'))
  const warp = makeWarp(stream('warp'))
  const greens = makeGreens(terrain, warp, stream('greens'))
  const parks = greens.filter((g) => g.kind !== 'riverside').map((g) => g.ring)
  const curves = streetCurves(terrain, warp, stream('streets'))
  const { stretches, features: roads } = cutStreets(curves, terrain, divided.outline, parks, stream('cut'))
  const buildings = makeBuildings(terrain, warp, stretches, parks, divided.outline, stream('buildings'))
  const places = makePlaces(terrain, warp, divided.outline)
  const devices = makeDevices(
    {
      terrain,
      stretches,
      buildings,
      places: places.map(({ at, name }) => ({ at, words: name })),
      outline: divided.outline,
    },
    stream('devices'),
  )
  const random = stream('crews')
  const corners = random.shuffled(cornerSites(stretches))
  const crews = crewKinds.flatMap((kind) => {
    const stations = places.filter((p) => stationKinds[kind.kind]?.includes(p.kind)).map((p) => p.at)
    return Array.from({ length: Math.ceil(kind.count / 10) }, (_, n) =>
      crewRow(kind, n, toLonLat(stations[n] ?? corners.pop()?.at ?? [0, 0])),
    )
  })
  const head: PackHead = {
    format: 1,
    id: 'lanting',
    name: '澜汀市',
    nameEn: 'Lanting',
    timeZone: 'Asia/Shanghai',
    version: '1',
    crs: 'WGS84',
    seed,
    attribution: '澜汀市为虚构城市 · Lanting is a fictional city',
  }
  return new Map([
    ['pack.json', headText(head)],
    ['divisions.geojson', layerText(divided.features)],
    ['roads.geojson', layerText(roads)],
    [
      'water.geojson',
      layerText([
        water('river', '澜江', 'Lan River', terrain.river),
        water('canal', '棠溪河', 'Tangxi Canal', terrain.canal),
        water('lake', '镜澜湖', 'Jinglan Lake', terrain.lake),
      ]),
    ],
    ['green.geojson', layerText(greens.map(greenFeature))],
    ['buildings.geojson', layerText(buildings.map(buildingFeature))],
    ['places.geojson', layerText(places.map(placeFeature))],
    ['departments.json', tableText(departments)],
    ['crews.json', tableText(crews)],
    ['devices.json', tableText(devices)],
  ])
}
