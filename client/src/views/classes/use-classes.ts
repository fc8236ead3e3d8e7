/** The class table, what is typed to find in it, which line is chosen, and how many cases of each class are open now. */
import { computed, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { CaseClassRow } from '../../../../shared/contract/case-class.ts'
import type { Page } from '../../../../shared/contract/http.ts'
import { useIncidentsStore } from '../../stores/incidents.ts'
import { useRemoteStore, type Failure } from '../../stores/remote.ts'
import { groupCodeOf, groupsFor, groupsOf, plainWords, treeRows } from './class-tree.ts'

export function useClasses() {
  const [remote, incidents] = [useRemoteStore(), useIncidentsStore()]
  const [route, router] = [useRoute(), useRouter()]
  /** Null until it was read once. */
  const table = shallowRef<readonly CaseClassRow[] | null>(null)
  const failure = shallowRef<Failure | null>(null)
  const words = shallowRef('')
  const opened = shallowRef<ReadonlySet<string>>(new Set())
  /** A 大类 or a 小类 by its code; '' = the whole table. */
  const chosen = computed(() => {
    const code = route.params['code']
    return typeof code === 'string' ? code : ''
  })
  const groups = computed(() => groupsOf(table.value ?? []))
  const found = computed(() => groupsFor(groups.value, words.value))
  const isSearching = computed(() => plainWords(words.value) !== '')
  const rows = computed(() => treeRows(found.value, (code) => isSearching.value || opened.value.has(code)))

  /** Drills are kept apart from what is real. */
  const openByClass = computed(() => {
    const counts = new Map<string, number>()
    for (const { classCode, drill } of incidents.open)
      if (!drill) counts.set(classCode, (counts.get(classCode) ?? 0) + 1)
    return counts
  })

  async function load(): Promise<void> {
    failure.value = null
    const answer = await remote.get<Page<CaseClassRow>>('/case-classes')
    if (answer.ok) table.value = answer.data.items
    else failure.value = answer.error
  }
  function setOpen(groupCode: string, isOpen: boolean): void {
    const next = new Set(opened.value)
    if (isOpen) next.add(groupCode)
    else next.delete(groupCode)
    opened.value = next
  }
  // Whoever comes by a link sees the line among its neighbours.
  watch(chosen, (code) => code !== '' && setOpen(groupCodeOf(code), true), { immediate: true })
  void load()

  return {
    table,
    failure,
    words,
    chosen,
    groups,
    rows,
    isSearching,
    foundCount: computed(() => found.value.reduce((sum, { classes }) => sum + classes.length, 0)),
    /** The classes to show on the right: one, or all of a group; none of the whole table. */
    shown: computed(() => (table.value ?? []).filter(({ code }) => [code, groupCodeOf(code)].includes(chosen.value))),
    group: computed(() => groups.value.find(({ code }) => code === groupCodeOf(chosen.value))),
    openOf: (classes: readonly CaseClassRow[]): number =>
      classes.reduce((sum, { code }) => sum + (openByClass.value.get(code) ?? 0), 0),
    load,
    setOpen,
    choose: (code: string) => void router.replace({ name: 'classes', params: { code } }),
  }
}
export type Classes = ReturnType<typeof useClasses>
