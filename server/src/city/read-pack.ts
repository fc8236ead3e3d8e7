/**
 * Reads a city pack's folder. Guarantees that what it answers fits the format, holds together and stands in
 * WGS 84; else throws one error that lists every problem by file, feature and field. Knows nothing of searching.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  layerNames,
  type LayerFeature,
  type LayerName,
  type PackHead,
  type TableFile,
  type TableRow,
} from '../../../shared/contract/city-pack.ts'
import { looseEnds } from '../../../shared/contract/city-pack-ties.ts'
import { checkDutyBook } from '../../../shared/contract/duty-book.ts'
import type { DutyBook } from '../../../shared/model/duty-roster.ts'
import { checkProgramme } from '../../../shared/contract/display.ts'
import type { WallProgramme } from '../../../shared/model/display.ts'
import { checkModes } from '../../../shared/contract/mode-effects.ts'
import type { ModeTable } from '../../../shared/model/mode-effects.ts'
import { checkCaseSettings } from '../../../shared/contract/case-settings.ts'
import { defaultCaseSettings, type CaseSettings } from '../../../shared/model/case-settings.ts'
import { checkDispatch } from '../../../shared/contract/dispatch-settings.ts'
import type { DispatchSettings } from '../../../shared/model/dispatch-settings.ts'
import { checkCalendar, checkHead, checkLayer, checkTable, type Checked } from '../../../shared/contract/pack-check.ts'
import { featuresInWgs84, rowsInWgs84 } from '../../../shared/contract/pack-crs.ts'
import { CityPackError } from './city-pack-error.ts'
import type { WorkingCalendar } from '../../../shared/model/working-calendar.ts'

export interface PackContent {
  readonly head: PackHead
  readonly divisions: readonly LayerFeature<'divisions'>[]
  readonly grids: readonly LayerFeature<'grids'>[]
  readonly roads: readonly LayerFeature<'roads'>[]
  readonly placeIds: readonly string[]
  readonly departments: readonly TableRow<'departments.json'>[]
  readonly crews: readonly TableRow<'crews.json'>[]
  readonly cameras: readonly TableRow<'cameras.json'>[]
  readonly parts: readonly TableRow<'parts.json'>[]
  readonly caseClasses: readonly TableRow<'case-classes.json'>[] | null
  readonly alarmRules: readonly TableRow<'alarm-rules.json'>[] | null
  readonly plans: readonly TableRow<'plans.json'>[]
  readonly calendar: WorkingCalendar | null
  readonly dispatch: Partial<DispatchSettings>
  readonly caseSettings: CaseSettings
  /** Null = as is customary. */
  readonly modes: ModeTable | null
  /** Null = no roster of duty is kept here. */
  readonly duty: DutyBook | null
  readonly programme: WallProgramme | null
  /** Each layer as GeoJSON in WGS 84: the file as it stands, where that is what it is in. */
  readonly layers: ReadonlyMap<LayerName, Uint8Array>
}

const isMissing = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT'

/** Reads all files of a pack but `devices.json`. All but `pack.json` may be missing: then there are none of these. */
export async function readPack(dir: string): Promise<PackContent> {
  const problems: string[] = []
  const read = async <T>(
    file: string,
    rule: (json: unknown) => Checked<T>,
  ): Promise<{ readonly bytes: Buffer; readonly value: T | null } | null> => {
    let bytes: Buffer
    try {
      bytes = await readFile(join(dir, file))
    } catch (error) {
      if (isMissing(error)) return null
      throw error
    }
    let json: unknown
    try {
      json = JSON.parse(bytes.toString('utf8'))
    } catch (error) {
      problems.push(`${file}: not JSON: ${error instanceof Error ? error.message : String(error)}`)
      return { bytes, value: null }
    }
    const checked = rule(json)
    if (checked.ok) return { bytes, value: checked.value }
    problems.push(...checked.problems)
    return { bytes, value: null }
  }
  const headRead = await read('pack.json', checkHead)
  if (headRead === null) throw new CityPackError(dir, ['pack.json: missing'])
  const crs = headRead.value?.crs ?? 'WGS84'
  const layers = new Map<LayerName, Uint8Array>()
  const layer = async <N extends LayerName>(layerName: N): Promise<readonly LayerFeature<N>[]> => {
    const found = await read(`${layerName}.geojson`, (json) => checkLayer(layerName, json))
    if (found === null) return []
    const asWritten: readonly LayerFeature<N>[] = found.value ?? []
    const features = featuresInWgs84(crs, asWritten)
    layers.set(
      layerName,
      features === asWritten ? found.bytes : Buffer.from(JSON.stringify({ type: 'FeatureCollection', features })),
    )
    return features
  }
  const table = async <F extends TableFile>(file: F): Promise<readonly TableRow<F>[] | null> => {
    const rows = (await read(file, (json) => checkTable(file, json)))?.value
    return rows ? rowsInWgs84(crs, rows) : null
  }
  const kept = new Set<LayerName>(['divisions', 'grids', 'roads', 'places'])
  const divisions = await layer('divisions')
  const grids = await layer('grids')
  const roads = await layer('roads')
  const placeIds = (await layer('places')).map((place) => place.properties.id)
  // The others are only drawn: their features are checked and let go.
  for (const drawn of layerNames) if (!kept.has(drawn)) await layer(drawn)
  const content = {
    divisions,
    grids,
    roads,
    placeIds,
    departments: (await table('departments.json')) ?? [],
    crews: (await table('crews.json')) ?? [],
    cameras: (await table('cameras.json')) ?? [],
    parts: (await table('parts.json')) ?? [],
    caseClasses: await table('case-classes.json'),
    alarmRules: await table('alarm-rules.json'),
    plans: (await table('plans.json')) ?? [],
    calendar: (await read('calendar.json', checkCalendar))?.value ?? null,
    dispatch: (await read('dispatch.json', checkDispatch))?.value ?? {},
    modes: (await read('modes.json', checkModes))?.value ?? null,
    duty: (await read('duty.json', checkDutyBook))?.value ?? null,
    programme: (await read('displays.json', checkProgramme))?.value ?? null,
    caseSettings: (await read('case-settings.json', checkCaseSettings))?.value ?? defaultCaseSettings,
  }
  if (headRead.value === null || problems.length) throw new CityPackError(dir, problems)
  const loose = looseEnds(content)
  if (loose.length) throw new CityPackError(dir, loose)
  return { head: headRead.value, ...content, layers }
}
