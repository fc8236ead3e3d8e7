/** Which way crews came: kept within bounds, honest about silence, drawn fading. */
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { noTrail, trailFeatures } from '../../../client/src/map/crew-trail-layer.ts'
import { unitFeatures } from '../../../client/src/map/units-layer.ts'
import { courseDeg, makeCrewTrails, trailKeptMs } from '../../../client/src/stores/crew-trails.ts'
import { useLinkStore } from '../../../client/src/stores/link.ts'
import { useUnitsStore } from '../../../client/src/stores/units.ts'
import { fixStaleMs } from '../../../shared/model/unit.ts'
import { noon, sampleUnit } from '../../support/sample-rows.ts'

/** About 11 m to the north a step. */
const step = 0.0001
const fix = (n: number, atMs: number, unitId = 'A') => ({ unitId, lon: 121, lat: 31 + n * step, fixAt: noon + atMs })

describe('a trail', () => {
  it('has a point each five seconds and ten metres, and one for however long a crew stands', () => {
    const trails = makeCrewTrails()
    for (let s = 0; s <= 20; s++) trails.hear(fix(s, s * 1000))
    expect(trails.of('A', noon + 20_000).map(({ fromAt }) => fromAt - noon)).toEqual([0, 5000, 10_000, 15_000, 20_000])
    for (let s = 21; s <= 300; s++) trails.hear(fix(20, s * 1000))
    const points = trails.of('A', noon + 300_000)
    expect(points).toHaveLength(5)
    expect(points.at(-1)).toMatchObject({ fromAt: noon + 20_000, untilAt: noon + 300_000 })
  })
  it('is never longer than a quarter of an hour, whatever comes', () => {
    const trails = makeCrewTrails()
    for (let s = 0; s <= 3600; s++) trails.hear(fix(s, s * 1000))
    const points = trails.of('A', noon + 3_600_000)
    expect(points.length).toBeLessThanOrEqual(trailKeptMs / 5000 + 1)
    expect(points[0]?.untilAt).toBeGreaterThanOrEqual(noon + 3_600_000 - trailKeptMs)
    // Nothing new is heard: what is shown grows old and goes.
    expect(trails.of('A', noon + 3_600_000 + trailKeptMs + 1)).toEqual([])
  })
  it('says where nothing was heard for longer than a fix is worth, and not a millisecond sooner', () => {
    const silent = (ms: number) => {
      const trails = makeCrewTrails()
      trails.hear(fix(0, 0))
      trails.hear(fix(5, ms))
      return trails.of('A', noon + ms).map(({ afterSilence }) => afterSilence)
    }
    expect(silent(fixStaleMs)).toEqual([false, false])
    expect(silent(fixStaleMs + 1)).toEqual([false, true])
    const trails = makeCrewTrails()
    for (const at of [0, 5000, 1000]) trails.hear(fix(at / 1000, at))
    expect(trails.of('A', noon + 5000)).toHaveLength(2)
  })
  it('tells a course where the radio does not, only of steps longer than its error', () => {
    const trails = makeCrewTrails()
    expect(courseDeg([121, 31], [121, 31.001])).toBe(0)
    expect(courseDeg([121, 31], [121.001, 31])).toBeCloseTo(90)
    expect(courseDeg([121, 31], [120.999, 31])).toBeCloseTo(270)
    trails.hear(fix(0, 0))
    expect(trails.courseOf(fix(0.5, 1000))).toBeNull()
    expect(trails.courseOf(fix(3, 6000))).toBe(0)
    expect(trails.courseOf(fix(3, fixStaleMs + 1))).toBeNull()
  })
})

describe('the line', () => {
  const points = [0, 5, 10].map((n) => ({
    at: [121, 31 + n * step] as const,
    untilAt: noon + n * 1000,
    afterSilence: n === 10,
  }))
  it('fades with age, is dotted after a silence, and ends where the crew is', () => {
    const features = trailFeatures({ at: [121, 31.01], points, nowAt: noon + 10_000, keptMs: 10_000 })
    expect(features.map(({ properties, geometry }) => [geometry.type, properties?.gap])).toEqual([
      ['LineString', false],
      ['LineString', true],
      ['LineString', false],
      ['Point', undefined],
    ])
    const [older, newer] = features.map(({ properties }) => properties?.opacity as number)
    expect(older).toBeLessThan(newer as number)
    expect(older).toBeGreaterThan(0)
  })
  it('is nothing of nobody, and a ring alone where its way is not known', () => {
    expect(trailFeatures(noTrail)).toEqual([])
    expect(trailFeatures({ ...noTrail, at: [121, 31] }).map(({ geometry }) => geometry.type)).toEqual(['Point'])
  })
})

describe('crews as this page heard them', () => {
  beforeEach(() => setActivePinia(createPinia()))
  const place = (n: number, atMs: number, over = {}) => ({
    ...fix(n, atMs),
    headingDeg: null,
    speedMps: 8,
    ...over,
  })
  it('wear a heading as soon as they have moved, and lose their way with the connection', () => {
    const units = useUnitsStore()
    units.movePlaces([place(0, 0)])
    expect(units.placeOf('A')?.headingDeg).toBeNull()
    units.movePlaces([place(3, 6000)])
    expect(units.placeOf('A')?.headingDeg).toBe(0)
    units.movePlaces([place(1, 3000)])
    expect(units.placeOf('A')?.lat).toBeCloseTo(31 + 3 * step)
    units.forgetPlaces()
    expect(units.trailOf('A')).toEqual([])
  })
  it('are kept whole only where somebody looks at trails: a wall for months keeps what a course is told from', () => {
    const units = useUnitsStore()
    const points = () => units.trailOf('A').length
    const goOn = (fromS: number, toS: number) => {
      for (let s = fromS; s <= toS; s += 5) units.movePlaces([place(s, s * 1000)])
    }
    useLinkStore().tick(noon + 1_200_000)
    goOn(0, 600)
    expect(points()).toBeLessThanOrEqual(fixStaleMs / 5000 + 1)
    expect(units.placeOf('A')?.headingDeg).toBe(0)
    units.keepTrails(true)
    goOn(605, 1200)
    expect(points()).toBeGreaterThanOrEqual(120)
    units.keepTrails(false)
    goOn(1205, 1210)
    expect(points()).toBeLessThanOrEqual(fixStaleMs / 5000 + 1)
  })
  it('are no arrow while they stand, whatever their radio says of a heading', () => {
    const mark = (speedMps: number | null) => {
      const shown = { lon: 121, lat: 31, headingDeg: 90, speedMps, fixAt: noon }
      return unitFeatures([{ unit: sampleUnit({ status: 'available' }), place: shown, ageMs: 0 }])[0]?.properties?.mark
    }
    expect([mark(0), mark(0.49), mark(0.5), mark(null)]).toEqual([
      'crew-dot-idle',
      'crew-dot-idle',
      'crew-idle',
      'crew-idle',
    ])
  })
})
