/**
 * One part of the KPI page and its numbers: read when what they are of changes, and once a minute while the period runs. What was read stays,
 * with its time, until newer numbers are there; an older answer never replaces a newer one.
 */
import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { isRunning, rangeOf, type KpiView, type Range } from '../../components/kpi/kpi-query.ts'
import { useCityStore } from '../../stores/city.ts'
import { useLinkStore } from '../../stores/link.ts'
import type { Answer, Failure } from '../../stores/remote.ts'

const againMs = 60_000

/** `about`: what of the view these numbers are of, besides its period. */
export function useKpiRead<T>(
  view: Readonly<Ref<KpiView>>,
  about: (view: KpiView) => readonly unknown[],
  read: (range: Range, view: KpiView) => Promise<Answer<T>>,
) {
  const [city, link] = [useCityStore(), useLinkStore()]
  const data = shallowRef<{ readonly view: KpiView; readonly range: Range; readonly answer: T } | null>(null)
  const failure = shallowRef<Failure | null>(null)
  const isLoading = ref(false)
  let turn = 0
  let askedAt = 0

  async function load(): Promise<void> {
    const mine = (turn += 1)
    askedAt = link.nowAt
    isLoading.value = true
    const of = view.value
    const range = rangeOf(of, askedAt, city.timeZone)
    const answer = await read(range, of)
    if (mine !== turn) return
    isLoading.value = false
    failure.value = answer.ok ? null : answer.error
    if (answer.ok) data.value = { view: of, range, answer: answer.data }
    // Numbers of another question are not this one's.
    else if (data.value !== null && questionOf(data.value.view) !== questionOf(of)) data.value = null
  }
  const questionOf = (of: KpiView) => JSON.stringify([of.period, of.fromAt, of.toAt, about(of)])
  watch([() => questionOf(view.value), () => city.timeZone], () => void load(), { immediate: true })
  watch(
    () => link.nowAt,
    (nowAt) => {
      if (isRunning(view.value) && !isLoading.value && nowAt - askedAt >= againMs) void load()
    },
  )
  onScopeDispose(() => (turn += 1))
  return { data, failure, isLoading, load }
}
