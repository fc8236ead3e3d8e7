/** Crews: enrolled from the city pack, and what they set themselves. A crew on a case moves only with its case. */
import type { Actor } from '../../../../shared/model/role.ts'
import type { Command, UnitCommand } from '../../../../shared/model/command.ts'
import type { Unit } from '../../../../shared/model/unit.ts'
import type { Context, Decision } from '../context.ts'
import { accepted, checkVersion, notFound, refused } from '../context.ts'
import type { CityState } from '../state.ts'

const setters: readonly Actor['role'][] = ['crew', 'duty', 'chief']

export function decideUnitStatus(
  state: CityState,
  actor: Actor,
  command: UnitCommand,
  expectedVersion: number | undefined,
): Decision {
  const { unitId, status } = command
  const reason = command.reason?.trim() || undefined
  if (!setters.includes(actor.role)) return refused('FORBIDDEN', `role ${actor.role} may not set a crew's status`)
  if (actor.role === 'crew' && actor.unitId !== unitId)
    return refused('FORBIDDEN', 'a crew acts for itself only', { unitId })
  const unit = state.units.get(unitId)
  if (unit === undefined) return notFound('unit', unitId)
  const stale = checkVersion(expectedVersion, unit)
  if (stale) return stale
  if (unit.incidentId !== null)
    return refused('NOT_ALLOWED', `${unitId} is on case ${unit.incidentId}`, { unitId, incidentId: unit.incidentId })
  if (unit.status === status && (reason === undefined || reason === unit.statusReason)) return accepted([], { unitId })
  const said = reason === undefined ? {} : { reason }
  return accepted([{ type: 'unit.status-set', unitId, status, incidentId: null, ...said }], { unitId })
}

/** A new crew stands ready; a known one keeps its status and its case, and is written only where something differs. */
export function decideEnrol(
  state: CityState,
  command: Extract<Command, { type: 'unit.enrol' }>,
  context: Context,
): Decision {
  const { unitId: id, name, kind, capabilities, departmentId, station } = command
  const facts = { name, kind, capabilities, departmentId, station }
  const known = state.units.get(id)
  if (known !== undefined && isSame(known, facts)) return accepted([], { unitId: id })
  const unit: Unit =
    known === undefined
      ? { id, version: 1, ...facts, status: 'available', statusSince: context.now, incidentId: null }
      : { ...known, ...facts, version: known.version + 1 }
  return accepted([{ type: 'unit.enrolled', unit }], { unitId: id })
}

type Facts = Pick<Unit, 'name' | 'kind' | 'capabilities' | 'departmentId' | 'station'>
function isSame(unit: Unit, facts: Facts): boolean {
  const { name, kind, capabilities, departmentId, station } = unit
  return JSON.stringify([name, kind, capabilities, departmentId, station]) === JSON.stringify(Object.values(facts))
}
