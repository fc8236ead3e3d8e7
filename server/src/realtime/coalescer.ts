/**
 * Latest values, a frame at a time. Guarantees that a sensor which changed since a frame is in the next one, with its newest
 * value only, and that what newer values replaced for a client that skipped frames can be counted. Memory: one number a sensor.
 */
import type { Instant } from '../../../shared/model/ids.ts'
import { encodeFrame, type FrameValue } from '../../../shared/contract/telemetry-frame.ts'
import type { StateView } from '../ports/engine.ts'
import { covers, type Subscription } from './subscription.ts'

export interface Coalescer {
  changed(sensorId: number): void
  /** Closes the present frame: what changed in it is fixed. Answers its number. */
  nextFrame(): number
  /** Values of the frame just closed. */
  values(subscription: Subscription): readonly FrameValue[]
  /** Values of all sensors that changed after this frame; 0 = every sensor with a value. */
  valuesSince(subscription: Subscription, frame: number): readonly FrameValue[]
}

export function createCoalescer(view: Pick<StateView, 'latest' | 'sensors'>): Coalescer {
  let dirty = new Set<number>()
  let frameValues: FrameValue[] = []
  const changedIn = new Map<number, number>()
  let frame = 0

  const within = (subscription: Subscription, values: readonly FrameValue[]) =>
    subscription.bbox === null && subscription.districtId === undefined && subscription.kinds === undefined
      ? values
      : values.filter((value) => covers(subscription, view.sensors.get(value.sensorId)))

  return {
    changed: (sensorId) => void dirty.add(sensorId),
    nextFrame() {
      frame++
      frameValues = []
      for (const sensorId of dirty) {
        const reading = view.latest.get(sensorId)
        if (!reading) {
          changedIn.delete(sensorId)
          continue
        }
        changedIn.set(sensorId, frame)
        frameValues.push(reading)
      }
      dirty = new Set()
      return frame
    },
    values: (subscription) => within(subscription, frameValues),
    valuesSince(subscription, since) {
      if (since === 0) return within(subscription, [...view.latest.values()])
      const values: FrameValue[] = []
      for (const [sensorId, changed] of changedIn) {
        const reading = changed > since ? view.latest.get(sensorId) : undefined
        if (reading) values.push(reading)
      }
      return within(subscription, values)
    },
  }
}

/** One frame as Socket.IO sends it: the same bytes for every client. */
export function frameBytes(values: readonly FrameValue[], at: Instant, thinned: number): Buffer {
  const bytes = encodeFrame(values, at, thinned)
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
