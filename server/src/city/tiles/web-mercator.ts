/** Tiles in the square of `shared/model/mercator.ts`. */
import type { BBox } from '../../../../shared/model/geo.ts'
import { worldX, worldY } from '../../../../shared/model/mercator.ts'

const equatorM = 40_075_016.686
/** Pixels of a tile's side as map libraries count them. */
const tilePx = 512
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
