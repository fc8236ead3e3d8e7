/**
 * What a sensor measures, as a small sign: one for each family of kinds an officer tells apart. Lines in a box of 16, so that the map's
 * marks and the legend are drawn from the same. The shapes of levels ■ ◆ ▲ ● are none of them.
 */
import type { SensorKindCode } from '../../../shared/model/sensor-kinds.ts'

/** SVG paths, stroked and not filled; in the order of a legend. */
export const sensorGlyphs = {
  level: 'M2 5.5q2-2 4 0t4 0 4 0M2 10.5q2-2 4 0t4 0 4 0',
  rain: 'M8 2C7 4 3.6 7.3 3.6 10a4.4 4.4 0 0 0 8.8 0C12.4 7.3 9 4 8 2z',
  weather: 'M2 6h7a2 2 0 1 0-2-2M2 10h9a2 2 0 1 1-2 2',
  pump: 'M8 2a6 6 0 1 0 .01 0zM6 4.8 12.6 8 6 11.2z',
  road: 'M3 4l4 4-4 4M9 4l4 4-4 4',
  parking: 'M5 14V2.5h3.6a3.2 3.2 0 0 1 0 6.4H5',
  air: 'M4.6 12.5a3 3 0 0 1-.4-6A4 4 0 0 1 11.8 6.3a3.1 3.1 0 0 1-.2 6.2z',
  noise: 'M3 6.5v3M6.3 4v8M9.7 2v12M13 5.5v5',
  people: 'M8 2.2a2.5 2.5 0 1 0 .01 0zM3 14a5 5 0 0 1 10 0',
  fire: 'M8 1.8c.6 2.6 4.2 4.4 4.2 8a4.2 4.2 0 0 1-8.4 0c0-1.8 1-2.8 1.7-3.8.3 1.2.8 1.6 1.3 1.6C7.4 6 7.2 3.6 8 1.8z',
  gas: 'M4.8 14V6.8a3.2 3.2 0 0 1 6.4 0V14zM8 3.6V2M6.2 2h3.6',
  supply: 'M3 12.5a6 6 0 1 1 10 0M8 9.5l2.8-3.6',
  power: 'M9 1.8 4 9h4l-1 5.2L12 7H8z',
  lift: 'M3.5 2h9v12h-9zM6 6.8l2-2 2 2M6 9.4l2 2 2-2',
  structure: 'M1.5 6h13M2.5 13a5.5 5.5 0 0 1 11 0M5 6v2.4M8 6v1.5M11 6v2.4',
  cover: 'M8 2a6 6 0 1 0 .01 0zM4.6 6.2h6.8M4.6 9.8h6.8',
  bin: 'M3 4.5h10M4.5 4.5l.8 9.5h5.4l.8-9.5M6.5 4.5v-2h3v2',
  lamp: 'M5 14V4a2 2 0 0 1 2-2h4M8.4 5.4a2.6 2.6 0 0 1 5.2 0z',
  other: 'M8 5.4a2.6 2.6 0 1 0 .01 0z',
} as const satisfies Record<string, string>
export type SensorGlyph = keyof typeof sensorGlyphs
export const sensorGlyphNames = Object.keys(sensorGlyphs) as SensorGlyph[]

const glyphOfKind: Readonly<Record<SensorKindCode, SensorGlyph>> = {
  'water-depth': 'level',
  'river-level': 'level',
  rainfall: 'rain',
  'wind-speed': 'weather',
  temperature: 'weather',
  pump: 'pump',
  'road-speed': 'road',
  parking: 'parking',
  pm25: 'air',
  aqi: 'air',
  ozone: 'air',
  dust: 'air',
  noise: 'noise',
  'crowd-density': 'people',
  'home-care': 'people',
  smoke: 'fire',
  'leakage-current': 'fire',
  'cable-temperature': 'fire',
  methane: 'gas',
  'gas-pressure': 'gas',
  'water-pressure': 'supply',
  'supply-voltage': 'power',
  elevator: 'lift',
  'bridge-strain': 'structure',
  'manhole-tilt': 'cover',
  'bin-fill': 'bin',
  'street-light': 'lamp',
  other: 'other',
}

/** Of a kind nobody knows, the sign of `other`. */
export const sensorGlyph = (kind: string): SensorGlyph =>
  Object.hasOwn(glyphOfKind, kind) ? glyphOfKind[kind as SensorKindCode] : 'other'
