/** The cases behind a number, page by page. */
import { ref, shallowRef } from 'vue'
import type { Page } from '../../../../shared/contract/http.ts'
import type { Incident } from '../../../../shared/model/incident.ts'
import { useRemoteStore, type Failure, type Query } from '../../stores/remote.ts'

const pageSize = 50

export interface CaseList {
  readonly title: string
  readonly query: Query
}

export function useCaseList() {
  const remote = useRemoteStore()
  const list = shallowRef<CaseList | null>(null)
  const cases = shallowRef<readonly Incident[]>([])
  const next = ref<string | null>(null)
  const isLoading = ref(false)
  const failure = shallowRef<Failure | null>(null)
  let turn = 0

  async function more(): Promise<void> {
    const open = list.value
    if (open === null) return
    const mine = (turn += 1)
    isLoading.value = true
    const answer = await remote.get<Page<Incident>>('/incidents', {
      ...open.query,
      limit: pageSize,
      cursor: next.value,
    })
    if (mine !== turn) return
    isLoading.value = false
    failure.value = answer.ok ? null : answer.error
    if (!answer.ok) return
    cases.value = [...cases.value, ...answer.data.items]
    next.value = answer.data.next
  }

  return {
    list,
    cases,
    next,
    isLoading,
    failure,
    more,
    open(wanted: CaseList): void {
      list.value = wanted
      cases.value = []
      next.value = null
      void more()
    },
    close(): void {
      turn += 1
      list.value = null
    },
  }
}
