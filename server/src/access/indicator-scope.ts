/** The counts of evaluation that an account may see: of one bound to a part of the city its own part's row, or those of its streets. */
import type { DataScope } from '../../../shared/model/data-scope.ts'
import type { Division } from '../../../shared/model/division.ts'
import type { IndicatorCounts, IndicatorQuery, ReadModels } from '../ports/store.ts'

export type CountWithin = (asked: IndicatorQuery, scope: DataScope | null) => Promise<IndicatorCounts>

export function countingWithin(
  models: Pick<ReadModels, 'indicators'>,
  divisions: readonly Division[],
  timeZone: string,
): CountWithin {
  const districtOfStreet = new Map(divisions.map(({ id, parentId }) => [id, parentId]))
  return async (asked, scope) => {
    if (scope === null) return models.indicators(asked, timeZone)
    const own = scope.streetId ?? scope.districtId
    const whole = await models.indicators({ ...asked, by: scope.streetId === null ? 'district' : 'street' }, timeZone)
    const total = whole.rows.find(({ key }) => key === own)?.counts ?? {}
    if (asked.by === 'street' && scope.streetId === null) {
      const { rows } = await models.indicators(asked, timeZone)
      return { rows: rows.filter(({ key }) => key !== null && districtOfStreet.get(key) === own), total }
    }
    return { rows: asked.by === null ? [] : [{ key: own, counts: total }], total }
  }
}
