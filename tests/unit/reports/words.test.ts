/** Files and bulletins say what the page says, in both languages. */
import { expect, it } from 'vitest'
import { kpi as en } from '../../../client/src/locales/en/kpi.ts'
import { kpi as zh } from '../../../client/src/locales/zh-CN/kpi.ts'
import { pageWords } from '../../../server/src/reports/page-words.ts'
import { written, change, count, points, share, span, text } from '../../../server/src/reports/cells.ts'
import { onPaper } from '../../../server/src/reports/report-words.ts'
import { niceTop } from '../../../server/src/reports/paper-chart.ts'

const at = (words: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((of, key) => (of as Record<string, unknown>)[key], words)

it('has each word of the page as the page has it', () => {
  for (const [key, words] of Object.entries(pageWords)) expect([key, ...words]).toEqual([key, at(zh, key), at(en, key)])
})

it('writes numbers as they are read, and what is not known as a dash', () => {
  const of = (cell: Parameters<typeof written>[0]) => written(cell, 'zh-CN', () => '')
  expect(of(count(1203))).toBe('1,203')
  expect(of(share(0.9999))).toBe('99.9%')
  expect(of(share(1))).toBe('100.0%')
  expect([of(change(0.019)), of(change(-0.041)), of(change(0))]).toEqual(['+1.9%', '−4.1%', '±0.0%'])
  expect(of(points(-0.013))).toBe('−1.3 个百分点')
  expect(of(span(90_000))).toBe('1.5 分')
  expect([of(count(null)), of(text(null))]).toEqual(['—', '—'])
})

it('tells on paper of nothing that could be pressed', () => {
  for (const words of Object.values(pageWords).flat().map(onPaper)) {
    expect(words).not.toMatch(/点.{0,12}查看|\bopens?\b (?:its|their) cases|’/)
    expect(words).not.toBe('')
  }
  expect(onPaper(pageWords['panelFormula.group'][0])).toBe(
    '各组的受理、超期、在办按受理时间，结案与按时率按结案时间，响应按到场时间。',
  )
  expect(onPaper(pageWords['heat.how'][1])).toMatch(/on the city's clock\.$/)
})

it('ends an axis at a round number that holds all', () => {
  expect([0, 1, 3, 12, 21, 99, 100].map(niceTop)).toEqual([1, 1, 5, 20, 50, 100, 100])
})
