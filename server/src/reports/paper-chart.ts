/** Charts of a table on paper, drawn as lines and blocks: columns and lines over the rows, or a bar a row. Never a value that is not in it. */
import type { Chart, Table } from '../ports/reports.ts'
import { ink, margin, type Paper } from './paper.ts'

const height = 130
const axis = { left: 44, bottom: 16, top: 16 }
const colours = [ink.bar, ink.accent, ink.quiet, ink.line]
const dashed = [false, false, true, true]
const small = { size: 7, colour: ink.quiet }
/** A bar chart of more rows is no picture any more. */
const mostBars = 16

const numberAt = (table: Table, row: number, column: number): number | null => {
  const value = table.rows[row]?.[column]?.value
  return typeof value === 'number' ? value : null
}
/** 1, 2 or 5 times a power of ten that is not below. */
export function niceTop(most: number): number {
  if (most <= 0) return 1
  const power = 10 ** Math.floor(Math.log10(most))
  return ([1, 2, 5, 10].find((n) => n * power >= most) ?? 10) * power
}
const short = (value: number) => (Math.abs(value) >= 1 ? String(Math.round(value)) : value.toFixed(2))

function legend(paper: Paper, table: Table, series: readonly number[], y: number): void {
  let x = margin + axis.left
  for (const [i, column] of series.entries()) {
    paper.document.rect(x, y + 2, 8, 5).fill(colours[i % colours.length] ?? ink.bar)
    const name = table.columns[column] ?? ''
    paper.write(name, x + 11, y, small)
    x += 24 + paper.widthOf(name, small)
  }
}

function overRows(paper: Paper, table: Table, { kind, series }: Chart): void {
  paper.need(height + 8)
  const [x0, y0] = [margin + axis.left, paper.y + axis.top]
  const [wide, high] = [paper.width - axis.left, height - axis.top - axis.bottom]
  const rows = table.rows.length
  const all = series.flatMap((column) => table.rows.map((_, row) => numberAt(table, row, column) ?? 0))
  const top = niceTop(Math.max(0, ...all))
  const yOf = (value: number) => y0 + high - (high * value) / top
  legend(paper, table, series, paper.y)
  for (const part of [0, 0.5, 1]) {
    const y = yOf(part * top)
    paper.document
      .moveTo(x0, y)
      .lineTo(x0 + wide, y)
      .lineWidth(0.4)
      .strokeColor(part === 0 ? ink.line : ink.faint)
      .stroke()
    paper.write(short(part * top), margin, y - 5, small, axis.left - 6, 'right')
  }
  const step = wide / rows
  for (const [i, column] of series.entries()) {
    const colour = colours[i % colours.length] ?? ink.bar
    if (kind === 'columns' && i === 0) {
      for (let row = 0; row < rows; row++) {
        const value = numberAt(table, row, column)
        if (value !== null && value > 0)
          paper.document.rect(x0 + (row + 0.15) * step, yOf(value), step * 0.7, y0 + high - yOf(value)).fill(colour)
      }
      continue
    }
    let isDrawing = false
    for (let row = 0; row < rows; row++) {
      const value = numberAt(table, row, column)
      const [x, y] = [x0 + (row + 0.5) * step, yOf(value ?? 0)]
      if (value === null) isDrawing = false
      else if (isDrawing) paper.document.lineTo(x, y)
      else {
        paper.document.moveTo(x, y)
        isDrawing = true
      }
    }
    paper.document.lineWidth(1.1).strokeColor(colour)
    if (dashed[i] === true) paper.document.dash(2, { space: 2 }).stroke().undash()
    else paper.document.stroke()
  }
  const marks = Math.min(rows, 6)
  for (let mark = 0; mark < marks; mark++) {
    const row = Math.floor((mark * rows) / marks)
    paper.write(String(table.rows[row]?.[0]?.value ?? ''), x0 + row * step, y0 + high + 3, small, wide / marks - 4)
  }
  paper.y += height + 8
}

function barARow(paper: Paper, table: Table, series: readonly number[]): void {
  const rows = table.rows.slice(0, mostBars)
  const column = series[0] ?? 1
  const most = Math.max(0, ...rows.map((_, row) => numberAt(table, row, column) ?? 0))
  const line = 13
  paper.need(rows.length * line + 8)
  for (const [row, cells] of rows.entries()) {
    const value = numberAt(table, row, column)
    const wide = most === 0 || value === null ? 0 : ((paper.width - 170) * value) / most
    paper.write(String(cells[0]?.value ?? ''), margin, paper.y, { size: 8 }, 110)
    paper.document.rect(margin + 118, paper.y + 1, wide, 8).fill(ink.accent)
    paper.write(value === null ? '—' : value.toLocaleString('en'), margin + 122 + wide, paper.y, small)
    paper.y += line
  }
  paper.y += 8
}

export function drawChart(paper: Paper, table: Table, chart: Chart): void {
  if (table.rows.length === 0) return
  if (chart.kind === 'bars') barARow(paper, table, chart.series)
  else overRows(paper, table, chart)
}
