/** Parts of a line where something holds. */
import type { Point } from './plane.ts'

/** Runs of at least two points, each of which is wanted. */
export function runsWhere(points: readonly Point[], isWanted: (p: Point) => boolean): Point[][] {
  const runs: Point[][] = []
  let run: Point[] = []
  for (const p of points) {
    if (isWanted(p)) run.push(p)
    else {
      if (run.length > 1) runs.push(run)
      run = []
    }
  }
  if (run.length > 1) runs.push(run)
  return runs
}
