/** The scenes, each loaded when it is first shown; which of them leave the middle to the map. */
import type { Component } from 'vue'
import type { WallScene } from '../../../../shared/model/wall-scene.ts'
import { lateComponent } from '../../composables/late-component.ts'

export const sceneParts: Readonly<Record<WallScene, { readonly component: Component; readonly hasMap: boolean }>> = {
  overview: { component: lateComponent(() => import('./scenes/OverviewScene.vue')), hasMap: true },
  incidents: { component: lateComponent(() => import('./scenes/IncidentsScene.vue')), hasMap: true },
  flood: { component: lateComponent(() => import('./scenes/FloodScene.vue')), hasMap: true },
  requests: { component: lateComponent(() => import('./scenes/RequestsScene.vue')), hasMap: false },
  sensors: { component: lateComponent(() => import('./scenes/SensorsScene.vue')), hasMap: false },
  performance: { component: lateComponent(() => import('./scenes/PerformanceScene.vue')), hasMap: false },
}
