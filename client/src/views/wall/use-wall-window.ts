/** The wall's picture in this window, as a style of its root; moved a little each minute against burning in. */
import { useWindowSize } from '@vueuse/core'
import { computed, type ComputedRef } from 'vue'
import { burnShift } from '../../components/wall/burn-shift.ts'
import { isUltraPicture, isWidePicture, wallWindow } from '../../components/wall/wall-window.ts'
import type { Place } from '../../../../shared/model/display-place.ts'
import { useLinkStore } from '../../stores/link.ts'

export function useWallWindow(place: ComputedRef<Place>) {
  const link = useLinkStore()
  const { width, height } = useWindowSize()
  const picture = computed(() =>
    wallWindow({ width: width.value, height: height.value }, place.value.canvas, place.value.part),
  )
  /** Whole pixels, so that letters stay sharp. */
  const shift = computed(() => {
    const { x, y } = burnShift(link.nowAt)
    const stepPx = Math.max(1, Math.round(picture.value.unit))
    return { x: x * stepPx, y: y * stepPx }
  })
  const style = computed(() => {
    const { unit, inset } = picture.value
    const cut = inset === null ? [] : [inset.top, inset.right, inset.bottom, inset.left].map((px) => `${px}px`)
    return {
      '--u': `${unit}px`,
      width: `${picture.value.width}px`,
      height: `${picture.value.height}px`,
      left: `${picture.value.x}px`,
      top: `${picture.value.y}px`,
      transform: `translate(${shift.value.x}px, ${shift.value.y}px)`,
      ...(inset === null ? {} : { clipPath: `inset(${cut.join(' ')})` }),
    }
  })
  return {
    style,
    window: computed(() => ({ widthPx: width.value, heightPx: height.value })),
    scale: computed(() => Math.max(0.5, Math.round(picture.value.unit * 100) / 100)),
    isWide: computed(() => isWidePicture(picture.value)),
    isUltra: computed(() => isUltraPicture(picture.value)),
  }
}
