/**
 * How large the pages at a desk are drawn: a screen of many pixels is not a screen of small letters. The same rule as `--u` in
 * `styles/tokens.css`, as a number for whatever is drawn or counted in pixels (charts, rows in view, ready-made controls).
 */
import { computed, type ComputedRef } from 'vue'
import { useWindowSize } from '@vueuse/core'

/** The window at which one unit is one pixel; smaller windows keep it. */
export const plainWindow = { width: 2240, height: 1260 } as const

/** Pixels a unit of length stands for: 1 up to the plain window, then growing with the shorter of its sides. */
export const pageScale = (width: number, height: number): number =>
  Math.max(1, Math.min(width / plainWindow.width, height / plainWindow.height))

/** Follows the window. */
export function usePageScale(): ComputedRef<number> {
  const { width, height } = useWindowSize()
  return computed(() => pageScale(width.value, height.value))
}
