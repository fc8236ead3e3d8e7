/** The GeoJSON files of an import, with the flags that speak of each. */
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { namedInFile, readCoordinateSystem } from '../city/coordinates.ts'
import type { DivisionSource } from '../city/import-city.ts'
import { CoordinatesError, toWgs84 } from '../city/to-wgs84.ts'
import { UsageError } from './arguments.ts'

export const divisionFlags = [
  'level',
  'id-field',
  'name-field',
  'name-en-field',
  'name-template',
  'name-en-template',
  'crs',
] as const

interface FileFlags {
  readonly path: string
  readonly given: ReadonlyMap<string, string>
}

/** The flags after each `--divisions` belong to it. */
export function divisionFiles(ordered: readonly (readonly [string, string])[]): FileFlags[] {
  const files: { path: string; given: Map<string, string> }[] = []
  for (const [flag, value] of ordered) {
    if (flag === 'divisions') files.push({ path: value, given: new Map() })
    else if ((divisionFlags as readonly string[]).includes(flag)) {
      const file = files.at(-1)
      if (!file) throw new UsageError(`--${flag} belongs behind the --divisions it speaks of`)
      file.given.set(flag, value)
    }
  }
  return files
}

function fieldsOf(json: unknown): Set<string> {
  const features = (json as { features?: { properties?: object | null }[] } | null)?.features
  return new Set(Object.keys((Array.isArray(features) ? features[0]?.properties : null) ?? {}))
}

/** The file's features in WGS 84: as `--crs` says, else as the file says itself, else as it is. */
function inDegrees(json: unknown, file: string, flag: string | undefined): unknown {
  const own = namedInFile(json)
  const system = readCoordinateSystem(flag ?? own ?? 'wgs84')
  if (typeof system === 'string')
    throw new UsageError(flag === undefined ? `${file}: names its coordinate system ${system}` : `--crs ${system}`)
  try {
    return toWgs84(json, file, system)
  } catch (error) {
    throw error instanceof CoordinatesError ? new UsageError(error.message) : error
  }
}

export async function readDivisionFile({ path, given }: FileFlags, index: number): Promise<DivisionSource> {
  let json: unknown
  try {
    json = JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    throw new UsageError(`${path}: ${error instanceof Error ? error.message : String(error)}`)
  }
  const level = given.get('level') ?? (index === 0 ? '2' : '3')
  if (level !== '2' && level !== '3') throw new UsageError(`--level is ${level}; allowed: 2 or 3`)
  const fields = fieldsOf(json)
  const known = (flag: string, ...guesses: string[]) => {
    const field = given.get(flag)
    if (field !== undefined && !fields.has(field))
      throw new UsageError(
        `--${flag} ${field}: ${basename(path)} has no such property; it has ${[...fields].join(', ')}`,
      )
    return field ?? guesses.find((guess) => fields.has(guess)) ?? null
  }
  const nameField = known('name-field', 'name', 'Name', 'NAME')
  if (nameField === null)
    throw new UsageError(`${basename(path)}: say --name-field; it has ${[...fields].join(', ') || 'no properties'}`)
  return {
    file: basename(path),
    level: level === '2' ? 2 : 3,
    idField: known('id-field', 'id'),
    nameField,
    nameEnField: known('name-en-field'),
    nameTemplate: given.get('name-template') ?? null,
    nameEnTemplate: given.get('name-en-template') ?? null,
    json: inDegrees(json, basename(path), given.get('crs')),
  }
}
