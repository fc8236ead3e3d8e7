import fc from 'fast-check'
import gcoord from 'gcoord'
import { describe, expect, it } from 'vitest'
import { namedInFile, readCoordinateSystem, type CoordinateSystem } from '../../../mock-data/city/coordinates.ts'
import { toWgs84 } from '../../../mock-data/city/to-wgs84.ts'
import { distanceM, type LonLat } from '../../../shared/model/geo.ts'

const system = (word: string): CoordinateSystem => {
  const read = readCoordinateSystem(word)
  if (typeof read === 'string') throw new Error(read)
  return read
}
const shanghai: LonLat = [121.4737, 31.2304]

describe('coordinate systems', () => {
  it('moves a known point of Shanghai back from GCJ-02 and BD-09', () => {
    // 人民广场 as the three systems write it.
    const fromGcj = system('gcj02').toWgs84(121.478223, 31.228458) as LonLat
    const fromBd = system('BD-09').toWgs84(121.484781, 31.234311) as LonLat
    expect(distanceM(fromGcj, shanghai)).toBeLessThan(1)
    expect(distanceM(fromBd, shanghai)).toBeLessThan(1)
    // What is not moved would lie half a kilometre off.
    expect(distanceM([121.478223, 31.228458], shanghai)).toBeGreaterThan(450)
  })

  it('comes back to within a centimetre, all over China', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 74, max: 135, noNaN: true }),
        fc.double({ min: 4, max: 53, noNaN: true }),
        fc.constantFrom(['gcj02', 'GCJ02'] as const, ['bd09', 'BD09'] as const),
        (lon, lat, [word, there]) => {
          const [x, y] = gcoord.transform([lon, lat] as [number, number], gcoord.WGS84, gcoord[there])
          expect(distanceM(system(word).toWgs84(x, y) as LonLat, [lon, lat])).toBeLessThan(0.01)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('leaves the rest of the world, and ends at every number', () => {
    expect(system('gcj02').toWgs84(-118.24, 34.05)).toEqual([-118.24, 34.05])
    for (const lon of [72.003, 72.004, 72.0041, 72.01, 137.83, 137.8347, 137.84])
      for (const lat of [0.8292, 0.83, 55.82, 55.8271, 55.83])
        expect(distanceM(system('bd09').toWgs84(lon, lat) as LonLat, [lon, lat])).toBeLessThan(2000)
    expect(system('gcj02').toWgs84(181, 0)).toBeNull()
  })

  it('takes CGCS2000 degrees as they are', () => {
    expect(system('cgcs2000').toWgs84(...shanghai)).toEqual(shanghai)
    expect(system('CGCS2000').toWgs84(40_500_000, 3_457_000)).toBeNull()
  })

  it('unrolls the 3-degree zones, with and without the number of the zone', () => {
    const zone40 = system('cgcs2000/120')
    // On its meridian the easting is 500 km, and the northing the meridian's arc: 3,320,113.4 m at 30 degrees of GRS 80.
    const at = zone40.toWgs84(500_000, 3_320_113.4) as LonLat
    expect(at[0]).toBeCloseTo(120, 9)
    expect(at[1]).toBeCloseTo(30, 6)
    expect(zone40.toWgs84(40_500_000, 3_320_113.4)).toEqual(at)
    // The zone's number must be this zone's.
    expect(zone40.toWgs84(39_500_000, 3_320_113.4)).toBeNull()
    expect(zone40.toWgs84(120, 30)).toBeNull()
  })

  it('refuses by name what it cannot do', () => {
    expect(readCoordinateSystem('shanghai')).toMatch(/own grid has no published formula/)
    expect(readCoordinateSystem('上海城建坐标系')).toMatch(/own grid has no published formula/)
    expect(readCoordinateSystem('cgcs2000/121')).toMatch(/no 3-degree zone has this meridian/)
    expect(readCoordinateSystem('utm50')).toMatch(/^utm50 is not known; allowed: wgs84, gcj02, bd09, cgcs2000/)
  })

  it('finds the system an old file names', () => {
    const named = (name: string) =>
      namedInFile({ type: 'FeatureCollection', crs: { type: 'name', properties: { name } } })
    expect(named('urn:ogc:def:crs:OGC:1.3:CRS84')).toBe('wgs84')
    expect(named('EPSG:4326')).toBe('wgs84')
    expect(named('urn:ogc:def:crs:EPSG::4490')).toBe('cgcs2000')
    expect(named('urn:ogc:def:crs:EPSG::4528')).toBe('cgcs2000/120')
    expect(named('EPSG:4549')).toBe('cgcs2000/120')
    expect(named('EPSG:2385')).toBe('EPSG:2385')
    expect(namedInFile({ type: 'FeatureCollection' })).toBeNull()
  })
})

describe('a division file', () => {
  const file = (...rings: number[][][]) => ({
    type: 'FeatureCollection',
    features: rings.map((ring, id) => ({
      type: 'Feature',
      properties: { id },
      geometry: { type: 'Polygon', coordinates: [ring] },
    })),
  })
  const converted = (json: object, crs: string) => toWgs84(json, 'd.geojson', system(crs)) as ReturnType<typeof file>
  const degrees = [
    [121.478223, 31.228458],
    [121.5, 31.3],
  ]

  it('is converted position by position, and left alone where it is in degrees of WGS 84', () => {
    const json = file(degrees)
    expect(converted(json, 'wgs84').features[0]?.geometry.coordinates).toEqual([degrees])
    const at = converted(json, 'gcj02').features[0]?.geometry.coordinates[0]?.[0]
    expect(distanceM([at?.[0] ?? 0, at?.[1] ?? 0], shanghai)).toBeLessThan(1)
    // The source is not written to.
    expect(json.features[0]?.geometry.coordinates).toEqual([degrees])
  })

  it('in metres that are said to be degrees is refused by file, feature and value', () => {
    const json = file(degrees, [[40_500_000, 3_457_000]])
    for (const crs of ['wgs84', 'cgcs2000', 'gcj02', 'bd09'])
      expect(() => converted(json, crs)).toThrow(
        /^d\.geojson: feature 1: 40500000, 3457000 are not degrees: .*--crs cgcs2000\/M/,
      )
    expect(
      converted(file([[40_500_000, 3_457_000]]), 'cgcs2000/120').features[0]?.geometry.coordinates[0]?.[0]?.[0],
    ).toBe(120)
    expect(() => converted(file(degrees), 'cgcs2000/120')).toThrow(
      /^d\.geojson: feature 0: .* cannot be metres of cgcs2000\/120/,
    )
  })

  it('keeps a single odd value for its feature to answer for', () => {
    expect(converted(file([[200, 0]]), 'wgs84').features[0]?.geometry.coordinates).toEqual([[[200, 0]]])
    expect(() => converted(file([[1000, 0]]), 'wgs84')).not.toThrow()
    expect(() => converted(file([[1000.1, 0]]), 'wgs84')).toThrow(/1000\.1, 0 are not degrees/)
  })
})
