/**
 * Asks of a report that is only being written which open cases it may be one more of: a moment after the last word, and once more before it is
 * filed. Its place is what its words suggest, used for comparing alone. A question that fails never keeps a call from being filed; it is said.
 */
import { computed, shallowRef, watch } from 'vue'
import { watchDebounced } from '@vueuse/core'
import { useRemoteStore } from '../../stores/remote.ts'
import type { DuplicatesAnswer } from '../../../../shared/contract/advice.ts'
import type { LonLat } from '../../../../shared/model/geo.ts'
import { mergeAdvised } from '../../../../shared/model/duplicate.ts'
import type { SuggestedPlace, Suggestion, Suggestions } from '../../../../shared/model/suggestion.ts'

/** What is asked with, as `POST /incidents/{duplicates,suggestions}` names it. */
export interface WrittenReport {
  /** The place that was chosen; absent = its words are all there is. */
  readonly position?: LonLat
  readonly classCode: string
  readonly title: string
  readonly description: string
  readonly address: string | null
  readonly phone: string | null
}
/** How long nothing must be typed before it is asked, ms. */
const pauseMs = 400
/** Whoever files waits no longer than this for an answer, ms. */
const longestWaitMs = 4_000
/** A place less sure than this is not compared by. */
const leastSure = 0.3
/** Fewer letters than this say nothing. */
const leastLetters = 2

/** `onClass` takes the class its words speak of, and answers whether it was free to be set. */
export function useDraftAdvice(written: () => WrittenReport, onClass: (code: string) => boolean) {
  const remote = useRemoteStore()
  const twins = shallowRef<DuplicatesAnswer | null>(null)
  const place = shallowRef<SuggestedPlace | null>(null)
  const readClass = shallowRef<Suggestion<string> | null>(null)
  const isUnknown = shallowRef(false)
  /** The choice: a case's id, the report as one of its own, or nothing yet. */
  const choice = shallowRef<string | null>(null)
  let asked = ''
  let turn = 0
  let running: Promise<void> = Promise.resolve()

  const sure = <T>(one: Suggestion<T> | null | undefined) => (one && one.confidence >= leastSure ? one : null)
  async function answer(written: WrittenReport, mine: number): Promise<void> {
    const suggested = await remote.post<Suggestions>('/incidents/suggestions', written)
    if (mine !== turn) return
    const found = suggested.ok && written.position === undefined ? (sure(suggested.data.place)?.value ?? null) : null
    readClass.value = suggested.ok ? sure(suggested.data.classes[0]) : null
    const classCode = readClass.value?.value ?? ''
    const draft = classCode !== '' && onClass(classCode) ? { ...written, classCode } : written
    // The class it has from this very answer is nothing new to ask about.
    asked = JSON.stringify(draft)
    const told = await remote.post<DuplicatesAnswer>('/incidents/duplicates', {
      ...draft,
      position: written.position ?? found?.position ?? null,
    })
    if (mine !== turn) return
    place.value = found
    isUnknown.value = !told.ok
    twins.value = told.ok ? told.data : null
  }
  /** Asks, unless what is written now has been asked about. */
  function ask(): Promise<void> {
    const draft = written()
    const words = JSON.stringify(draft)
    if (words === asked) return running
    asked = words
    turn += 1
    const letters = Math.max(...[draft.title, draft.description, draft.address ?? ''].map((each) => each.trim().length))
    if (letters < leastLetters) {
      twins.value = place.value = readClass.value = null
      isUnknown.value = false
      running = Promise.resolve()
    } else running = answer(draft, turn)
    return running
  }
  watchDebounced(written, () => void ask(), { debounce: pauseMs, deep: true })
  // A choice of what is no longer proposed is none.
  watch(twins, (now) => {
    const isThere = now?.items.some(({ incidentId }) => incidentId === choice.value) ?? false
    if (choice.value !== ownCase && !isThere) choice.value = null
  })

  const items = computed(() => twins.value?.items ?? [])
  return {
    items,
    place,
    readClass,
    choice,
    isUnknown,
    isOff: computed(() => twins.value?.isOn === false),
    /** One is so like it that whoever files must say which it is. */
    mustChoose: computed(() => choice.value === null && items.value.some(({ score }) => score >= mergeAdvised)),
    chosen: computed(() => items.value.find(({ incidentId }) => incidentId === choice.value) ?? null),
    /** Resolves when what is written now has been answered, or has been waited for long enough. */
    settle: () => Promise.race([ask(), new Promise<void>((resolve) => setTimeout(resolve, longestWaitMs))]),
  }
}
/** The choice of filing it as a case of its own. */
export const ownCase = 'own'
