/**
 * A report as a workbook: a sheet that says of what, of when and by whom, then one sheet a table with its formula, time base and source
 * above it. Guarantees that numbers are numbers: shares as fractions shown in per cent, spans in minutes, instants as text by the city's clock.
 */
import writeXlsx, { type SheetData } from 'write-excel-file/node'
import { DateTime } from 'luxon'
import type { Cell, Report, Section } from '../ports/reports.ts'

const minuteMs = 60_000
/** A workbook's sheets have names of at most 31 letters, without these. */
const nameOf = (title: string, at: number) => `${at} ${title.replace(/[\\/*?:[\]]/g, ' ')}`.slice(0, 31).trim()

function cellOf({ form, value }: Cell, report: Report) {
  if (value === null) return null
  if (typeof value === 'string') return { value, type: String, wrap: value.length > 24 }
  if (form === 'instant')
    return { value: DateTime.fromMillis(value, { zone: report.timeZone }).toFormat('yyyy-MM-dd HH:mm'), type: String }
  const formats = {
    count: '#,##0.##',
    share: '0.0%',
    change: '+0.0%;-0.0%;0.0%',
    points: '+0.0%;-0.0%;0.0%',
    span: report.language === 'en' ? '0.0" min"' : '0.0" 分"',
    number: '0.00',
    text: '0.00',
  }
  return { value: form === 'span' ? value / minuteMs : value, type: Number, format: formats[form] }
}
const bold = (value: string) => ({ value, type: String, fontWeight: 'bold' as const })
const plain = (value: string) => ({ value, type: String, wrap: false })

function sheetOf(section: Section, report: Report): SheetData {
  const { labels, head } = report
  const told = (
    [
      [labels.formula, section.formula],
      [labels.base, section.base],
      [labels.source, section.source],
    ] as const
  ).filter(([, value]) => value !== '')
  return [
    [bold(section.title)],
    ...[...head, ...told].map(([name, value]) => [plain(name), plain(value)]),
    [],
    section.table.columns.map((name) => bold(name)),
    ...section.table.rows.map((row) => row.map((cell) => cellOf(cell, report))),
    ...(section.table.rows.length === 0 ? [[plain(report.emptyWord)]] : []),
  ] as SheetData
}

export async function writeWorkbook(report: Report): Promise<Uint8Array> {
  const cover: SheetData = [
    [bold(report.title)],
    ...report.head.map(([name, value]) => [plain(name), plain(value)]),
    [],
    ...report.signatures.map((name) => [plain(name), plain('')]),
  ] as SheetData
  const sheets = [
    { sheet: nameOf(report.title, 0), data: cover, columns: [{ width: 18 }, { width: 60 }] },
    ...report.sections.map((section, i) => ({
      sheet: nameOf(section.title, i + 1),
      data: sheetOf(section, report),
      columns: section.table.columns.map((_, column) => ({ width: column === 0 ? 26 : 16 })),
    })),
  ]
  return new Uint8Array(await writeXlsx(sheets).toBuffer())
}
