/** Which mappings speak of which data: beside the data as `NAME.replay.json`, or where `--mapping` points. */
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { checkMapping, type Mapping } from '../replay/mapping.ts'
import { UsageError } from './arguments.ts'

export interface MappedFile {
  readonly mapping: Mapping
  readonly mappingFile: string
  /** Folder the mapping's paths start from. */
  readonly dir: string
  readonly path: string
}

async function kindOf(path: string): Promise<'file' | 'folder'> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file'
  } catch (error) {
    throw new UsageError(`${path}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

async function mappingFiles(dir: string, suffix: string): Promise<string[]> {
  const names = (await readdir(dir)).filter((name) => name.endsWith(suffix)).sort()
  return names.map((name) => join(dir, name))
}

async function readMapping(path: string): Promise<Mapping> {
  let json: unknown
  try {
    json = JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    throw new UsageError(`${path}: ${error instanceof Error ? error.message : String(error)}`)
  }
  const checked = checkMapping(path, json)
  if (!checked.ok) throw new UsageError(checked.problems.join('\n        '))
  return checked.mapping
}

/** Everything to be played. A mapping whose data is not there is an error, for it would otherwise play nothing in silence. */
export async function findMapped(data: string, mapping: string | null): Promise<MappedFile[]> {
  const target = resolve(data)
  const isFolder = (await kindOf(target)) === 'folder'
  const dir = isFolder ? target : dirname(target)
  const from = mapping === null ? dir : resolve(mapping)
  const files =
    (await kindOf(from)) === 'file' ? [from] : await mappingFiles(from, mapping === null ? '.replay.json' : '.json')
  const found: MappedFile[] = []
  for (const file of files) {
    const read = await readMapping(file)
    const path = join(dir, read.file)
    if (!isFolder && path !== target) continue
    await kindOf(path)
    found.push({ mapping: read, mappingFile: file, dir, path })
  }
  if (found.length === 0)
    throw new UsageError(
      `no mapping says what ${isFolder ? `the files in ${data}` : basename(target)} mean: put NAME.replay.json beside the data, or give --mapping (docs/replay.md)`,
    )
  return found
}
