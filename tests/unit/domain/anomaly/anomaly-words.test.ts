/** Why it spoke, in words. */
import { describe, expect, it } from 'vitest'
import type { AnomalyEvidence } from '../../../../shared/model/anomaly.ts'
import { anomalyWords } from '../../../../shared/model/anomaly-words.ts'

const evidence: AnomalyEvidence = {
  cause: 'reading',
  basis: 'hour-of-week',
  value: 420,
  expected: 100,
  previous: 400,
  usual: 150,
  present: 320,
  score: 2.1,
}
const words = (over: Partial<AnomalyEvidence>, unit = 'mm/h') => anomalyWords({ ...evidence, ...over }, unit)

describe('expected-value detection: says in words why it spoke', () => {
  it('比同日同时段均值高 3.2 倍', () => {
    expect(words({})).toEqual({
      zh: '比同日同时段均值高 3.2 倍（实测 420 mm/h，均值 100 mm/h）',
      en: '4.2 times the mean of this hour on this weekday (measured 420 mm/h, mean 100 mm/h)',
    })
  })
  it.each([
    // From twice the mean on it says how many times.
    [200, '比同日同时段均值高 1.0 倍'],
    [199, '比同日同时段均值高 99%'],
    [101, '比同日同时段均值高 1%'],
    [99, '比同日同时段均值低 1%'],
    [0, '比同日同时段均值低 100%'],
    [100.9, '比同日同时段均值高 0.9 mm/h'],
    [-5, '比同日同时段均值低 105 mm/h'],
  ])('%d beside 100: %s', (value, zh) => {
    expect(words({ value, previous: value }).zh).toMatch(new RegExp(`^${zh}（`))
  })
  it.each([
    ['°C', 12, 4, '比同日同时段均值高 8 °C'],
    ['dB(A)', 90, 40, '比同日同时段均值高 50 dB(A)'],
    ['m', 4, 1, '比同日同时段均值高 3 m'],
    ['', 12, 0, '比同日同时段均值高 12'],
    ['V', 12, -3, '比同日同时段均值高 15 V'],
  ])('says a difference where a ratio means nothing: %s', (unit, value, expected, zh) => {
    expect(words({ value, expected, previous: value }, unit).zh).toMatch(`${zh}（`)
  })
  it('names what it compares with', () => {
    expect(words({ basis: 'time-of-day' }).zh).toMatch(/^比同时段均值高/)
    expect(words({ basis: 'overall' }).en).toMatch(/^4\.2 times the usual mean/)
  })
  it('says 突升 and 突降 where the step makes up at least half of it', () => {
    expect(words({ previous: 260 }).zh).toMatch(/^突升，比/)
    expect(words({ previous: 261 }).zh).toMatch(/^比/)
    expect(words({ value: 10, expected: 100, previous: 55 })).toMatchObject({
      zh: expect.stringMatching(/^突降，比同日同时段均值低 90%/) as string,
      en: expect.stringMatching(/^a sudden drop, 90% below/) as string,
    })
    expect(words({ value: 10, expected: 100, previous: 5 }).zh).toMatch(/^比/)
  })
  it('says how long it has been so', () => {
    expect(words({ cause: 'short-mean' })).toMatchObject({
      zh: '连续多次比同日同时段均值高 3.2 倍（近来 420 mm/h，均值 100 mm/h）',
      en: expect.stringMatching(/^for a while 4\.2 times/) as string,
    })
    expect(words({ cause: 'long-mean', value: 50 })).toMatchObject({
      zh: expect.stringMatching(/^长时间比同日同时段均值低 50%/) as string,
      en: expect.stringMatching(/^for long 50% below/) as string,
    })
  })
  it('says 变化幅度异常, 长时间不变, and what was never seen', () => {
    expect(words({ cause: 'swing', usual: 1.234, present: 3.456 })).toEqual({
      zh: '变化幅度异常：近来每次变动约 3.46 mm/h，以往最大 1.23 mm/h',
      en: 'unusual swings: about 3.46 mm/h from reading to reading, at most 1.23 mm/h before',
    })
    expect(words({ cause: 'still', value: 5, usual: 24, present: 26 })).toEqual({
      zh: '长时间不变：连续 26 次同为 5 mm/h，以往最多 24 次',
      en: 'unchanged for long: 26 readings in a row at 5 mm/h, at most 24 before',
    })
    expect(words({ cause: 'range', usual: 300, present: 420 }).zh).toBe('突破以往最高：420 mm/h，以往最高 300 mm/h')
    expect(words({ cause: 'range', value: 2, usual: 30, present: 2 })).toEqual({
      zh: '跌破以往最低：2 mm/h，以往最低 30 mm/h',
      en: 'below anything before: 2 mm/h, lowest so far 30 mm/h',
    })
    expect(words({ cause: 'range', usual: 300, present: 420 }).en).toMatch(/^above anything before/)
  })
  it('rounds to three figures that count', () => {
    expect(words({ value: 12_345.6, expected: 0.0001234, previous: 12_345 }).zh).toMatch(
      /实测 12300 mm\/h，均值 0\.000123 mm\/h/,
    )
    expect(words({ value: 12_345_678, expected: 0 }).zh).toMatch(/实测 12345678 mm\/h，均值 0 mm\/h/)
  })
})
