/** Alarm rules as they stand, and the changes of them that wait for a second person or are in force. */
import { Router } from 'express'
import { listQuerySchema } from '../../../shared/contract/http.ts'
import type { AlarmRule } from '../../../shared/model/alarm.ts'
import { presentRule, type PresentRule } from '../../../shared/model/alarm-rule-change.ts'
import type { Engine } from '../ports/engine.ts'
import { part, type Guard } from './guard.ts'
import { no, read } from './reply.ts'
import { fitsWords, memoryPage } from './row-list.ts'

const ruleQuerySchema = listQuerySchema.pick({ limit: true, cursor: true, class: true, q: true }).strict()
const changeQuerySchema = listQuerySchema.pick({ limit: true, cursor: true, state: true }).strict()

/** The pack's rules with what was changed and approved since. */
export const rulesNow = (rules: readonly AlarmRule[], view: Engine['view']): PresentRule[] =>
  rules.map((rule) => presentRule(rule, view.ruleChanges.get(rule.id) ?? null))

export function alarmRuleRoutes(deps: { engine: Engine; alarmRules: readonly AlarmRule[]; guard: Guard }): Router {
  const { alarmRules, guard } = deps
  const { view } = deps.engine
  const router = Router()
  router.get(
    '/alarm-rules',
    guard('alarms', (request) => {
      const query = read(ruleQuerySchema, request.query)
      if (!query.ok) return query
      const { class: kind, q } = query.value
      const rows = rulesNow(alarmRules, view).map((rule) => [rule.id, rule] as const)
      const body = memoryPage(
        rows,
        query.value,
        (rule) => (kind === undefined || rule.kind === kind) && fitsWords(q, rule.id, rule.name.zh, rule.name.en),
      )
      return { body }
    }),
  )
  router.get(
    '/alarm-rules/:id',
    guard('alarms', (request) => {
      const rule = alarmRules.find(({ id }) => id === part(request, 'id'))
      return rule ? { body: rulesNow([rule], view)[0] } : no('NOT_FOUND', 'no such rule')
    }),
  )
  router.get(
    '/alarm-rule-changes',
    guard('alarms', (request) => {
      const query = read(changeQuerySchema, request.query)
      if (!query.ok) return query
      const states = query.value.state?.split(',')
      const rows = [...view.ruleProposals.values(), ...view.ruleChanges.values()].map((row) => [row.id, row] as const)
      return { body: memoryPage(rows, query.value, (row) => states?.includes(row.state) ?? true) }
    }),
  )
  return router
}
