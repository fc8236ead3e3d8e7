/** Values of tables, each with how it is to be written. */
import type { Cell, Table } from '../ports/reports.ts'

const cell = (form: Cell['form'], value: Cell['value']): Cell => ({ form, value })
export const text = (value: string | null): Cell => cell('text', value)
export const count = (value: number | null): Cell => cell('count', value)
/** 1 for 100 %. */
export const share = (value: number | null): Cell => cell('share', value)
/** How much more, as a share of what it was: 0.1 for a tenth more. */
export const change = (value: number | null): Cell => cell('change', value)
/** A difference of shares; 0.01 is one point. */
export const points = (value: number | null): Cell => cell('points', value)
/** ms */
export const span = (value: number | null): Cell => cell('span', value)
export const number = (value: number | null): Cell => cell('number', value)
export const instant = (value: number | null): Cell => cell('instant', value)

const minuteMs = 60_000
const sign = (value: number) => (value > 0 ? '+' : value < 0 ? '−' : '±')

/** As it is read: `1,203`, `94.7 %`, `8.4 min`; — where it is not known. Shares are rounded down, so that only what is whole says 100 %. */
export function written({ form, value }: Cell, language: 'zh-CN' | 'en', moment: (at: number) => string): string {
  if (value === null) return '—'
  if (typeof value === 'string') return value
  switch (form) {
    case 'share':
      return `${(Math.floor(value * 1000 + 1e-9) / 10).toFixed(1)}%`
    case 'change':
      return `${sign(value)}${(Math.abs(value) * 100).toFixed(1)}%`
    case 'points':
      return `${sign(value)}${(Math.abs(value) * 100).toFixed(1)}${language === 'en' ? ' pt' : ' 个百分点'}`
    case 'span':
      return `${(value / minuteMs).toFixed(1)}${language === 'en' ? ' min' : ' 分'}`
    case 'count':
      return Number.isInteger(value) ? value.toLocaleString('en') : value.toFixed(1)
    case 'instant':
      return moment(value)
    default:
      return String(Math.round(value * 100) / 100)
  }
}

/** Null where there is no number. */
export function numberAt(table: Table, row: number, column: number): number | null {
  const value = table.rows[row]?.[column]?.value
  return typeof value === 'number' ? value : null
}
