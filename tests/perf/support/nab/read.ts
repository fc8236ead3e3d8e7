/** Reads a folder of series as the Numenta Anomaly Benchmark lays them: CSV files of `timestamp,value`, and one `windows.json` of their true windows. Says of what is wrong in which file and line. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import type { LabelledSeries } from './score.ts'

/** What is wrong with a file, in a line for a person. */
export class SeriesError extends Error {
  override readonly name = 'SeriesError'
}

export interface SeriesFolder {
  readonly series: readonly LabelledSeries[]
  /** What was left out, and why. */
  readonly notes: readonly string[]
}

/** `2015-07-10 14:24:00`, with or without a fraction, a `T` or a zone; without one it is taken for UTC. NaN where it is none. */
export function instantOf(text: string): number {
  const [, day, time, zone] =
    /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:\d{2})?$/.exec(text) ?? []
  if (day === undefined || time === undefined) return Number.NaN
  const at = Date.parse(`${day}T${time.replace(/(\.\d{3})\d+$/, '$1')}${zone ?? 'Z'}`)
  // 31 June is a date to Date.parse in some runtimes.
  return new Date(`${day}T00:00Z`).toJSON()?.startsWith(day) ? at : Number.NaN
}

/** Throws SeriesError. */
export function readSeriesFolder(dir: string): SeriesFolder {
  if (!existsSync(dir) || !statSync(dir).isDirectory()) throw new SeriesError(`${dir}: no such folder`)
  const windows = readWindows(join(dir, 'windows.json'))
  const files = readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.toLowerCase().endsWith('.csv'))
    .map((file) => file.split(sep).join('/'))
    .sort()
  const notes: string[] = []
  const series: LabelledSeries[] = []
  for (const file of files) {
    const of = windows.get(file)
    if (of === undefined)
      notes.push(
        `${file} left out: windows.json does not name it (an empty list would say that nothing is wrong in it)`,
      )
    else series.push(readSeries(join(dir, file), file, of))
  }
  for (const file of windows.keys())
    if (!files.includes(file)) notes.push(`${file} left out: windows.json names it, and it is not there`)
  if (series.length === 0) throw new SeriesError(`${dir}: no CSV file that windows.json names`)
  if (series.every((one) => one.windows.length === 0))
    throw new SeriesError(`${join(dir, 'windows.json')}: no window in any of the series, so there is nothing to score`)
  return { series, notes: [...notes] }
}

type Windows = ReadonlyMap<string, readonly (readonly [from: number, to: number])[]>

function readWindows(path: string): Windows {
  const where = (what: string) => new SeriesError(`${path}: ${what}`)
  if (!existsSync(path)) throw where('not there')
  let body: unknown
  try {
    body = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw where(`not JSON: ${(error as Error).message}`)
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw where('must be an object: file → list of [from, to]')
  return new Map(
    Object.entries(body).map(([file, list]) => {
      if (!Array.isArray(list)) throw where(`"${file}" must be a list of [from, to]`)
      return [
        file,
        list.map((pair: unknown, index) => {
          const field = `"${file}"[${index}]`
          if (!Array.isArray(pair) || pair.length !== 2) throw where(`${field} must be [from, to]`)
          const [from, to] = pair.map((end, which) => {
            const at = typeof end === 'string' ? instantOf(end) : Number.NaN
            if (Number.isNaN(at))
              throw where(`${field}[${which}] is no time like 2015-07-27 10:56:00: ${JSON.stringify(end)}`)
            return at
          }) as [number, number]
          if (from > to) throw where(`${field} ends before it begins`)
          return [from, to] as const
        }),
      ]
    }),
  )
}

function readSeries(path: string, name: string, spans: readonly (readonly [number, number])[]): LabelledSeries {
  const lines = readFileSync(path, 'utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
  while (lines.at(-1)?.trim() === '') lines.pop()
  const wrong = (line: number, what: string) => new SeriesError(`${path}, line ${line}: ${what}`)
  const head = (lines[0] ?? '').split(',').map((cell) => cell.trim().toLowerCase())
  const [timeColumn, valueColumn] = [head.indexOf('timestamp'), head.indexOf('value')]
  if (timeColumn < 0) throw wrong(1, 'no column "timestamp"')
  if (valueColumn < 0) throw wrong(1, 'no column "value"')
  if (lines.length < 2) throw wrong(1, 'no rows below the head')
  const at = new Float64Array(lines.length - 1)
  const value = new Float64Array(lines.length - 1)
  for (let i = 1; i < lines.length; i++) {
    const cells = (lines[i] as string).split(',').map((cell) => cell.trim())
    if (cells.length !== head.length) throw wrong(i + 1, `${cells.length} cells, the head has ${head.length}`)
    const [time, number] = [cells[timeColumn] as string, cells[valueColumn] as string]
    at[i - 1] = instantOf(time)
    if (Number.isNaN(at[i - 1])) throw wrong(i + 1, `timestamp: no time like 2015-07-10 14:24:00: "${time}"`)
    value[i - 1] = number === '' ? Number.NaN : Number(number)
    if (!Number.isFinite(value[i - 1])) throw wrong(i + 1, `value: not a number: "${number}"`)
  }
  const windows = spans.map(([from, to], index): [number, number] => {
    const first = at.findIndex((time) => time >= from && time <= to)
    if (first < 0)
      throw new SeriesError(
        `${join(path.slice(0, path.length - name.length), 'windows.json')}: "${name}"[${index}] holds no row of the series`,
      )
    return [first, at.findLastIndex((time) => time >= from && time <= to)]
  })
  return {
    name,
    group: dirname(name) === '.' ? name : relative('.', dirname(name)),
    at,
    value,
    windows: windows.sort((a, b) => a[0] - b[0]),
  }
}
