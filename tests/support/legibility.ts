/** What an eye can read on a page: run inside the page, so it knows nothing from outside itself. */
import type { Page } from 'playwright-core'

export interface Reading {
  readonly text: string
  readonly fontPx: number
  /** WCAG contrast of the letters with the nearest painted ground, 1 to 21. */
  readonly contrast: number
}
export interface Legibility {
  readonly readings: readonly Reading[]
  /** Words cut off by their box without a mark that something is missing. */
  readonly cut: readonly string[]
  /** The page is larger than its window: somebody would have to scroll. */
  readonly overflows: boolean
}

/** All words shown in the document (the map draws its own and is not among them). */
export const legibilityOf = (page: Page): Promise<Legibility> =>
  page.evaluate(() => {
    type Colour = [number, number, number, number]
    const colour = (text: string): Colour => {
      const [r = 0, g = 0, b = 0, a = 1] = (text.match(/[\d.]+/g) ?? []).map(Number)
      return text === 'transparent' || text === 'none' ? [0, 0, 0, 0] : [r, g, b, a]
    }
    const light = ([r, g, b]: Colour): number => {
      const [x, y, z] = [r, g, b].map((part) => {
        const share = part / 255
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
      }) as [number, number, number]
      return 0.2126 * x + 0.7152 * y + 0.0722 * z
    }
    const groundOf = (element: Element | null): Colour => {
      for (let at = element; at !== null; at = at.parentElement) {
        const ground = colour(getComputedStyle(at).backgroundColor)
        if (ground[3] >= 0.99) return ground
      }
      return [255, 255, 255, 1]
    }
    const readings: { text: string; fontPx: number; contrast: number }[] = []
    const cut: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = (node.textContent ?? '').trim()
      const element = node.parentElement
      if (text === '' || element === null || ['SCRIPT', 'STYLE'].includes(element.tagName)) continue
      const box = element.getBoundingClientRect()
      const style = getComputedStyle(element)
      const isShown = element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
      if (!isShown || box.width < 2 || box.height < 2 || box.right < 0 || box.left > innerWidth) continue
      if (element.closest('.visually-hidden') !== null) continue
      const ink = colour(element instanceof SVGElement ? style.fill : style.color)
      const [bright, dark] = [light(ink), light(groundOf(element))].sort((a, b) => b - a) as [number, number]
      readings.push({ text, fontPx: Number.parseFloat(style.fontSize), contrast: (bright + 0.05) / (dark + 0.05) })
      const hides = style.overflowX === 'hidden' || style.overflowX === 'clip'
      if (hides && style.textOverflow !== 'ellipsis' && element.scrollWidth > element.clientWidth + 1) cut.push(text)
    }
    const { scrollWidth, scrollHeight } = document.documentElement
    return { readings, cut, overflows: scrollWidth > innerWidth || scrollHeight > innerHeight }
  })
