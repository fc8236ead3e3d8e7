/** `npm run city -- classes …`: a class table out of a spreadsheet into a city pack, or into a spreadsheet. */
import { readFile, rename, stat, writeFile } from 'node:fs/promises'
import { basename, extname, join, resolve } from 'node:path'
import { parse } from 'csv-parse/sync'
import readXlsx from 'read-excel-file/node'
import writeXlsx from 'write-excel-file/node'
import { checkTable } from '../../shared/contract/pack-check.ts'
import type { CaseClass } from '../../shared/model/case-class.ts'
import { builtInClasses } from '../../shared/model/case-table/built-in-classes.ts'
import { limitInWords } from '../../shared/model/limit.ts'
import { classSheets } from '../class-table/class-sheets.ts'
import { classOrders, type ClassOrder, type Sheet } from '../class-table/columns.ts'
import { readClassSheets, type ReadClasses } from '../class-table/read-class-sheets.ts'
import { UsageError, type Arguments } from './arguments.ts'
import { examinePack } from './check-command.ts'

export const classesFlags = ['out', 'order', 'standard', 'edition', 'from']
export const classesHelp = `
  classes FILE.xlsx|FILE.csv --out DIR|FILE.json [--order gb30428|cjt214] [--standard ID] [--edition TEXT]
                                   a class table into a pack (case-classes.json) or a file of its own; says each row it left out
  classes export --out FILE.xlsx|FILE.csv [--from DIR|FILE.json] [--order gb30428|cjt214]
                                   the built-in table, or a pack's, as a spreadsheet`

const mostBytes = 20_000_000
const textOf = (cell: unknown): string =>
  cell === null || cell === undefined
    ? ''
    : (cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell as string | number | boolean)).trim()

async function readSheets(file: string): Promise<Sheet[]> {
  const found = await stat(file).catch(() => null)
  if (found?.isFile() !== true) throw new UsageError(`there is no file ${file}`)
  if (found.size > mostBytes) throw new UsageError(`${file} has more than ${mostBytes} bytes`)
  const bytes = await readFile(file)
  try {
    if (extname(file).toLowerCase() === '.csv') {
      const rows = parse(bytes, { bom: true, relax_column_count: true, skip_empty_lines: false }) as string[][]
      return [{ name: basename(file, extname(file)), rows: rows.map((row) => row.map(textOf)) }]
    }
    if (extname(file).toLowerCase() !== '.xlsx') throw new UsageError(`${file}: neither .xlsx nor .csv`)
    const sheets = await readXlsx(bytes)
    return sheets.map(({ sheet, data }) => ({ name: sheet, rows: data.map((row) => row.map(textOf)) }))
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

const orderOf = (args: Arguments): ClassOrder | null => {
  const order = args.text('order')
  if (order === null) return null
  if (!(classOrders as readonly string[]).includes(order))
    throw new UsageError(`--order is ${order}; allowed: ${classOrders.join(', ')}`)
  return order as ClassOrder
}

/** The table as a pack writes it: limits in words. */
const asPackRows = (classes: readonly CaseClass[]) =>
  classes.map(({ limit: _first, conditions, ...row }) => ({
    ...row,
    conditions: conditions.map((condition) => ({ ...condition, limit: limitInWords(condition.limit) })),
  }))

function report({ classes, order, dropped, notes, rowsRead, rowsTaken }: ReadClasses): void {
  for (const line of dropped) console.log(`left out: ${line}`)
  for (const line of notes) console.log(`note: ${line}`)
  console.log(
    `order ${order}; rows ${rowsRead} = ${rowsTaken} taken + ${rowsRead - rowsTaken} left out; ${classes.length} classes`,
  )
}

async function isPack(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() === true
}

async function importTable(file: string, out: string, args: Arguments): Promise<void> {
  const read = readClassSheets(await readSheets(resolve(file)), {
    standardId: args.text('standard') ?? 'local',
    standardVersion: args.text('edition') ?? '1',
    order: orderOf(args),
    known: builtInClasses,
  })
  report(read)
  if (read.classes.length === 0) throw new UsageError(`${file} holds no class: nothing was written`)
  const rows = asPackRows(read.classes)
  const checked = checkTable('case-classes.json', rows)
  if (!checked.ok) throw new UsageError(`nothing was written: ${checked.problems.join('; ')}`)
  const inPack = await isPack(out)
  const target = inPack ? join(out, 'case-classes.json') : out
  await writeFile(`${target}.part`, `${JSON.stringify(rows, null, 1)}\n`)
  await rename(`${target}.part`, target)
  console.log(`written: ${target}`)
  if (!inPack) return
  const { problems } = await examinePack(out)
  for (const problem of problems) console.log(problem)
  if (problems.length > 0) process.exitCode = 1
}

async function exportTable(out: string, args: Arguments): Promise<void> {
  const from = args.text('from')
  let classes: readonly CaseClass[] = builtInClasses
  if (from !== null) {
    const path = (await isPack(resolve(from))) ? join(resolve(from), 'case-classes.json') : resolve(from)
    const text = await readFile(path, 'utf8').catch(() => {
      throw new UsageError(`there is no class table ${path}`)
    })
    const checked = checkTable('case-classes.json', JSON.parse(text))
    if (!checked.ok) throw new UsageError(checked.problems.join('; '))
    classes = checked.value
  }
  const sheets = classSheets(classes, orderOf(args) ?? 'gb30428')
  if (extname(out).toLowerCase() === '.csv') {
    const quoted = (cell: string) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
    const rows = sheets.flatMap(({ rows: all }, index) => (index === 0 ? all : all.slice(1)))
    await writeFile(out, `\uFEFF${rows.map((row) => row.map(quoted).join(',')).join('\r\n')}\r\n`)
  } else if (extname(out).toLowerCase() === '.xlsx') {
    const data = sheets.map(({ name, rows }) => ({ sheet: name, data: rows.map((row) => [...row]) }))
    await writeFile(out, await writeXlsx(data).toBuffer())
  } else throw new UsageError(`${out}: neither .xlsx nor .csv`)
  console.log(`written: ${out}: ${classes.length} classes`)
}

export async function classesCommand(args: Arguments): Promise<void> {
  const [word, ...others] = args.words
  const out = args.text('out')
  if (word === undefined || others.length > 0) throw new UsageError('classes needs one FILE, or export')
  if (out === null) throw new UsageError('classes needs --out')
  return word === 'export' ? exportTable(resolve(out), args) : importTable(word, resolve(out), args)
}
