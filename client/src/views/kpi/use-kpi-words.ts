/** The page's numbers in words: cards, group rows, and how a value is written. */
import { computed, type Ref, type ShallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { KpiRow } from '../../../../shared/model/kpi.ts'
import type { GroupRow } from '../../components/kpi/GroupTable.vue'
import type { KpiCardView } from '../../components/kpi/KpiCard.vue'
import {
  changeOf,
  fewCases,
  measureInfo,
  ranked,
  valueOf,
  type Measure,
  type RankKey,
} from '../../components/kpi/kpi-measures.ts'
import type { KpiView } from '../../components/kpi/kpi-query.ts'
import { useFormat } from '../../composables/use-format.ts'
import type { KpiNumbers } from './use-kpi.ts'
import { useMemberWords } from './use-member-words.ts'

export const cardMeasures = [
  'reported',
  'closed',
  'onTime',
  'p50',
  'p90',
  'overdue',
] as const satisfies readonly Measure[]
export const columnKeys = [
  'reported',
  'closed',
  'onTime',
  'p50',
  'p90',
  'overdue',
  'open',
] as const satisfies readonly RankKey[]

export function useKpiWords(
  view: Readonly<Ref<KpiView>>,
  numbers: ShallowRef<KpiNumbers | null>,
  sorting: () => { readonly by: RankKey; readonly isDescending: boolean },
) {
  const { t } = useI18n()
  const format = useFormat()

  /** Without its unit: `94.7`, `8.4`, `1,203`. */
  function bare(value: number | null, measure: Measure | 'open'): string | null {
    if (value === null) return null
    const form = measure === 'open' ? 'count' : measureInfo[measure].form
    if (form === 'share') return (Math.floor(value * 1000) / 10).toFixed(1)
    if (form === 'span') return format.measured(value).value
    return format.count(value)
  }
  function unitOf(value: number | null, measure: Measure): string {
    const { form } = measureInfo[measure]
    if (form !== 'span') return t(`kpi.unit.${form}`)
    return value === null ? '' : format.measured(value).unit
  }
  function withUnit(value: number | null, measure: Measure | 'open'): string | null {
    if (value === null) return null
    const text = bare(value, measure)
    const form = measure === 'open' ? 'count' : measureInfo[measure].form
    return form === 'count' ? text : form === 'share' ? `${text}%` : `${text} ${format.measured(value).unit}`
  }
  function changeWord(by: number, measure: Measure): string {
    const sign = by > 0 ? '+' : by < 0 ? '−' : '±'
    const size = (Math.abs(by) * 100).toFixed(1)
    return measureInfo[measure].form === 'share' ? `${sign}${size}${t('kpi.points')}` : `${sign}${size}%`
  }
  function noteOf(row: KpiRow, measure: Measure): string {
    if (measure === 'onTime')
      return t('kpi.note.ofClosed', { onTime: format.count(row.onTime), closed: format.count(row.closed) })
    if (measure === 'p50' || measure === 'p90') return t('kpi.note.arrivals', { n: format.count(row.responseCount) })
    if (measure === 'reported') return t('kpi.note.openNow', { n: format.count(row.open) })
    if (measure === 'closed' && row.refused > 0) return t('kpi.note.refused', { n: format.count(row.refused) })
    return ''
  }

  const cards = computed<KpiCardView[]>(() =>
    cardMeasures.map((measure) => {
      const { total, before } = numbers.value ?? { total: null, before: null }
      const now = total === null ? null : valueOf(total, measure)
      const then = before === null ? null : valueOf(before, measure)
      const change = changeOf(now, then, measure)
      return {
        key: measure,
        name: t(`kpi.measure.${measure}`),
        value: bare(now, measure),
        unit: unitOf(now, measure),
        note: total === null ? '' : noteOf(total, measure),
        change: change === null ? null : changeWord(change.by, measure),
        verdict: change?.verdict ?? null,
        verdictWord: change === null ? '' : t(`kpi.verdict.${change.verdict}`),
        before: t(view.value.compare === 'year' ? 'kpi.beforeYear' : 'kpi.before', {
          value: withUnit(then, measure) ?? '—',
        }),
        formula: t(`kpi.formulas.${measure}`),
      }
    }),
  )

  const nameOf = useMemberWords()
  function rowOf(row: KpiRow, name: string): GroupRow {
    return {
      key: row.key === null ? '' : String(row.key),
      name,
      cells: columnKeys.map((key) => {
        const value = key === 'open' ? row.open : valueOf(row, key)
        const made = key === 'onTime' ? row.closed : key === 'p50' || key === 'p90' ? row.responseCount : fewCases
        return { key, text: withUnit(value, key), isThin: value !== null && made < fewCases }
      }),
    }
  }

  const groups = computed(() => {
    const { by, isDescending } = sorting()
    return ranked(numbers.value?.groups ?? [], by, isDescending)
  })
  return {
    cards,
    groups,
    nameOf,
    withUnit,
    rows: computed(() => groups.value.map((row) => rowOf(row, nameOf(row.key, view.value.group)))),
    total: computed(() => (numbers.value === null ? null : rowOf(numbers.value.total, t('kpi.total')))),
  }
}
