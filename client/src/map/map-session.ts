/**
 * One live map: its overlays, the newest data each was given, and when they are drawn. Guarantees that however often data
 * changes, each overlay is drawn at most once a frame and all of them together at the map's pace, and that a new theme or scale
 * shows the same data again.
 * Knows no Vue and no store.
 */
import { MapLibreMap, type LngLatBoundsLike } from 'maplibre-gl'
import type { BBox, LonLat } from '../../../shared/model/geo.ts'
import type { MapView, SensorMark } from '../../../shared/model/sensor-mark.ts'
import { pageFont } from '../fonts/page-font.ts'
import './map-worker.ts'
import { cityStyle } from './style/city-style.ts'
import { groundSource } from './style/ground-source.ts'
import { crewTrailLayer, type CrewTrail } from './crew-trail-layer.ts'
import { divisionsLayer, type DivisionsData } from './divisions-layer.ts'
import { groundNamesLayer } from './ground-names-layer.ts'
import { heatLayer } from './heat-layer.ts'
import { incidentsLayer, type IncidentsData } from './incidents-layer.ts'
import { hideLayers, type LayerGroup } from './layer-groups.ts'
import { addMarks } from './level-icons.ts'
import { mapLook } from './map-look.ts'
import { inPageFont, isOfOutside, watchOutsideBase, type OutsideStyle } from './outside-base.ts'
import type { Overlay } from './overlay.ts'
import { flat, planeOf, setPlane, type Plane } from './plane.ts'
import { proposalsLayer, type ProposalsData } from './proposals-layer.ts'
import { addSensorIcon } from './sensor-icons.ts'
import { roadFlowLayer, type FlowingRoad } from './road-flow-layer.ts'
import { sensorsLayer } from './sensors-layer.ts'
import { sketchLayer, type Sketch } from './sketch-layer.ts'
import { unitsLayer, type UnitsData } from './units-layer.ts'
import { warningsLayer, type WarningsData } from './warnings-layer.ts'

/** What each overlay draws, in the order they lie, lowest first. */
export interface MapData {
  names: { readonly locale: 'zh-CN' | 'en' }
  divisions: DivisionsData
  warnings: WarningsData
  roads: readonly FlowingRoad[]
  heat: readonly LonLat[]
  sensors: readonly SensorMark[]
  trail: CrewTrail
  units: UnitsData
  incidents: IncidentsData
  proposals: ProposalsData
  sketch: Sketch
}
export type MapPart = keyof MapData

/** A base map of somebody else: how its ground lies. Null = there is none. */
export type OutsideGround = Plane | null
/** Which base map is drawn: the city's own, the outside one, or the own one in its stead. */
export type BaseMapState = 'own' | 'outside' | 'away'

/** Places are of WGS 84 wherever they are given or told, whatever the base map. */
export interface MapSession {
  readonly map: MapLibreMap
  /** The place drawn there. */
  placeAt(shown: { readonly lng: number; readonly lat: number }): LonLat
  /** Draws this at the next frame; a newer call before then replaces it. */
  show<P extends MapPart>(part: P, data: MapData[P]): void
  /** Layers not to be seen, now and in every style to come. */
  hide(groups: readonly LayerGroup[]): void
  restyle(dark: boolean, scale: number, textScale: number): void
  fit(bbox: BBox, durationMs: number): void
  /** `zoom` as on a desk; `pitch` in degrees. */
  focus(at: LonLat, zoom: number, camera: { readonly pitch: number; readonly durationMs: number }): void
  /** Keeps this place in the middle, moving there as it moves; null = no longer. */
  follow(at: LonLat | null, durationMs: number): void
  close(): void
}

export interface MapOptions {
  readonly container: HTMLElement
  readonly bbox: BBox
  readonly dark: boolean
  readonly scale: number
  readonly textScale: number
  readonly interactive: boolean
  /** At most one picture of new data in so long, ms: an eye at eight metres reads once a second. */
  readonly paceMs: number
  readonly outside: OutsideGround
  onBase(state: BaseMapState, attribution: string): void
  onFault(reason: unknown): void
  /** The camera came to rest: what it shows, and a little beyond the edges, in zooms of a desk. */
  onView(view: MapView): void
}

const bounds = ([west, south, east, north]: BBox, { shown }: Plane): LngLatBoundsLike => {
  const [[left, bottom], [right, top]] = [shown([west, south]), shown([east, north])]
  return [left, bottom, right, top]
}
const paddingPx = 24
/** Of the view's size, on each side: a map that is pushed a little has its marks already. */
const beyond = 0.15
/** A camera that moved within this time is not at rest. */
const restMs = 250
/** What is fitted is not come nearer to than this, as on a desk: of a single place its street is shown. */
const fitZoom = 15.5
/** Nearer to the middle than this nobody sees. */
const middlePx = 2

/** Opens a map. Throws where the browser has no WebGL. */
export function openMap(options: MapOptions): MapSession {
  const { onFault } = options
  const overlays: { [P in MapPart]: Overlay<MapData[P]> } = {
    names: groundNamesLayer(onFault),
    divisions: divisionsLayer(onFault),
    warnings: warningsLayer(),
    roads: roadFlowLayer(),
    heat: heatLayer(),
    sensors: sensorsLayer(),
    trail: crewTrailLayer(),
    units: unitsLayer(),
    incidents: incidentsLayer(),
    proposals: proposalsLayer(),
    sketch: sketchLayer(),
  }
  const parts = Object.keys(overlays) as MapPart[]
  const latest: Partial<MapData> = {}
  const dirty = new Set<MapPart>()
  let look = mapLook(options.dark, options.scale, options.textScale)
  let hidden: readonly LayerGroup[] = []
  let frame = 0
  let pause: ReturnType<typeof setTimeout> | null = null
  let flushedAt = -Infinity
  let isStyled = false
  let outsideStyle: OutsideStyle | null = null

  const map = new MapLibreMap({
    container: options.container,
    style: cityStyle(look),
    bounds: bounds(options.bbox, flat),
    fitBoundsOptions: { padding: paddingPx * options.scale },
    interactive: options.interactive,
    attributionControl: false,
    maplibreLogo: false,
    localIdeographFontFamily: pageFont,
    renderWorldCopies: false,
    // A fade is ten pictures instead of one: only for who looks from near.
    fadeDuration: options.interactive ? 150 : 0,
    maxPitch: 60,
    minZoom: 7,
    maxZoom: 19,
  })
  map.on('error', (event) => {
    // Whether that is a fault is the base map's to find out.
    if (isOfOutside(event.error)) base?.doubt()
    else onFault(event.error)
  })

  // `data-drawn`: for whoever waits until the view is whole, such as a picture of the page.
  const { dataset } = options.container
  const unfinished = () => void delete dataset['drawn']
  map.on('render', () => {
    // New marks each second keep a slow machine from ever being idle: the ground is what is waited for.
    if ('drawn' in dataset || !isStyled || map.isMoving()) return
    if (map.getSource(groundSource) === undefined || map.isSourceLoaded(groundSource)) dataset['drawn'] = ''
  })
  for (const begun of ['movestart', 'resize'] as const) map.on(begun, unfinished)

  map.setMissingStyleImageResolver((id) => addSensorIcon(map, id, look))

  const drawPart = <P extends MapPart>(part: P) => {
    const data = latest[part] as MapData[P] | undefined
    if (data !== undefined) overlays[part].show(map, data)
  }
  const flush = () => {
    frame = 0
    if (!isStyled) return
    flushedAt = performance.now()
    for (const part of parts) if (dirty.delete(part)) drawPart(part)
  }
  const nextFrame = () => {
    if (pause !== null) clearTimeout(pause)
    pause = null
    if (frame === 0) frame = requestAnimationFrame(flush)
  }
  const schedule = () => {
    if (frame !== 0 || pause !== null) return
    const waitMs = flushedAt + options.paceMs - performance.now()
    if (waitMs > 0) pause = setTimeout(nextFrame, waitMs)
    else nextFrame()
  }
  map.on('style.load', () => {
    addMarks(map, look)
    for (const part of parts) {
      overlays[part].install(map, look)
      dirty.add(part)
    }
    isStyled = true
    hideLayers(map, hidden)
    nextFrame()
  })

  const sayView = () => {
    const box = map.getBounds()
    const [lon, lat] = [(box.getEast() - box.getWest()) * beyond, (box.getNorth() - box.getSouth()) * beyond]
    const { real } = planeOf(map)
    const [west, south] = real([box.getWest() - lon, box.getSouth() - lat])
    const [east, north] = real([box.getEast() + lon, box.getNorth() + lat])
    const onEarth = (value: number, limit: number) => Math.max(-limit, Math.min(limit, Number(value.toFixed(4))))
    options.onView({
      bbox: [onEarth(west, 180), onEarth(south, 90), onEarth(east, 180), onEarth(north, 90)],
      zoom: Math.max(0, Number((map.getZoom() - look.zoom(0)).toFixed(2))),
    })
  }
  let viewTimer: ReturnType<typeof setTimeout> | null = null
  const viewSoon = () => {
    if (viewTimer !== null) clearTimeout(viewTimer)
    viewTimer = setTimeout(sayView, restMs)
  }
  let followed: { readonly at: LonLat; readonly durationMs: number } | null = null
  const toMiddle = () => {
    if (followed === null || map.isMoving()) return
    const [lng, lat] = planeOf(map).shown(followed.at)
    const { x, y } = map.project([lng, lat])
    const { clientWidth, clientHeight } = map.getContainer()
    if (Math.hypot(x - clientWidth / 2, y - clientHeight / 2) <= middlePx) return
    if (followed.durationMs === 0) map.jumpTo({ center: [lng, lat] })
    else map.easeTo({ center: [lng, lat], duration: followed.durationMs })
  }
  // What was on its way when the place was told goes on from there.
  map.on('idle', toMiddle)
  for (const moved of ['load', 'moveend', 'resize'] as const) map.on(moved, viewSoon)

  const drawStyle = () => {
    isStyled = false
    unfinished()
    const style = outsideStyle === null ? cityStyle(look) : inPageFont(outsideStyle, pageFont, location.origin)
    // Ours is tested, theirs has been looked over by the server: what a page finds it cannot mend.
    map.setStyle(style, { diff: false, validate: outsideStyle === null })
  }
  /** Everything stays where it is on the ground, also the camera. */
  function changeBase(style: OutsideStyle | null, attribution: string): void {
    const centre = planeOf(map).real([map.getCenter().lng, map.getCenter().lat])
    outsideStyle = style
    const plane = style === null ? flat : (options.outside ?? flat)
    if (plane !== planeOf(map)) {
      setPlane(map, plane)
      const [lng, lat] = plane.shown(centre)
      map.jumpTo({ center: [lng, lat] })
    }
    drawStyle()
    options.onBase(style === null ? 'away' : 'outside', attribution)
  }
  const base = options.outside === null ? null : watchOutsideBase({ onChange: changeBase })

  return {
    map,
    placeAt: ({ lng, lat }) => planeOf(map).real([lng, lat]),
    show(part, data) {
      latest[part] = data
      dirty.add(part)
      schedule()
    },
    hide(groups) {
      hidden = groups
      if (isStyled) hideLayers(map, hidden)
    },
    restyle(dark, scale, textScale) {
      look = mapLook(dark, scale, textScale)
      drawStyle()
    },
    fit(bbox, durationMs) {
      map.fitBounds(bounds(bbox, planeOf(map)), {
        padding: paddingPx * look.scale,
        duration: durationMs,
        maxZoom: look.zoom(fitZoom),
        pitch: 0,
        bearing: 0,
      })
    },
    focus(at, zoom, { pitch, durationMs }) {
      const [lng, lat] = planeOf(map).shown(at)
      const target = { center: [lng, lat] as [number, number], zoom: look.zoom(zoom), pitch }
      if (durationMs === 0) map.jumpTo(target)
      else map.flyTo({ ...target, duration: durationMs })
    },
    follow(at, durationMs) {
      followed = at === null ? null : { at, durationMs }
      toMiddle()
    },
    close() {
      base?.stop()
      cancelAnimationFrame(frame)
      if (pause !== null) clearTimeout(pause)
      if (viewTimer !== null) clearTimeout(viewTimer)
      for (const part of parts) overlays[part].dispose?.()
      map.remove()
    },
  }
}
