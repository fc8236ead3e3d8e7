/** Sizes that grow as one comes nearer, in the zooms of a desk: a wall stands nearer to the same ground. */
import type { ExpressionSpecification } from 'maplibre-gl'
import type { MapLook } from '../map-look.ts'

/** `[zoom on a desk, value]`, from afar to near. Values may be expressions. */
export type Stops = readonly (readonly [zoom: number, value: unknown])[]

/** Grows evenly in what the eye sees: each zoom doubles the ground. */
export const ramp = (look: MapLook, stops: Stops, base = 1.5): ExpressionSpecification =>
  [
    'interpolate',
    ['exponential', base],
    ['zoom'],
    ...stops.flatMap(([zoom, value]) => [look.zoom(zoom), value]),
  ] as unknown as ExpressionSpecification

/** The same in pixels of marks and lines. */
export const sizeRamp = (look: MapLook, stops: readonly (readonly [number, number])[]): ExpressionSpecification =>
  ramp(
    look,
    stops.map(([zoom, px]) => [zoom, px * look.scale]),
  )
