/**
 * The numbers of the view: over time, in all, by group, and in all for the period compared with. Asked for when the view changes and, for
 * a period that runs, when today's numbers move: twice a second at most, and never for more than half of the time. An older answer
 * never replaces a newer one; what was read stays on the page, with its time, while it is being read again.
 */
import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import type { KpiAnswer } from '../../../../shared/contract/http.ts'
import type { KpiBucket, KpiRow } from '../../../../shared/model/kpi.ts'
import {
  bucketOf,
  comparedRange,
  filterOf,
  isRunning,
  rangeOf,
  type KpiView,
  type Range,
} from '../../components/kpi/kpi-query.ts'
import { useCityStore } from '../../stores/city.ts'
import { useKpiTodayStore } from '../../stores/kpi-today.ts'
import { useLinkStore } from '../../stores/link.ts'
import { useRemoteStore, type Failure, type Query } from '../../stores/remote.ts'

const againMs = 500
/** A period that runs moves on also when nothing happens. */
const driftMs = 60_000

export interface KpiNumbers {
  /** What was asked. */
  readonly view: KpiView
  readonly range: Range
  readonly compared: Range
  readonly bucket: KpiBucket
  readonly rows: readonly KpiRow[]
  readonly total: KpiRow
  readonly before: KpiRow | null
  readonly groups: readonly KpiRow[]
  readonly asOfAt: number
}

const iso = (at: number) => new Date(at).toISOString()

export function useKpi(view: Readonly<Ref<KpiView>>) {
  const [remote, city, link, today] = [useRemoteStore(), useCityStore(), useLinkStore(), useKpiTodayStore()]
  const numbers = shallowRef<KpiNumbers | null>(null)
  const failure = shallowRef<Failure | null>(null)
  const isLoading = ref(false)
  let turn = 0
  let askedAt = 0
  let tookMs = 0
  /** Today's numbers moved while they were being read. */
  let hasMoved = false
  let waiting: ReturnType<typeof setTimeout> | null = null

  async function load(): Promise<void> {
    const mine = (turn += 1)
    // The page's clock moves by the second: what today's numbers tell of has happened, so the period reaches that far.
    askedAt = Math.max(link.nowAt, today.today?.asOfAt ?? 0)
    const startedAt = performance.now()
    isLoading.value = true
    const of = view.value
    const { group } = of
    const range = rangeOf(of, askedAt, city.timeZone)
    const compared = comparedRange(view.value, range, city.timeZone)
    const bucket = bucketOf(range)
    const ask = (path: 'series' | 'groups', { fromAt, toAt }: Range, by: string) =>
      remote.get<KpiAnswer>(`/kpi/${path}`, {
        from: iso(fromAt),
        to: iso(toAt),
        by,
        ...filterOf(of),
      } satisfies Query)
    const [series, before, groups] = await Promise.all([
      ask('series', range, bucket),
      ask('groups', compared, 'priority'),
      ask('groups', range, group),
    ])
    if (mine !== turn) return
    tookMs = performance.now() - startedAt
    isLoading.value = false
    if (hasMoved) {
      hasMoved = false
      loadSoon()
    }
    if (!series.ok || !groups.ok) {
      failure.value = series.ok ? (groups.ok ? null : groups.error) : series.error
      // Numbers of another question are not this one's.
      if (numbers.value !== null && numbers.value.view !== of) numbers.value = null
      return
    }
    failure.value = null
    numbers.value = {
      view: of,
      range,
      compared,
      bucket,
      rows: series.data.rows,
      total: series.data.total,
      before: before.ok ? before.data.total : null,
      groups: groups.data.rows,
      asOfAt: Date.parse(series.data.asOf),
    }
  }

  function loadSoon(): void {
    if (waiting !== null) return
    // From the start of the last reading: a slow server is left alone for as long as it took.
    const waitMs = Math.max(0, Math.max(againMs, 2 * tookMs) - (link.nowAt - askedAt))
    waiting = setTimeout(() => {
      waiting = null
      // What is still being read is let finish: begun again each time, it would never be shown.
      if (isLoading.value) hasMoved = true
      else void load()
    }, waitMs)
  }

  watch(view, () => void load(), { immediate: true })
  // The city's zone decides where a day begins, so it is asked again once that is known.
  watch(
    () => city.timeZone,
    () => void load(),
  )
  watch(
    () => today.today,
    () => {
      if (isRunning(view.value)) loadSoon()
    },
  )
  watch(
    () => link.nowAt,
    (nowAt) => {
      if (isRunning(view.value) && !isLoading.value && nowAt - askedAt >= driftMs) void load()
    },
  )
  onScopeDispose(() => {
    turn += 1
    if (waiting !== null) clearTimeout(waiting)
  })
  return { numbers, failure, isLoading, load }
}
