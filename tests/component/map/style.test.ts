import { validateStyleMin, type StyleSpecification } from '@maplibre/maplibre-gl-style-spec'
import type { MapLibreMap } from 'maplibre-gl'
import { describe, expect, it } from 'vitest'
import { layerPlans, namesLayer } from '../../../server/src/city/tiles/tile-layers.ts'
import { crewTrailLayer } from '../../../client/src/map/crew-trail-layer.ts'
import { divisionsLayer } from '../../../client/src/map/divisions-layer.ts'
import { heatLayer } from '../../../client/src/map/heat-layer.ts'
import { incidentsLayer } from '../../../client/src/map/incidents-layer.ts'
import { mapLook } from '../../../client/src/map/map-look.ts'
import { roadFlowLayer } from '../../../client/src/map/road-flow-layer.ts'
import { sensorsLayer } from '../../../client/src/map/sensors-layer.ts'
import { sketchLayer } from '../../../client/src/map/sketch-layer.ts'
import { unitsLayer } from '../../../client/src/map/units-layer.ts'
import { cityStyle } from '../../../client/src/map/style/city-style.ts'
import { nameIn, nameLayers } from '../../../client/src/map/style/names.ts'

const looks = [
  ['dark, desk', mapLook(true, 1)],
  ['light, desk', mapLook(false, 1)],
  ['dark, wall of four times the pixels', mapLook(true, 2.4, 3)],
] as const
const whole = (look: (typeof looks)[number][1], locale: 'zh-CN' | 'en') => {
  const style = cityStyle(look)
  return { ...style, layers: [...style.layers, ...nameLayers(look, locale)] }
}

describe.each(looks)('the style, %s', (_, look) => {
  it.each(['zh-CN', 'en'] as const)('is a sound one in %s', (locale) => {
    expect(validateStyleMin(whole(look, locale) as unknown as StyleSpecification)).toEqual([])
  })

  it('draws what the tiles hold, by ids of its own, and asks nobody else', () => {
    const { layers, glyphs, sprite, ...style } = whole(look, 'zh-CN')
    const held = new Set<string>([...Object.keys(layerPlans), namesLayer.id])
    const drawn = new Set(layers.flatMap((layer) => ('source-layer' in layer ? [layer['source-layer']] : [])))
    expect([...drawn].filter((id) => !held.has(String(id)))).toEqual([])
    expect([...held].filter((id) => !drawn.has(id))).toEqual([])
    expect(new Set(layers.map(({ id }) => id)).size).toBe(layers.length)
    expect([glyphs, sprite]).toEqual([undefined, undefined])
    expect(JSON.stringify(style)).not.toMatch(/https?:/)
  })
})

it.each(looks)('what is drawn over it is sound too, %s', (_, look) => {
  const style = { version: 8, sources: {} as Record<string, unknown>, layers: [] as { id: string }[] }
  const map = {
    addSource: (id: string, source: unknown) => (style.sources[id] = source),
    addLayer: (layer: { id: string }) => style.layers.push(layer),
    getLayer: () => undefined,
  } as unknown as MapLibreMap
  const quiet = () => undefined
  for (const overlay of [
    divisionsLayer(quiet),
    heatLayer(),
    roadFlowLayer(),
    sensorsLayer(),
    unitsLayer(),
    crewTrailLayer(),
    incidentsLayer(),
    sketchLayer(),
  ])
    overlay.install(map, look)
  // Fonts are the page's own: there is no address of glyphs.
  const found = validateStyleMin({ ...style, glyphs: '{fontstack}/{range}' } as unknown as StyleSpecification)
  expect(found.map(({ message }) => message)).toEqual([])
})

it('a wall twice as large shows the same ground one zoom nearer', () => {
  const from = (scale: number) =>
    Object.fromEntries(whole(mapLook(true, scale), 'en').layers.map(({ id, minzoom }) => [id, minzoom]))
  const [desk, wall] = [from(1), from(2)]
  for (const [id, zoom] of Object.entries(desk)) expect(wall[id], id).toBe(zoom === undefined ? undefined : zoom + 1)
})

it('names are in the language shown, in the other where there is none', () => {
  expect(nameIn('en')).toEqual(['coalesce', ['get', 'nameEn'], ['get', 'name'], ''])
  expect(nameIn('zh-CN')).toEqual(['coalesce', ['get', 'name'], ['get', 'nameEn'], ''])
})
