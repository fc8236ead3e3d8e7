/** Puts a benchmark's tables between the marks `<!-- tables -->` and `<!-- /tables -->` of a document, so that no figure in it is typed. */
import { readFileSync, writeFileSync } from 'node:fs'

interface Table {
  readonly title: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly (string | number)[])[]
}
const cell = (value: string | number): string =>
  typeof value === 'string'
    ? value
    : Number.isInteger(value)
      ? String(value)
      : value.toFixed(Math.abs(value) < 10 ? 2 : 0)
const line = (cells: readonly (string | number)[]) => `| ${cells.map(cell).join(' | ')} |`

export function writeTables(path: string, tables: readonly Table[]): void {
  const [from, to] = ['<!-- tables -->', '<!-- /tables -->']
  const text = readFileSync(path, 'utf8')
  const [start, end] = [text.indexOf(from), text.indexOf(to)]
  if (start < 0 || end < start) throw new Error(`${path} has no place for tables`)
  const made = tables.map(({ title, head, rows }) =>
    [
      `**${title[0]?.toUpperCase()}${title.slice(1)}**`,
      '',
      line(head),
      line(head.map((_, n) => (n === 0 ? '---' : '---:'))),
      ...rows.map(line),
    ].join('\n'),
  )
  writeFileSync(path, `${text.slice(0, start)}${from}\n\n${made.join('\n\n')}\n\n${text.slice(end)}`)
}
