/**
 * Sensors on maps. A client says what its map shows (`map:view`); it is sent the marks of the tiles it sees (`map:sensors`), all of them at
 * first and after each new view, then those tiles that changed, at most once a second. From zoom 15 on every sensor is a mark of its own.
 */
import { z } from 'zod'
import type { SensorMark } from '../model/sensor-mark.ts'

const lon = z.number().min(-180).max(180)
const lat = z.number().min(-90).max(90)

/** What a map shows; null = there is no map any more. West must not lie past east, nor south past north. */
export const mapViewSchema = z
  .object({
    bbox: z
      .tuple([lon, lat, lon, lat])
      .readonly()
      .refine(([west, south, east, north]) => west <= east && south <= north),
    zoom: z.number().min(0).max(24),
  })
  .nullable()

export interface SensorTile {
  /** `z/x/y` of web mercator. */
  readonly tile: string
  readonly marks: readonly SensorMark[]
}

export interface MapSensors {
  /** These tiles are all there is to draw; otherwise each takes the place of its older self. */
  readonly whole: boolean
  readonly tiles: readonly SensorTile[]
}
