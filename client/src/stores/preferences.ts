/** What this person likes on this machine: language, theme, sound, layers of the map. Kept in the browser; works without when it refuses. */
import { defineStore } from 'pinia'
import { computed, ref, watch, type Ref } from 'vue'

export type Language = 'zh-CN' | 'en'
export type Theme = 'dark' | 'light'

/** `allowed` is null where any text is. */
function remembered<T extends string>(key: string, allowed: readonly T[] | null, fallback: T): Ref<T> {
  let first: T = fallback
  try {
    const kept = localStorage.getItem(key)
    first = (allowed === null ? (kept as T | null) : allowed.find((value) => value === kept)) ?? fallback
  } catch {
    // A browser that keeps nothing still works.
  }
  const value = ref(first) as Ref<T>
  watch(
    value,
    (next) => {
      try {
        localStorage.setItem(key, next)
      } catch {
        // As above.
      }
    },
    { flush: 'sync' },
  )
  return value
}

export const usePreferencesStore = defineStore('preferences', () => {
  const language = remembered<Language>('tongguan.language', ['zh-CN', 'en'], 'zh-CN')
  const theme = remembered<Theme>('tongguan.theme', ['dark', 'light'], 'dark')
  /** Names of map layers, with blanks between. */
  const hidden = remembered<string>('tongguan.map.hidden', null, '')
  const topics = remembered<string>('tongguan.map.topics', null, '')
  const words = (text: string): readonly string[] => text.split(' ').filter((name) => name !== '')
  return {
    language,
    theme,
    /** Map layers this person does not want to see. */
    hiddenLayers: computed<readonly string[]>(() => words(hidden.value)),
    /** Pictures under the map's marks this person wants to see. */
    mapTopics: computed<readonly string[]>(() => words(topics.value)),
    showTopics: (names: readonly string[]) => void (topics.value = names.join(' ')),
    toggleLayer(name: string): void {
      const names = words(hidden.value)
      hidden.value = (names.includes(name) ? names.filter((one) => one !== name) : [...names, name]).join(' ')
    },
    toggleLanguage(): void {
      language.value = language.value === 'zh-CN' ? 'en' : 'zh-CN'
    },
    toggleTheme(): void {
      theme.value = theme.value === 'dark' ? 'light' : 'dark'
    },
  }
})
