/** Says that this display is on, and what it shows: at each pulse, once that is on the page, and whenever it changes. */
import { useDocumentVisibility } from '@vueuse/core'
import { onBeforeUnmount, watch, type ComputedRef } from 'vue'
import { useDisplaysStore } from '../../stores/displays.ts'
import { useLinkStore } from '../../stores/link.ts'
import type { WallScene } from '../../../../shared/model/wall-scene.ts'

/** Which build this page is: the address of its first script. */
export const ownBuild = (): string | null =>
  document.querySelector('script[type="module"][src]')?.getAttribute('src') ?? null

export function useDisplayHere(
  name: ComputedRef<string | null>,
  scene: ComputedRef<WallScene>,
  window: ComputedRef<{ readonly widthPx: number; readonly heightPx: number }>,
): void {
  const [displays, link] = [useDisplaysStore(), useLinkStore()]
  const visibility = useDocumentVisibility()
  const build = ownBuild()
  watch(
    [() => link.pulseAt, name, scene, window, visibility],
    () => {
      if (link.pulseAt === null) return
      const isHidden = visibility.value === 'hidden'
      displays.say({ name: name.value, scene: scene.value, ...window.value, build, isHidden, pulseAt: link.pulseAt })
    },
    { flush: 'post', immediate: true },
  )
  onBeforeUnmount(() => displays.say(null))
}
