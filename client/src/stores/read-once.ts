/** Rows that stay as they are while somebody is signed in: read when they are first looked for. Guarantees that what one account asked for is never shown to the next. */
import { shallowRef, type ShallowRef } from 'vue'
import type { Page } from '../../../shared/contract/http.ts'
import { useRemoteStore } from './remote.ts'

export interface ReadOnce<Row> {
  readonly list: ShallowRef<readonly Row[]>
  /** A first call that finds no answer is made good by the next. */
  load(): Promise<void>
  /** Another account may see others. */
  clear(): void
}

export function readOnce<Row>(path: string): ReadOnce<Row> {
  const remote = useRemoteStore()
  const list = shallowRef<readonly Row[]>([])
  let question: symbol | null = null
  return {
    list,
    async load() {
      if (question !== null) return
      const own = (question = Symbol(path))
      const answer = await remote.get<Page<Row>>(path)
      if (question !== own) return
      if (answer.ok) list.value = answer.data.items
      else question = null
    },
    clear() {
      question = null
      list.value = []
    },
  }
}
