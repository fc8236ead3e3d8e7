/**
 * Displays that are on (大屏在线): what each says of itself, and the list officers see. No business of the city's: it is in no log and is known anew
 * after a start of the server. A display that falls silent is told; it cannot tell itself.
 */
import { z } from 'zod'
import { wallScenes, type WallScene } from '../model/wall-scene.ts'
import type { Instant } from '../model/ids.ts'
import { displayIdSchema } from './display.ts'

const pixels = z.number().int().min(1).max(65_535)

/** Said at each pulse and whenever it changes; null = this page is a wall no more. */
export const displayHereSchema = z
  .object({
    /** Its name, or that of its part; null = an address without a name. */
    name: displayIdSchema.nullable(),
    scene: z.enum(wallScenes),
    /** The window in CSS pixels. */
    widthPx: pixels,
    heightPx: pixels,
    /** Which build of the pages it runs (`HelloAnswer.build`). */
    build: z.string().min(1).max(120).nullable(),
    /** The browser does not show it: covered, minimised, locked. */
    isHidden: z.boolean(),
    /** The pulse that is on the page: its `at`, by the server's clock. */
    pulseAt: z.number().int().min(0).nullable(),
  })
  .nullable()
export type DisplayHere = z.infer<typeof displayHereSchema>

export interface DisplayNow {
  /** The display's own line; null = a display of the programme that has not been on since the server started. */
  readonly displayId: string | null
  readonly name: string | null
  readonly scene: WallScene | null
  readonly widthPx: number | null
  readonly heightPx: number | null
  readonly build: string | null
  readonly isHidden: boolean
  readonly seenAt: Instant | null
  /** From the server's word to the display's answer that it is on the page, ms; null = not known. */
  readonly lagMs: number | null
  /** Silent for longer than `displayLostMs`, or never on. */
  readonly isLost: boolean
}

/** The server's pulse comes every 5 s: four that nobody answered. */
export const displayLostMs = 20_000
/** A display no programme knows is forgotten after this long. */
export const displayForgottenMs = 3_600_000
export const mostDisplaysOn = 200
