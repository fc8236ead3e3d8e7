import { mount } from '@vue/test-utils'
import turfArea from '@turf/area'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import MapTools from '../../../client/src/components/map/MapTools.vue'
import { areaM2, lengthM, within, type Resource } from '../../../client/src/components/map/map-measures.ts'
import { makeI18n } from '../../../client/src/locales/i18n.ts'
import { hideLayers, layerGroups } from '../../../client/src/map/layer-groups.ts'
import { sensorGlyphNames, sensorGlyphs } from '../../../client/src/map/sensor-glyphs.ts'
import { noSketch, sketchFeatures } from '../../../client/src/map/sketch-layer.ts'
import { usePreferencesStore } from '../../../client/src/stores/preferences.ts'
import { distanceM, type LonLat } from '../../../shared/model/geo.ts'

const square: LonLat[] = [
  [121.4, 31.2],
  [121.41, 31.2],
  [121.41, 31.21],
  [121.4, 31.21],
]

describe('measures', () => {
  it('a line along its points', () => {
    expect(lengthM([])).toBe(0)
    expect(lengthM(square.slice(0, 3))).toBeCloseTo(
      distanceM(square[0]!, square[1]!) + distanceM(square[1]!, square[2]!),
      6,
    )
  })
  it('an area as others do, whichever way round', () => {
    const ring = [...square, square[0]!].map(([lon, lat]) => [lon, lat])
    const theirs = turfArea({ type: 'Polygon', coordinates: [ring] })
    expect(areaM2(square) / theirs).toBeCloseTo(1, 6)
    expect(areaM2([...square].reverse())).toBeCloseTo(areaM2(square), 3)
    expect(areaM2(square.slice(0, 2))).toBe(0)
  })
  it('what lies within a radius, its edge included, nearest first', () => {
    const at = (id: string, lon: number): Resource => ({ id, kind: 'crew', name: id, at: [lon, 31.2] })
    const all = [at('far', 121.42), at('edge', 121.41), at('near', 121.401), at('here', 121.4)]
    const edgeM = distanceM([121.4, 31.2], [121.41, 31.2])
    expect(within(all, [121.4, 31.2], edgeM).map(({ id }) => id)).toEqual(['here', 'near', 'edge'])
    expect(within(all, [121.4, 31.2], edgeM - 0.01).map(({ id }) => id)).toEqual(['here', 'near'])
  })
})

describe('what is drawn', () => {
  const kinds = (over: Partial<typeof noSketch>) =>
    sketchFeatures({ ...noSketch, ...over }).map(({ geometry }) => geometry.type)
  it('is nothing, a line, an area once it has three corners, a ring', () => {
    expect(kinds({})).toEqual([])
    expect(kinds({ points: square.slice(0, 2), isArea: true })).toEqual(['Point', 'Point', 'LineString'])
    expect(kinds({ points: square, isArea: true }).at(-1)).toBe('Polygon')
    expect(kinds({ ring: { at: square[0]!, radiusM: 500 } })).toEqual(['Point', 'Polygon'])
  })
  it('hides the layers of a group and shows the others', () => {
    const set = vi.fn()
    const box = document.createElement('div')
    const map = {
      getLayer: (id: string) => (id === 'parts' ? undefined : {}),
      setLayoutProperty: set,
      getContainer: () => box,
    }
    hideLayers(map as never, ['incidents'])
    const told = new Map(set.mock.calls.map(([layer, , value]) => [layer as string, value as string]))
    expect(layerGroups.incidents.every((layer) => told.get(layer) === 'none')).toBe(true)
    expect([told.get('units'), told.has('parts'), box.className]).toEqual(['visible', false, 'no-pulse'])
  })
})

describe('the panel', () => {
  beforeEach(() => {
    localStorage.clear()
    setActivePinia(createPinia())
    for (const listener of Object.values(said)) listener.mockClear()
  })
  /** What the panel says, by listeners as a page has them. */
  const said = { onToggle: vi.fn(), onGo: vi.fn(), onTool: vi.fn(), onKind: vi.fn(), onClose: vi.fn() }
  const open = (over = {}) =>
    mount(MapTools, {
      props: {
        hidden: ['parts'],
        tool: null,
        measured: '',
        radius: 1000,
        found: [],
        more: 0,
        kinds: [],
        kind: null,
        ...over,
        ...said,
      },
      global: { plugins: [makeI18n('zh-CN')] },
    })

  it('lists layers with what their marks mean, found by a part of the name', async () => {
    const panel = open()
    expect(panel.findAll('.layer')).toHaveLength(Object.keys(layerGroups).length)
    await panel.get('input[type=search]').setValue('队伍')
    expect(panel.findAll('.layer').map((layer) => layer.text())).toEqual([expect.stringContaining('处置队伍')])
    await panel.get('.layer input').trigger('change')
    expect(said.onToggle.mock.calls).toEqual([['crews']])
    await panel.get('input[type=search]').setValue('没有的')
    expect(panel.text()).toContain('没有这样的图层')
  })
  it('shows the signs of sensors while sensors are shown', async () => {
    const panel = open()
    const signs = () => panel.findAll('.layer li').map((line) => [line.text(), line.get('path').attributes('d')])
    expect(signs()).toHaveLength(sensorGlyphNames.length)
    expect(signs()).toContainEqual(['井盖', sensorGlyphs.cover])
    await panel.setProps({ hidden: ['sensors'] })
    expect(signs()).toEqual([])
  })
  it('ends a tool by the same button, says what was found, and closes by Esc', async () => {
    const found = [{ id: 'P1', kind: 'crew', name: '排水一队', at: square[0], distanceM: 420 }]
    const panel = open({ tool: 'ring', found, more: 3 })
    expect(panel.text()).toContain('排水一队')
    expect(panel.text()).toContain('420 米')
    expect(panel.text()).toContain('另有 3 处')
    await panel.get('.found button').trigger('click')
    expect(said.onGo.mock.calls).toEqual([[found[0]]])
    await panel.get('[aria-pressed=true]').trigger('click')
    expect(said.onTool.mock.calls).toEqual([[null]])
    await panel.trigger('keydown', { key: 'Escape' })
    expect(said.onClose).toHaveBeenCalledTimes(1)
  })
  it('is remembered: what was hidden stays hidden on this machine', () => {
    usePreferencesStore().toggleLayer('parts')
    usePreferencesStore().toggleLayer('crews')
    setActivePinia(createPinia())
    expect(usePreferencesStore().hiddenLayers).toEqual(['parts', 'crews'])
    usePreferencesStore().toggleLayer('parts')
    expect(usePreferencesStore().hiddenLayers).toEqual(['crews'])
  })
})
