/** What a specimen must know of the board it stands on: its theme, which charts are told in numbers. */
import { computed, inject, provide, type ComputedRef, type InjectionKey } from 'vue'
import { chartLook, type ChartLook } from '../charts/chart-look.ts'
import type { Theme } from '../stores/preferences.ts'

export interface Board {
  readonly theme: ComputedRef<Theme>
  readonly look: ComputedRef<ChartLook>
}
const key: InjectionKey<Board> = Symbol('board')

export function provideBoard(theme: () => Theme): void {
  provide(key, { theme: computed(theme), look: computed(() => chartLook(theme() === 'dark')) })
}
export function useBoard(): Board {
  const board = inject(key)
  if (board === undefined) throw new Error('a specimen stands on a board')
  return board
}
