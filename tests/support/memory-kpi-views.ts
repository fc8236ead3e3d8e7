/** Kept views in memory, behind the store's port. */
import { mostKpiViews, type KpiViewRow } from '../../shared/contract/kpi-view.ts'
import type { KpiViews } from '../../server/src/ports/store.ts'

export function createMemoryKpiViews(): KpiViews {
  const views = new Map<string, { readonly username: string; readonly view: KpiViewRow }>()
  const own = (username: string) =>
    [...views.values()].filter((one) => one.username === username).map(({ view }) => view)
  const isTaken = (username: string, { id, name }: KpiViewRow) =>
    own(username).some((view) => view.name === name && view.id !== id)
  return {
    list: async (username) => own(username).sort((a, b) => (a.name < b.name ? -1 : 1)),
    async add(username, view) {
      if (isTaken(username, view)) return 'taken'
      if (own(username).length >= mostKpiViews) return 'full'
      views.set(view.id, { username, view })
      return 'added'
    },
    async change(username, view) {
      if (isTaken(username, view)) return 'taken'
      if (views.get(view.id)?.username !== username) return 'unknown'
      views.set(view.id, { username, view })
      return 'changed'
    },
    async remove(username, id) {
      return views.get(id)?.username === username && views.delete(id)
    },
  }
}
