/**
 * A report on paper, A4: title, of what, of when and by whom; each section with its chart, table, formula, time base and source; the lines to
 * sign at the end; every page numbered. Guarantees that all its letters are embedded and can be searched.
 */
import { DateTime } from 'luxon'
import type { Report, Section } from '../ports/reports.ts'
import { written } from './cells.ts'
import { drawChart } from './paper-chart.ts'
import type { Told } from './paper-multiples.ts'
import { paperFonts } from './paper-fonts.ts'
import { ink, margin, Paper } from './paper.ts'

const body = { size: 8 }
const head = { size: 8, weight: 600 as const, colour: ink.quiet }
const quiet = { size: 7, colour: ink.quiet }
const pad = 5
/** Wider than so much of the page, a column of words runs over lines. */
const widest = 0.42

interface Written {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly { readonly text: string; readonly isNumber: boolean }[])[]
}
/** A cell as this report writes it. */
function tellerOf({ language, timeZone }: Report): Told {
  const moment = (at: number) => DateTime.fromMillis(at, { zone: timeZone }).toFormat('yyyy-MM-dd HH:mm')
  return (cell) => written(cell, language, moment)
}
function writtenTable({ table }: Section, told: Told): Written {
  return {
    columns: table.columns,
    rows: table.rows.map((row) =>
      row.map((cell) => ({
        text: told(cell),
        isNumber: cell.form !== 'text' || cell.value === null,
      })),
    ),
  }
}

/** Of each column; together as wide as the page at most. */
function columnWidths(paper: Paper, { columns, rows }: Written): number[] {
  const natural = columns.map((name, i) => {
    const texts = rows.slice(0, 200).map((row) => paper.widthOf(row[i]?.text ?? '', body))
    return Math.min(paper.width * widest, Math.max(paper.widthOf(name, head), ...texts, 0)) + 2 * pad
  })
  const sum = natural.reduce((all, one) => all + one, 0)
  if (sum <= paper.width) return natural.map((one) => (one * paper.width) / sum)
  // Too wide: words run over lines, the widest column first; a number is whole or it is wrong.
  const words = natural.map((_, i) => !rows.every((row) => row[i]?.isNumber !== false))
  const rest = paper.width - natural.reduce((all, one, i) => all + (words[i] === true ? 0 : one), 0)
  const most = widthBelow(
    natural.filter((_, i) => words[i]),
    rest,
  )
  // Of nothing but numbers there may be more than a page is wide: there they share it.
  if (!Number.isFinite(most) || most < 4 * pad) return natural.map((one) => (one * paper.width) / sum)
  return natural.map((one, i) => (words[i] === true ? Math.min(one, most) : one))
}
/** The width at which columns, none of them wider, fill what is left together. */
function widthBelow(widths: readonly number[], room: number): number {
  const sorted = widths.toSorted((a, b) => a - b)
  let left = room
  for (const [i, width] of sorted.entries()) {
    const share = left / (sorted.length - i)
    if (width > share) return share
    left -= width
  }
  return Infinity
}

function drawTable(paper: Paper, table: Written, emptyWord: string): void {
  const widths = columnWidths(paper, table)
  const lefts = widths.map((_, i) => margin + widths.slice(0, i).reduce((all, one) => all + one, 0))
  const isNumber = (column: number) => table.rows.every((row) => row[column]?.isNumber !== false)
  const drawHead = () => {
    const lines = table.columns.map((name, i) => paper.wrap(name, head, (widths[i] ?? 0) - 2 * pad))
    const high = paper.heightOf(Math.max(...lines.map((own) => own.length)), head.size)
    for (const [i, own] of lines.entries())
      for (const [n, line] of own.entries()) {
        const [x, width] = [(lefts[i] ?? 0) + pad, (widths[i] ?? 0) - 2 * pad]
        paper.write(line, x, paper.y + paper.heightOf(n, head.size), head, width, isNumber(i) ? 'right' : 'left')
      }
    paper.y += high + 2
    paper.rule(paper.y)
    paper.y += 3
  }
  paper.need(60)
  drawHead()
  for (const row of table.rows) {
    const lines = row.map(({ text }, i) => paper.wrap(text, body, (widths[i] ?? 0) - 2 * pad))
    const high = paper.heightOf(Math.max(1, ...lines.map((own) => own.length)), body.size)
    if (paper.need(high)) drawHead()
    for (const [i, own] of lines.entries())
      for (const [n, line] of own.entries()) {
        const [x, width] = [(lefts[i] ?? 0) + pad, (widths[i] ?? 0) - 2 * pad]
        paper.write(line, x, paper.y + paper.heightOf(n, body.size), body, width, isNumber(i) ? 'right' : 'left')
      }
    paper.y += high
    paper.rule(paper.y, ink.faint)
    paper.y += 2
  }
  if (table.rows.length === 0) paper.paragraph(emptyWord, { size: 8, colour: ink.quiet })
}

/** All letters of the report, by weight: what the fonts are cut for. */
function lettersOf(report: Report, tables: readonly Written[], told: Told): Record<400 | 600, string> {
  const { labels, head: lines, sections } = report
  const plain = [
    ...[
      report.emptyWord,
      report.inWorkbookWord,
      report.pageWords,
      report.title,
      labels.formula,
      labels.base,
      labels.source,
      ...report.signatures,
    ],
    ...lines.flat(),
    ...sections.flatMap(({ title, formula, base, source, table }) => [title, formula, base, source, ...table.columns]),
    ...tables.flatMap(({ rows }) => rows.flatMap((row) => row.map(({ text }) => text))),
    // What drawing itself writes.
    '0123456789.,%-–—…:：·()/ ',
    told({ form: 'span', value: 0 }),
  ]
  // Also the last row: of small multiples it stands over the pictures.
  const bold = [
    ...[report.title, ...sections.flatMap(({ title, table }) => [title, ...table.columns]), '…—0123456789.,% '],
    ...tables.flatMap(({ rows }) => rows.at(-1)?.map(({ text }) => text) ?? []),
  ]
  return { 400: plain.join(''), 600: bold.join('') }
}

export async function writePaper(report: Report): Promise<Uint8Array> {
  const told = tellerOf(report)
  const colon = report.language === 'en' ? ': ' : '：'
  const tables = report.sections.map((section) => writtenTable(section, told))
  const author = report.head.at(-1)?.[1] ?? ''
  const fonts = await paperFonts(lettersOf(report, tables, told))
  const paper = new Paper(fonts, { title: report.title, author, madeAt: report.madeAt })
  paper.paragraph(report.title, { size: 18, weight: 600 }, 4)
  for (const [name, value] of report.head) paper.paragraph(`${name}${colon}${value}`, { size: 9, colour: ink.quiet })
  paper.y += 6
  paper.rule(paper.y)
  for (const [i, section] of report.sections.entries()) {
    paper.y += 14
    paper.need(section.chart === undefined ? 90 : 240)
    paper.paragraph(section.title, { size: 12, weight: 600 }, 4)
    if (section.chart !== undefined) drawChart(paper, section.table, section.chart, told)
    if (section.isCourse === true) paper.paragraph(report.inWorkbookWord, quiet)
    else drawTable(paper, tables[i] ?? { columns: [], rows: [] }, report.emptyWord)
    paper.y += 4
    const { labels } = report
    const notes = [
      [labels.formula, section.formula],
      [labels.base, section.base],
      [labels.source, section.source],
    ]
      .filter(([, value]) => value !== '')
      .map(([name, value]) => `${name}${colon}${value}`)
    paper.need(notes.reduce((sum, note) => sum + paper.heightOf(paper.wrap(note, quiet, paper.width).length, 7), 0))
    for (const note of notes) paper.paragraph(note, quiet)
  }
  paper.need(60)
  paper.y += 30
  const part = paper.width / report.signatures.length
  for (const [i, name] of report.signatures.entries()) {
    const x = margin + i * part
    paper.write(`${name}${colon}`, x, paper.y, { size: 9 })
    const from = x + paper.widthOf(`${name}${colon}`, { size: 9 })
    paper.document
      .moveTo(from, paper.y + 12)
      .lineTo(x + part - 10, paper.y + 12)
      .lineWidth(0.5)
      .strokeColor(ink.text)
      .stroke()
  }
  const foot = (page: number, pages: number) =>
    report.pageWords.replace('{page}', String(page)).replace('{pages}', String(pages))
  return paper.end(foot, report.title)
}
