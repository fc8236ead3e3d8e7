/**
 * Marks drawn by hand for the map: the four level shapes ■ ◆ ▲ ●, crews' arrows and dots. Shape says the level as surely as
 * colour does, so nobody needs colour.
 */
import type { MapLibreMap } from 'maplibre-gl'
import { priorities, type Priority } from '../../../shared/model/alarm.ts'
import type { MapLook } from './map-look.ts'

/** Draws a mark into a square of so many pixels. */
export type Draw = (pen: CanvasRenderingContext2D, size: number) => void

/** Traces the level's shape, centred, filling about `reach` of the half size. Shapes have equal weight to the eye. */
export function traceLevel(pen: CanvasRenderingContext2D, level: Priority, size: number, reach: number): void {
  const c = size / 2
  const r = c * reach
  pen.beginPath()
  if (level === 1) {
    const h = r * 0.84
    pen.rect(c - h, c - h, 2 * h, 2 * h)
  } else if (level === 2) {
    pen.moveTo(c, c - r * 1.1)
    pen.lineTo(c + r * 1.1, c)
    pen.lineTo(c, c + r * 1.1)
    pen.lineTo(c - r * 1.1, c)
  } else if (level === 3) {
    pen.moveTo(c, c - r * 1.05)
    pen.lineTo(c + r * 1.08, c + r * 0.82)
    pen.lineTo(c - r * 1.08, c + r * 0.82)
  } else {
    pen.arc(c, c, r * 0.92, 0, Math.PI * 2)
  }
  pen.closePath()
}

const filledLevel =
  (level: Priority, look: MapLook): Draw =>
  (pen, size) => {
    traceLevel(pen, level, size, 0.72)
    pen.lineJoin = 'round'
    pen.lineWidth = size * 0.16
    pen.strokeStyle = look.halo
    pen.stroke()
    pen.fillStyle = look.levels[level]
    pen.fill()
  }

const hollowLevel =
  (level: Priority, look: MapLook): Draw =>
  (pen, size) => {
    traceLevel(pen, level, size, 0.78)
    pen.lineJoin = 'round'
    pen.fillStyle = look.halo
    pen.fill()
    pen.lineWidth = size * 0.07
    pen.strokeStyle = look.levels[level]
    pen.stroke()
  }

const crewArrow =
  (colour: string, look: MapLook): Draw =>
  (pen, size) => {
    const c = size / 2
    const r = c * 0.78
    pen.beginPath()
    pen.moveTo(c, c - r)
    pen.lineTo(c + r * 0.74, c + r * 0.82)
    pen.lineTo(c, c + r * 0.42)
    pen.lineTo(c - r * 0.74, c + r * 0.82)
    pen.closePath()
    pen.lineJoin = 'round'
    pen.lineWidth = size * 0.16
    pen.strokeStyle = look.halo
    pen.stroke()
    pen.fillStyle = colour
    pen.fill()
  }

const crewDot =
  (colour: string, look: MapLook, hollow: boolean): Draw =>
  (pen, size) => {
    const c = size / 2
    const h = c * 0.46
    pen.beginPath()
    pen.roundRect(c - h, c - h, 2 * h, 2 * h, h * 0.55)
    pen.lineWidth = size * 0.2
    pen.strokeStyle = look.halo
    pen.stroke()
    pen.fillStyle = hollow ? look.halo : colour
    pen.fill()
    pen.lineWidth = size * 0.08
    pen.strokeStyle = colour
    pen.stroke()
  }

const placeDot =
  (look: MapLook, isStation: boolean): Draw =>
  (pen, size) => {
    const c = size / 2
    pen.beginPath()
    pen.arc(c, c, c * (isStation ? 0.62 : 0.42), 0, Math.PI * 2)
    pen.fillStyle = isStation ? look.halo : look.placeName
    pen.fill()
    pen.lineWidth = size * (isStation ? 0.2 : 0.1)
    pen.strokeStyle = isStation ? look.placeName : look.halo
    pen.stroke()
  }

/** A dot, and where it looks one way, the way it looks. */
const camera =
  (look: MapLook, isFixed: boolean): Draw =>
  (pen, size) => {
    const c = size / 2
    pen.fillStyle = look.part
    if (isFixed) {
      pen.globalAlpha = 0.45
      pen.beginPath()
      pen.moveTo(c, c)
      pen.lineTo(c - c * 0.55, c * 0.12)
      pen.lineTo(c + c * 0.55, c * 0.12)
      pen.closePath()
      pen.fill()
      pen.globalAlpha = 1
    }
    pen.beginPath()
    pen.arc(c, c, c * 0.3, 0, Math.PI * 2)
    pen.fill()
    pen.lineWidth = size * 0.06
    pen.strokeStyle = look.halo
    pen.stroke()
  }

/** Adds an image to the map's style, in the place of its older self; `sizePx` on a desk. */
export function addDrawn(map: MapLibreMap, id: string, sizePx: number, look: MapLook, draw: Draw): void {
  // Twice the pixels: sharp on a wall of any density.
  const pixelRatio = 2
  const size = Math.round(sizePx * look.scale * pixelRatio)
  const canvas = document.createElement('canvas')
  canvas.width = size
  canvas.height = size
  const pen = canvas.getContext('2d')
  if (pen === null) return
  draw(pen, size)
  if (map.hasImage(id)) map.removeImage(id)
  map.addImage(id, pen.getImageData(0, 0, size, size), { pixelRatio })
}

/** Adds every mark to the map's style: `level-N`, `cluster-N`, `sensor-N`, `crew-{busy,idle}`, `crew-dot-{busy,idle,stale}`, `place-{dot,station}`, `camera{,-dome}`. */
export function addMarks(map: MapLibreMap, look: MapLook): void {
  for (const level of priorities) {
    addDrawn(map, `level-${level}`, level === 1 ? 26 : 22, look, filledLevel(level, look))
    addDrawn(map, `cluster-${level}`, 34, look, hollowLevel(level, look))
    addDrawn(map, `sensor-${level}`, 13, look, filledLevel(level, look))
  }
  addDrawn(map, 'place-dot', 7, look, placeDot(look, false))
  addDrawn(map, 'place-station', 10, look, placeDot(look, true))
  addDrawn(map, 'camera', 22, look, camera(look, true))
  addDrawn(map, 'camera-dome', 16, look, camera(look, false))
  addDrawn(map, 'crew-busy', 20, look, crewArrow(look.crew, look))
  addDrawn(map, 'crew-idle', 16, look, crewArrow(look.crewIdle, look))
  addDrawn(map, 'crew-dot-busy', 18, look, crewDot(look.crew, look, false))
  addDrawn(map, 'crew-dot-idle', 14, look, crewDot(look.crewIdle, look, false))
  addDrawn(map, 'crew-dot-stale', 14, look, crewDot(look.crewIdle, look, true))
}
