/** What a wall can show (field reference §1.7). Which display shows which scene when: `display.ts`. */
import type { Term } from './term.ts'

export const wallScenes = ['overview', 'incidents', 'flood', 'requests', 'sensors', 'performance'] as const
export type WallScene = (typeof wallScenes)[number]
export const wallSceneNames: Record<WallScene, Term> = {
  overview: { zh: '综合态势', en: 'City overview' },
  incidents: { zh: '事件处置', en: 'Incidents' },
  flood: { zh: '防汛', en: 'Flood control' },
  requests: { zh: '民生诉求', en: 'Citizens’ requests' },
  sensors: { zh: '物联感知', en: 'Sensors' },
  performance: { zh: '绩效', en: 'Performance' },
}
