/**
 * Printing: paper is white, so a dark page is made light for as long as it takes, its charts too, which are drawn and not styled. By the
 * button the charts have time to be drawn anew; by the browser's own key what is styled is light at least.
 */
import { useEventListener } from '@vueuse/core'
import { usePreferencesStore } from '../../stores/preferences.ts'

const drawnMs = 600

export function usePrint(): () => Promise<void> {
  const preferences = usePreferencesStore()
  let wasDark = false
  function lighten(): void {
    if (preferences.theme !== 'dark') return
    wasDark = true
    preferences.toggleTheme()
  }
  useEventListener(window, 'beforeprint', lighten)
  useEventListener(window, 'afterprint', () => {
    if (wasDark && preferences.theme === 'light') preferences.toggleTheme()
    wasDark = false
  })
  return async () => {
    lighten()
    if (wasDark) await new Promise((done) => setTimeout(done, drawnMs))
    window.print()
  }
}
