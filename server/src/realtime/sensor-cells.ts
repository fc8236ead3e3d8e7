/**
 * Sensors gathered for maps: in each zoom the square of the world is cut into cells about the size of a finger, and a cell knows how many
 * sensors it has, where their middle is and what is wrong among them. Guarantees that a sensor that changes costs one cell a zoom somebody
 * looks at, whatever the number of sensors, and that a tile's marks are made once however many look. Knows no client and no rights.
 */
import type { Priority } from '../../../shared/model/alarm.ts'
import type { LonLat } from '../../../shared/model/geo.ts'
import type { SensorId } from '../../../shared/model/ids.ts'
import { placeAt, worldX, worldY } from '../../../shared/model/mercator.ts'
import type { SensorMark } from '../../../shared/model/sensor-mark.ts'

/** From this zoom on nothing is gathered. */
export const pointsZoom = 15
/** A cell's side in a tile of 512 pixels: 64 of them. */
const cellsATile = 8

export interface SensorDot {
  readonly id: SensorId
  readonly at: LonLat
  readonly kind: string
  readonly level: Priority | 0
  readonly drill: boolean
  readonly late: boolean
}

interface Cell {
  count: number
  /** Sums over the sensors within: of places in the square, and of ids, which of one alone is its id. */
  x: number
  y: number
  ids: number
  drilled: number
  late: number
  readonly levels: [number, number, number, number]
}
interface Placed {
  readonly dot: SensorDot
  readonly x: number
  readonly y: number
}

export interface SensorCells {
  readonly size: number
  get(id: SensorId): SensorDot | undefined
  dots(): Iterable<SensorDot>
  /** Adds it, or puts it in the place of its older self. */
  put(dot: SensorDot): void
  remove(id: SensorId): void
  /** The marks of tile `z/x/y`, z at most `pointsZoom`. */
  marks(z: number, x: number, y: number): readonly SensorMark[]
  /** Tiles, of the zooms marks were asked of, that are no longer what they were when last asked here. */
  takeChanged(): ReadonlySet<string>
}

// Digits nobody can see would be half of what is sent.
const rounded = ([lon, lat]: LonLat): LonLat => [Math.round(lon * 1e6) / 1e6, Math.round(lat * 1e6) / 1e6]

const markOf = ({ id, at, kind, level, drill, late }: SensorDot): SensorMark => ({
  at: rounded(at),
  count: 1,
  worst: level,
  abnormal: level > 0 ? 1 : 0,
  drilled: level > 0 && drill ? 1 : 0,
  late: late ? 1 : 0,
  sensorId: id,
  kind,
})

export function createSensorCells(): SensorCells {
  const placed = new Map<SensorId, Placed>()
  const zooms = new Map<number, Map<number, Cell>>()
  /** Sensors by tile of `pointsZoom`; made when first asked for. */
  let points: Map<number, Set<SensorId>> | null = null
  let changed = new Set<string>()

  const keyOf = (x: number, y: number, parts: number) => Math.floor(x * parts) * parts + Math.floor(y * parts)

  function count(cells: Map<number, Cell>, z: number, { dot, x, y }: Placed, by: 1 | -1): void {
    const key = keyOf(x, y, 2 ** z * cellsATile)
    let cell = cells.get(key)
    if (cell === undefined)
      cells.set(key, (cell = { count: 0, x: 0, y: 0, ids: 0, drilled: 0, late: 0, levels: [0, 0, 0, 0] }))
    cell.count += by
    cell.x += by * x
    cell.y += by * y
    cell.ids += by * dot.id
    if (dot.level > 0) cell.levels[(dot.level - 1) as 0 | 1 | 2 | 3] += by
    if (dot.level > 0 && dot.drill) cell.drilled += by
    if (dot.late) cell.late += by
    if (cell.count === 0) cells.delete(key)
  }
  function list(by: Map<number, Set<SensorId>>, { dot, x, y }: Placed, isThere: boolean): void {
    const key = keyOf(x, y, 2 ** pointsZoom)
    const ids = by.get(key) ?? new Set()
    if (isThere) by.set(key, ids.add(dot.id))
    else if (ids.delete(dot.id) && ids.size === 0) by.delete(key)
  }
  function move(one: Placed, by: 1 | -1): void {
    const note = (z: number) => {
      const n = 2 ** z
      changed.add(`${z}/${Math.floor(one.x * n)}/${Math.floor(one.y * n)}`)
    }
    for (const [z, cells] of zooms) {
      count(cells, z, one, by)
      note(z)
    }
    if (points === null) return
    list(points, one, by === 1)
    note(pointsZoom)
  }
  function cellsOf(z: number): Map<number, Cell> {
    let cells = zooms.get(z)
    if (cells === undefined) {
      cells = new Map()
      for (const one of placed.values()) count(cells, z, one, 1)
      zooms.set(z, cells)
    }
    return cells
  }
  function crowdOrOne(cell: Cell): SensorMark {
    const alone = cell.count === 1 ? placed.get(cell.ids) : undefined
    if (alone !== undefined) return markOf(alone.dot)
    const { levels, drilled, late } = cell
    return {
      at: rounded(placeAt(cell.x / cell.count, cell.y / cell.count)),
      count: cell.count,
      worst: (levels.findIndex((n) => n > 0) + 1) as Priority | 0,
      abnormal: levels.reduce((sum, n) => sum + n, 0),
      drilled,
      late,
    }
  }
  function pointsOf(x: number, y: number): SensorMark[] {
    if (points === null) {
      points = new Map()
      for (const one of placed.values()) list(points, one, true)
    }
    const ids = points.get(x * 2 ** pointsZoom + y) ?? []
    return [...ids].map((id) => markOf((placed.get(id) as Placed).dot))
  }

  return {
    get size() {
      return placed.size
    },
    get: (id) => placed.get(id)?.dot,
    *dots() {
      for (const { dot } of placed.values()) yield dot
    },
    put(dot) {
      const before = placed.get(dot.id)
      const after: Placed = { dot, x: worldX(dot.at[0]), y: worldY(dot.at[1]) }
      if (before !== undefined) move(before, -1)
      placed.set(dot.id, after)
      move(after, 1)
    },
    remove(id) {
      const before = placed.get(id)
      if (before === undefined) return
      move(before, -1)
      placed.delete(id)
    },
    marks(z, x, y) {
      if (z >= pointsZoom) return pointsOf(x, y)
      const cells = cellsOf(z)
      const across = 2 ** z * cellsATile
      const found: SensorMark[] = []
      for (let i = 0; i < cellsATile; i++)
        for (let j = 0; j < cellsATile; j++) {
          const cell = cells.get((x * cellsATile + i) * across + y * cellsATile + j)
          if (cell !== undefined) found.push(crowdOrOne(cell))
        }
      return found
    },
    takeChanged() {
      const taken = changed
      changed = new Set()
      return taken
    },
  }
}
