/**
 * Coordinate systems Chinese cities publish in, and the way from each to the WGS 84 degrees of a pack. The local grids of cities (上海城建坐标系 and its like) have no published formula: refused by name.
 */
import proj4 from 'proj4'
import { undone } from '../../shared/contract/pack-crs.ts'
import type { LonLat } from '../../shared/model/geo.ts'

/** A way into WGS 84. */
export interface CoordinateSystem {
  /** As the flag says it. */
  readonly name: string
  /** Degrees in; metres where projected. */
  readonly isProjected: boolean
  /** Longitude and latitude (or easting and northing) to WGS 84; null where the numbers cannot be of this system. */
  toWgs84(x: number, y: number): LonLat | null
}

const isDegrees = (x: number, y: number) => Math.abs(x) <= 180 && Math.abs(y) <= 90

const asItIs = (name: string): CoordinateSystem => ({
  name,
  isProjected: false,
  toWgs84: (x, y) => (isDegrees(x, y) ? [x, y] : null),
})

const shifted = (name: string, system: 'GCJ02' | 'BD09'): CoordinateSystem => ({
  name,
  isProjected: false,
  toWgs84: (x, y) => (isDegrees(x, y) ? undone(system, x, y) : null),
})

/** 3-degree Gauss-Krüger zone of CGCS2000 about a meridian; eastings may carry the zone's number in front. */
function gaussKruger(name: string, meridian: number): CoordinateSystem {
  const zone = meridian / 3
  const plane = proj4(`+proj=tmerc +lat_0=0 +lon_0=${meridian} +k=1 +x_0=500000 +y_0=0 +ellps=GRS80 +units=m +no_defs`)
  return {
    name,
    isProjected: true,
    toWgs84(x, y) {
      const easting = x >= 1_000_000 ? x - zone * 1_000_000 : x
      // 400 km to either side is more than two zones; China ends at 54 degrees north.
      if (!(easting > 100_000 && easting < 900_000 && y > 0 && y < 6_500_000)) return null
      const [lon, lat] = plane.inverse([easting, y]) as [number, number]
      return [lon, lat]
    },
  }
}

export const coordinateSystemsInWords =
  'wgs84, gcj02, bd09, cgcs2000 (degrees), cgcs2000/M (metres in the 3-degree zone about the meridian M: 75, 78 … 135)'

/** Reads what `--crs` says; a text = why it cannot be had. */
export function readCoordinateSystem(word: string): CoordinateSystem | string {
  const name = word.trim().toLowerCase().replaceAll('-', '')
  if (name === 'wgs84') return asItIs('wgs84')
  // CGCS2000 is realised to within centimetres of WGS 84; a map shows no difference.
  if (name === 'cgcs2000') return asItIs('cgcs2000')
  if (name === 'gcj02') return shifted('gcj02', 'GCJ02')
  if (name === 'bd09') return shifted('bd09', 'BD09')
  const projected = /^cgcs2000\/(\d+)$/.exec(name)
  if (projected) {
    const meridian = Number(projected[1])
    if (meridian % 3 === 0 && meridian >= 75 && meridian <= 135) return gaussKruger(`cgcs2000/${meridian}`, meridian)
    return `${word}: no 3-degree zone has this meridian; allowed: 75, 78 … 135`
  }
  if (/shanghai|上海|local|独立|城建/.test(name))
    return `${word}: a city's own grid has no published formula; have the surveyors write the file in CGCS2000 first`
  return `${word} is not known; allowed: ${coordinateSystemsInWords}`
}

/** The system an old GeoJSON's `crs` member names, as `--crs` would say it; null where it has none, or names an unknown one. */
export function namedInFile(json: unknown): string | null {
  const crs = (json as { crs?: { properties?: { name?: unknown } } } | null)?.crs
  const name = crs?.properties?.name
  if (typeof name !== 'string') return null
  if (/CRS84$/i.test(name)) return 'wgs84'
  const code = Number(/EPSG:(?:[\d.]*:)?(\d+)$/i.exec(name)?.[1])
  if (code === 4326) return 'wgs84'
  if (code === 4490) return 'cgcs2000'
  // EPSG gives the zones from 75 degrees on two rows of codes: with the zone's number in the easting, and without.
  if (code >= 4513 && code <= 4533) return `cgcs2000/${75 + 3 * (code - 4513)}`
  if (code >= 4534 && code <= 4554) return `cgcs2000/${75 + 3 * (code - 4534)}`
  return name
}
