/** Cases: lists, one case, its timeline, crews for it, and, to those with a duty to see it, who reported it. */
import { Router } from 'express'
import { incidentQuerySchema, recommendQuerySchema, type TimelineEntry } from '../../../shared/contract/http.ts'
import type { DomainEvent } from '../../../shared/model/event.ts'
import type { Incident } from '../../../shared/model/incident.ts'
import type { UnitProposal } from '../../../shared/model/unit.ts'
import type { CrewSet, Need } from '../domain/dispatch/crew-set.ts'
import { incidentFor, scopeOf, unitFor, type Audience } from '../access/audience.ts'
import { maskCall, maskForWork, maskText } from '../access/masking.ts'
import type { Engine } from '../ports/engine.ts'
import type { ReadModels } from '../ports/store.ts'
import { part, type Asker, type Guard } from './guard.ts'
import { no, read } from './reply.ts'
import { visiblePage } from './row-list.ts'
import type { WordInstant } from './wire.ts'

/** Crews for a case, best first; and the best set for what it needs. */
export interface Recommend {
  (incident: Incident): readonly UnitProposal[]
  set(incident: Incident, needs: readonly Need[]): CrewSet | null
}

const unknown = no('NOT_FOUND', 'no such case')

/** The event's own facts, without who reported. */
export function factsOf(event: DomainEvent): Record<string, unknown> {
  const { type: _type, ...facts } =
    event.type === 'incident.reported'
      ? { ...event, incident: maskForWork(event.incident) }
      : event.type === 'duty.call-recorded'
        ? { ...event, call: maskCall(event.call) }
        : event
  return facts
}

/** The same for those who work on the case: numbers, plates and addresses that somebody said about people are masked, as the caller's are. */
function saidFactsOf(event: DomainEvent): Record<string, unknown> {
  const facts = factsOf(event)
  return event.type === 'incident.commented' ? { ...facts, text: maskText(event.text) } : facts
}

/** Asked of the part of the city an account is bound to, so that a page is not filled by rows it will not see. */
function withinScope<Query extends { readonly district?: string | undefined; readonly street?: string | undefined }>(
  audience: Audience,
  query: Query,
): Query {
  const scope = scopeOf(audience)
  if (scope === null) return query
  const { district = scope.districtId, street = scope.streetId } = query
  return { ...query, district, ...(street === null ? {} : { street }) }
}

export function incidentRoutes(deps: {
  engine: Engine
  models: ReadModels
  recommend: Recommend
  guard: Guard
  iso: WordInstant
}): Router {
  const { engine, models, recommend, guard, iso } = deps
  const router = Router()
  const find = async (id: string) => engine.view.incidents.get(id) ?? (await models.incident(id))
  /** The case, unmasked, where this reader may see it at all. */
  const findFor = async ({ audience }: Asker, id: string) => {
    const incident = await find(id)
    return incident && incidentFor(audience, incident) ? incident : null
  }

  router.get(
    '/incidents',
    guard('incidents', async (request, { audience }) => {
      const query = read(incidentQuerySchema.strict(), request.query)
      if (!query.ok) return query
      const body = await visiblePage(
        withinScope(audience, query.value),
        (wanted) => models.incidents(wanted),
        (incident) => incidentFor(audience, incident),
      )
      return { body }
    }),
  )
  router.get(
    '/incidents/:id',
    guard('incidents', async (request, { audience }) => {
      const incident = await find(part(request, 'id'))
      const body = incident && incidentFor(audience, incident)
      return body ? { body } : unknown
    }),
  )
  router.get(
    '/incidents/:id/timeline',
    guard('timeline', async (request, asker) => {
      const incident = await findFor(asker, part(request, 'id'))
      if (!incident) return unknown
      // What is told upwards is between those who tell it.
      const isShown = ({ event }: { readonly event: DomainEvent }) =>
        asker.audience === 'officer' || !event.type.startsWith('plan.report')
      const events = (await models.timeline(incident.id)).filter(isShown)
      const items = events.map(({ seq, at, actor, event }): TimelineEntry => ({
        seq,
        at: iso(at),
        actor,
        type: event.type,
        facts: saidFactsOf(event),
      }))
      return { body: { items, next: null } }
    }),
  )
  router.get(
    '/incidents/:id/recommendations',
    guard('recommendations', async (request, asker) => {
      const query = read(recommendQuerySchema, request.query)
      if (!query.ok) return query
      const incident = await findFor(asker, part(request, 'id'))
      if (!incident) return unknown
      const { needs } = query.value
      // Crews that stand elsewhere are not proposed to whoever may not send them, and a set of them is none.
      const isBound = scopeOf(asker.audience) !== null
      const set = needs === undefined || isBound ? null : recommend.set(incident, needs)
      const isSeen = ({ unitId }: { readonly unitId: string }) => {
        const unit = engine.view.units.get(unitId)
        return unit !== undefined && unitFor(asker.audience, unit) !== null
      }
      return { body: { items: recommend(incident).filter(isSeen), next: null, ...(set && { set }) } }
    }),
  )
  router.get(
    '/incidents/:id/reporter',
    guard('reporter', async (request, asker) => {
      const incident = await findFor(asker, part(request, 'id'))
      if (!incident) return unknown
      // In the log before it is seen.
      await engine.note(asker.signedIn.actor.name, 'incident.reporter.unmask', true, incident.id, {})
      return { body: incident.reporter ?? { name: null, phone: null, email: null } }
    }),
  )
  return router
}
