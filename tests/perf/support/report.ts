/** How a benchmark says its results: tables on the screen, and the same in a file that docs/benchmarks.md is made from. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'
import { root } from '../../support/program.ts'

type Cell = string | number
export interface Table {
  readonly title: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}

export interface Goal {
  readonly name: string
  readonly measured: number
  readonly atLeast?: number
  readonly atMost?: number
}

export interface Report {
  readonly bench: string
  readonly tables: readonly Table[]
  readonly goals: readonly Goal[]
  /** What the tables were made from. */
  readonly results: Readonly<Record<string, unknown>>
}

/** Load of the machine before the benchmark began: on a busy one the figures say little. */
const loadBefore = loadavg()[0] ?? Number.NaN

const show = (cell: Cell): string => {
  if (typeof cell === 'string') return cell
  if (Number.isNaN(cell)) return '—'
  const digits = Number.isInteger(cell) || Math.abs(cell) >= 100 ? 0 : Math.abs(cell) >= 10 ? 1 : 2
  return cell.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

const isMet = ({ measured, atLeast, atMost }: Goal): boolean =>
  Number.isFinite(measured) &&
  (atLeast === undefined || measured >= atLeast) &&
  (atMost === undefined || measured <= atMost)

const goalTable = (goals: readonly Goal[]): Table => ({
  title: 'goals',
  head: ['goal', 'wanted', 'measured', ''],
  rows: goals.map((goal) => [
    goal.name,
    goal.atLeast === undefined ? `≤ ${show(goal.atMost ?? Number.NaN)}` : `≥ ${show(goal.atLeast)}`,
    goal.measured,
    isMet(goal) ? 'met' : 'MISSED',
  ]),
})

function print({ title, head, rows }: Table): void {
  const cells = [head, ...rows.map((row) => row.map(show))]
  const widths = head.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)))
  console.log(`\n${title}`)
  for (const row of cells)
    console.log(
      `  ${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ')}`,
    )
}

function commit(): string {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim()
  try {
    const isChanged = git('status', '--porcelain', '--', 'server', 'shared', 'tests/perf/*.ts').length > 0
    return git('rev-parse', '--short', 'HEAD') + (isChanged ? ' and changes' : '')
  } catch {
    return 'unknown'
  }
}

/** Prints the tables and each goal as met or missed, writes tests/perf/results/BENCH.json, answers whether all were met. */
export function conclude({ bench, tables, goals, results }: Report): boolean {
  const all = [...tables, goalTable(goals)]
  for (const table of all) print(table)
  const machine = {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    loadBefore,
  }
  const shown = all.map((table) => ({ ...table, rows: table.rows.map((row) => row.map(show)) }))
  const folder = join(root, 'tests/perf/results')
  mkdirSync(folder, { recursive: true })
  const body = { bench, at: new Date().toISOString(), commit: commit(), machine, tables: shown, results }
  writeFileSync(join(folder, `${bench}.json`), `${JSON.stringify(body, null, 2)}\n`)
  return goals.every(isMet)
}
