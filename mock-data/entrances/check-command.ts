/** `npm run city -- check DIR`: says all that is wrong with a pack, or what it holds. Exit code 1 where something is wrong. */
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import {
  layerNames,
  tableSchemas,
  type LayerFeature,
  type LayerName,
  type TableFile,
  type TableRow,
} from '../../shared/contract/city-pack.ts'
import { looseClasses, looseEnds } from '../../shared/contract/city-pack-ties.ts'
import { checkCaseSettings } from '../../shared/contract/case-settings.ts'
import { checkDutyBook } from '../../shared/contract/duty-book.ts'
import { checkProgramme } from '../../shared/contract/display.ts'
import { checkModes, looseModes } from '../../shared/contract/mode-effects.ts'
import { checkDispatch } from '../../shared/contract/dispatch-settings.ts'
import { checkCalendar, checkHead, checkLayer, checkTable, type Checked } from '../../shared/contract/pack-check.ts'
import { UsageError, type Arguments } from './arguments.ts'

export const checkHelp = `
  check DIR                        all that is wrong with a pack (20 a file), else what it holds; exit code 1 = wrong`

export interface PackFindings {
  readonly problems: readonly string[]
  /** How many features or rows by file, of the files that are there. */
  readonly counts: ReadonlyMap<string, number>
}

/** Reads every file of the pack; throws `UsageError` where there is no pack at all. */
export async function examinePack(dir: string): Promise<PackFindings> {
  const problems: string[] = []
  const counts = new Map<string, number>()
  const checked = async <T>(file: string, rule: (json: unknown) => Checked<T>): Promise<T | null> => {
    let text: string
    try {
      text = await readFile(join(dir, file), 'utf8')
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
      throw error
    }
    let json: unknown
    try {
      json = JSON.parse(text)
    } catch (error) {
      problems.push(`${file}: not JSON: ${error instanceof Error ? error.message : String(error)}`)
      return null
    }
    const outcome = rule(json)
    if (!outcome.ok) {
      problems.push(...outcome.problems)
      return null
    }
    if (Array.isArray(outcome.value)) counts.set(file, outcome.value.length)
    return outcome.value
  }
  const before = problems.length
  const head = await checked('pack.json', checkHead)
  if (head === null && problems.length === before) throw new UsageError(`there is no city pack in ${dir}`)
  const layers: { [N in LayerName]?: readonly LayerFeature<N>[] } = {}
  const layer = async <N extends LayerName>(name: N) => {
    const features = await checked(`${name}.geojson`, (json) => checkLayer(name, json))
    if (features) Object.assign(layers, { [name]: features })
  }
  for (const name of layerNames) await layer(name)
  const tables: { [F in TableFile]?: readonly TableRow<F>[] } = {}
  const table = async <F extends TableFile>(file: F) => {
    const rows = await checked(file, (json) => checkTable(file, json))
    if (rows) Object.assign(tables, { [file]: rows })
  }
  for (const file of Object.keys(tableSchemas) as TableFile[]) await table(file)
  const calendar = await checked('calendar.json', checkCalendar)
  await checked('dispatch.json', checkDispatch)
  await checked('case-settings.json', checkCaseSettings)
  await checked('displays.json', checkProgramme)
  const modes = await checked('modes.json', checkModes)
  await checked('duty.json', checkDutyBook)
  // What a file that cannot be read would have said is not missed as well.
  if (problems.length === 0) {
    problems.push(
      ...looseEnds({
        divisions: layers.divisions ?? [],
        grids: layers.grids ?? [],
        placeIds: (layers.places ?? []).map((place) => place.properties.id),
        departments: tables['departments.json'] ?? [],
        crews: tables['crews.json'] ?? [],
        devices: tables['devices.json'] ?? [],
        cameras: tables['cameras.json'] ?? [],
        parts: tables['parts.json'] ?? [],
        caseClasses: tables['case-classes.json'] ?? null,
        calendar,
        plans: tables['plans.json'] ?? [],
      }),
    )
    const classes = tables['case-classes.json']
    if (classes)
      problems.push(
        ...looseClasses(new Set(classes.map((row) => row.code)), {
          departments: tables['departments.json'] ?? [],
          parts: tables['parts.json'] ?? [],
          alarmRules: tables['alarm-rules.json'] ?? [],
          plans: tables['plans.json'] ?? [],
        }),
      )
    problems.push(...looseModes(modes, classes ?? null, tables['alarm-rules.json'] ?? null))
  }
  return { problems, counts }
}

export async function checkCommand(args: Arguments): Promise<void> {
  const [word, ...others] = args.words
  if (word === undefined || others.length) throw new UsageError('check needs one DIR')
  const dir = resolve(word)
  const { problems, counts } = await examinePack(dir)
  if (problems.length) {
    for (const problem of problems) console.log(problem)
    console.log(`${problems.length} ${problems.length === 1 ? 'problem' : 'problems'} in ${dir}`)
    process.exitCode = 1
    return
  }
  for (const [file, count] of counts) console.log(`  ${file.padEnd(20)} ${String(count).padStart(8)}`)
  console.log(`no problem in ${dir}`)
}
