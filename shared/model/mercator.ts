/** Positions in the square web mercator draws the world in: 0 to 1, x to the east, y to the south. Tiles of zoom z are 1/2^z wide. */
import type { BBox, LonLat } from './geo.ts'

/** Where the square ends, degrees. */
const maxLat = 85.0511287798

export const worldX = (lon: number): number => lon / 360 + 0.5
export function worldY(lat: number): number {
  const sine = Math.sin((Math.max(-maxLat, Math.min(maxLat, lat)) * Math.PI) / 180)
  return 0.5 - (0.25 * Math.log((1 + sine) / (1 - sine))) / Math.PI
}
/** The place at a point of the square. */
export const placeAt = (x: number, y: number): LonLat => [
  (x - 0.5) * 360,
  (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI,
]

/** First and last column and row of the tiles of a zoom that touch the box; numbers beyond the square are not. */
export function tileRange(
  [west, south, east, north]: BBox,
  z: number,
): { readonly x0: number; readonly x1: number; readonly y0: number; readonly y1: number } {
  const last = 2 ** z - 1
  const tile = (part: number) => Math.max(0, Math.min(last, Math.floor(part * 2 ** z)))
  return { x0: tile(worldX(west)), x1: tile(worldX(east)), y0: tile(worldY(north)), y1: tile(worldY(south)) }
}
