/** Contrast as WCAG reckons it, by its own examples. */
import { describe, expect, it } from 'vitest'
import { contrastOf, rgbOf } from '../../../client/src/design/contrast.ts'

describe('contrast', () => {
  it.each([
    ['#000', '#fff', 21],
    ['#ffffff', '#ffffff', 1],
    ['#777777', '#ffffff', 4.48],
    ['#767676', '#ffffff', 4.54],
  ])('of %s and %s is %d, whichever comes first', (one, other, ratio) => {
    expect(contrastOf(one, other)).toBeCloseTo(ratio, 2)
    expect(contrastOf(other, one)).toBeCloseTo(ratio, 2)
  })
  it('leaves out how strong a colour is', () => {
    expect(rgbOf('#9cc4bd24')).toEqual([156, 196, 189])
    expect(rgbOf(' #abcd ')).toEqual([170, 187, 204])
  })
  it.each(['', 'red', '#12', '#12345', 'rgb(0 0 0)', '#gggggg'])('of what is no colour here is unknown: %s', (text) => {
    expect(rgbOf(text)).toBeNull()
    expect(contrastOf(text, '#fff')).toBeNull()
  })
})
