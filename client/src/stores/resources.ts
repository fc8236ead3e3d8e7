/** What lies ready round a case, as the city's pack has it. */
import { defineStore } from 'pinia'
import type { CityResource } from '../../../shared/model/resource.ts'
import { readOnce } from './read-once.ts'

export const useResourcesStore = defineStore('resources', () => readOnce<CityResource>('/resources'))
