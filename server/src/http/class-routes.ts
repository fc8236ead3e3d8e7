/** The class table (立案标准) as the server works by it, with how each name is typed by sound. Reads only: a table changes with its pack. */
import { Router } from 'express'
import type { CaseClassRow } from '../../../shared/contract/case-class.ts'
import type { CaseClass } from '../../../shared/model/case-class.ts'
import type { Guard } from './guard.ts'

/** Handed in: the dictionary is the city's, not the door's. */
export type SoundOf = (name: string) => CaseClassRow['sound']

export function classRoutes(deps: {
  readonly caseClasses: readonly CaseClass[]
  readonly soundOf: SoundOf
  readonly guard: Guard
}): Router {
  const { caseClasses, soundOf, guard } = deps
  // The dictionary takes its time, and the table stays as it is.
  let items: readonly CaseClassRow[] | undefined
  const router = Router()
  router.get(
    '/case-classes',
    guard('city', () => {
      items ??= caseClasses.map((row) => ({ ...row, sound: soundOf(row.name.zh) }))
      return { body: { items, next: null } }
    }),
  )
  return router
}
