/** Positions in the square web mercator draws the world in: 0 to 1, x to the east, y to the south. Tiles of zoom z are 1/2^z wide. */
import type { BBox } from '../../../../shared/model/geo.ts'

const equatorM = 40_075_016.686
/** Pixels of a tile's side as map libraries count them. */
const tilePx = 512
/** Where the square ends. */
const maxLat = 85.0511287798

export const worldX = (lon: number): number => lon / 360 + 0.5
export function worldY(lat: number): number {
  const sine = Math.sin((Math.max(-maxLat, Math.min(maxLat, lat)) * Math.PI) / 180)
  return 0.5 - (0.25 * Math.log((1 + sine) / (1 - sine))) / Math.PI
}

/** `[west, north, east, south]` of a tile widened by a share of its side, in the square. */
export function tileBox(z: number, x: number, y: number, margin: number): readonly [number, number, number, number] {
  const n = 2 ** z
  return [(x - margin) / n, (y - margin) / n, (x + 1 + margin) / n, (y + 1 + margin) / n]
}

/** Whether a tile touches the bounds at all. */
export function isTileWithin(bounds: BBox, z: number, x: number, y: number): boolean {
  const [left, top, right, bottom] = tileBox(z, x, y, 0)
  const [west, south, east, north] = bounds
  return worldX(west) <= right && worldX(east) >= left && worldY(north) <= bottom && worldY(south) >= top
}

/** The first whole zoom at which an area covers `px` square pixels. Counted at the equator: a little early elsewhere. */
export const zoomForArea = (areaM2: number, px: number): number =>
  Math.ceil(Math.log2((equatorM / tilePx) * Math.sqrt(px / Math.max(1, areaM2))))

/** The first whole zoom at which a length is `px` pixels, counted as above. */
export const zoomForLength = (lengthM: number, px: number): number =>
  Math.ceil(Math.log2((equatorM / tilePx) * (px / Math.max(1, lengthM))))
