/**
 * A pack's own coordinate system, left behind at reading: from here on every position is WGS 84. GCJ-02 and BD-09 are undone
 * to within a centimetre; CGCS2000 (geographic) is WGS 84 to within centimetres and stays as written.
 */
import gcoord from 'gcoord'
import type { CoordinateSystem } from './city-pack.ts'

const systems = { GCJ02: gcoord.GCJ02, BD09: gcoord.BD09 } as const

/** Each leaves a hundredth of the error, or less: the shift changes by no more over its own length. */
const rounds = 6

/**
 * A position of GCJ-02 or BD-09 in WGS 84. The formulas only lead the other way and are undone by closing in, a fixed number
 * of times: gcoord's own way back goes on until it is there, and at the edge of the formula's rectangle it never is. There,
 * and outside, the numbers stay as they are.
 */
export function undone(crs: keyof typeof systems, x: number, y: number): [lon: number, lat: number] {
  const forward = (lon: number, lat: number) => gcoord.transform([lon, lat], gcoord.WGS84, systems[crs])
  let lon = x
  let lat = y
  for (let round = 0; round < rounds; round++) {
    const [toX, toY] = forward(lon, lat)
    lon += x - toX
    lat += y - toY
  }
  const [toX, toY] = forward(lon, lat)
  return Math.abs(toX - x) < 1e-6 && Math.abs(toY - y) < 1e-6 ? [lon, lat] : [x, y]
}

/** Seven decimals: a centimetre. */
const rounded = (degrees: number) => Math.round(degrees * 1e7) / 1e7

/** Turns one position; null where there is nothing to turn. */
export function positionTurner(
  crs: CoordinateSystem,
): (<P extends readonly [number, number, ...number[]]>(at: P) => P) | null {
  if (crs !== 'GCJ02' && crs !== 'BD09') return null
  return <P extends readonly [number, number, ...number[]]>([lon, lat, ...more]: P) => {
    const [x, y] = undone(crs, lon, lat)
    return [rounded(x), rounded(y), ...more] as unknown as P
  }
}

type Turn = NonNullable<ReturnType<typeof positionTurner>>
type Nested = readonly [number, number, ...number[]] | readonly Nested[]

const turnNested = (turn: Turn, at: Nested): Nested =>
  typeof at[0] === 'number'
    ? turn(at as readonly [number, number])
    : (at as readonly Nested[]).map((inner) => turnNested(turn, inner))

/** Features in WGS 84; the same list where they are in it already. */
export function featuresInWgs84<F extends { readonly geometry: { readonly coordinates: unknown } }>(
  crs: CoordinateSystem,
  features: readonly F[],
): readonly F[] {
  const turn = positionTurner(crs)
  if (turn === null) return features
  return features.map((feature) => ({
    ...feature,
    geometry: { ...feature.geometry, coordinates: turnNested(turn, feature.geometry.coordinates as Nested) },
  }))
}

/** Rows with their `position` and `station` in WGS 84; the same list where they are in it already. */
export function rowsInWgs84<R extends object>(crs: CoordinateSystem, rows: readonly R[]): readonly R[] {
  const turn = positionTurner(crs)
  if (turn === null) return rows
  return rows.map((row) => {
    const { position, station } = row as { position?: [number, number]; station?: [number, number] | null }
    return {
      ...row,
      ...(position === undefined ? {} : { position: turn(position) }),
      ...(station === undefined || station === null ? {} : { station: turn(station) }),
    }
  })
}
