/** Heat maps on paper: days as a calendar, a week a column, and the hours of a week; each cell as strongly coloured as its count, the steps said below. */
import { heatLevel, heatRanges, weeksOf, type HeatDay } from '../../../shared/model/heat-levels.ts'
import type { Table } from '../ports/reports.ts'
import { numberAt } from './cells.ts'
import { ink, margin, type Paper } from './paper.ts'

/** None, then five steps. */
const heatInk = [ink.faint, '#c9dcd8', '#9dc0b9', '#6f9f96', '#4a8177', ink.accent]
const small = { size: 7, colour: ink.quiet }
const gap = 2
const cellHigh = 12
const left = 34
const headHigh = 12
const days = 7

const cell = (paper: Paper, x: number, y: number, wide: number, high: number, level: number) =>
  void paper.document.rect(x, y, wide, high).fill(heatInk[level] ?? ink.faint)

/** Which counts wear which colour. */
function drawSteps(paper: Paper, most: number): void {
  let x = margin + left
  const steps = [{ level: 0, from: 0, to: 0 }, ...heatRanges(most)]
  for (const { level, from, to } of steps) {
    cell(paper, x, paper.y + 1, 8, 8, level)
    const words = from === to ? String(from) : `${from}–${to}`
    paper.write(words, x + 11, paper.y, small)
    x += 23 + paper.widthOf(words, small)
  }
  paper.y += 20
}

export function drawCalendar(paper: Paper, table: Table, column: number): void {
  const all = table.rows.map((cells, row): HeatDay => {
    return { day: String(cells[0]?.value ?? ''), reported: numberAt(table, row, column) ?? 0 }
  })
  const most = Math.max(0, ...all.map(({ reported }) => reported))
  const weeks = weeksOf(all)
  paper.need(headHigh + days * (cellHigh + gap) + 24)
  const step = Math.min(2 * cellHigh + gap, (paper.width - left) / weeks.length)
  const [x0, y0] = [margin + left, paper.y + headHigh]
  const weekdays = new Map(all.map(({ day }, row) => [day, String(table.rows[row]?.[1]?.value ?? '')]))
  const named = new Set<number>()
  let free = x0
  for (const [w, { month, days: own }] of weeks.entries()) {
    const x = x0 + w * step
    const begin = own.find((day) => day !== null && (day.day.endsWith('-01') || w === 0))
    // The month where it begins, as far as the one before leaves room.
    if (month !== null && begin !== null && begin !== undefined && x >= free) {
      const words = begin.day.slice(0, 7)
      paper.write(words, x, paper.y, small)
      free = x + paper.widthOf(words, small) + 6
    }
    for (const [d, day] of own.entries()) {
      if (day === null) continue
      const y = y0 + d * (cellHigh + gap)
      cell(paper, x, y, Math.max(1, step - Math.min(gap, step / 5)), cellHigh, heatLevel(day.reported, most))
      if (named.has(d)) continue
      named.add(d)
      paper.write(weekdays.get(day.day) ?? '', margin, y + 1, small, left - 4)
    }
  }
  paper.y = y0 + days * (cellHigh + gap) + 4
  drawSteps(paper, most)
}

export function drawGrid(paper: Paper, table: Table, series: readonly number[]): void {
  const counts = table.rows.map((_, row) => series.map((column) => numberAt(table, row, column) ?? 0))
  const most = Math.max(0, ...counts.flat())
  paper.need(headHigh + counts.length * (cellHigh + gap) + 24)
  const step = (paper.width - left) / series.length
  const [x0, y0] = [margin + left, paper.y + headHigh]
  for (const [i, column] of series.entries())
    if (i % 3 === 0) paper.write(table.columns[column] ?? '', x0 + i * step, paper.y, small)
  for (const [row, own] of counts.entries()) {
    const y = y0 + row * (cellHigh + gap)
    paper.write(String(table.rows[row]?.[0]?.value ?? ''), margin, y + 1, small, left - 4)
    for (const [i, count] of own.entries()) cell(paper, x0 + i * step, y, step - gap, cellHigh, heatLevel(count, most))
  }
  paper.y = y0 + counts.length * (cellHigh + gap) + 4
  drawSteps(paper, most)
}
