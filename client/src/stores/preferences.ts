/** What this person likes on this machine: language, theme, sound. Kept in the browser; works without when it refuses. */
import { defineStore } from 'pinia'
import { ref, watch, type Ref } from 'vue'

export type Language = 'zh-CN' | 'en'
export type Theme = 'dark' | 'light'

function remembered<T extends string>(key: string, allowed: readonly T[], fallback: T): Ref<T> {
  let first: T = fallback
  try {
    const kept = localStorage.getItem(key)
    first = allowed.find((value) => value === kept) ?? fallback
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
  return {
    language,
    theme,
    toggleLanguage(): void {
      language.value = language.value === 'zh-CN' ? 'en' : 'zh-CN'
    },
    toggleTheme(): void {
      theme.value = theme.value === 'dark' ? 'light' : 'dark'
    },
  }
})
