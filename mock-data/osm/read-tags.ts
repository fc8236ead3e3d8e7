/** What an element asks to be: one wish a layer, or why that layer cannot have it. An element may speak for several layers. */
import type { Tags } from './element.ts'
import { readBuilding, readGreen, readRail, readWater } from './ground-tags.ts'
import { readNames, readPlace, readRoadNames } from './place-tags.ts'
import { readRoad } from './road-tags.ts'

export const osmLayers = ['roads', 'rail', 'water', 'green', 'buildings', 'places'] as const
export type OsmLayer = (typeof osmLayers)[number]

export interface Wish {
  readonly layer: OsmLayer
  readonly as: 'line' | 'area' | 'point'
  /** The feature's properties, but for a place's id. */
  readonly properties: Readonly<Record<string, unknown>>
  /** The line is written from its end to its start. */
  readonly reversed?: boolean
  /** Something a person should know of many. */
  readonly note?: string
}
export interface Refusal {
  readonly layer: OsmLayer
  readonly reason: string
}
export type Reading = Wish | Refusal
export const isRefusal = (reading: Reading): reading is Refusal => 'reason' in reading

export interface TagSettings {
  readonly defaultHeightM: number
}

const isSet = (value: string | undefined) => value !== undefined && value !== 'no'
const bridgeAndTunnel = (tags: Tags) => ({
  bridge: isSet(tags['bridge']),
  tunnel: isSet(tags['tunnel']) && tags['tunnel'] !== 'building_passage',
})

function road(tags: Tags): Reading {
  const read = readRoad(tags)
  if (typeof read === 'string') return { layer: 'roads', reason: read }
  const { reversed, ...properties } = read
  return {
    layer: 'roads',
    as: 'line',
    reversed,
    properties: { ...properties, ...readRoadNames(tags), ...bridgeAndTunnel(tags) },
  }
}

function building(tags: Tags, settings: TagSettings): Reading | null {
  const read = readBuilding(tags, settings.defaultHeightM)
  if (read === null) return null
  if (typeof read === 'string') return { layer: 'buildings', reason: read }
  const note = {
    height: undefined,
    levels: 'height from its storeys',
    default: `no height or storeys: ${settings.defaultHeightM} m assumed`,
  }[read.heightFrom]
  const properties = { height: read.height, name: readNames(tags).name }
  return { layer: 'buildings', as: 'area', properties, ...(note === undefined ? {} : { note }) }
}

/** A place, from whatever kind of element; it needs a name. */
export function readPlaceTags(tags: Tags): Reading | null {
  const kind = readPlace(tags)
  if (kind === null) return null
  const names = readNames(tags)
  if (names.name === '') return { layer: 'places', reason: `no name: ${kind}` }
  return { layer: 'places', as: 'point', properties: { ...names, kind } }
}

/** What is an area wherever it is found: on a closed way or a multipolygon. */
function areas(tags: Tags, settings: TagSettings): Reading[] {
  const readings: (Reading | null)[] = [building(tags, settings), readPlaceTags(tags)]
  const water = readWater(tags)
  if (typeof water === 'string') readings.push({ layer: 'water', reason: water })
  else if (water) readings.push({ layer: 'water', as: water.as, properties: { kind: water.kind, ...readNames(tags) } })
  const green = readGreen(tags)
  if (green) readings.push({ layer: 'green', as: 'area', properties: { kind: green.kind, ...readNames(tags) } })
  return readings.filter((reading) => reading !== null)
}

export function readWayTags(tags: Tags, isClosed: boolean, settings: TagSettings): Reading[] {
  const readings = areas(tags, settings)
  if (tags['highway'] !== undefined) readings.push(road(tags))
  const rail = readRail(tags)
  if (typeof rail === 'string') readings.push({ layer: 'rail', reason: rail })
  else if (rail)
    readings.push({
      layer: 'rail',
      as: 'line',
      properties: { kind: rail.kind, ...readNames(tags), ...bridgeAndTunnel(tags) },
    })
  if (isClosed) return readings
  return readings.map((reading) =>
    !isRefusal(reading) && reading.as === 'area'
      ? { layer: reading.layer, reason: 'an area whose line does not close' }
      : reading,
  )
}

/** Lines are made of ways, never of relations: a route's ways are read as ways. */
export function readRelationTags(tags: Tags, settings: TagSettings): Reading[] {
  return areas(tags, settings).filter((reading) =>
    isRefusal(reading) ? !reading.reason.startsWith('coastline') : reading.as !== 'line',
  )
}
