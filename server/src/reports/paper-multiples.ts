/** The same small picture of each member on paper, on one scale and in their order, so that they can be compared at a glance. */
import type { Cell, Table } from '../ports/reports.ts'
import { numberAt } from './cells.ts'
import { ink, margin, type Paper } from './paper.ts'

/** A cell as it is read. */
export type Told = (cell: Cell) => string

const small = { size: 7, colour: ink.quiet }
const bold = { size: 8, weight: 600 as const }
const across = 4
const gutter = 14
const headHigh = 13
const high = 30
const below = 12

/** The last row of the table is of the whole period; the others are its steps. */
export function drawMultiples(paper: Paper, table: Table, series: readonly number[], told: Told): void {
  const steps = table.rows.length - 1
  const values = series.map((column) => Array.from({ length: steps }, (_, row) => numberAt(table, row, column)))
  const most = Math.max(0, ...values.flat().map((value) => value ?? 0))
  const form = table.rows[0]?.[series[0] ?? 1]?.form ?? 'count'
  const wide = (paper.width - (across - 1) * gutter) / across
  const step = wide / Math.max(1, steps)
  for (const [i, column] of series.entries()) {
    if (i % across === 0 && i > 0) paper.y += headHigh + high + below
    if (i % across === 0) paper.need(headHigh + high + below + 12)
    const x = margin + (i % across) * (wide + gutter)
    const whole = told(table.rows.at(-1)?.[column] ?? { form, value: null })
    const room = wide - paper.widthOf(whole, bold) - 6
    paper.write(`${i + 1} ${table.columns[column] ?? ''}`, x, paper.y, small, room)
    paper.write(whole, x, paper.y - 1, bold, wide, 'right')
    const foot = paper.y + headHigh + high
    for (const [at, value] of (values[i] ?? []).entries()) {
      const tall = most === 0 || value === null ? 0 : (high * value) / most
      if (tall > 0) paper.document.rect(x + (at + 0.1) * step, foot - tall, step * 0.8, tall).fill(ink.accent)
    }
    paper.document
      .moveTo(x, foot)
      .lineTo(x + wide, foot)
      .lineWidth(0.5)
      .strokeColor(ink.line)
      .stroke()
  }
  paper.y += headHigh + high + 4
  paper.write(`0 – ${told({ form, value: most })}`, margin, paper.y, small, paper.width, 'right')
  paper.y += 16
}
