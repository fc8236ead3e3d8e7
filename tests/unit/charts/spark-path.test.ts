import { describe, expect, it } from 'vitest'
import { sparkShape } from '../../../client/src/charts/spark-path.ts'

const box = { fromAt: 0, toAt: 100, width: 100, height: 50, normal: null }

describe('sparkShape', () => {
  it('draws nothing without values', () => {
    const nothing = { line: '', band: null, last: null }
    expect(sparkShape({ ...box, times: [], values: [] })).toEqual(nothing)
    expect(sparkShape({ ...box, times: [1, 2], values: [null, Number.NaN] })).toEqual(nothing)
    expect(sparkShape({ ...box, times: [1], values: [3], toAt: 0 })).toEqual(nothing)
  })

  it('leaves a gap where there was no value', () => {
    const { line } = sparkShape({ ...box, times: [0, 10, 20, 30], values: [1, 2, null, 3] })
    expect(line.match(/M/g)).toHaveLength(2)
    expect(line.match(/L/g)).toHaveLength(1)
  })

  it('keeps a quiet line quiet: the band gives the scale', () => {
    const shape = sparkShape({ ...box, normal: [0, 100], times: [0, 100], values: [50, 51] })
    expect(shape.band).toEqual({ y: 3, height: 44 })
    expect(shape.last?.x).toBe(100)
    expect(shape.last?.y).toBeCloseTo(24.6)
  })

  it('has no band for a kind whose normal band says nothing', () => {
    const shape = sparkShape({ ...box, normal: [-1e300, 1e300], times: [0, 100], values: [1, 2] })
    expect(shape.band).toBeNull()
    expect(shape.line).toBe('M0 47L100 3')
  })

  it('leaves out what lies outside its time', () => {
    expect(sparkShape({ ...box, times: [-5, 50, 105], values: [1, 2, 3] }).line).toMatch(/^M50 [\d.]+$/)
  })
})
