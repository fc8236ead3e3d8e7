/** `npm run city -- import …`: reads GeoJSON files, writes a pack, says what was left out and why. */
import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { checkHead } from '../../shared/contract/pack-check.ts'
import { importCity, type DivisionSource } from '../city/import-city.ts'
import { UsageError, type Arguments } from './arguments.ts'
import { writePack } from './write-pack.ts'

const perFile = ['level', 'id-field', 'name-field', 'name-en-field', 'name-template', 'name-en-template'] as const
export const importFlags = [
  'divisions',
  ...perFile,
  'name',
  'name-en',
  'id',
  'time-zone',
  'attribution',
  'crews',
  'seed',
  'out',
]

export const importHelp = `  import --divisions FILE [--level 2|3] [--id-field F] [--name-field F] [--name-en-field F]
         [--name-template T] [--name-en-template T] [--divisions FILE …] --name NAME --time-zone ZONE --out DIR
         [--name-en NAME] [--id ID] [--attribution TEXT] [--crews N] [--seed N]

    --divisions FILE     GeoJSON polygons of one level; give it again for the next level
      --level 2|3        2 = districts (first file's default), 3 = streets or neighbourhoods (next files' default)
      --id-field F       property with the id (default: "id" where each feature has it, else numbered)
      --name-field F     property with the name (default: "name", else "Name")
      --name-en-field F  property with the English name (default: the name)
      --name-template T  words around the name, {} standing for it: "第{}选区"
      --name-en-template T  the same for the English name: "District {}"
    --name NAME          the city's name, as its people write it
    --name-en NAME       in English (default: the name)
    --id ID              short id: small letters, digits, hyphens (default: from the English name)
    --time-zone ZONE     IANA zone, for example Asia/Shanghai: the city's calendar day
    --attribution TEXT   whose data this is; shown with the map
    --crews N            crews to make up, spread over districts and departments (default 0)
    --seed N             seed of what is made up (default 1)
    --out DIR            where the pack goes`

interface FileFlags {
  readonly path: string
  readonly given: ReadonlyMap<string, string>
}

/** The flags after each `--divisions` belong to it. */
function fileFlags(ordered: readonly (readonly [string, string])[]): FileFlags[] {
  const files: { path: string; given: Map<string, string> }[] = []
  for (const [flag, value] of ordered) {
    if (flag === 'divisions') files.push({ path: value, given: new Map() })
    else if ((perFile as readonly string[]).includes(flag)) {
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

async function readSource({ path, given }: FileFlags, index: number): Promise<DivisionSource> {
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
    json,
  }
}

export async function importCommand(
  args: Arguments & { readonly ordered: readonly (readonly [string, string])[] },
): Promise<void> {
  const files = fileFlags(args.ordered)
  const needed = (flag: string) => {
    const value = args.text(flag)
    if (value === null) throw new UsageError(`import needs --${flag}`)
    return value
  }
  if (files.length === 0) throw new UsageError('import needs --divisions FILE')
  const name = needed('name')
  const nameEn = args.text('name-en') ?? name
  const out = resolve(needed('out'))
  const slug = nameEn
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  const head = checkHead({
    format: 1,
    id: args.text('id') ?? (slug || 'city'),
    name,
    nameEn,
    timeZone: needed('time-zone'),
    version: '1',
    seed: Math.trunc(args.number('seed', 1, 0, 4_294_967_295)),
    attribution: args.text('attribution') ?? '',
  })
  if (!head.ok) throw new UsageError(head.problems.join('; '))
  const sources = []
  for (const [index, file] of files.entries()) sources.push(await readSource(file, index))
  const isScreen = process.stdout.isTTY
  const {
    files: pack,
    divisions,
    report,
  } = importCity(sources, {
    head: head.value,
    crews: Math.trunc(args.number('crews', 0, 0, 5000)),
    onProgress: (done, total) => {
      if (isScreen) process.stdout.write(`\r  ${done} of ${total} features`)
    },
  })
  if (isScreen) process.stdout.write('\n')
  await writePack(out, pack)
  for (const { file, feature, reason } of report.dropped)
    console.log(`  left out: ${file} feature ${feature}: ${reason}`)
  for (const { file, feature, remark } of report.remarks) console.log(`  note: ${file} feature ${feature}: ${remark}`)
  const count = (level: number) => divisions.filter((d) => d.properties.level === level).length
  console.log(
    `${name}: read ${report.read} features, kept ${report.kept} (${count(2)} districts, ${count(3)} streets or neighbourhoods), left out ${report.dropped.length}`,
  )
  console.log('no roads in this pack: travel times are straight line × 1.3 at 30 km/h, and say so')
  console.log(`pack in ${out}`)
}
