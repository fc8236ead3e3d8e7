/**
 * A sensor's mark from near: the sign of its kind in the colour of its state, and where something is wrong the level's own shape at its
 * corner. Drawn when a map first needs it: of all there could be, a view shows a few.
 */
import type { MapLibreMap } from 'maplibre-gl'
import { priorities } from '../../../shared/model/alarm.ts'
import { addDrawn, traceLevel, type Draw } from './level-icons.ts'
import type { MapLook } from './map-look.ts'
import { sensorGlyphNames, sensorGlyphs, type SensorGlyph } from './sensor-glyphs.ts'

/** `late` = nothing is wrong that is known. */
export const sensorIconStates = ['normal', 'late', ...priorities] as const
export type SensorIconState = (typeof sensorIconStates)[number]

const prefix = 'kind'
const sizePx = 26
/** Shares of the mark's side. */
const [glyphSide, glyphBox, badgeSide] = [0.48, 16, 0.42]

export interface SensorIcon {
  readonly glyph: SensorGlyph
  readonly state: SensorIconState
}
/** The name of an image: `kind-GLYPH-STATE`. */
export const sensorIconId = ({ glyph, state }: SensorIcon): string => `${prefix}-${glyph}-${state}`

/** What an image of this name shows; null where it is none of these. */
export function sensorIconOf(id: string): SensorIcon | null {
  const [head, name, word] = id.split('-')
  const glyph = sensorGlyphNames.find((one) => one === name)
  const state = sensorIconStates.find((one) => String(one) === word)
  return head === prefix && glyph !== undefined && state !== undefined ? { glyph, state } : null
}

const draw =
  ({ glyph, state }: SensorIcon, look: MapLook): Draw =>
  (pen, size) => {
    const isLevel = state !== 'normal' && state !== 'late'
    pen.save()
    const side = size * glyphSide
    pen.translate((size - side) / 2, (size - side) / 2)
    pen.scale(side / glyphBox, side / glyphBox)
    pen.lineWidth = 1.9
    pen.lineCap = 'round'
    pen.lineJoin = 'round'
    pen.strokeStyle = isLevel ? look.levels[state] : look.labelStrong
    pen.globalAlpha = state === 'late' ? 0.55 : 1
    pen.stroke(new Path2D(sensorGlyphs[glyph]))
    pen.restore()
    if (!isLevel) return
    const badge = size * badgeSide
    pen.translate(size - badge, 0)
    traceLevel(pen, state, badge, 0.72)
    pen.lineJoin = 'round'
    pen.lineWidth = badge * 0.2
    pen.strokeStyle = look.halo
    pen.stroke()
    pen.fillStyle = look.levels[state]
    pen.fill()
  }

/** Draws the image a map lacks, where it is one of these. */
export function addSensorIcon(map: MapLibreMap, id: string, look: MapLook): void {
  const icon = sensorIconOf(id)
  if (icon !== null) addDrawn(map, id, sizePx, look, draw(icon, look))
}
