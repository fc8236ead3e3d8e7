/**
 * 数据范围 (市–区–街镇): which part of the city an account sees and acts in. Absent = the whole city. A street lies in its district, and whoever
 * is bound to it sees nothing of the rest of the district but its crews. Rule's source: field reference §6.1 (访问控制).
 */
import type { DistrictId } from './ids.ts'

export interface DataScope {
  /** Level 2 (区). */
  readonly districtId: DistrictId
  /** Level 3 (街镇); null = the whole district. */
  readonly streetId: string | null
}

interface Counted {
  readonly districtId: DistrictId | null
  readonly streetId?: string | null
}

/** Is it counted within? What is counted nowhere is the whole city's, and within no scope. */
export const isInScope = (scope: DataScope, { districtId, streetId = null }: Counted): boolean =>
  districtId === scope.districtId && (scope.streetId === null || streetId === scope.streetId)

/** Does something said of these districts (empty = the whole city) concern the scope? */
export const concernsScope = (scope: DataScope, divisionIds: readonly string[]): boolean =>
  divisionIds.length === 0 ||
  divisionIds.some((id) => id === scope.districtId || (scope.streetId !== null && id === scope.streetId))

/** Do these districts, at least one of them, lie within the scope? Only then may an account bound to it speak for them. */
export const isWithinScope = (scope: DataScope, divisionIds: readonly string[]): boolean =>
  scope.streetId === null && divisionIds.length > 0 && divisionIds.every((id) => id === scope.districtId)

/** As a room's or a question's key says it: `310101` or `310101/310101001`. */
export const scopeKey = ({ districtId, streetId }: DataScope): string =>
  streetId === null ? districtId : `${districtId}/${streetId}`

export function scopeOfKey(key: string): DataScope {
  const [districtId = '', streetId = null] = key.split('/')
  return { districtId, streetId }
}
