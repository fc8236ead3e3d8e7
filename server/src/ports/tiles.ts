import type { BBox } from '../../../shared/model/geo.ts'

/** One layer of the tiles, as TileJSON words it: its name, its fields with their kinds, and the zooms it is in. */
export interface TileLayer {
  readonly id: string
  readonly fields: Readonly<Record<string, string>>
  readonly minzoom: number
  readonly maxzoom: number
}

/** What there is to ask for. */
export interface TileSet {
  /** Of what the tiles are made from and how: another version, other tiles. */
  readonly version: string
  readonly minzoom: number
  readonly maxzoom: number
  /** Of all that is drawn; null where the pack draws nothing. */
  readonly bounds: BBox | null
  /** All there can be, also those this pack has nothing for. */
  readonly layers: readonly TileLayer[]
  /** Every letter names are written in, once each: who draws them has them ready. */
  readonly letters: string
}

/** Too many tiles wait to be made already: ask again. */
export class TilesBusy extends Error {
  override readonly name = 'TilesBusy'
  constructor() {
    super('too many map tiles are waited for')
  }
}

/** The city's ground as vector tiles (MVT 2, web mercator). Never works on the event loop's thread. */
export interface MapTiles {
  describe(): Promise<TileSet>
  /** A tile, gzipped; null where nothing is drawn. `z` within the set's zooms, `x` and `y` below 2^z. Throws TilesBusy. */
  tile(z: number, x: number, y: number): Promise<Buffer | null>
  close(): Promise<void>
}
