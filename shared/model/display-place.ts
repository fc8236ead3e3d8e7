/**
 * One picture over several machines: a display has a canvas, and each machine (`/wall?display=PART`) shows its part of it. The display is what the
 * programme and the desk know; parts only say who draws what. Space between parts is behind the frames of the screens.
 */
import type { Term } from './term.ts'

/** A part in units of its canvas, from the top left corner. */
export interface WallPart {
  /** As the machine's address names it. */
  readonly id: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}
export interface WallCanvas {
  readonly width: number
  readonly height: number
  readonly parts: readonly WallPart[]
}
/** Units of a canvas, and the least a part may be of it. */
export const largestCanvas = 32_768
export const smallestPart = 160
export const mostParts = 36

interface Placed {
  readonly id: string
  readonly name: Term
  readonly canvas?: WallCanvas
}

export interface Place {
  /** The display as programme and desk know it; null = nobody named one. */
  readonly display: string | null
  readonly canvas: WallCanvas | null
  /** Null = the whole picture. */
  readonly part: WallPart | null
}

/** What a machine of this name shows. A name no programme knows is a display of its own. */
export function placeOf(displays: readonly Placed[], name: string | null): Place {
  for (const { id, canvas } of displays) {
    if (id === name) return { display: id, canvas: canvas ?? null, part: null }
    const part = canvas?.parts.find((one) => one.id === name)
    if (part !== undefined) return { display: id, canvas: canvas ?? null, part }
  }
  return { display: name, canvas: null, part: null }
}

/** Names of the machines that ought to be on: each part of a canvas, else the display itself. */
export const machinesOf = (displays: readonly Placed[]): readonly string[] =>
  displays.flatMap(({ id, canvas }) => canvas?.parts.map((part) => part.id) ?? [id])

/** What is wrong with a canvas, in words for whoever wrote it; null = nothing. */
export function canvasProblem({ width, height, parts }: WallCanvas): string | null {
  const outside = parts.find((part) => part.x + part.width > width || part.y + part.height > height)
  if (outside !== undefined) return `part ${outside.id} reaches beyond the canvas of ${width} by ${height}`
  for (const [n, a] of parts.entries())
    for (const b of parts.slice(n + 1))
      if (a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height)
        return `parts ${a.id} and ${b.id} overlap`
  return null
}
