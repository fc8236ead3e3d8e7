/** Watches a page for words from inside, so that the moment is the page's own and not that of a question asked from here. */
import type { Page } from 'playwright-core'

export interface Seen {
  readonly at: number
  readonly heldMs: number
}
/**
 * Begins to watch for one element of this selector to hold all of these words (or, with `not`, for none to do so any more). The page
 * itself notes when, by the machine's clock, and how long its thread was held until then.
 */
export const watchFor = (page: Page, selector: string, words: readonly string[], not = false) =>
  page.evaluateHandle(
    ([where, all, isGone]) => ({
      seen: new Promise<Seen>((resolve) => {
        const beatMs = 20
        let beatAt = Date.now()
        let heldMs = 0
        const beat = () => {
          heldMs += Math.max(0, Date.now() - beatAt - 2 * beatMs)
          beatAt = Date.now()
        }
        const isSo = () =>
          [...document.querySelectorAll(where)].some((one) => all.every((word) => one.textContent.includes(word))) !==
          isGone
        const look = () => {
          if (!isSo()) return
          observer.disconnect()
          clearInterval(timer)
          beat()
          resolve({ at: beatAt, heldMs })
        }
        const timer = setInterval(beat, beatMs)
        const observer = new MutationObserver(look)
        observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })
        look()
      }),
    }),
    [selector, words, not] as const,
  )
export const seenBy = (watch: Awaited<ReturnType<typeof watchFor>>): Promise<Seen> => watch.evaluate(({ seen }) => seen)
