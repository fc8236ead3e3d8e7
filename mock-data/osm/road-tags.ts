/** What `highway=*` is to a pack: class, speed, direction. Values behind the table: docs/city-pack.md, "OpenStreetMap". */
import type { RoadClass } from '../../shared/model/roads.ts'
import type { Tags } from './element.ts'

/** Kilometres an hour where nothing else is said. */
export const roadTable: ReadonlyMap<string, readonly [RoadClass, speedKmh: number]> = new Map([
  ['motorway', ['motorway', 100]],
  ['motorway_link', ['motorway', 50]],
  ['trunk', ['trunk', 80]],
  ['trunk_link', ['trunk', 50]],
  ['primary', ['primary', 60]],
  ['primary_link', ['primary', 40]],
  ['secondary', ['secondary', 50]],
  ['secondary_link', ['secondary', 40]],
  ['tertiary', ['tertiary', 40]],
  ['tertiary_link', ['tertiary', 30]],
  ['unclassified', ['local', 40]],
  ['residential', ['local', 30]],
  ['road', ['local', 30]],
  ['living_street', ['local', 15]],
  ['service', ['local', 20]],
  ['track', ['local', 15]],
] as const)

const notForVehicles = new Set([
  'footway',
  'steps',
  'path',
  'cycleway',
  'pedestrian',
  'bridleway',
  'corridor',
  'platform',
  'elevator',
  'via_ferrata',
  'crossing',
  'sidewalk',
])
const notOpen = new Set(['construction', 'proposed', 'planned', 'abandoned', 'disused', 'razed', 'no'])
const privateGround = new Set(['driveway', 'parking_aisle', 'drive-through'])

/** The least and the most a pack holds. */
export const speedRangeKmh = { min: 3, max: 150 } as const

const kmPerMile = 1.609344
const kmPerKnot = 1.852

/** `maxspeed=*` in kilometres an hour; null where it gives no number (signals, `CN:urban` …). */
export function readSpeed(value: string | undefined): number | null {
  if (value === undefined) return null
  const first = (value.split(/[;|]/)[0] as string).trim().toLowerCase()
  if (first === 'none') return 120
  if (first === 'walk') return 5
  const found = /^(\d+(?:\.\d+)?)\s*(mph|knots|km\/h|kmh|kph)?$/.exec(first)
  if (!found) return null
  const factor = found[2] === 'mph' ? kmPerMile : found[2] === 'knots' ? kmPerKnot : 1
  const speed = Math.round(Number(found[1]) * factor)
  return speed < speedRangeKmh.min ? null : Math.min(speed, speedRangeKmh.max)
}

export interface RoadWish {
  readonly class: RoadClass
  readonly speedKmh: number
  readonly oneway: boolean
  /** Travel is against the way's own direction. */
  readonly reversed: boolean
}

function direction(tags: Tags, highway: string): Pick<RoadWish, 'oneway' | 'reversed'> {
  const oneway = tags['oneway']
  if (oneway === '-1' || oneway === 'reverse') return { oneway: true, reversed: true }
  if (oneway === 'yes' || oneway === 'true' || oneway === '1') return { oneway: true, reversed: false }
  if (oneway === 'no' || oneway === 'false' || oneway === '0') return { oneway: false, reversed: false }
  // Said by the kind of road; lanes that change their direction by the hour count as both.
  const isRound = tags['junction'] === 'roundabout' || tags['junction'] === 'circular'
  return { oneway: oneway === undefined && (isRound || highway === 'motorway'), reversed: false }
}

/** Reads a way's `highway=*`; a text = why it is no road of a pack. */
export function readRoad(tags: Tags): RoadWish | string {
  const highway = tags['highway'] as string
  const row = roadTable.get(highway)
  if (!row) {
    if (notForVehicles.has(highway)) return `not for vehicles: ${highway}`
    return notOpen.has(highway) ? `not open: ${highway}` : 'a value of highway that is no road'
  }
  if (tags['area'] === 'yes') return 'an area, not a line'
  const service = highway === 'service' ? tags['service'] : undefined
  if (service !== undefined && privateGround.has(service)) return `private ground: ${service}`
  if ([tags['access'], tags['vehicle'], tags['motor_vehicle']].includes('no')) return 'closed to vehicles'
  const speedKmh = readSpeed(tags['maxspeed']) ?? readSpeed(tags['maxspeed:forward']) ?? row[1]
  return { class: row[0], speedKmh, ...direction(tags, highway) }
}
