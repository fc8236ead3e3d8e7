/** What the frame of the wall tells the scene within it: how much room there is, what is wrong, where the camera looks. */
import { inject, provide, type ComputedRef, type InjectionKey, type ShallowRef } from 'vue'
import type { Shot } from '../../components/wall/wall-tour.ts'
import type { Wrong } from '../../components/wall/worst-list.ts'

export interface WallFrame {
  /** Pixels a unit of a wall 1080 high stands for. */
  readonly scale: ComputedRef<number>
  /** Wide enough for more columns: 2.6:1, and 4.4:1. */
  readonly isWide: ComputedRef<boolean>
  readonly isUltra: ComputedRef<boolean>
  readonly worst: ComputedRef<readonly Wrong[]>
  readonly shot: ShallowRef<Shot | null>
}

const key: InjectionKey<WallFrame> = Symbol('wall frame')
export const provideWallFrame = (frame: WallFrame): void => provide(key, frame)

export function useWallFrame(): WallFrame {
  const frame = inject(key)
  if (frame === undefined) throw new Error('a scene stands in the frame of the wall')
  return frame
}
