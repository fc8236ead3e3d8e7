/** Roughness of nature: smooth chance over the plane, the same for the same seed, rough at every scale. */
import type { Point } from './plane.ts'

/** Between -1 and 1. */
export type Noise = (x: number, y: number) => number

const smooth = (t: number) => t * t * (3 - 2 * t)

/** Chance at whole numbers, smooth between them. */
function valueNoise(seed: number): Noise {
  const at = (i: number, j: number) => {
    let h = (Math.imul(i, 0x27d4eb2d) ^ Math.imul(j, 0x165667b1) ^ seed) >>> 0
    h = Math.imul(h ^ (h >>> 15), 0x85ebca6b) >>> 0
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35) >>> 0
    return ((h ^ (h >>> 16)) >>> 0) / 2_147_483_648 - 1
  }
  return (x, y) => {
    const i = Math.floor(x)
    const j = Math.floor(y)
    const s = smooth(x - i)
    const t = smooth(y - j)
    const low = at(i, j) * (1 - s) + at(i + 1, j) * s
    const high = at(i, j + 1) * (1 - s) + at(i + 1, j + 1) * s
    return low * (1 - t) + high * t
  }
}

/** Shapes about `sizeM` large, and smaller ones on them, each octave half as large and somewhat less than half as strong. */
export function roughness(seed: number, sizeM: number, octaves = 4, gain = 0.48): Noise {
  const layers = Array.from({ length: octaves }, (_, k) => ({
    noise: valueNoise(seed + k * 7919),
    strength: gain ** k,
    scale: 2 ** k / sizeM,
    east: k * 17.3,
    south: k * 9.1,
  }))
  const total = layers.reduce((sum, { strength }) => sum + strength, 0)
  return (x, y) => {
    let sum = 0
    for (const { noise, strength, scale, east, south } of layers)
      sum += strength * noise(x * scale + east, y * scale - south)
    return sum / total
  }
}

/** Moves a line's points as `byM` metres of roughness have it; where `weight` is 0 it stays as drawn. */
export function weathered(
  line: readonly Point[],
  seed: number,
  sizeM: number,
  byM: number,
  weight: (p: Point) => number = () => 1,
): Point[] {
  const [dx, dy] = [roughness(seed, sizeM, 5), roughness(seed ^ 0x5bd1e995, sizeM, 5)]
  return line.map((p) => {
    const [x, y] = p
    const by = byM * weight(p)
    return [x + dx(x, y) * by, y + dy(x, y) * by]
  })
}
