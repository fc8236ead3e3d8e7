/** `npm run city -- import …`: reads GeoJSON files and an OSM extract, writes a pack, says what was left out and why. */
import { basename, resolve } from 'node:path'
import type { PackHead } from '../../shared/contract/city-pack.ts'
import { checkHead } from '../../shared/contract/pack-check.ts'
import { importCity, type ImportReport } from '../city/import-city.ts'
import { headText, layerParts } from '../city/pack-files.ts'
import { cityImportReport, reportLines } from '../city/report-text.ts'
import type { Finding, LayerTally } from '../osm/tally.ts'
import { UsageError, type Arguments } from './arguments.ts'
import { divisionFiles, divisionFlags, readDivisionFile } from './division-files.ts'
import { importOsm, osmFlags, osmSettings, type OsmImport } from './import-osm.ts'
import { progressLine } from './progress-line.ts'
import { writePack } from './write-pack.ts'

export const importFlags = [
  'divisions',
  ...divisionFlags,
  ...osmFlags,
  'name',
  'name-en',
  'id',
  'time-zone',
  'attribution',
  'crews',
  'seed',
  'out',
]

export const importHelp = `  import [--divisions FILE [--level 2|3] [--id-field F] [--name-field F] [--name-en-field F]
         [--name-template T] [--name-en-template T] [--crs C]] … [--osm FILE.osm.pbf] --name NAME --time-zone ZONE
         --out DIR [--name-en NAME] [--id ID] [--attribution TEXT] [--crews N] [--seed N]

    --divisions FILE     GeoJSON polygons of one level; give it again for the next level
      --level 2|3        2 = districts (first file's default), 3 = streets or neighbourhoods (next files' default)
      --id-field F       property with the id (default: "id" where each feature has it, else numbered)
      --name-field F     property with the name (default: "name", else "Name")
      --name-en-field F  property with the English name (default: the name)
      --name-template T  words around the name, {} standing for it: "第{}选区"
      --name-en-template T  the same for the English name: "District {}"
      --crs C            what its positions are written in: wgs84 (default), gcj02, bd09, cgcs2000, or cgcs2000/M:
                         metres in the 3-degree zone about the meridian M (75, 78 … 135)
    --osm FILE.osm.pbf   OpenStreetMap extract: roads, rail, water, green, buildings, places
      --bbox W,S,E,N     only what lies in this box, cut at it (default: what reaches into the --divisions, if given)
      --admin-levels A,B administrative levels that become districts and streets, without --divisions (default 6,8)
      --building-height M  metres, for buildings that say neither height nor storeys (default 9)
      --simplify M       how far a simplified edge may lie from the true one, in metres (default 0.5; 0 = as it is)
    --name NAME          the city's name, as its people write it
    --name-en NAME       in English (default: the name)
    --id ID              short id: small letters, digits, hyphens (default: from the English name)
    --time-zone ZONE     IANA zone, for example Asia/Shanghai: the city's calendar day
    --attribution TEXT   whose data this is; shown with the map (an OSM extract always names OpenStreetMap's contributors)
    --crews N            crews to make up, spread over districts and departments (default 0)
    --seed N             seed of what is made up (default 1)
    --out DIR            where the pack goes`

const osmAttribution = '© OpenStreetMap contributors (ODbL)'

/** The head of the pack, from the flags. */
function packHead(args: Arguments, hasOsm: boolean): PackHead {
  const needed = (flag: string) => {
    const value = args.text(flag)
    if (value === null) throw new UsageError(`import needs --${flag}`)
    return value
  }
  const name = needed('name')
  const nameEn = args.text('name-en') ?? name
  const slug = nameEn
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  const given = args.text('attribution') ?? ''
  const isNamed = !hasOsm || given.includes('OpenStreetMap')
  const head = checkHead({
    format: 1,
    id: args.text('id') ?? (slug || 'city'),
    name,
    nameEn,
    timeZone: needed('time-zone'),
    version: '1',
    seed: Math.trunc(args.number('seed', 1, 0, 4_294_967_295)),
    attribution: isNamed ? given : [given, osmAttribution].filter((part) => part !== '').join(' · '),
  })
  if (!head.ok) throw new UsageError(head.problems.join('; '))
  return head.value
}

/** What became of the divisions, as a row of the whole report. */
function divisionTally(report: ImportReport, osm: LayerTally | undefined): LayerTally {
  const grouped = (list: readonly { file: string; feature: number; words: string }[]): Finding[] => {
    const found = new Map<string, string[]>()
    for (const { file, feature, words } of list)
      found.set(words, [...(found.get(words) ?? []), `${file} feature ${feature}`])
    return [...found].map(([words, examples]) => ({ words, count: examples.length, examples: examples.slice(0, 5) }))
  }
  const leftOut = report.dropped.map(({ reason, ...where }) => ({ ...where, words: reason }))
  const notes = report.remarks.map(({ remark, ...where }) => ({ ...where, words: remark }))
  return {
    layer: 'divisions',
    // What the extract itself could not close never became a feature.
    read: report.read + (osm?.read ?? 0),
    kept: report.kept,
    leftOut: [...grouped(leftOut), ...(osm?.leftOut ?? [])],
    notes: [...grouped(notes), ...(osm?.notes ?? [])],
  }
}

export async function importCommand(
  args: Arguments & { readonly ordered: readonly (readonly [string, string])[] },
): Promise<void> {
  const files = divisionFiles(args.ordered)
  const osmPath = args.text('osm')
  if (files.length === 0 && osmPath === null)
    throw new UsageError('import needs --divisions FILE or --osm FILE.osm.pbf')
  const onlyOsm = osmFlags.find((flag) => flag !== 'osm' && osmPath === null && args.text(flag) !== null)
  if (onlyOsm) throw new UsageError(`--${onlyOsm} speaks of an extract: it needs --osm FILE.osm.pbf`)
  const head = packHead(args, osmPath !== null)
  const outDir = args.text('out')
  if (outDir === null) throw new UsageError('import needs --out')
  const out = resolve(outDir)
  const crews = Math.trunc(args.number('crews', 0, 0, 5000))
  const progress = progressLine()
  const sources = []
  for (const [index, file] of files.entries()) sources.push(await readDivisionFile(file, index))
  const importDivisions = (from: Parameters<typeof importCity>[0]) => {
    const onProgress = (done: number, total: number) => progress.tell(`divisions: ${done} of ${total}`, done / total)
    const city = importCity(from, { head, crews, onProgress: process.stdout.isTTY ? onProgress : () => undefined })
    progress.end()
    return city
  }
  const given = sources.length ? importDivisions(sources) : null
  let osm: OsmImport | null = null
  if (osmPath !== null) {
    const outline = (given?.divisions ?? []).map((division) => division.geometry)
    osm = await importOsm(resolve(osmPath), osmSettings(args, given !== null), outline, progress)
  }
  const city = given ?? importDivisions(osm?.divisions ?? [])
  const layers = [...(osm?.layers ?? [])].map(
    ([layer, features]) => [`${layer}.geojson`, layerParts(features)] as const,
  )
  const report = () => {
    const tallies = osm?.tallies() ?? []
    return cityImportReport(
      [...files.map(({ path }) => basename(path)), ...(osmPath === null ? [] : [basename(osmPath)])],
      osm?.elements ?? null,
      [
        divisionTally(
          city.report,
          tallies.find(({ layer }) => layer === 'divisions'),
        ),
        ...tallies.filter(({ layer }) => layer !== 'divisions'),
      ],
    )
  }
  await writePack(out, new Map<string, string | Iterable<string>>([...city.files, ...layers]), () => {
    return new Map([['import-report.json', headText(report())]])
  })
  for (const { file, feature, reason } of city.report.dropped)
    console.log(`  left out: ${file} feature ${feature}: ${reason}`)
  for (const { file, feature, remark } of city.report.remarks)
    console.log(`  note: ${file} feature ${feature}: ${remark}`)
  const count = (level: number) => city.divisions.filter((d) => d.properties.level === level).length
  const { read, kept, dropped } = city.report
  console.log(
    `${head.name}: read ${read} features, kept ${kept} (${count(2)} districts, ${count(3)} streets or neighbourhoods), left out ${dropped.length}`,
  )
  if (osm && city.divisions.length === 0) console.log(noDivisionsWords(osm))
  if (!osm) console.log('no roads in this pack: travel times are straight line × 1.3 at 30 km/h, and say so')
  console.log(`pack in ${out}`)
  const whole = report()
  // What is said of single divisions stands above, each with its feature.
  const others = osm?.tallies().find(({ layer }) => layer === 'divisions')?.leftOut ?? []
  const layersInWords = whole.layers.map((row) =>
    row.layer === 'divisions' ? { ...row, leftOut: others, notes: [] } : row,
  )
  for (const line of reportLines({ ...whole, layers: layersInWords })) console.log(line)
}

function noDivisionsWords({ boundaryLevels }: OsmImport): string {
  const levels = [...boundaryLevels].sort(([a], [b]) => Number(a) - Number(b))
  const there = levels.map(([level, count]) => `${level} (${count})`).join(', ')
  return `no divisions: the extract has boundaries of admin_level ${there || 'none'}; choose with --admin-levels`
}
