/**
 * Positions and plain geometry on them. WGS 84, longitude first, degrees (RFC 7946); distances in metres.
 */

export type LonLat = readonly [lon: number, lat: number]
/** West, south, east, north. */
export type BBox = readonly [west: number, south: number, east: number, north: number]

const EARTH_RADIUS_M = 6_371_008.8
const rad = (deg: number) => (deg * Math.PI) / 180

/** Great-circle distance in metres (haversine, mean earth radius: within 0.5 % of the ellipsoid). */
export function distanceM(a: LonLat, b: LonLat): number {
  const dLat = rad(b[1] - a[1])
  const dLon = rad(b[0] - a[0])
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(rad(a[1])) * Math.cos(rad(b[1])) * Math.sin(dLon / 2) ** 2
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** Is this a position on earth? False for NaN, infinities and values outside ±180 / ±90. */
export function isLonLat(value: readonly unknown[]): value is LonLat {
  const [lon, lat] = value
  return (
    value.length >= 2 &&
    typeof lon === 'number' &&
    typeof lat === 'number' &&
    Math.abs(lon) <= 180 &&
    Math.abs(lat) <= 90
  )
}

/** Is the position within the box, its edges included? */
export function isWithin(box: BBox, at: LonLat): boolean {
  return at[0] >= box[0] && at[0] <= box[2] && at[1] >= box[1] && at[1] <= box[3]
}

/** A box that holds the circle of so many metres round a place; it ends at the poles and at ±180. */
export function boxAround([lon, lat]: LonLat, radiusM: number): BBox {
  const deg = ((radiusM / EARTH_RADIUS_M) * 180) / Math.PI
  const [south, north] = [Math.max(-90, lat - deg), Math.min(90, lat + deg)]
  // Where the circle lies nearest to a pole it reaches furthest by longitude.
  const cos = Math.cos(rad(Math.max(Math.abs(south), Math.abs(north))))
  const dLon = cos * 180 > deg ? deg / cos : 180
  return [Math.max(-180, lon - dLon), south, Math.min(180, lon + dLon), north]
}

const circlePoints = 64
/** A point that is warned of still needs an area to be drawn. */
const leastRadiusM = 50

/** A circle on the earth as a closed ring of 64 points, anticlockwise (RFC 7946); longitudes run past ±180 rather than jump. */
export function circleRing([lon, lat]: LonLat, radiusM: number): LonLat[] {
  const angle = Math.max(radiusM, leastRadiusM) / EARTH_RADIUS_M
  const deg = (radians: number) => (radians * 180) / Math.PI
  const ring = Array.from({ length: circlePoints }, (_, i): LonLat => {
    const bearing = (-2 * Math.PI * i) / circlePoints
    const sinLat = Math.sin(rad(lat)) * Math.cos(angle) + Math.cos(rad(lat)) * Math.sin(angle) * Math.cos(bearing)
    const dLon = Math.atan2(
      Math.sin(bearing) * Math.sin(angle) * Math.cos(rad(lat)),
      Math.cos(angle) - Math.sin(rad(lat)) * sinLat,
    )
    return [lon + deg(dLon), deg(Math.asin(Math.min(1, Math.max(-1, sinLat))))]
  })
  return [...ring, ring[0] as LonLat]
}
