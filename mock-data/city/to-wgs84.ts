/** A division file's positions into WGS 84 degrees, before anything else looks at them. */
import type { CoordinateSystem } from './coordinates.ts'

/** The file cannot be in the system it is said to be in. */
export class CoordinatesError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'CoordinatesError'
  }
}

/** No degrees are this large: the whole file is in metres. A single odd value below is its feature's own trouble. */
const surelyMetres = 1000
/** Of a converted position: about 0.1 m. */
const round = (value: number) => Math.round(value * 1e6) / 1e6

const isPosition = (value: readonly unknown[]): value is readonly [number, number, ...unknown[]] =>
  typeof value[0] === 'number' && typeof value[1] === 'number'

/**
 * A copy of a GeoJSON collection with every position converted; what is no collection is answered as it is. Throws
 * `CoordinatesError` naming file, feature (counted from 0) and value where the numbers are not of the system.
 */
export function toWgs84(json: unknown, file: string, system: CoordinateSystem): unknown {
  const features = (json as { features?: unknown } | null)?.features
  if (!Array.isArray(features)) return json
  const isPlain = system.name === 'wgs84' || system.name === 'cgcs2000'
  const convert = (value: unknown, index: number): unknown => {
    if (!Array.isArray(value)) return value
    if (!isPosition(value)) return value.map((each) => convert(each, index))
    const [x, y] = value
    const at = system.toWgs84(x, y)
    const isMetres = Math.abs(x) > surelyMetres || Math.abs(y) > surelyMetres
    if (at) return isPlain ? value : [round(at[0]), round(at[1])]
    if (system.isProjected)
      throw new CoordinatesError(`${file}: feature ${index}: ${x}, ${y} cannot be metres of ${system.name}`)
    if (isMetres)
      throw new CoordinatesError(
        `${file}: feature ${index}: ${x}, ${y} are not degrees: the file is in metres of some projection; say which (--crs cgcs2000/M), or have it written in degrees`,
      )
    return value
  }
  return {
    ...(json as object),
    features: features.map((feature: unknown, index) => {
      const geometry = (feature as { geometry?: { coordinates?: unknown } } | null)?.geometry
      if (!geometry?.coordinates) return feature
      return { ...(feature as object), geometry: { ...geometry, coordinates: convert(geometry.coordinates, index) } }
    }),
  }
}
