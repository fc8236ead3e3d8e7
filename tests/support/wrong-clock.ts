/** A page on a machine whose clock is wrong. */
import type { Page } from 'playwright-core'

/** From the next load on, the page's clock is so far ahead. */
export async function setClockAhead(page: Page, aheadMs: number): Promise<void> {
  await page.addInitScript((ms) => {
    const Real = Date
    globalThis.Date = class extends Real {
      constructor(at?: number) {
        super(at ?? Real.now() + ms)
      }
      static override now() {
        return Real.now() + ms
      }
    } as DateConstructor
  }, aheadMs)
}
