/** What passes between the server's thread and the one that makes tiles. */
import type { TileSet } from '../../ports/tiles.ts'

export interface TileOrder {
  readonly id: number
  readonly z: number
  readonly x: number
  readonly y: number
}

/** What has been found in the pack. */
export type Made = Pick<TileSet, 'bounds' | 'layers' | 'letters'>

export type TileAnswer =
  | ({ readonly kind: 'ready' } & Made)
  /** Gzipped; null where nothing is drawn. */
  | { readonly kind: 'tile'; readonly id: number; readonly bytes: Uint8Array | null }
  | { readonly kind: 'failed'; readonly id: number; readonly problem: string }
