/** Says why a detector spoke, from its numbers alone, as an officer would: 比同日同时段均值高 3.2 倍. */
import type { AnomalyEvidence, ExpectedBasis } from './anomaly.ts'
import type { Term } from './term.ts'

const basisWords: Readonly<Record<ExpectedBasis, Term>> = {
  'hour-of-week': { zh: '同日同时段均值', en: 'the mean of this hour on this weekday' },
  'time-of-day': { zh: '同时段均值', en: 'the mean of this time of day' },
  overall: { zh: '平时均值', en: 'the usual mean' },
}
/** Units whose zero is agreed and not nothing, or which are logarithms: twice as many says nothing. */
const noRatio: readonly string[] = ['°C', 'dB(A)', 'm']

/** Three figures that count, and no more digits than that. */
const figure = (value: number): string => {
  const rounded = Number(value.toPrecision(3))
  return Math.abs(rounded) >= 1e6 || rounded === 0 ? String(Math.round(value)) : String(rounded)
}

export function anomalyWords(evidence: AnomalyEvidence, unit: string): Term {
  const { cause, value, expected, previous, usual, present } = evidence
  const withUnit = (amount: number) => (unit === '' ? figure(amount) : `${figure(amount)} ${unit}`)
  switch (cause) {
    case 'still':
      return {
        zh: `长时间不变：连续 ${present} 次同为 ${withUnit(value)}，以往最多 ${Math.round(usual)} 次`,
        en: `unchanged for long: ${present} readings in a row at ${withUnit(value)}, at most ${Math.round(usual)} before`,
      }
    case 'swing':
      return {
        zh: `变化幅度异常：近来每次变动约 ${withUnit(present)}，以往最大 ${withUnit(usual)}`,
        en: `unusual swings: about ${withUnit(present)} from reading to reading, at most ${withUnit(usual)} before`,
      }
    case 'range': {
      const isHigh = present > usual
      return {
        zh: `${isHigh ? '突破以往最高' : '跌破以往最低'}：${withUnit(value)}，以往${isHigh ? '最高' : '最低'} ${withUnit(usual)}`,
        en: `${isHigh ? 'above anything' : 'below anything'} before: ${withUnit(value)}, ${isHigh ? 'highest' : 'lowest'} so far ${withUnit(usual)}`,
      }
    }
    default: {
      const compared = compare(evidence, unit, withUnit)
      const figures = {
        zh: `（${cause === 'reading' ? '实测' : '近来'} ${withUnit(value)}，均值 ${withUnit(expected)}）`,
        en: ` (${cause === 'reading' ? 'measured' : 'lately'} ${withUnit(value)}, mean ${withUnit(expected)})`,
      }
      const lead = leadOf(cause, value - expected, evidence.value - previous)
      return { zh: `${lead.zh}${compared.zh}${figures.zh}`, en: `${lead.en}${compared.en}${figures.en}` }
    }
  }
}

/** `off`: from the expected value; `step`: from the reading before. */
function leadOf(cause: 'reading' | 'short-mean' | 'long-mean', off: number, step: number): Term {
  if (cause === 'short-mean') return { zh: '连续多次', en: 'for a while ' }
  if (cause === 'long-mean') return { zh: '长时间', en: 'for long ' }
  if (step * off <= 0 || Math.abs(step) < Math.abs(off) / 2) return { zh: '', en: '' }
  return off > 0 ? { zh: '突升，', en: 'a sudden rise, ' } : { zh: '突降，', en: 'a sudden drop, ' }
}

function compare(
  { value, expected, basis }: AnomalyEvidence,
  unit: string,
  withUnit: (amount: number) => string,
): Term {
  const base = basisWords[basis]
  const isHigh = value > expected
  const isRatio = expected > 0 && value >= 0 && !noRatio.includes(unit)
  const part = value / expected - 1
  if (isRatio && part >= 1)
    return { zh: `比${base.zh}高 ${part.toFixed(1)} 倍`, en: `${(part + 1).toFixed(1)} times ${base.en}` }
  if (isRatio && Math.abs(part) >= 0.01) {
    const percent = `${Math.round(Math.abs(part) * 100)}%`
    return {
      zh: `比${base.zh}${isHigh ? '高' : '低'} ${percent}`,
      en: `${percent} ${isHigh ? 'above' : 'below'} ${base.en}`,
    }
  }
  const amount = withUnit(Math.abs(value - expected))
  return {
    zh: `比${base.zh}${isHigh ? '高' : '低'} ${amount}`,
    en: `${amount} ${isHigh ? 'above' : 'below'} ${base.en}`,
  }
}
