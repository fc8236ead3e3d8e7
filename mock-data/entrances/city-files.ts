/** The parts of a city pack that people and devices need. Missing files are empty. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  checkHead,
  checkLayer,
  checkTable,
  type Checked,
  type LayerFeature,
  type LayerName,
  type PackHead,
  type TableFile,
  type TableRow,
} from '../../shared/contract/city-pack.ts'
import { UsageError } from './arguments.ts'

export interface CityFiles {
  readonly head: PackHead
  readonly divisions: readonly LayerFeature<'divisions'>[]
  readonly roads: readonly LayerFeature<'roads'>[]
  readonly places: readonly LayerFeature<'places'>[]
  readonly crews: readonly TableRow<'crews.json'>[]
  readonly devices: readonly TableRow<'devices.json'>[]
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
  const layer = async <N extends LayerName>(name: N): Promise<LayerFeature<N>[]> => {
    const json = await jsonOf(`${name}.geojson`)
    return json === undefined ? [] : sound(checkLayer(name, json))
  }
  const table = async <F extends TableFile>(file: F): Promise<TableRow<F>[]> => {
    const json = await jsonOf(file)
    return json === undefined ? [] : sound(checkTable(file, json))
  }
  const head = await jsonOf('pack.json')
  if (head === undefined) throw new UsageError(`there is no city pack in ${dir}`)
  return {
    head: sound(checkHead(head)),
    divisions: await layer('divisions'),
    roads: await layer('roads'),
    places: await layer('places'),
    crews: await table('crews.json'),
    devices: await table('devices.json'),
  }
}
