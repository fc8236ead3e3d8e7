/**
 * A report on paper, A4: title, of what, of when and by whom; each section with its chart, table, formula, time base and source; the lines to
 * sign at the end; every page numbered. Guarantees that all its letters are embedded and can be searched.
 */
import { DateTime } from 'luxon'
import type { Report, Section } from '../ports/reports.ts'
import { written } from './cells.ts'
import { drawChart } from './paper-chart.ts'
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
function writtenTable({ table }: Section, report: Report): Written {
  const moment = (at: number) => DateTime.fromMillis(at, { zone: report.timeZone }).toFormat('yyyy-MM-dd HH:mm')
  return {
    columns: table.columns,
    rows: table.rows.map((row) =>
      row.map((cell) => ({
        text: written(cell, report.language, moment),
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
  return natural.map((one) => (one * paper.width) / sum)
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
function lettersOf(report: Report, tables: readonly Written[]): Record<400 | 600, string> {
  const { labels, head: lines, sections } = report
  const plain = [
    ...[
      report.emptyWord,
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
    '0123456789.,%-—…:：·()/ ',
  ]
  const bold = [report.title, ...sections.flatMap(({ title, table }) => [title, ...table.columns]), '…0123456789 ']
  return { 400: plain.join(''), 600: bold.join('') }
}

export async function writePaper(report: Report): Promise<Uint8Array> {
  const tables = report.sections.map((section) => writtenTable(section, report))
  const author = report.head.at(-1)?.[1] ?? ''
  const fonts = await paperFonts(lettersOf(report, tables))
  const paper = new Paper(fonts, { title: report.title, author, madeAt: report.madeAt })
  paper.paragraph(report.title, { size: 18, weight: 600 }, 4)
  for (const [name, value] of report.head) paper.paragraph(`${name}：${value}`, { size: 9, colour: ink.quiet })
  paper.y += 6
  paper.rule(paper.y)
  for (const [i, section] of report.sections.entries()) {
    paper.y += 14
    paper.need(section.chart === undefined ? 90 : 240)
    paper.paragraph(section.title, { size: 12, weight: 600 }, 4)
    if (section.chart !== undefined) drawChart(paper, section.table, section.chart)
    drawTable(paper, tables[i] ?? { columns: [], rows: [] }, report.emptyWord)
    paper.y += 4
    const { labels } = report
    for (const [name, value] of [
      [labels.formula, section.formula],
      [labels.base, section.base],
      [labels.source, section.source],
    ] as const)
      if (value !== '') paper.paragraph(`${name}：${value}`, quiet)
  }
  paper.need(60)
  paper.y += 30
  const part = paper.width / report.signatures.length
  for (const [i, name] of report.signatures.entries()) {
    const x = margin + i * part
    paper.write(`${name}：`, x, paper.y, { size: 9 })
    const from = x + paper.widthOf(`${name}：`, { size: 9 })
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
