/** What passes between the server's thread and the one that makes tiles. */
import type { BBox } from '../../../../shared/model/geo.ts'
import type { TileLayer } from '../../ports/tiles.ts'

export interface TileOrder {
  readonly id: number
  readonly z: number
  readonly x: number
  readonly y: number
}

export type TileAnswer =
  | { readonly kind: 'ready'; readonly bounds: BBox | null; readonly layers: readonly TileLayer[] }
  /** Gzipped; null where nothing is drawn. */
  | { readonly kind: 'tile'; readonly id: number; readonly bytes: Uint8Array | null }
  | { readonly kind: 'failed'; readonly id: number; readonly problem: string }
