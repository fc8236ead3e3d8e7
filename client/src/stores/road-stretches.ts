/** Stretches of road with a speed sensor. */
import { defineStore } from 'pinia'
import type { RoadStretch } from '../../../shared/model/road-flow.ts'
import { readOnce } from './read-once.ts'

export const useRoadStretchesStore = defineStore('road-stretches', () => readOnce<RoadStretch>('/road-stretches'))
