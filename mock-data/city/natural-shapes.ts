/** Hills, islands, lakes: lumps with spurs and coves instead of ovals. */
import { contours } from './contour.ts'
import { roughness } from './noise.ts'
import type { Point } from './plane.ts'

export interface Lump {
  readonly at: Point
  readonly rx: number
  readonly ry: number
  /** Of its long axis, radians from east. */
  readonly turn?: number
  /** How torn its edge is: 0 = an oval, 1 = spurs as long as it is wide. */
  readonly rough: number
}

const reachOf = ({ rx, ry, rough }: Pick<Lump, 'rx' | 'ry' | 'rough'>) => Math.max(rx, ry) * (1 + 1.3 * rough)

/** Above nought within the lump, 1 at the middle of a smooth one. */
export function lumpField({ at, rx, ry, turn = 0, rough }: Lump, seed: number): (p: Point) => number {
  const coarse = roughness(seed, Math.sqrt(rx * ry) * 0.62, 6, 0.56)
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  const most = reachOf({ rx, ry, rough })
  return ([x, y]) => {
    const [dx, dy] = [x - at[0], y - at[1]]
    if (Math.abs(dx) > most || Math.abs(dy) > most) return -1
    const [u, v] = [(dx * cos + dy * sin) / rx, (dy * cos - dx * sin) / ry]
    return 1 - u * u - v * v + rough * coarse(x, y) * 4.2 - rough * 0.35
  }
}

/** Its polygons, the largest first; outer rings and holes. */
export function lumpShapes(lump: Lump, seed: number): Point[][][] {
  const reach = reachOf(lump)
  const cellM = Math.max(14, Math.min(lump.rx, lump.ry) / 22)
  const [x, y] = lump.at
  const frame = { west: x - reach, south: y - reach, east: x + reach, north: y + reach }
  return contours(lumpField(lump, seed), frame, cellM, lump.rx * lump.ry * 0.012)
}
