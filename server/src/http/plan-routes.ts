/**
 * The city's response plans, and the one of a case: what it needs and has, which agencies are on it, and which crews could be diverted to it;
 * and what is owed and was told upwards about graded cases.
 */
import { Router } from 'express'
import { planQuerySchema, situationReportQuerySchema, type SituationReportRow } from '../../../shared/contract/http.ts'
import { agenciesOf } from '../../../shared/model/agency-record.ts'
import { newCasePlan } from '../../../shared/model/case-plan.ts'
import { divertOptions } from '../../../shared/model/divert-option.ts'
import { isActiveAssignment } from '../../../shared/model/incident.ts'
import { fillUps, serves, type ResponsePlan } from '../../../shared/model/response-plan.ts'
import { isOwed, type SituationReport } from '../../../shared/model/situation-report.ts'
import { incidentFor, planFor, unitFor } from '../access/audience.ts'
import { mayRead } from '../access/rights.ts'
import type { Engine } from '../ports/engine.ts'
import { part, type Guard } from './guard.ts'
import { no, read } from './reply.ts'
import { memoryPage } from './row-list.ts'

export function planRoutes(deps: { engine: Engine; plans: readonly ResponsePlan[]; guard: Guard }): Router {
  const { engine, plans, guard } = deps
  const { view } = engine
  const router = Router()
  const byId = new Map(plans.map((plan) => [plan.id, plan]))

  router.get(
    '/plans',
    guard('plans', (request) => {
      const query = read(planQuerySchema, request.query)
      if (!query.ok) return query
      const { class: classCode, q } = query.value
      const body = memoryPage(byId, query.value, ({ id, name, scope }) => {
        if (q !== undefined && ![id, name.zh, name.en].some((word) => word.includes(q))) return false
        return classCode === undefined || scope.classes.some((prefix) => classCode.startsWith(prefix))
      })
      return { body }
    }),
  )
  router.get(
    '/plans/:id',
    guard('plans', (request) => {
      const body = byId.get(part(request, 'id'))
      return body ? { body } : no('NOT_FOUND', 'no such plan')
    }),
  )
  router.get(
    '/incidents/:id/plan',
    guard('plans', (request, { audience, signedIn }) => {
      const incident = view.incidents.get(part(request, 'id'))
      if (!incident || !incidentFor(audience, incident)) return no('NOT_FOUND', 'no such case, or it ended long ago')
      const row = view.casePlans.get(incident.id) ?? newCasePlan(incident.id)
      const active = incident.assignments.filter((crew) => isActiveAssignment(crew.state))
      const crews = active.flatMap(({ unitId }) => view.units.get(unitId) ?? [])
      const needs = fillUps(row.needs, row.level, crews)
      const wanting = needs.filter(({ required, assigned }) => assigned < required).map(({ need }) => need)
      // Crews of others' cases are for those who may send them.
      const diversions = mayRead(signedIn.actor, 'recommendations')
        ? divertOptions(incident, view.units.values(), view.incidents, (unit) =>
            wanting.some((need) => serves(unit, need)),
          ).filter(({ unitId }) => {
            const unit = view.units.get(unitId)
            return unit !== undefined && unitFor(audience, unit) !== null
          })
        : []
      return {
        body: {
          ...planFor(audience, row, incident),
          fillUps: needs.map(({ need, required, assigned }) => ({ needId: need.id, required, assigned })),
          agencies: agenciesOf(incident, audience === 'wall' ? undefined : row, view.units),
          diversions,
        },
      }
    }),
  )
  router.get(
    '/situation-reports',
    guard('situation-reports', (request, { audience }) => {
      const query = read(situationReportQuerySchema, request.query)
      if (!query.ok) return query
      const { state } = query.value
      const rows = [...view.casePlans.values()].flatMap((row): SituationReportRow[] => {
        const incident = view.incidents.get(row.id)
        const reports = (incident && planFor(audience, row, incident)?.reports) ?? []
        return reports.map((one) => ({
          ...{ incidentId: row.id, title: incident?.title ?? '', grade: row.grade, drill: incident?.drill ?? false },
          ...one,
        }))
      })
      const items = rows
        .filter((one) => state === undefined || isReportIn[state](one))
        .sort((a, b) => a.dueAt - b.dueAt || (a.incidentId < b.incidentId ? -1 : 1))
      return { body: { items: items.slice(0, mostListed), next: null } }
    }),
  )
  return router
}

const mostListed = 500
const isReportIn = {
  owed: isOwed,
  late: ({ late }: SituationReport) => late === true,
  made: (one: SituationReport) => !isOwed(one),
}
