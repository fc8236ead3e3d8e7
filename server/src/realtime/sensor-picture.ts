/**
 * Sensors on maps: each client says what its map shows and is sent the marks of the tiles it sees. Guarantees that marks are gathered once for
 * all who may see the same sensors, that what changed is worded once for all who look at the same part, and that nobody is shown a
 * sensor or a level his rights do not cover. A client too slow is spared changes and given the whole again.
 */
import { isShownState, type Priority } from '../../../shared/model/alarm.ts'
import { scopeKey } from '../../../shared/model/data-scope.ts'
import { lateAfterIntervals } from '../../../shared/model/city-vitals.ts'
import type { BBox } from '../../../shared/model/geo.ts'
import type { SensorId } from '../../../shared/model/ids.ts'
import { tileRange } from '../../../shared/model/mercator.ts'
import type { MapView } from '../../../shared/model/sensor-mark.ts'
import { sensorKind } from '../../../shared/model/sensor-kinds.ts'
import { mapViewSchema, type MapSensors, type SensorTile } from '../../../shared/contract/map-sensors.ts'
import { alarmFor, scopeOf, sensorFor, tablesOf, type Audience } from '../access/audience.ts'
import { rightsOf } from '../access/rights.ts'
import { createBucket } from '../access/token-bucket.ts'
import type { Clock } from '../ports/clock.ts'
import type { Commit, StateView } from '../ports/engine.ts'
import { waitingPackets, type CityServer, type Link } from './link.ts'
import { createSensorCells, pointsZoom, type SensorCells, type SensorDot } from './sensor-cells.ts'

const lateEveryTicks = 5
/** What a screen of any size shows at once; more = a zoom further out. */
const maxTiles = 64
/** More packets waiting than this = too slow. */
const maxWaiting = 4
/** Views a second: a map being dragged says one when it comes to rest. */
const rate = { burst: 20, perSecond: 5 }
/** Ticks a sight nobody looks at is kept: a page that is loaded anew finds it made. */
const keptTicks = 60

/** Tiles of a view, by zoom, column and row. Same key = same tiles. */
export interface TiledView {
  readonly key: string
  readonly tiles: readonly (readonly [z: number, x: number, y: number])[]
}
export function tiledView({ bbox, zoom }: MapView): TiledView {
  const across = (z: number, box: BBox) => {
    const { x0, x1, y0, y1 } = tileRange(box, z)
    return { x0, x1, y0, y1, count: (x1 - x0 + 1) * (y1 - y0 + 1) }
  }
  let z = Math.min(pointsZoom, Math.round(zoom))
  while (z > 0 && across(z, bbox).count > maxTiles) z--
  const { x0, x1, y0, y1 } = across(z, bbox)
  const tiles: [number, number, number][] = []
  for (let x = x0; x <= x1; x++) for (let y = y0; y <= y1; y++) tiles.push([z, x, y])
  return { key: `${z}/${x0}-${x1}/${y0}-${y1}`, tiles }
}

interface Sight {
  readonly key: string
  /** One of those who see the same. */
  readonly audience: Audience
  readonly cells: SensorCells
  /** Views that are looked at, by room. */
  readonly views: Map<string, { readonly view: TiledView; readonly members: Set<Link> }>
  levels: ReadonlyMap<SensorId, Level>
  idleTicks: number
}
interface Level {
  readonly level: Priority
  readonly drill: boolean
}

export interface SensorPicture {
  record(commit: Pick<Commit, 'touched'>): void
  /** What a client says its map shows; anything else is ignored. */
  look(link: Link, body: unknown): void
  leave(link: Link): void
  /** Sends what changed. Once a second. */
  tick(): void
}

export function createSensorPicture(deps: {
  io: CityServer
  view: Pick<StateView, 'sensors' | 'latest' | 'alarms' | 'incidents'>
  clock: Clock
}): SensorPicture {
  const { io, view, clock } = deps
  const sights = new Map<string, Sight>()
  const places = new Map<Link, { readonly sight: Sight; readonly room: string; isBehind: boolean }>()
  const buckets = new WeakMap<Link, ReturnType<typeof createBucket>>()
  let touched = new Set<SensorId>()
  let ticks = 0

  const isLate = (id: SensorId): boolean => {
    const [sensor, latest] = [view.sensors.get(id), view.latest.get(id)]
    if (sensor === undefined || latest === undefined) return true
    const intervalMs = sensor.intervalMs || sensorKind(sensor.kind).intervalMs
    return clock.now() - latest.phenomenonAt > lateAfterIntervals * intervalMs
  }
  /** The worst level that holds at each sensor; a drill's only where there is no real one. */
  function levelsFor(audience: Audience): Map<SensorId, Level> {
    const worst = new Map<SensorId, Level>()
    if (!tablesOf(audience).includes('alarm')) return worst
    for (const alarm of view.alarms.values()) {
      const { sensorId, state, priority, drill, incidentId } = alarm
      if (sensorId === null || !isShownState(state) || state === 'returned') continue
      const itsIncident = incidentId === null ? null : (view.incidents.get(incidentId) ?? null)
      if (alarmFor(audience, alarm, itsIncident) === null) continue
      const known = worst.get(sensorId)
      const isWorse =
        known === undefined || (known.drill && !drill) || (known.drill === drill && priority < known.level)
      if (isWorse) worst.set(sensorId, { level: priority, drill })
    }
    return worst
  }
  function putSensor({ audience, cells, levels }: Sight, id: SensorId): void {
    const row = view.sensors.get(id)
    const sensor = row === undefined ? null : sensorFor(audience, row)
    if (sensor === null || sensor.position === null) return cells.remove(id)
    const { level = 0, drill = false } = levels.get(id) ?? {}
    cells.put({ id, at: sensor.position, kind: sensor.kind, level, drill, late: isLate(id) })
  }
  function makeSight(key: string, audience: Audience): Sight {
    const levels = levelsFor(audience)
    const sight: Sight = { key, audience, cells: createSensorCells(), views: new Map(), levels, idleTicks: 0 }
    for (const id of view.sensors.keys()) putSensor(sight, id)
    sights.set(key, sight)
    return sight
  }
  const sightFor = (audience: Audience): Sight => {
    const scope = scopeOf(audience)
    const key = `${tablesOf(audience).includes('alarm') ? 'levels' : 'places'} ${scope ? scopeKey(scope) : ''}`
    return sights.get(key) ?? makeSight(key, audience)
  }

  function renew(sight: Sight): void {
    const { cells, audience } = sight
    const levels = levelsFor(audience)
    const again = (dot: SensorDot | undefined, news: Partial<SensorDot>) => {
      if (dot !== undefined) cells.put({ ...dot, ...news })
    }
    for (const [id, { level, drill }] of levels) {
      const known = sight.levels.get(id)
      if (known?.level !== level || known.drill !== drill) again(cells.get(id), { level, drill })
    }
    for (const id of sight.levels.keys()) if (!levels.has(id)) again(cells.get(id), { level: 0, drill: false })
    sight.levels = levels
    for (const id of touched) putSensor(sight, id)
    if (ticks % lateEveryTicks !== 0) return
    const turned = [...cells.dots()].filter(({ id, late }) => isLate(id) !== late)
    for (const dot of turned) cells.put({ ...dot, late: !dot.late })
  }
  const tileOf = ({ cells }: Sight, [z, x, y]: TiledView['tiles'][number]): SensorTile => ({
    tile: `${z}/${x}/${y}`,
    marks: cells.marks(z, x, y),
  })
  function sendWhole(link: Link, sight: Sight, seen: TiledView): void {
    const whole: MapSensors = {
      whole: true,
      tiles: seen.tiles.map((tile) => tileOf(sight, tile)).filter(({ marks }) => marks.length > 0),
    }
    link.socket.emit('map:sensors', whole)
  }
  function sendChanged(sight: Sight): void {
    const changed = sight.cells.takeChanged()
    const made = new Map<string, SensorTile>()
    const once = (tile: TiledView['tiles'][number]) => {
      const key = tile.join('/')
      const known = made.get(key) ?? tileOf(sight, tile)
      made.set(key, known)
      return known
    }
    for (const [room, { view: seen, members }] of sight.views) {
      const drained: Link[] = []
      for (const link of members) {
        const place = places.get(link)
        if (place === undefined) continue
        if (place.isBehind) {
          if (waitingPackets(link) === 0) drained.push(link)
        } else if (waitingPackets(link) > maxWaiting) {
          place.isBehind = true
          void link.socket.leave(room)
        }
      }
      const tiles = seen.tiles.filter((tile) => changed.has(tile.join('/'))).map(once)
      if (tiles.length > 0) io.to(room).emit('map:sensors', { whole: false, tiles })
      for (const link of drained) {
        const place = places.get(link)
        if (place !== undefined) place.isBehind = false
        void link.socket.join(room)
        sendWhole(link, sight, seen)
      }
    }
  }

  function leave(link: Link): void {
    const place = places.get(link)
    if (place === undefined) return
    places.delete(link)
    void link.socket.leave(place.room)
    const looked = place.sight.views.get(place.room)
    looked?.members.delete(link)
    if (looked?.members.size === 0) place.sight.views.delete(place.room)
  }

  return {
    record({ touched: rows }) {
      if (sights.size > 0) for (const id of rows.get('sensor') ?? []) touched.add(Number(id))
    },
    look(link, body) {
      const asked = mapViewSchema.safeParse(body)
      const bucket = buckets.get(link) ?? createBucket(rate)
      buckets.set(link, bucket)
      if (!asked.success || rightsOf(link.signedIn.actor)?.telemetry !== true || !bucket(clock.now())) return
      leave(link)
      if (asked.data === null || link.audience === 'none') return
      const sight = sightFor(link.audience)
      const seen = tiledView(asked.data)
      const room = `map ${sight.key} ${seen.key}`
      const looked = sight.views.get(room) ?? { view: seen, members: new Set<Link>() }
      sight.views.set(room, looked)
      looked.members.add(link)
      places.set(link, { sight, room, isBehind: false })
      void link.socket.join(room)
      sendWhole(link, sight, seen)
    },
    leave,
    tick() {
      ticks++
      for (const sight of sights.values()) {
        if (sight.views.size > 0) sight.idleTicks = 0
        else if (++sight.idleTicks > keptTicks) sights.delete(sight.key)
        renew(sight)
        sendChanged(sight)
      }
      touched = new Set()
    },
  }
}
