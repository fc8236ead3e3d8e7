/**
 * The pack's files as what tiles are cut from: each layer's features with the box they lie in and the zoom they begin at.
 * The server has checked the pack before; a row that is no place all the same is left out here, never an error.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { area } from '@turf/area'
import type { Feature, Geometry, GeometryCollection, Position } from 'geojson'
import type { CoordinateSystem } from '../../../../shared/contract/city-pack.ts'
import { checkHead } from '../../../../shared/contract/pack-check.ts'
import { featuresInWgs84 } from '../../../../shared/contract/pack-crs.ts'
import type { BBox } from '../../../../shared/model/geo.ts'
import { areaNames } from './area-names.ts'
import { joinLines } from './join-lines.ts'
import { layerPlans, namesLayer, type Drawn, type Fields, type LayerPlan } from './tile-layers.ts'
import { worldX, worldY } from '../../../../shared/model/mercator.ts'

export interface GroundLayer {
  readonly id: string
  readonly geometries: readonly Geometry[]
  readonly fields: readonly Fields[]
  readonly fromZoom: Uint8Array
  /** Four numbers a feature, in web mercator's square: left, top, right, bottom. */
  readonly boxes: Float64Array
  readonly fieldsFrom: Readonly<Record<string, number>>
  readonly fieldKinds: Readonly<Record<string, string>>
}

export interface Ground {
  readonly layers: readonly GroundLayer[]
  readonly bounds: BBox | null
  /** Every letter names are written in, once each. */
  readonly letters: string
}

type Row = Readonly<Record<string, unknown>>
type PackFeature = Feature<Exclude<Geometry, GeometryCollection>, Row>
type PackFeatures = readonly PackFeature[]

function eachPosition(geometry: Geometry, visit: (at: Position) => void): void {
  const walk = (part: unknown): void => {
    if (!Array.isArray(part)) return
    if (typeof part[0] === 'number') visit(part as Position)
    else part.forEach(walk)
  }
  if (geometry.type !== 'GeometryCollection') walk(geometry.coordinates)
}

const borders = (geometry: Geometry): Geometry =>
  geometry.type === 'Polygon'
    ? { type: 'MultiLineString', coordinates: geometry.coordinates }
    : geometry.type === 'MultiPolygon'
      ? { type: 'MultiLineString', coordinates: geometry.coordinates.flat() }
      : geometry

function joined(drawn: readonly Drawn[]): Drawn[] {
  const groups = new Map<string, { like: Drawn; lines: Position[][] }>()
  const rest: Drawn[] = []
  for (const one of drawn) {
    if (one.geometry.type !== 'LineString') {
      rest.push(one)
      continue
    }
    const key = JSON.stringify(one.fields)
    const group = groups.get(key)
    if (group) group.lines.push(one.geometry.coordinates)
    else groups.set(key, { like: one, lines: [one.geometry.coordinates] })
  }
  const lines = [...groups.values()].flatMap(({ like, lines }) =>
    joinLines(lines).map((coordinates): Drawn => ({ ...like, geometry: { type: 'LineString', coordinates } })),
  )
  return [...rest, ...lines]
}

/** Texts that say nothing are not sent. */
const said = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '' && value !== false))

function toLayer(id: string, drawn: readonly Drawn[], plan: Pick<LayerPlan, 'fieldsFrom' | 'fieldKinds'>): GroundLayer {
  const boxes = new Float64Array(drawn.length * 4)
  drawn.forEach(({ geometry }, index) => {
    const box = [Infinity, Infinity, -Infinity, -Infinity] as [number, number, number, number]
    eachPosition(geometry, ([lon = 0, lat = 0]) => {
      const [x, y] = [worldX(lon), worldY(lat)]
      box[0] = Math.min(box[0], x)
      box[1] = Math.min(box[1], y)
      box[2] = Math.max(box[2], x)
      box[3] = Math.max(box[3], y)
    })
    boxes.set(box, index * 4)
  })
  return {
    id,
    geometries: drawn.map((one) => one.geometry),
    fields: drawn.map((one) => said(one.fields)),
    fromZoom: Uint8Array.from(drawn, (one) => one.fromZoom),
    boxes,
    fieldsFrom: plan.fieldsFrom ?? {},
    fieldKinds: plan.fieldKinds,
  }
}

function boundsOf(geometries: Iterable<Geometry>): BBox | null {
  let [west, south, east, north] = [180, 90, -180, -90]
  for (const geometry of geometries)
    eachPosition(geometry, ([lon = 0, lat = 0]) => {
      west = Math.min(west, lon)
      south = Math.min(south, lat)
      east = Math.max(east, lon)
      north = Math.max(north, lat)
    })
  return west > east ? null : [west, south, east, north]
}

function lettersOf(layers: readonly GroundLayer[]): string {
  const letters = new Set<string>()
  for (const { fields } of layers)
    for (const { name, nameEn } of fields)
      for (const text of [name, nameEn]) for (const letter of String(text ?? '')) letters.add(letter)
  return [...letters].sort().join('')
}

const isPlace = (at: unknown): at is Position => Array.isArray(at) && at.length >= 2 && at.every(Number.isFinite)

async function jsonOf(dir: string, file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(join(dir, file), 'utf8')) as unknown
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

/** A file's features in WGS 84; a table's rows as points; none where there is no such file. */
async function featuresOf(dir: string, file: string, crs: CoordinateSystem): Promise<PackFeatures> {
  const json = await jsonOf(dir, file)
  if (json === null) return []
  const features = Array.isArray(json)
    ? (json as Row[]).flatMap(({ position, ...properties }): PackFeatures =>
        isPlace(position) ? [{ type: 'Feature', properties, geometry: { type: 'Point', coordinates: position } }] : [],
      )
    : (json as { features: PackFeatures }).features
  return featuresInWgs84(crs, features)
}

/** Reads all that tiles are made of. */
export async function readGround(dir: string): Promise<Ground> {
  const head = checkHead(await jsonOf(dir, 'pack.json'))
  const crs = head.ok ? head.value.crs : 'WGS84'
  const files = new Map<string, PackFeatures>()
  const read = async (file: string) => {
    const known = files.get(file) ?? (await featuresOf(dir, file, crs))
    files.set(file, known)
    return known
  }
  const layers: GroundLayer[] = []
  for (const [id, plan] of Object.entries<LayerPlan>(layerPlans)) {
    const drawn: Drawn[] = []
    for (const file of plan.files)
      for (const { geometry, properties } of await read(file)) {
        const fields = plan.fields(properties)
        const fromZoom = plan.fromZoom(properties, area(geometry))
        drawn.push({ geometry: plan.as === 'borders' ? borders(geometry) : geometry, fields, fromZoom })
      }
    layers.push(toLayer(id, plan.as === 'joined lines' ? joined(drawn) : drawn, plan))
  }
  const names: Drawn[] = []
  for (const file of namesLayer.files) names.push(...areaNames(file, await read(file)))
  layers.push(toLayer(namesLayer.id, names, namesLayer))
  return { layers, bounds: boundsOf(layers.flatMap((layer) => layer.geometries)), letters: lettersOf(layers) }
}
