/** How the wall's picture lies in a machine's window: all of it, or this machine's part of a canvas. Pure. */
import type { WallCanvas, WallPart } from '../../../../shared/model/display-place.ts'

export interface Size {
  readonly width: number
  readonly height: number
}
export interface WallWindow extends Size {
  /** CSS pixels a unit of a picture 1080 high stands for. */
  readonly unit: number
  /** Where the picture's left upper corner is in the window, CSS pixels. */
  readonly x: number
  readonly y: number
  /** What is cut from the picture's four sides, where it is one part of more; null = nothing. */
  readonly inset: {
    readonly top: number
    readonly right: number
    readonly bottom: number
    readonly left: number
  } | null
}

/** Wide enough for more columns: 2.6:1, and 4.4:1. */
export const isWidePicture = ({ width, height }: Size): boolean => width / height >= 2.6
export const isUltraPicture = ({ width, height }: Size): boolean => width / height >= 4.4

/** A part keeps its shape: where the window has another, the rest stays dark. */
export function wallWindow(window: Size, canvas: WallCanvas | null, part: WallPart | null): WallWindow {
  if (canvas === null) return { ...window, unit: window.height / 1080, x: 0, y: 0, inset: null }
  const whole = part ?? { x: 0, y: 0, width: canvas.width, height: canvas.height }
  const scale = Math.min(window.width / whole.width, window.height / whole.height)
  return {
    width: canvas.width * scale,
    height: canvas.height * scale,
    unit: (canvas.height * scale) / 1080,
    x: (window.width - whole.width * scale) / 2 - whole.x * scale,
    y: (window.height - whole.height * scale) / 2 - whole.y * scale,
    inset: {
      top: whole.y * scale,
      right: (canvas.width - whole.x - whole.width) * scale,
      bottom: (canvas.height - whole.y - whole.height) * scale,
      left: whole.x * scale,
    },
  }
}
