/** The base map as pages are told of it: whose it is, how its ground lies, and, at `/map/basemap.json`, its style. */

/** How a base map is drawn: `gcj02` lies some hundred metres off WGS 84, by the formula of GCJ-02. */
export const mapCrsNames = ['wgs84', 'gcj02'] as const
export type MapCrs = (typeof mapCrsNames)[number]

/** Part of `GET /api/v1/city`. */
export interface BaseMapInfo {
  /** A base map of somebody else is set (MAP_STYLE). */
  readonly isOutside: boolean
  readonly crs: MapCrs
}

/** `GET /map/basemap.json`: null while the outside style cannot be had, or where none is set. */
export interface BaseMapAnswer {
  readonly style: object | null
  readonly attribution: string
}

/** Where a style's own files lie under the site, and in DATA_DIR. */
export const baseMapFolder = { path: '/map/basemap/', name: 'basemap' } as const
/** The file in that folder an address of the site means; null where it means none, or another place. */
export function baseMapFile(path: string): string | null {
  if (!path.startsWith(baseMapFolder.path)) return null
  const name = path.slice(baseMapFolder.path.length)
  return /^(?!\.)[\w.@-]+(?:\/(?!\.)[\w.@-]+)*$/.test(name) ? name : null
}
/** Where pages ask for what an outside style names. */
export const outsidePath = '/map/outside/'
/** Before the ids of an outside style's sources and layers, so that they are never ours. */
export const outsidePrefix = 'outside:'
