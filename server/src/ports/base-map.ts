import type { MapCrs } from '../../../shared/contract/base-map.ts'

/** What pages draw beneath everything, now. */
export interface BaseMapState {
  /** A MapLibre style whose every address is of this server; null = the city's own ground is drawn. */
  readonly style: object | null
  /** Who made it, as plain text. */
  readonly attribution: string
}

/** Bytes from elsewhere, as they may be given on. */
export interface OutsideAnswer {
  /** 200, 204, 304 or 404; everything else is a fault of the other side. */
  readonly status: 200 | 204 | 304 | 404
  /** Made from what was asked for, never what the other side says of itself. */
  readonly type: string
  readonly bytes: Buffer
  readonly isZipped: boolean
  readonly etag: string | null
  readonly cacheControl: string | null
}

/** The other side does not answer, or not with what was asked for. */
export class OutsideFault extends Error {
  override readonly name = 'OutsideFault'
}

/** A base map of somebody else, set by MAP_STYLE. The server alone asks for it: no page ever asks another host. */
export interface BaseMap {
  /** False where none is set. */
  readonly isOutside: boolean
  readonly crs: MapCrs
  /** Never throws: where the style cannot be had, the state says so. Asks again by itself, but not at every call. */
  state(): Promise<BaseMapState>
  /**
   * What the style names, by the address the style was given for it: `path` is what follows `/map/outside/`. Null where the style names
   * no such thing. Throws OutsideFault.
   */
  ask(path: string, knownEtag: string | null): Promise<OutsideAnswer | null>
}
