/** What stands beside cases: plans, calls, the command log. The only writer of the table. */
import { defineStore } from 'pinia'
import type { CasePlan } from '../../../shared/model/case-plan.ts'
import { makeTable } from './table.ts'

export const useCasePlansStore = defineStore('casePlans', () => makeTable<CasePlan>())
