/** 口径: a formula in words, from its data, so that page and API cannot say another than what is counted. */
import { indicatorOf, type Indicator, type ScorePart, type Weighted } from './kpi-indicator.ts'
import { kpiMeasureInfo, type KpiMeasure } from './kpi-measure.ts'
import type { Term } from './transition.ts'

function sumInWords(weighted: Weighted): Term {
  const words = { zh: '', en: '' }
  for (const [code, weight] of Object.entries(weighted) as [KpiMeasure, number][]) {
    const { name } = kpiMeasureInfo[code]
    const sign = weight < 0 ? ' − ' : words.zh === '' ? '' : ' + '
    const times = Math.abs(weight) === 1 ? '' : `×${Math.abs(weight)}`
    words.zh += `${sign}${name.zh}${times}`
    words.en += `${sign}${name.en}${times}`
  }
  return words
}

const bracketed = (words: string) => (/ [+−] /.test(words) ? `(${words})` : words)

const partWords: Record<ScorePart['as'], Term> = {
  rate: { zh: '', en: '' },
  inverse: { zh: '（反向）', en: ' (inverse)' },
  band: { zh: '（分档）', en: ' (banded)' },
  share: { zh: '（占比）', en: ' (share)' },
}

/** What is divided by what, or which parts weigh how much. */
export function formulaInWords(indicator: Indicator): Term {
  if (indicator.kind === 'mean')
    return { zh: '(结案时间 − 立案时间)之和 ÷ 办结数', en: 'sum of (closed at − filed at) ÷ closed' }
  if (indicator.kind === 'score') {
    const told = indicator.parts.map(({ of, as, weight }) => {
      const name = indicatorOf(of)?.name ?? { zh: of, en: of }
      return { zh: `${name.zh}${partWords[as].zh}×${weight}%`, en: `${name.en}${partWords[as].en} × ${weight} %` }
    })
    return { zh: told.map(({ zh }) => zh).join(' + '), en: told.map(({ en }) => en).join(' + ') }
  }
  const above = sumInWords(indicator.numerator)
  if (indicator.denominator === undefined) return above
  const below = sumInWords(indicator.denominator)
  return {
    zh: `${bracketed(above.zh)} ÷ ${bracketed(below.zh)}`,
    en: `${bracketed(above.en)} ÷ ${bracketed(below.en)}`,
  }
}
