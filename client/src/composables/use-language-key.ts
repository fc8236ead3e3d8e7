/** `L` turns the page's language, wherever nobody is writing. */
import { useEventListener } from '@vueuse/core'

const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName))

export function useLanguageKey(toggle: () => void): void {
  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing
    if (isPlain && event.key.toLowerCase() === 'l' && !isWriting(event.target)) toggle()
  })
}
