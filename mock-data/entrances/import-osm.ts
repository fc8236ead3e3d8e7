/** The OSM part of an import: reads the extract in its three passes and answers divisions and layers that write themselves. */
import { basename } from 'node:path'
import type { DivisionSource } from '../city/import-city.ts'
import type { LayerTally } from '../osm/tally.ts'
import { Tally } from '../osm/tally.ts'
import { OsmFileError, type ElementCounts } from '../osm/element.ts'
import { GroundOfCity, Outline } from '../osm/ground.ts'
import { osmDivisions } from '../osm/osm-divisions.ts'
import { OsmExtract } from '../osm/osm-extract.ts'
import { OsmLayers, type PackFeature } from '../osm/osm-layers.ts'
import { osmLayers } from '../osm/read-tags.ts'
import type { AreaGeometry } from '../../shared/contract/city-pack.ts'
import type { BBox } from '../../shared/model/geo.ts'
import { UsageError, type Arguments } from './arguments.ts'
import { openOsmFile } from './osm-file.ts'
import type { ProgressLine } from './progress-line.ts'

export const osmFlags = ['osm', 'bbox', 'admin-levels', 'building-height', 'simplify'] as const

export interface OsmSettings {
  readonly box: BBox | null
  readonly adminLevels: readonly number[]
  readonly defaultHeightM: number
  readonly toleranceM: number
}

export function osmSettings(args: Arguments, hasDivisions: boolean): OsmSettings {
  const numbers = (text: string) => text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)))
  const boxText = args.text('bbox')
  const box = boxText === null ? null : numbers(boxText)
  const [west = NaN, south = NaN, east = NaN, north = NaN] = box ?? []
  if (
    box &&
    !(box.length === 4 && west >= -180 && south >= -90 && east <= 180 && north <= 90 && west < east && south < north)
  )
    throw new UsageError(`--bbox is ${boxText}; it has to be WEST,SOUTH,EAST,NORTH in degrees`)
  const levelsText = args.text('admin-levels')
  if (levelsText !== null && hasDivisions)
    throw new UsageError('--admin-levels and --divisions both say where divisions come from: give one')
  const levels = hasDivisions ? [] : numbers(levelsText ?? '6,8')
  if (levels.length > 2 || levels.some((level) => !Number.isInteger(level) || level < 1 || level > 12))
    throw new UsageError(`--admin-levels is ${levelsText}; allowed: one or two of 1 to 12, for example 6,8`)
  return {
    box: box && [west, south, east, north],
    // The smaller number is the larger ground, however they were given.
    adminLevels: [...new Set(levels)].sort((a, b) => a - b),
    defaultHeightM: args.number('building-height', 9, 1, 1000),
    toleranceM: args.number('simplify', 0.5, 0, 100),
  }
}

export interface OsmImport {
  readonly divisions: readonly DivisionSource[]
  /** Layers by name; each can be gone through once, and is counted as it is. */
  readonly layers: ReadonlyMap<string, Iterable<PackFeature>>
  readonly elements: ElementCounts & { readonly speaking: number }
  /** Which administrative levels the extract has, for who found none. */
  readonly boundaryLevels: ReadonlyMap<string, number>
  /** Final once all layers have been gone through. */
  tallies(): readonly LayerTally[]
}

export async function importOsm(
  path: string,
  settings: OsmSettings,
  outlineOf: readonly AreaGeometry[],
  progress: ProgressLine,
): Promise<OsmImport> {
  const name = basename(path)
  const tally = new Tally()
  const extract = new OsmExtract(settings, tally)
  try {
    const file = await openOsmFile(path, name)
    try {
      const pass = (words: string) => (done: number) => progress.tell(`${name}: ${words}`, done / file.bytes)
      await file.read(extract.relationPass, pass('relations'))
      await file.read(extract.wayPass, pass('ways'))
      await file.read(extract.nodePass, pass('points'))
      progress.end()
      const ground = new GroundOfCity(settings.box, outlineOf.length ? new Outline(outlineOf) : null)
      const layers = new OsmLayers(extract, ground, tally, settings)
      return {
        divisions: osmDivisions(extract, layers, tally, name, settings.adminLevels, settings.toleranceM),
        layers: new Map(
          osmLayers.map((layer) => [layer, layer === 'places' ? layers.places() : layers.features(layer)]),
        ),
        elements: { ...file.counts, speaking: extract.speaking },
        boundaryLevels: extract.boundaryLevels,
        tallies: () => tally.layers(settings.adminLevels.length ? ['divisions', ...osmLayers] : osmLayers),
      }
    } finally {
      await file.close()
    }
  } catch (error) {
    progress.end()
    throw error instanceof OsmFileError ? new UsageError(`${error.message}; no pack was written`) : error
  }
}
