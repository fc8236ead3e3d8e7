/** What stays as it was is not told to the map again. */
import { beforeEach, expect, it, vi } from 'vitest'
import { effectScope, nextTick, reactive, shallowReactive } from 'vue'
import { noTrail } from '../../../client/src/map/crew-trail-layer.ts'
import { feedMap, type MapFeed } from '../../../client/src/map/map-feed.ts'
import { collection, setFeatures } from '../../../client/src/map/overlay.ts'
import { noSketch } from '../../../client/src/map/sketch-layer.ts'
import { noon, sampleIncident, sampleUnit, sampleWarning } from '../../support/sample-rows.ts'

const told: string[] = []
const to = {
  show: (part: string) => void told.push(part),
  hide: () => void told.push('hide'),
  restyle: () => void told.push('restyle'),
}
const placed = (lon: number) => ({
  unit: sampleUnit(),
  place: { lon, lat: 31, headingDeg: null, speedMps: null, fixAt: noon },
  ageMs: 0,
})
const incident = sampleIncident()
const warning = sampleWarning()
let feed: { -readonly [K in keyof MapFeed]: MapFeed[K] }

beforeEach(() => {
  told.length = 0
  feed = shallowReactive({
    ...{ sensors: [], incidents: [incident], units: [placed(121)], selectedIncidentId: null, proposals: [] },
    ...{ warnings: [warning], heat: [], divisionFill: new Map<string, number>(), roads: [], hidden: [] },
    ...{ trail: noTrail, sketch: noSketch, layerNames: ['divisions'], dark: true, locale: 'zh-CN' as const },
    ...{ nowAt: noon, scale: 1 },
  })
})
async function after(change: () => void): Promise<string[]> {
  const scope = effectScope()
  scope.run(() => feedMap(to, feed, () => 1))
  await nextTick()
  told.length = 0
  change()
  await nextTick()
  scope.stop()
  return [...told]
}

it('tells everything at first, and no style that is there already', async () => {
  const scope = effectScope()
  scope.run(() => feedMap(to, feed, () => 1))
  expect(new Set(told).size).toBe(12)
  expect(told).not.toContain('restyle')
  scope.stop()
})
it.each([
  ['a second within the minute', () => (feed.nowAt = noon + 59_999), []],
  ['a minute', () => (feed.nowAt = noon + 60_000), ['warnings', 'incidents']],
  ['lists made anew with the same rows', () => ((feed.incidents = [incident]), (feed.warnings = [warning])), []],
  ['crews that moved', () => (feed.units = [placed(122)]), ['units']],
  ['a case that changed', () => (feed.incidents = [sampleIncident({ version: 9 })]), ['units', 'incidents']],
  ['another theme', () => (feed.dark = false), ['restyle']],
])('of %s tells %j what draws it', async (_what, change, parts) => {
  expect(await after(() => void change())).toEqual(parts)
})
it('tells where crews are to who draws proposals, where there are any', async () => {
  feed.proposals = [reactive({ unitId: 'PUMP-01', rank: 1 })] as never
  expect(await after(() => (feed.units = [placed(122)]))).toEqual(['units', 'proposals'])
})
it('hands a source nothing only where there was something', () => {
  const setData = vi.fn((_given: { readonly features: readonly unknown[] }) => Promise.resolve())
  const source = { setData }
  const map = { getSource: () => source } as never
  const point = { type: 'Feature' as const, properties: {}, geometry: { type: 'Point' as const, coordinates: [1, 2] } }
  for (const features of [[], [point], [], []]) setFeatures(map, 'x', collection(features))
  expect(setData.mock.calls.map(([given]) => given.features.length)).toEqual([1, 0])
})
