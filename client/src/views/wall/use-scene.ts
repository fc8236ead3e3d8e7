/** Which scene is on: the one the address names (`?scene=flood`), else the overview. */
import { computed, type ComputedRef } from 'vue'
import { useRoute } from 'vue-router'
import { wallScenes, type WallScene } from '../../../../shared/model/wall-scene.ts'

export function useScene(): ComputedRef<WallScene> {
  const route = useRoute()
  return computed(() => wallScenes.find((scene) => scene === route.query['scene']) ?? 'overview')
}
