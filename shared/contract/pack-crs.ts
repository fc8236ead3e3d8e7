/**
 * A pack's own coordinate system, left behind at reading: from here on every position is WGS 84. GCJ-02 and BD-09 are undone
 * to within a metre; CGCS2000 (geographic) is WGS 84 to within centimetres and stays as written.
 */
import gcoord from 'gcoord'
import type { CoordinateSystem } from './city-pack.ts'

const systems = { GCJ02: gcoord.GCJ02, BD09: gcoord.BD09 } as const

/** Seven decimals: a centimetre. */
const rounded = (degrees: number) => Math.round(degrees * 1e7) / 1e7

/** Turns one position; null where there is nothing to turn. */
export function positionTurner(
  crs: CoordinateSystem,
): (<P extends readonly [number, number, ...number[]]>(at: P) => P) | null {
  if (crs !== 'GCJ02' && crs !== 'BD09') return null
  const from = systems[crs]
  return <P extends readonly [number, number, ...number[]]>([lon, lat, ...more]: P) => {
    const [x, y] = gcoord.transform([lon, lat], from, gcoord.WGS84)
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
