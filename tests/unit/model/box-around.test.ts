import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boxAround, distanceM, isWithin, type LonLat } from '../../../shared/model/geo.ts'

describe('a box around a circle', () => {
  it('holds all that lies within it, wherever on earth', () => {
    const lon = fc.double({ min: -180, max: 180, noNaN: true })
    const lat = fc.double({ min: -90, max: 90, noNaN: true })
    const offset = fc.double({ min: -0.2, max: 0.2, noNaN: true })
    fc.assert(
      fc.property(lon, lat, offset, offset, fc.integer({ min: 1, max: 10_000 }), (x, y, dx, dy, radiusM) => {
        const centre: LonLat = [x, y]
        const at: LonLat = [x + dx, y + dy]
        // Where the longitudes jump a box ends: two boxes are no box.
        fc.pre(Math.abs(at[0]) <= 180 && Math.abs(at[1]) <= 90 && distanceM(centre, at) <= radiusM)
        expect(isWithin(boxAround(centre, radiusM), at)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
  it('is hardly larger than it: a kilometre at 31° north is 0.009° by 0.0105°', () => {
    const [west, south, east, north] = boxAround([121, 31], 1000)
    expect(north - south).toBeCloseTo(0.018, 3)
    expect(east - west).toBeCloseTo(0.021, 3)
  })
  it('at a pole is all longitudes', () => {
    expect(boxAround([0, 90], 1000)).toEqual([-180, expect.closeTo(89.991, 3) as number, 180, 90])
  })
})
