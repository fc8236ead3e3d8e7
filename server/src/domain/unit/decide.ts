/**
 * Crews: enrolled from the city pack, and what they set themselves. A crew on a case moves only with its case.
 * Moves are those of the table; an officer may set them where the crew's terminal is off, and that stays marked.
 */
import type { Actor } from '../../../../shared/model/role.ts'
import type { Command, UnitCommand } from '../../../../shared/model/command.ts'
import type { LonLat } from '../../../../shared/model/geo.ts'
import type { Unit } from '../../../../shared/model/unit.ts'
import type { Context, Decision } from '../context.ts'
import { accepted, checkVersion, invalid, notFound, refused } from '../context.ts'
import { selfSetTransition } from '../../../../shared/model/unit-transitions.ts'
import { clearedEvents } from '../incident/clear.ts'
import { tellingOf } from '../incident/telling.ts'
import type { CityState } from '../state.ts'

const setters: readonly Actor['role'][] = ['crew', 'duty', 'chief']

export function decideUnitStatus(
  state: CityState,
  actor: Actor,
  command: UnitCommand,
  expectedVersion: number | undefined,
  { now }: Pick<Context, 'now'>,
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
  const row = selfSetTransition(unit.status, status)
  if (unit.status === status) {
    if (reason === undefined || reason === unit.statusReason) return accepted([], { unitId })
  } else if (row === undefined)
    return refused('NOT_ALLOWED', `a crew that is ${unit.status} does not become ${status}`, { unitId, status })
  else if (row.needsReason && reason === undefined) return invalid('reason', 'a reason is needed')
  const telling = tellingOf(actor, command.occurredAt, unit.statusSince, now)
  if ('refusal' in telling) return telling
  const said = reason === undefined ? {} : { reason }
  return accepted(
    [
      ...clearedEvents(state, unitId, telling),
      { type: 'unit.status-set', unitId, status, incidentId: null, ...said, ...telling },
    ],
    { unitId },
  )
}

/** A new crew stands ready; a known one keeps its status and its case, and is written only where something differs. */
export function decideEnrol(
  state: CityState,
  command: Extract<Command, { type: 'unit.enrol' }>,
  context: Context,
): Decision {
  const { unitId: id, name, kind, capabilities, departmentId, station, shift, staffedBy } = command
  const facts = {
    name,
    kind,
    capabilities,
    departmentId,
    station,
    ...homeOf(station, context),
    ...(shift === undefined ? {} : { shift }),
    ...(staffedBy === undefined ? {} : { staffedBy }),
  }
  const known = state.units.get(id)
  if (known !== undefined && isSame(known, facts)) return accepted([], { unitId: id })
  const unit: Unit =
    known === undefined
      ? { id, version: 1, ...facts, status: 'available', statusSince: context.now, incidentId: null }
      : { ...withoutFacts(known), ...facts, version: known.version + 1 }
  return accepted([{ type: 'unit.enrolled', unit }], { unitId: id })
}

function homeOf(station: LonLat | null, context: Context): Pick<Unit, 'districtId'> {
  const districtId = station === null ? null : context.districtOf(station)
  return districtId === null ? {} : { districtId }
}

type FactName = 'name' | 'kind' | 'capabilities' | 'departmentId' | 'station' | 'districtId' | 'shift' | 'staffedBy'
type Facts = Pick<Unit, FactName>

/** What the pack no longer says of a crew is no longer so. */
function withoutFacts({ shift: _shift, staffedBy: _staffedBy, districtId: _districtId, ...rest }: Unit): Unit {
  return rest
}

function isSame(
  { name, kind, capabilities, departmentId, station, districtId, shift, staffedBy }: Unit,
  facts: Facts,
): boolean {
  const own = [name, kind, capabilities, departmentId, station, districtId, shift, staffedBy]
  return (
    JSON.stringify(own) ===
    JSON.stringify([
      facts.name,
      facts.kind,
      facts.capabilities,
      facts.departmentId,
      facts.station,
      facts.districtId,
      facts.shift,
      facts.staffedBy,
    ])
  )
}
