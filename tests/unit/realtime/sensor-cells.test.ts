import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { distanceM } from '../../../shared/model/geo.ts'
import type { SensorMark } from '../../../shared/model/sensor-mark.ts'
import { createSensorCells, pointsZoom, type SensorDot } from '../../../server/src/realtime/sensor-cells.ts'
import { tiledView } from '../../../server/src/realtime/sensor-picture.ts'

const dot = (id: number, over: Partial<SensorDot> = {}): SensorDot => ({
  id,
  at: [121.4, 31.2],
  kind: 'noise',
  level: 0,
  drill: false,
  late: false,
  ...over,
})
const whole = { bbox: [121, 31, 122, 32], zoom: 9 } as const
const marksOf = (cells: ReturnType<typeof createSensorCells>, zoom: number): SensorMark[] =>
  tiledView({ ...whole, zoom }).tiles.flatMap((tile) => [...cells.marks(...tile)])
const sum = (marks: readonly SensorMark[], of: 'count' | 'abnormal' | 'drilled' | 'late') =>
  marks.reduce((total, mark) => total + mark[of], 0)

describe('a view', () => {
  it('is all tiles it touches, and the same for views about the same', () => {
    const seen = tiledView(whole)
    expect(seen.tiles.length).toBeGreaterThan(1)
    expect(tiledView({ bbox: [121.001, 31.001, 121.999, 31.999], zoom: 9.2 }).key).toBe(seen.key)
  })
  it('of too many tiles is answered from further out, and never beyond single sensors', () => {
    const seen = tiledView({ ...whole, zoom: 15 })
    expect(seen.tiles.length).toBeLessThanOrEqual(64)
    expect(seen.tiles[0]?.[0]).toBeLessThan(15)
    expect(tiledView({ bbox: [121, 31, 121.001, 31.001], zoom: 22 }).tiles[0]?.[0]).toBe(pointsZoom)
    expect(tiledView({ bbox: [-180, -90, 180, 90], zoom: 0 }).tiles).toEqual([[0, 0, 0]])
  })
})

describe('gathered sensors', () => {
  it('alone are themselves; together a crowd in their middle, with the worst level within', () => {
    const cells = createSensorCells()
    cells.put(dot(1, { level: 3 }))
    expect(marksOf(cells, 10)).toEqual([
      { at: [121.4, 31.2], count: 1, worst: 3, abnormal: 1, drilled: 0, late: 0, sensorId: 1, kind: 'noise' },
    ])
    cells.put(dot(2, { at: [121.4002, 31.2], level: 1, drill: true }))
    cells.put(dot(3, { at: [121.4001, 31.2], late: true }))
    const [crowd, ...others] = marksOf(cells, 10)
    expect(others).toEqual([])
    expect(crowd).toMatchObject({ count: 3, worst: 1, abnormal: 2, drilled: 1, late: 1 })
    expect(crowd && distanceM(crowd.at, [121.4001, 31.2])).toBeLessThan(1)
  })
  it('tell which tiles changed, in zooms somebody looked at, once', () => {
    const cells = createSensorCells()
    cells.put(dot(1))
    expect([...cells.takeChanged()]).toEqual([])
    marksOf(cells, 10)
    cells.put(dot(1, { level: 2 }))
    const changed = [...cells.takeChanged()]
    expect(changed).toHaveLength(1)
    expect(changed[0]).toMatch(/^10\//)
    expect(cells.takeChanged().size).toBe(0)
  })
  it('are the same however they came to be, in every zoom', () => {
    const place = fc.tuple(
      fc.integer({ min: 0, max: 9999 }).map((n) => 121 + n / 1e4),
      fc.integer({ min: 0, max: 9999 }).map((n) => 31 + n / 1e4),
    )
    const change = fc.record({
      id: fc.integer({ min: 1, max: 12 }),
      at: place,
      level: fc.constantFrom(0 as const, 1 as const, 4 as const),
      drill: fc.boolean(),
      late: fc.boolean(),
      isGone: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), fc.integer({ min: 6, max: 12 }), (changes, zoom) => {
        const [lived, fresh] = [createSensorCells(), createSensorCells()]
        marksOf(lived, zoom)
        const left = new Map<number, SensorDot>()
        for (const { isGone, ...rest } of changes) {
          if (isGone) left.delete(rest.id)
          else left.set(rest.id, dot(rest.id, rest))
          if (isGone) lived.remove(rest.id)
          else lived.put(dot(rest.id, rest))
        }
        for (const one of left.values()) fresh.put(one)
        const [a, b] = [marksOf(lived, zoom), marksOf(fresh, zoom)]
        const dots = [...left.values()]
        expect([sum(a, 'count'), sum(a, 'abnormal'), sum(a, 'drilled'), sum(a, 'late')]).toEqual([
          dots.length,
          dots.filter(({ level }) => level > 0).length,
          dots.filter(({ level, drill }) => level > 0 && drill).length,
          dots.filter(({ late }) => late).length,
        ])
        const told = (marks: SensorMark[]) => marks.map(({ at: _at, ...rest }) => JSON.stringify(rest)).sort()
        expect(told(a)).toEqual(told(b))
      }),
    )
  })
})
