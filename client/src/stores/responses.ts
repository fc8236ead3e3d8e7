/** Responses (应急响应) in force, and those that wait for a second person. The only writer of the table. */
import { defineStore } from 'pinia'
import { computed } from 'vue'
import { responseLevels, type Response } from '../../../shared/model/response.ts'
import { makeTable } from './table.ts'

export const useResponsesStore = defineStore('responses', () => {
  const table = makeTable<Response>()
  return {
    ...table,
    /** The gravest first. */
    gravestFirst: computed<readonly Response[]>(() =>
      [...table.list.value].sort((a, b) => responseLevels.indexOf(a.level) - responseLevels.indexOf(b.level)),
    ),
  }
})
