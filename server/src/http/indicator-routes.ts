/** Evaluation: every indicator of a period, by what was asked; and what each of them means. */
import { Router } from 'express'
import {
  indicatorQuerySchema,
  type FormulaAnswer,
  type IndicatorAnswer,
  type IndicatorRequest,
} from '../../../shared/contract/indicator.ts'
import { cityCalendar } from '../../../shared/model/city-calendar.ts'
import { indicators, type Indicator } from '../../../shared/model/kpi-indicator.ts'
import { kpiBaseNames, kpiPeriods } from '../../../shared/model/kpi-measure.ts'
import { formulaInWords } from '../../../shared/model/kpi-wording.ts'
import type { DataScope } from '../../../shared/model/data-scope.ts'
import type { Division } from '../../../shared/model/division.ts'
import { scopeOf } from '../access/audience.ts'
import { countingWithin } from '../access/indicator-scope.ts'
import type { Clock } from '../ports/clock.ts'
import type { ReadModels } from '../ports/store.ts'
import type { Guard } from './guard.ts'
import { pageOf, type CountedRow, type Evaluate } from './indicator-page.ts'
import { comparedPeriod } from './kpi-routes.ts'
import { no, read } from './reply.ts'
import type { WordInstant } from './wire.ts'

const longestMs = 11 * 366 * 86_400_000
const wrong = (field: string, problem: string) =>
  no('INVALID', `${field}: ${problem}`, { fields: [{ field, problem }] })

const toFormula = (indicator: Indicator): FormulaAnswer => ({
  code: indicator.code,
  group: indicator.group,
  name: indicator.name,
  kind: indicator.kind,
  base: indicator.kind === 'score' ? null : kpiBaseNames[indicator.base],
  formula: formulaInWords(indicator),
  note: indicator.note ?? null,
  parts: indicator.kind === 'score' ? indicator.parts : [],
  numerator: 'numerator' in indicator ? indicator.numerator : {},
  denominator: 'numerator' in indicator ? (indicator.denominator ?? {}) : {},
})

export function indicatorRoutes(deps: {
  models: ReadModels
  clock: Clock
  guard: Guard
  iso: WordInstant
  timeZone: string
  evaluate: Evaluate
  divisions: readonly Division[]
}): Router {
  const { models, clock, guard, iso, timeZone, evaluate } = deps
  const countWithin = countingWithin(models, deps.divisions, timeZone)
  const dayOf = cityCalendar(timeZone)
  const router = Router()

  /** What is due or may happen later than today is nobody's doing yet. */
  const untilTonight = (at: number) => Math.min(at, dayOf(clock.now()).endAt)

  async function count({ from, to, by }: Pick<IndicatorRequest, 'from' | 'to' | 'by'>, scope: DataScope | null) {
    const asked = { from, to: Math.max(from, untilTonight(to)), by: by ?? null }
    return { ...asked, ...(await countWithin(asked, scope)) }
  }
  const toAnswer = (
    { from, to, total }: Awaited<ReturnType<typeof count>>,
    rows: readonly CountedRow[],
    only: IndicatorRequest['indicator'],
  ) => ({
    from: iso(from),
    to: iso(to),
    rows: rows.map(({ key, counts }) => ({ key, indicators: evaluate(counts, total, only) })),
    total: { key: null, indicators: evaluate(total, total, only) },
  })
  const isPeriod = (by: IndicatorRequest['by']) => (kpiPeriods as readonly unknown[]).includes(by)

  router.get(
    '/kpi/indicators',
    guard('kpi', async (request, { audience }) => {
      const query = read(indicatorQuerySchema.strict(), request.query)
      if (!query.ok) return query
      const { from, to, by, compare, indicator, order, limit, cursor } = query.value
      if (from >= to) return wrong('from', 'not before to')
      if (to - from > longestMs) return wrong('to', 'more than eleven years after from')
      const scope = scopeOf(audience)
      if (scope !== null && by !== undefined && by !== 'district' && by !== 'street')
        return no('FORBIDDEN', 'by: an account bound to a part of the city asks by district or street', {
          fields: [{ field: 'by', problem: 'district or street' }],
        })
      const period = compare === undefined ? null : comparedPeriod({ from, to, by: 'day', compare }, timeZone)
      const [now, before] = [await count({ from, to, by }, scope), period && (await count({ ...period, by }, scope))]
      const page = isPeriod(by)
        ? { rows: now.rows, next: null }
        : pageOf(now.rows, now.total, evaluate, { order, limit, cursor })
      const isShown = new Set(page.rows.map(({ key }) => key))
      const rowsBefore = (rows: readonly CountedRow[]) =>
        isPeriod(by) ? rows : rows.filter(({ key }) => isShown.has(key))
      const body: IndicatorAnswer = {
        asOf: iso(clock.now()),
        by: by ?? null,
        ...toAnswer(now, page.rows, indicator),
        next: page.next,
        compare: before && toAnswer(before, rowsBefore(before.rows), indicator),
      }
      return { body }
    }),
  )
  router.get(
    '/kpi/formulas',
    guard('kpi', () => ({ body: { items: indicators.map(toFormula), next: null } })),
  )
  return router
}
