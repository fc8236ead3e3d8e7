/** The city's edge: along ridges and brooks on land, straight across the sea. */
import { weathered } from './noise.ts'
import type { Plan } from './plan.ts'
import { smoothLine, type Point } from './plane.ts'
import { seedFrom } from './random.ts'

const landCorners: readonly Point[] = [
  [11150, 9250], [9700, 8650], [8100, 9150], [6900, 9500], [5300, 9250], [4300, 8500], [2700, 8650], [1700, 9350], [-300, 9500], [-2300, 9150], [-3900, 9450], [-5300, 8750],
  [-7100, 9300], [-9100, 9050], [-10300, 7900], [-10100, 6300], [-11000, 5200], [-11550, 3300], [-11200, 1900], [-11750, 400], [-11000, -900], [-10500, -2600], [-11300, -3500],
  [-11500, -5400], [-10900, -6900], [-11100, -8300], [-9600, -9100], [-7700, -8700], [-6500, -9350], [-4300, -9500], [-3300, -8800], [-1900, -9000], [-300, -9550], [1500, -9450],
  [2600, -8700], [4400, -8500], [5600, -9200], [7600, -9500], [10150, -9450],
] // prettier-ignore
const seaCorners: readonly Point[] = [[11700, -8600], [11700, 8300]] // prettier-ignore

/** The ring of the city's edge on the drawing board. */
export function outlineOf(plan: Plan, seed: number): Point[] {
  const key = seedFrom(seed, 'outline')
  if (plan.size === 'full') return [...weathered(smoothLine(landCorners, 60), key, 1500, 380), ...seaCorners]
  const round = Array.from({ length: 240 }, (_, i): Point => {
    const a = (i / 240) * 2 * Math.PI
    const r = 0.955 / (Math.abs(Math.cos(a)) ** 4 + Math.abs(Math.sin(a)) ** 4) ** 0.25
    return [plan.middle[0] + r * plan.halfX * Math.cos(a), plan.middle[1] + r * plan.halfY * Math.sin(a)]
  })
  return weathered(round, key, 900, 100)
}
