import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BBox } from '../../../shared/model/geo.ts'
import { isWithin } from '../../../shared/model/geo.ts'
import { decodeFrame } from '../../../shared/contract/telemetry-frame.ts'
import { createCoalescer, frameBytes } from '../../../server/src/realtime/coalescer.ts'
import { covers, subscriptionFor, wholeCity } from '../../../server/src/realtime/subscription.ts'
import { createMemoryEngine } from '../../support/memory-engine.ts'
import { noon, sampleReading, sampleSensor } from '../../support/sample-rows.ts'

describe('subscriptions', () => {
  it('cover what was asked for, and are shared by boxes about the same', () => {
    const a = subscriptionFor([121.401, 31.2, 121.499, 31.3])
    const b = subscriptionFor([121.402, 31.201, 121.498, 31.299])
    expect(a?.key).toBe(b?.key)
  })
  it.each([[[122, 31, 121, 32]], [[121, 32, 122, 31]]] as const)('%j is no box', (box) =>
    expect(subscriptionFor(box)).toBeNull(),
  )
  it('always lie around the box', () => {
    const lon = fc.integer({ min: -180e6, max: 180e6 }).map((n) => n / 1e6)
    const lat = fc.integer({ min: -90e6, max: 90e6 }).map((n) => n / 1e6)
    fc.assert(
      fc.property(lon, lon, lat, lat, (x1, x2, y1, y2) => {
        const box: BBox = [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)]
        const wide = subscriptionFor(box)?.bbox
        expect(wide && isWithin(wide, [box[0], box[1]]) && isWithin(wide, [box[2], box[3]])).toBe(true)
      }),
    )
  })
  it('sensors without a place belong to the whole city only', () => {
    const nowhere = { position: null, districtId: null, kind: 'noise' }
    expect(covers(wholeCity, nowhere)).toBe(true)
    const some = subscriptionFor([121, 31, 122, 32])
    expect(some && covers(some, nowhere)).toBe(false)
  })
})

describe('coalescer', () => {
  const engine = createMemoryEngine({ now: () => noon })
  const coalescer = createCoalescer(engine.view)
  engine.onCommit((commit) => commit.readings.forEach((reading) => coalescer.changed(reading.sensorId)))
  const west = subscriptionFor([121, 30.9, 121.02, 31.1])

  it('holds the newest value of each sensor that changed, a frame long', () => {
    engine.put({ sensors: [sampleSensor(1), sampleSensor(2), sampleSensor(90)] })
    engine.put({ readings: [sampleReading(1, 1), sampleReading(2, 2), sampleReading(90, 9)] })
    engine.put({ readings: [sampleReading(1, 11)] })
    expect(coalescer.nextFrame()).toBe(1)
    expect(coalescer.values(wholeCity).map((value) => [value.sensorId, value.value])).toEqual([
      [1, 11],
      [2, 2],
      [90, 9],
    ])
    expect(west && coalescer.values(west).map((value) => value.sensorId)).toEqual([1, 2])
    coalescer.nextFrame()
    expect(coalescer.values(wholeCity)).toEqual([])
  })
  it('answers what changed since a frame, and everything since none', () => {
    engine.put({ readings: [sampleReading(2, 22)] })
    const frame = coalescer.nextFrame()
    expect(coalescer.valuesSince(wholeCity, frame - 1).map((value) => value.sensorId)).toEqual([2])
    expect(coalescer.valuesSince(wholeCity, frame)).toEqual([])
    expect(coalescer.valuesSince(wholeCity, 0)).toHaveLength(3)
  })
  it('frames read back', () => {
    const frame = decodeFrame(frameBytes([sampleReading(7, 1.5, { phenomenonAt: noon - 1000 })], noon, 3))
    expect([frame.count, frame.thinned, frame.frameAt]).toEqual([1, 3, noon])
    frame.each((...value) => expect(value).toEqual([7, 1.5, noon - 1000, 0]))
  })
})
