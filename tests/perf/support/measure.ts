/** What a process costs, read from the kernel; and how a benchmark says its results. Linux only, as the benchmarks are. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'

const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))

/** CPU seconds, user and system, all threads, since the process began. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The command's name may hold spaces: fields are counted from behind its closing bracket.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
}

/** Resident memory now and at its highest, MB. */
export function memoryMb(pid: number): { now: number; peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0) / 1024
  return { now: field('VmRSS'), peak: field('VmHWM') }
}

export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN
}
export const median = (values: readonly number[]): number => quantile(values, 0.5)

export const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

export type Cell = string | number
const show = (cell: Cell): string =>
  typeof cell === 'string'
    ? cell
    : Number.isInteger(cell) || Math.abs(cell) >= 1000
      ? Math.round(cell).toLocaleString('en')
      : cell.toPrecision(3)

/** Prints one table. */
export function table(title: string, head: readonly string[], rows: readonly (readonly Cell[])[]): void {
  const cells = [head, ...rows.map((row) => row.map(show))]
  const widths = head.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)))
  console.log(`\n${title}`)
  for (const row of cells)
    console.log(
      `  ${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ')}`,
    )
}

export interface Goal {
  readonly name: string
  readonly measured: number
  readonly atLeast?: number
  readonly atMost?: number
}

/** Prints each goal as met or missed, writes the results file, and answers whether all were met. */
export function conclude(bench: string, results: Record<string, unknown>, goals: readonly Goal[]): boolean {
  const judged = goals.map((goal) => ({
    ...goal,
    met:
      Number.isFinite(goal.measured) &&
      (goal.atLeast === undefined || goal.measured >= goal.atLeast) &&
      (goal.atMost === undefined || goal.measured <= goal.atMost),
  }))
  table(
    'goals',
    ['goal', 'measured', 'wanted', ''],
    judged.map((goal) => [
      goal.name,
      goal.measured,
      goal.atLeast === undefined ? `≤ ${goal.atMost}` : `≥ ${goal.atLeast}`,
      goal.met ? 'met' : 'MISSED',
    ]),
  )
  const folder = join(process.env.TONGGUAN_ROOT ?? '.', 'tests/perf/results')
  mkdirSync(folder, { recursive: true })
  const machine = {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  }
  writeFileSync(
    join(folder, `${bench}.json`),
    `${JSON.stringify({ bench, machine, results, goals: judged }, null, 2)}\n`,
  )
  return judged.every((goal) => goal.met)
}
