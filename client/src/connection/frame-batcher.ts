/**
 * Everything that arrives between two pictures, merged into one batch and handed on once a frame.
 * Guarantees one flush a frame, also in a hidden tab, latest value a sensor, latest row a key, state in order.
 * Bounded by the number of sensors, crews and rows, since a newer one takes the older one's place. Refuses to know who reads it.
 */
import type { RowChange, UnitPlace } from '../../../shared/contract/realtime.ts'
import type { DecodedFrame } from '../../../shared/contract/telemetry-frame.ts'
import type { Instant, SensorId } from '../../../shared/model/ids.ts'

export interface LatestValue {
  readonly value: number
  readonly phenomenonAt: Instant
  readonly quality: number
}

export interface Batch {
  /** The whole picture, when a snapshot came; `changes` follow it. */
  readonly replaced: readonly RowChange[] | null
  readonly changes: readonly RowChange[]
  readonly values: ReadonlyMap<SensorId, LatestValue>
  readonly places: readonly UnitPlace[]
  /** Values the server left out under pressure since the last batch. */
  readonly thinned: number
}

/** Runs `go` at the next picture; answers how to call it off. */
export type Schedule = (go: () => void) => () => void

export interface FrameBatcher {
  replace(rows: readonly RowChange[]): void
  merge(changes: readonly RowChange[]): void
  frame(frame: DecodedFrame): void
  places(places: readonly UnitPlace[]): void
  /** Hands on what is there, now. */
  flush(): void
  /** Forgets what is there. */
  clear(): void
}

/** The next animation frame; where none comes (hidden tab) a timer does. */
export const nextPicture: Schedule = (go) => {
  const once = () => {
    cancel()
    go()
  }
  const frame = requestAnimationFrame(once)
  const timer = setTimeout(once, 500)
  const cancel = () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
  return cancel
}

export function makeFrameBatcher(deliver: (batch: Batch) => void, schedule: Schedule = nextPicture): FrameBatcher {
  let replaced: readonly RowChange[] | null = null
  let changes = new Map<string, RowChange>()
  let values = new Map<SensorId, LatestValue>()
  let places = new Map<string, UnitPlace>()
  let thinned = 0
  let cancel: (() => void) | null = null

  const wake = () => {
    cancel ??= schedule(flush)
  }
  const forget = () => {
    cancel?.()
    cancel = null
    replaced = null
    changes = new Map()
    values = new Map()
    places = new Map()
    thinned = 0
  }
  function flush(): void {
    const batch: Batch = { replaced, changes: [...changes.values()], values, places: [...places.values()], thinned }
    forget()
    if (batch.replaced !== null || batch.changes.length + batch.values.size + batch.places.length + batch.thinned > 0)
      deliver(batch)
  }

  return {
    replace(rows) {
      replaced = rows
      changes = new Map()
      wake()
    },
    merge(more) {
      for (const change of more) {
        const key = `${change.table}/${change.id}`
        // Delete first, so that the map's order is the order of the latest change.
        changes.delete(key)
        changes.set(key, change)
      }
      wake()
    },
    frame(frame) {
      frame.each((sensorId, value, phenomenonAt, quality) => values.set(sensorId, { value, phenomenonAt, quality }))
      thinned += frame.thinned
      wake()
    },
    places(more) {
      for (const place of more) places.set(place.unitId, place)
      wake()
    },
    flush,
    clear: forget,
  }
}
