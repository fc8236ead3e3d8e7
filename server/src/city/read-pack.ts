/**
 * Reads a city pack's folder. Guarantees that what it answers fits the format and holds together (ids unique, parents and
 * departments known); else throws one error that lists every problem by file, feature and field. Knows nothing of searching.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  checkHead,
  checkLayer,
  checkTable,
  layerNames,
  type Checked,
  type LayerFeature,
  type LayerName,
  type PackHead,
  type TableFile,
  type TableRow,
} from '../../../shared/contract/city-pack.ts'
import { looseEnds } from '../../../shared/contract/city-pack-ties.ts'

/** A pack that cannot be used, with all that is wrong with it. */
export class CityPackError extends Error {
  readonly problems: readonly string[]
  constructor(dir: string, problems: readonly string[]) {
    super(`The city pack ${dir} cannot be used:\n  ${problems.join('\n  ')}`)
    this.name = 'CityPackError'
    this.problems = problems
  }
}

export interface PackContent {
  readonly head: PackHead
  readonly divisions: readonly LayerFeature<'divisions'>[]
  readonly roads: readonly LayerFeature<'roads'>[]
  readonly departments: readonly TableRow<'departments.json'>[]
  readonly crews: readonly TableRow<'crews.json'>[]
  readonly caseClasses: readonly TableRow<'case-classes.json'>[] | null
  readonly alarmRules: readonly TableRow<'alarm-rules.json'>[] | null
  /** Each layer's file as it stands. */
  readonly layers: ReadonlyMap<LayerName, Uint8Array>
}

const isMissing = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT'

/** Reads all files of a pack. `divisions.geojson`, `departments.json` and `crews.json` may be missing: then there are none. */
export async function readPack(dir: string): Promise<PackContent> {
  const problems: string[] = []
  const bytesOf = async (file: string): Promise<Buffer | null> => {
    try {
      return await readFile(join(dir, file))
    } catch (error) {
      if (isMissing(error)) return null
      throw error
    }
  }
  const check = <T>(file: string, bytes: Buffer | null, rule: (json: unknown) => Checked<T>): T | null => {
    if (bytes === null) return null
    let json: unknown
    try {
      json = JSON.parse(bytes.toString('utf8'))
    } catch (error) {
      problems.push(`${file}: not JSON: ${error instanceof Error ? error.message : String(error)}`)
      return null
    }
    const checked = rule(json)
    if (checked.ok) return checked.value
    problems.push(...checked.problems)
    return null
  }
  const headBytes = await bytesOf('pack.json')
  if (headBytes === null) throw new CityPackError(dir, ['pack.json: missing'])
  const head = check('pack.json', headBytes, checkHead)
  const layers = new Map<LayerName, Uint8Array>()
  const layer = async <N extends LayerName>(layerName: N) => {
    const bytes = await bytesOf(`${layerName}.geojson`)
    const features = check(`${layerName}.geojson`, bytes, (json) => checkLayer(layerName, json))
    if (bytes !== null) layers.set(layerName, bytes)
    return features ?? []
  }
  const table = async <F extends TableFile>(file: F) =>
    check(file, await bytesOf(file), (json) => checkTable(file, json))
  const divisions = await layer('divisions')
  const roads = await layer('roads')
  for (const other of layerNames) if (other !== 'divisions' && other !== 'roads') await layer(other)
  const content = {
    divisions,
    roads,
    departments: (await table('departments.json')) ?? [],
    crews: (await table('crews.json')) ?? [],
    caseClasses: await table('case-classes.json'),
    alarmRules: await table('alarm-rules.json'),
  }
  if (head === null || problems.length) throw new CityPackError(dir, problems)
  const loose = looseEnds(content)
  if (loose.length) throw new CityPackError(dir, loose)
  return { head, ...content, layers }
}
