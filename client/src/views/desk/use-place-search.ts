/** The address while it is typed: what it may mean, which one is marked, and the one that was taken. An answer to earlier words is thrown away. */
import { computed, shallowRef, watch, type Ref } from 'vue'
import { watchDebounced } from '@vueuse/core'
import type { Page } from '../../../../shared/contract/http.ts'
import { roughestPlaceM, type FoundPlace } from '../../../../shared/model/found-place.ts'
import { useRemoteStore } from '../../stores/remote.ts'

/** How long nothing must be typed before it is looked up, ms. */
const pauseMs = 150
const leastLetters = 2

/** Good enough to be the position of a case; else only where to look. */
export const isExact = ({ withinM }: FoundPlace): boolean => withinM <= roughestPlaceM

export function usePlaceSearch(words: Ref<string>, taken: Ref<FoundPlace | null>) {
  const remote = useRemoteStore()
  const found = shallowRef<readonly FoundPlace[]>([])
  const at = shallowRef(0)
  const isOpen = shallowRef(false)
  let asked = ''
  let running: Promise<void> = Promise.resolve()

  async function answer(query: string): Promise<void> {
    const told = await remote.get<Page<FoundPlace>>('/places', { q: query })
    if (query !== asked) return
    // What cannot be looked up is written down as it is.
    found.value = told.ok ? told.data.items : []
    at.value = 0
  }
  function ask(): Promise<void> {
    const query = words.value.trim()
    if (query === asked) return running
    asked = query
    if (query.length < leastLetters) {
      found.value = []
      running = Promise.resolve()
    } else running = answer(query)
    return running
  }
  function close(): void {
    isOpen.value = false
  }
  function take(place: FoundPlace): void {
    taken.value = place
    words.value = asked = place.address
    found.value = []
    close()
  }
  // Whoever writes on means another place.
  watch(words, (now) => {
    if (now === taken.value?.address) return
    taken.value = null
    isOpen.value = true
  })
  watchDebounced(words, () => isOpen.value && void ask(), { debounce: pauseMs })

  return {
    found,
    at,
    isOpen: computed(() => isOpen.value && found.value.length > 0),
    take,
    close,
    step(by: 1 | -1): void {
      at.value = Math.max(0, Math.min(found.value.length - 1, at.value + by))
    },
    /** Takes the one that is marked, once what is written now has been answered; false = there is none to take. */
    async confirm(): Promise<boolean> {
      if (!isOpen.value || taken.value !== null) return false
      await ask()
      const place = found.value[at.value]
      if (place === undefined) close()
      else take(place)
      return place !== undefined
    },
  }
}
