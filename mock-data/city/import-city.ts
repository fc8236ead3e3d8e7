/**
 * Makes a pack from division polygons as cities publish them. Guarantees: every feature of the source is either in the pack or
 * in the report with its reason; ids are unique; a street's district is the one that holds most of it. Invents no road.
 */
import { area } from '@turf/area'
import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon'
import { bbox } from '@turf/bbox'
import { kinks } from '@turf/kinks'
import type { AreaGeometry, CrewRow, DivisionFeature, PackHead } from '../../shared/contract/city-pack.ts'
import { divisionFeatureSchema } from '../../shared/contract/city-pack.ts'
import type { LonLat } from '../../shared/model/geo.ts'
import { responsePlans } from './response-plans.ts'
import { departments } from './departments.ts'
import { crewKinds, crewRow } from './organisation.ts'
import { headText, layerText, tableText, type PackFiles } from './pack-files.ts'
import { seededRandom, type Random } from './random.ts'

/** One file of polygons of one level. */
export interface DivisionSource {
  readonly file: string
  readonly level: 2 | 3
  /** Property that holds the id; null = numbered by the feature's place in the file. */
  readonly idField: string | null
  readonly nameField: string
  readonly nameEnField: string | null
  /** `{}` stands for the name as the file has it; null = just that. */
  readonly nameTemplate: string | null
  readonly nameEnTemplate: string | null
  readonly json: unknown
}

export interface ImportReport {
  readonly read: number
  readonly kept: number
  readonly dropped: readonly { readonly file: string; readonly feature: number; readonly reason: string }[]
  /** Kept, with something a person should know. */
  readonly remarks: readonly { readonly file: string; readonly feature: number; readonly remark: string }[]
}

interface Candidate {
  readonly source: DivisionSource
  readonly index: number
  readonly feature: DivisionFeature
}

const words = (value: unknown): string =>
  typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : ''

const worded = (template: string | null, name: string) => template?.replaceAll('{}', name) ?? name

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Points spread over a shape: how overlaps are weighed, and where crews are stationed. */
export function pointsWithin(geometry: AreaGeometry, wanted: number): LonLat[] {
  const [west, south, east, north] = bbox(geometry)
  for (let side = Math.ceil(Math.sqrt(wanted * 2)); side < 200; side *= 2) {
    const inside: LonLat[] = []
    for (let i = 0; i < side; i++) {
      for (let j = 0; j < side; j++) {
        const at: LonLat = [west + ((east - west) * (i + 0.5)) / side, south + ((north - south) * (j + 0.5)) / side]
        if (booleanPointInPolygon([at[0], at[1]], geometry)) inside.push(at)
      }
    }
    if (inside.length >= wanted) return inside
  }
  return []
}

/** The district that holds most of the shape, or null where none holds any. */
function parentOf(geometry: AreaGeometry, districts: readonly DivisionFeature[]): string | null {
  const counts = new Map<string, number>()
  for (const at of pointsWithin(geometry, 60)) {
    const holder = districts.find((d) => booleanPointInPolygon([at[0], at[1]], d.geometry))
    if (holder) counts.set(holder.properties.id, (counts.get(holder.properties.id) ?? 0) + 1)
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null
}

/** Crews dealt out over the districts in turn, each kind in turn, stations apart within a district. */
export function dealCrews(districts: readonly DivisionFeature[], count: number, random: Random): CrewRow[] {
  if (districts.length === 0) return []
  const pools = districts.map((d) => random.shuffled(pointsWithin(d.geometry, 40)))
  const numbers = new Map<string, number>()
  // Kinds as often as the made city has them, the most wanted first.
  const most = Math.max(...crewKinds.map((kind) => kind.count))
  const turns = Array.from({ length: most }, (_, turn) => crewKinds.filter((kind) => kind.count > turn)).flat()
  return Array.from({ length: count }, (_, i) => {
    const kind = turns[i % turns.length] as (typeof crewKinds)[number]
    const n = numbers.get(kind.kind) ?? 0
    numbers.set(kind.kind, n + 1)
    const pool = pools[i % districts.length] as LonLat[]
    const round = Math.floor(i / districts.length)
    return crewRow(kind, n, pool[round % Math.max(1, pool.length)] ?? [0, 0])
  })
}

export interface ImportOptions {
  readonly head: PackHead
  readonly crews: number
  /** Told after each feature. */
  readonly onProgress?: (done: number, total: number) => void
}

export function importCity(
  sources: readonly DivisionSource[],
  options: ImportOptions,
): { readonly files: PackFiles; readonly divisions: readonly DivisionFeature[]; readonly report: ImportReport } {
  const dropped: ImportReport['dropped'][number][] = []
  const remarks: ImportReport['remarks'][number][] = []
  const candidates: Candidate[] = []
  const lists = sources.map((source) => {
    const { json, file } = source
    if (!isRecord(json) || json['type'] !== 'FeatureCollection' || !Array.isArray(json['features']))
      throw new TypeError(`${file}: not a GeoJSON FeatureCollection`)
    return { source, features: json['features'] as unknown[] }
  })
  const total = lists.reduce((sum, list) => sum + list.features.length, 0)
  let done = 0
  const taken = new Set<string>()
  for (const { source, features } of lists) {
    features.forEach((raw, index) => {
      const outcome = readFeature(source, raw, index, taken)
      if ('reason' in outcome) dropped.push({ file: source.file, feature: index, reason: outcome.reason })
      else {
        candidates.push({ source, index, feature: outcome.feature })
        for (const remark of outcome.remarks) remarks.push({ file: source.file, feature: index, remark })
      }
      options.onProgress?.(++done, total)
    })
  }
  const districts = candidates.filter((c) => c.source.level === 2).map((c) => c.feature)
  const divisions = candidates.map(({ source, index, feature }) => {
    if (source.level === 2) return feature
    const parentId = parentOf(feature.geometry, districts)
    if (parentId === null && districts.length)
      remarks.push({ file: source.file, feature: index, remark: 'lies in no district: kept without a parent' })
    return { ...feature, properties: { ...feature.properties, parentId } }
  })
  const ground = districts.length ? districts : divisions
  const crews = dealCrews(ground, options.crews, seededRandom(options.head.seed ?? 1))
  const files = new Map([
    ['pack.json', headText(options.head)],
    ['divisions.geojson', layerText(divisions)],
    ['departments.json', tableText(departments)],
    ['crews.json', tableText(crews)],
    ['plans.json', tableText(responsePlans)],
  ])
  return { files, divisions, report: { read: total, kept: divisions.length, dropped, remarks } }
}

/** Places where an edge crosses itself. Rings that merely touch at a corner, as neighbours' corners do, are sound. */
function crossingsOf(geometry: AreaGeometry): number {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  const corners = new Set(polygons.flat(2).map(([lon, lat]) => `${lon.toFixed(9)},${lat.toFixed(9)}`))
  const places = new Set<string>()
  for (const coordinates of polygons) {
    for (const kink of kinks({ type: 'Polygon', coordinates }).features) {
      const [lon, lat] = kink.geometry.coordinates as [number, number]
      places.add(`${lon.toFixed(9)},${lat.toFixed(9)}`)
    }
  }
  return [...places].filter((at) => !corners.has(at)).length
}

function readFeature(
  source: DivisionSource,
  raw: unknown,
  index: number,
  taken: Set<string>,
): { readonly feature: DivisionFeature; readonly remarks: readonly string[] } | { readonly reason: string } {
  if (!isRecord(raw) || !isRecord(raw['properties'])) return { reason: 'not a feature with properties' }
  const geometry = raw['geometry']
  const type = isRecord(geometry) ? words(geometry['type']) : ''
  if (type !== 'Polygon' && type !== 'MultiPolygon')
    return { reason: `geometry is ${type || 'missing'}, not a Polygon or MultiPolygon` }
  const properties = raw['properties']
  const name = words(properties[source.nameField])
  if (name === '') return { reason: `no name: ${source.nameField} is empty or missing` }
  const remarks: string[] = []
  const made = `${source.level}-${index + 1}`
  const id = source.idField === null ? made : words(properties[source.idField])
  // A polygon without an id of its own is still ground that must answer: it is given one, and said so.
  let unique = id === '' ? made : taken.has(id) ? `${source.level}-${id}` : id
  if (taken.has(unique)) unique = made
  if (taken.has(unique)) return { reason: `id ${id} is there twice` }
  if (source.idField !== null && unique !== id)
    remarks.push(id === '' ? `${source.idField} is empty: id ${unique} given` : `id ${id} is taken: id ${unique} given`)
  const parsed = divisionFeatureSchema.safeParse({
    type: 'Feature',
    properties: {
      id: unique,
      name: worded(source.nameTemplate, name),
      nameEn: worded(source.nameEnTemplate, source.nameEnField === null ? name : words(properties[source.nameEnField])),
      level: source.level,
      parentId: null,
    },
    geometry,
  })
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return { reason: `${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'not usable'}` }
  }
  if (!(area(parsed.data.geometry) > 0)) return { reason: 'covers no ground' }
  const crossings = crossingsOf(parsed.data.geometry)
  // A crossing edge still answers "inside or not" by the even-odd rule; losing a whole district would answer wrongly everywhere.
  if (crossings)
    remarks.push(`its edge crosses itself at ${crossings} ${crossings === 1 ? 'place' : 'places'}: kept as it is`)
  taken.add(unique)
  return { feature: parsed.data, remarks }
}
