/** Charts of a table on paper, drawn as lines and blocks: columns and lines over the rows, a bar a row, heat maps, small multiples. Never a value that is not in it. */
import type { Chart, Table } from '../ports/reports.ts'
import { numberAt } from './cells.ts'
import { ink, margin, type Paper } from './paper.ts'
import { drawCalendar, drawGrid } from './paper-heat.ts'
import { drawMultiples, type Told } from './paper-multiples.ts'

const height = 130
const axis = { left: 44, bottom: 16, top: 16 }
const colours = [ink.bar, ink.accent, ink.quiet, ink.line]
const dashed = [false, false, true, true]
/** Instants in a row under a chart that do not touch. */
const mostMarks = 7
const small = { size: 7, colour: ink.quiet }
/** A bar chart of more rows is no picture any more. */
const mostBars = 16

/** 1, 2 or 5 times a power of ten that is not below. */
export function niceTop(most: number): number {
  if (most <= 0) return 1
  const power = 10 ** Math.floor(Math.log10(most))
  return ([1, 2, 5, 10].find((n) => n * power >= most) ?? 10) * power
}
const short = (value: number) => (value === 0 || Math.abs(value) >= 1 ? String(Math.round(value)) : value.toFixed(2))

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
  const marks = Math.min(rows, mostMarks)
  for (let mark = 0; mark < marks; mark++) {
    const row = Math.floor((mark * rows) / marks)
    paper.write(String(table.rows[row]?.[0]?.value ?? ''), x0 + row * step, y0 + high + 3, small, wide / marks - 2)
  }
  paper.y += height + 8
}

function barARow(paper: Paper, { columns, rows: all }: Table, { series, hasTotal = false }: Chart): void {
  const table = { columns, rows: (hasTotal ? all.slice(0, -1) : all).slice(0, mostBars) }
  const values = table.rows.map((_, row) => series.map((column) => numberAt(table, row, column)))
  const most = Math.max(0, ...values.flat().map((value) => value ?? 0))
  const bar = series.length === 1 ? 8 : 6
  const line = series.length * (bar + 1) + 5
  paper.need(table.rows.length * line + 24)
  if (series.length > 1) {
    legend(paper, table, series, paper.y)
    paper.y += axis.top
  }
  for (const [row, own] of values.entries()) {
    paper.write(String(table.rows[row]?.[0]?.value ?? ''), margin, paper.y + (line - 5 - 8) / 2 - 1, { size: 8 }, 110)
    for (const [i, value] of own.entries()) {
      const wide = most === 0 || value === null ? 0 : ((paper.width - 170) * value) / most
      const y = paper.y + i * (bar + 1)
      paper.document.rect(margin + 118, y, wide, bar).fill(series.length === 1 ? ink.accent : (colours[i] ?? ink.bar))
      paper.write(value === null ? '—' : value.toLocaleString('en'), margin + 122 + wide, y - 2, small)
    }
    paper.y += line
  }
  paper.y += 8
}

export function drawChart(paper: Paper, table: Table, chart: Chart, told: Told): void {
  if (table.rows.length === 0) return
  if (chart.kind === 'bars') barARow(paper, table, chart)
  else if (chart.kind === 'calendar') drawCalendar(paper, table, chart.series[0] ?? 1)
  else if (chart.kind === 'grid') drawGrid(paper, table, chart.series)
  else if (chart.kind === 'multiples') drawMultiples(paper, table, chart.series, told)
  else overRows(paper, table, chart)
}
