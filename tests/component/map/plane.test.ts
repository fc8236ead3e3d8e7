import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { MapLibreMap } from 'maplibre-gl'
import { inPageFont, isOfOutside, watchOutsideBase } from '../../../client/src/map/outside-base.ts'
import { setFeatures } from '../../../client/src/map/overlay.ts'
import { flat, planeOf, setPlane, shownFeatures } from '../../../client/src/map/plane.ts'
import { fromGcj02, toGcj02 } from '../../../shared/contract/gcj02.ts'
import { distanceM, type LonLat } from '../../../shared/model/geo.ts'

type FeatureCollection = Parameters<typeof setFeatures>[2]
const gcj02 = { shown: toGcj02, real: fromGcj02 }

describe('GCJ-02, for showing', () => {
  /** All of the formula's rectangle, every seven tenths of a degree. */
  const places: LonLat[] = []
  for (let lon = 73; lon < 137; lon += 0.7) for (let lat = 4; lat < 53.5; lat += 0.7) places.push([lon, lat])

  it('there and back is the same place, to within a centimetre', () => {
    const worst = places.reduce((most, at) => Math.max(most, distanceM(at, fromGcj02(toGcj02(at)))), 0)
    expect(places.length).toBeGreaterThan(6000)
    expect(worst).toBeLessThan(0.01)
    const backFirst = places
      .slice(200, -200)
      .reduce((most, at) => Math.max(most, distanceM(at, toGcj02(fromGcj02(at)))), 0)
    expect(backFirst).toBeLessThan(1)
  })
  it('lies where the published formula has it: Tiananmen, and some hundred metres off everywhere', () => {
    const [lon, lat] = toGcj02([116.391265, 39.907339])
    expect(lon).toBeCloseTo(116.3975, 3)
    expect(lat).toBeCloseTo(39.90874, 3)
    for (const at of [
      [121.4737, 31.2304],
      [113.2644, 23.1291],
      [104.0657, 30.6595],
    ] as const) {
      expect(distanceM(at, toGcj02(at))).toBeGreaterThan(200)
      expect(distanceM(at, toGcj02(at))).toBeLessThan(800)
    }
  })
  it('leaves the rest of the world where it is', () => {
    for (const at of [
      [-118.25, 34.05],
      [2.35, 48.86],
    ] as const) {
      expect(toGcj02(at)).toEqual(at)
      expect(fromGcj02(at)).toEqual(at)
    }
  })
})

describe('what is drawn over a base map', () => {
  const at: LonLat = [121.4737, 31.2304]
  const shape = [[at, [121.48, 31.23], [121.48, 31.24], at]] as unknown as number[][][]
  const given = (): FeatureCollection => ({
    type: 'FeatureCollection',
    features: [
      { type: 'Feature', id: 7, properties: { a: 1 }, geometry: { type: 'Point', coordinates: [...at] } },
      { type: 'Feature', properties: {}, geometry: { type: 'MultiPolygon', coordinates: [shape] } },
    ],
  })
  it('is turned in a copy, every corner of it, with all else kept', () => {
    const features = given()
    const shown = shownFeatures(gcj02, features)
    expect(features).toEqual(given())
    expect(shown.features[0]).toMatchObject({ id: 7, properties: { a: 1 }, geometry: { coordinates: toGcj02(at) } })
    const ring = (shown.features[1]?.geometry as unknown as { coordinates: number[][][][] }).coordinates[0]?.[0]
    expect(ring).toEqual(shape[0]?.map((corner) => toGcj02(corner as unknown as LonLat)))
    expect(shownFeatures(gcj02, features)).toBe(shown)
    expect(shownFeatures(flat, features)).toBe(features)
  })
  it('is turned on its way to the map, by the plane that map has now', () => {
    const setData = vi.fn((_: FeatureCollection) => Promise.resolve())
    const map = { getSource: () => ({ setData }) } as unknown as MapLibreMap
    setFeatures(map, 'sensors', given())
    setPlane(map, gcj02)
    setFeatures(map, 'sensors', given())
    setPlane(map, flat)
    setFeatures(map, 'sensors', given())
    const places = setData.mock.calls.map(
      ([{ features }]) => (features[0]?.geometry as { coordinates: number[] }).coordinates,
    )
    expect(places).toEqual([at, toGcj02(at), at])
    expect(planeOf(map)).toBe(flat)
  })
})

describe('the outside base map, as a page sees it', () => {
  const style = { version: 8, sources: {}, layers: [] }
  const told: [boolean, string][] = []
  const onChange = (now: unknown, attribution: string) => void told.push([now !== null, attribution])
  let answer: () => Promise<Response>
  const json = (body: object) => Promise.resolve(new Response(JSON.stringify(body)))
  const there = () => json({ style, attribution: '© X' })
  const away = () => json({ style: null, attribution: '' })
  const asked = vi.fn(() => answer())
  beforeEach(() => {
    vi.useFakeTimers()
    vi.stubGlobal('fetch', asked)
    told.length = 0
    asked.mockClear()
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  it('is told of once; doubted, it is asked for again, falls away and comes back by itself', async () => {
    answer = there
    const base = watchOutsideBase({ onChange })
    await vi.advanceTimersByTimeAsync(60_000)
    expect([told, asked.mock.calls.length]).toEqual([[[true, '© X']], 1])
    answer = away
    for (let n = 0; n < 20; n++) base.doubt()
    await vi.advanceTimersByTimeAsync(100)
    expect([told.at(-1), asked.mock.calls.length]).toEqual([[false, ''], 2])
    await vi.advanceTimersByTimeAsync(31_000)
    expect([told.length, asked.mock.calls.length]).toEqual([2, 4])
    answer = there
    await vi.advanceTimersByTimeAsync(15_000)
    expect(told.slice(2)).toEqual([[true, '© X']])
    base.stop()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(asked.mock.calls.length).toBe(5)
  })
  it('that lets itself be waited for is away until it comes', async () => {
    let come: (response: Response) => void = () => undefined
    answer = () => new Promise((done) => (come = done))
    const base = watchOutsideBase({ onChange })
    await vi.advanceTimersByTimeAsync(3_900)
    expect(told).toEqual([])
    await vi.advanceTimersByTimeAsync(200)
    expect(told).toEqual([[false, '']])
    come(await there())
    await vi.advanceTimersByTimeAsync(0)
    expect(told.at(-1)).toEqual([true, '© X'])
    base.stop()
  })
  it('stays while the server itself is out of reach, and is away where it never was', async () => {
    answer = there
    const base = watchOutsideBase({ onChange })
    await vi.advanceTimersByTimeAsync(6_000)
    answer = () => Promise.reject(new TypeError('failed to fetch'))
    base.doubt()
    await vi.advanceTimersByTimeAsync(6_000)
    expect(told).toEqual([[true, '© X']])
    base.stop()
    watchOutsideBase({ onChange }).stop()
    const other = watchOutsideBase({ onChange })
    await vi.advanceTimersByTimeAsync(10)
    expect(told.at(-1)).toEqual([false, ''])
    other.stop()
  })
  it.each([
    [{ url: 'http://h/map/outside/1/2/3/4' }, true],
    [{ url: 'http://h/map/basemap/t.png' }, true],
    [{ url: 'http://h/map/tiles/1.mvt' }, false],
    [new Error('other'), false],
    [null, false],
  ])('%j is its failure: %s', (error, isIts) => expect(isOfOutside(error)).toBe(isIts))

  it('is lettered in the page’s font, and finds its sprite by a whole address', () => {
    const given = {
      version: 8,
      sprite: '/map/outside/1/sprite',
      sources: {},
      layers: [
        { id: 'a', type: 'symbol', source: 's', layout: { 'text-font': ['Other'], 'icon-image': 'dot' } },
        { id: 'b', type: 'background' },
      ],
    }
    expect(inPageFont(given as never, 'Page', 'http://h')).toMatchObject({
      sprite: 'http://h/map/outside/1/sprite',
      layers: [{ layout: { 'text-font': ['Page'], 'icon-image': 'dot' } }, { id: 'b' }],
    })
  })
})
