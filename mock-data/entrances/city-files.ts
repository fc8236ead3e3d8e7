/** The parts of a city pack that people and devices need, in WGS 84. Missing files are empty. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type LayerFeature,
  type LayerName,
  type PackHead,
  type TableFile,
  type TableRow,
} from '../../shared/contract/city-pack.ts'
import { checkCalendar, checkHead, checkLayer, checkTable, type Checked } from '../../shared/contract/pack-check.ts'
import { checkCaseSettings } from '../../shared/contract/case-settings.ts'
import { featuresInWgs84, rowsInWgs84 } from '../../shared/contract/pack-crs.ts'
import { defaultCaseSettings, type CaseSettings } from '../../shared/model/case-settings.ts'
import { UsageError } from './arguments.ts'
import type { WorkingCalendar } from '../../shared/model/working-calendar.ts'

export interface CityFiles {
  readonly head: PackHead
  readonly divisions: readonly LayerFeature<'divisions'>[]
  readonly roads: readonly LayerFeature<'roads'>[]
  readonly places: readonly LayerFeature<'places'>[]
  readonly departments: readonly TableRow<'departments.json'>[]
  /** Empty = the built-in ones. */
  readonly caseClasses: readonly TableRow<'case-classes.json'>[]
  readonly caseSettings: CaseSettings
  readonly crews: readonly TableRow<'crews.json'>[]
  readonly devices: readonly TableRow<'devices.json'>[]
  readonly calendar: WorkingCalendar | null
}

export async function readCityFiles(dir: string): Promise<CityFiles> {
  const jsonOf = async (file: string): Promise<unknown> => {
    try {
      return JSON.parse(await readFile(join(dir, file), 'utf8'))
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
      throw new UsageError(`${join(dir, file)}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  const sound = <T>(checked: Checked<T>): T => {
    if (!checked.ok) throw new UsageError(`the city pack ${dir} cannot be used: ${checked.problems.join('; ')}`)
    return checked.value
  }
  const headJson = await jsonOf('pack.json')
  if (headJson === undefined) throw new UsageError(`there is no city pack in ${dir}`)
  const head = sound(checkHead(headJson))
  const calendarJson = await jsonOf('calendar.json')
  const settingsJson = await jsonOf('case-settings.json')
  const layer = async <N extends LayerName>(name: N): Promise<readonly LayerFeature<N>[]> => {
    const json = await jsonOf(`${name}.geojson`)
    return json === undefined ? [] : featuresInWgs84(head.crs, sound(checkLayer(name, json)))
  }
  const table = async <F extends TableFile>(file: F): Promise<readonly TableRow<F>[]> => {
    const json = await jsonOf(file)
    return json === undefined ? [] : rowsInWgs84(head.crs, sound(checkTable(file, json)))
  }
  return {
    head,
    divisions: await layer('divisions'),
    roads: await layer('roads'),
    places: await layer('places'),
    departments: await table('departments.json'),
    caseClasses: await table('case-classes.json'),
    caseSettings: settingsJson === undefined ? defaultCaseSettings : sound(checkCaseSettings(settingsJson)),
    crews: await table('crews.json'),
    devices: await table('devices.json'),
    calendar: calendarJson === undefined ? null : sound(checkCalendar(calendarJson)),
  }
}
