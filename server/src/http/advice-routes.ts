/** What algorithms advise on a case or on one that is only being written, and the register of them. Cases named are masked as the asker's rights ask. */
import { Router } from 'express'
import type { DuplicatesAnswer } from '../../../shared/contract/advice.ts'
import { draftReportSchema } from '../../../shared/contract/advice.ts'
import type { Incident } from '../../../shared/model/incident.ts'
import { incidentFor, type Audience } from '../access/audience.ts'
import type { Draft } from '../domain/duplicate/candidates.ts'
import type { SuggestedFor } from '../domain/advice/suggest.ts'
import type { AlgorithmRow } from '../../../shared/model/algorithm.ts'
import type { DuplicateCandidate } from '../../../shared/model/duplicate.ts'
import type { Suggestions } from '../../../shared/model/suggestion.ts'
import type { Clock } from '../ports/clock.ts'
import type { StateView } from '../ports/engine.ts'
import type { ReadModels } from '../ports/store.ts'
import { part, type Guard } from './guard.ts'
import { no, read } from './reply.ts'

/** Handed in: see `engine/advice-desk.ts`. */
export interface Advisers {
  duplicates(draft: Draft): { readonly isOn: boolean; readonly items: readonly DuplicateCandidate[] }
  suggestions(told: SuggestedFor): Suggestions
  register(): readonly AlgorithmRow[]
}

const unknown = no('NOT_FOUND', 'no such case')

export function adviceRoutes(deps: {
  view: StateView
  models: Pick<ReadModels, 'incident'>
  advisers: Advisers
  clock: Clock
  guard: Guard
}): Router {
  const { view, models, advisers, clock, guard } = deps
  const router = Router()
  const findFor = async (audience: Audience, id: string): Promise<Incident | null> => {
    const incident = view.incidents.get(id) ?? (await models.incident(id))
    return incident && incidentFor(audience, incident) ? incident : null
  }
  const duplicatesOf = (draft: Draft, audience: Audience): DuplicatesAnswer => {
    const { isOn, items } = advisers.duplicates(draft)
    const shown = items.flatMap((candidate) => {
      const incident = view.incidents.get(candidate.incidentId)
      const masked = incident && incidentFor(audience, incident)
      return masked ? [{ ...candidate, incident: masked }] : []
    })
    return { isOn, items: shown, next: null }
  }
  /** A report as it would be, were it made now. */
  const draftOf = (body: unknown) => {
    const draft = read(draftReportSchema, body)
    if (!draft.ok) return draft
    const { phone, ...told } = draft.value
    const reporter = phone === null ? null : { name: null, phone, email: null }
    return { ok: true, value: { ...told, reporter, reportedAt: clock.now(), drill: false } } as const
  }

  router.get(
    '/incidents/:id/duplicates',
    guard('duplicates', async (request, { audience }) => {
      const incident = await findFor(audience, part(request, 'id'))
      return incident ? { body: duplicatesOf(incident, audience) } : unknown
    }),
  )
  router.post(
    '/incidents/duplicates',
    guard('duplicates', (request, { audience }) => {
      const draft = draftOf(request.body)
      return draft.ok ? { body: duplicatesOf(draft.value, audience) } : draft
    }),
  )
  router.get(
    '/incidents/:id/suggestions',
    guard('suggestions', async (request, { audience }) => {
      const incident = await findFor(audience, part(request, 'id'))
      return incident ? { body: advisers.suggestions(incident) } : unknown
    }),
  )
  router.post(
    '/incidents/suggestions',
    guard('suggestions', (request) => {
      const draft = draftOf(request.body)
      return draft.ok ? { body: advisers.suggestions(draft.value) } : draft
    }),
  )
  router.get(
    '/algorithms',
    guard('algorithms', () => ({ body: { items: advisers.register(), next: null } })),
  )
  router.get(
    '/algorithms/:id',
    guard('algorithms', (request) => {
      const body = advisers.register().find(({ id }) => id === part(request, 'id'))
      return body ? { body } : no('NOT_FOUND', 'no such algorithm')
    }),
  )
  return router
}
