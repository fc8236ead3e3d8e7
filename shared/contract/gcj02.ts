/**
 * Where a place of WGS 84 lies on a base map drawn in GCJ-02, and back: for showing only, nothing is ever kept in GCJ-02. There and back
 * is within a centimetre; outside the formula's rectangle the two are the same.
 */
import gcoord from 'gcoord'
import type { LonLat } from '../model/geo.ts'
import { undone } from './pack-crs.ts'

export const toGcj02 = ([lon, lat]: LonLat): LonLat => gcoord.transform([lon, lat], gcoord.WGS84, gcoord.GCJ02)
export const fromGcj02 = ([lon, lat]: LonLat): LonLat => undone('GCJ02', lon, lat)
