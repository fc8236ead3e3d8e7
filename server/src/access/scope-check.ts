/**
 * What an account bound to a part of the city may ask of whom. Guarantees that a command is refused unless everything it names lies within:
 * what is not looked at here is not allowed. Refuses to know what the command would do.
 */
import type { PersonCommand } from '../../../shared/model/command.ts'
import type { DataScope } from '../../../shared/model/data-scope.ts'
import { isInScope, isWithinScope } from '../../../shared/model/data-scope.ts'
import type { LonLat } from '../../../shared/model/geo.ts'
import type { Incident } from '../../../shared/model/incident.ts'
import { refuse, type Refusal } from '../../../shared/model/refusal.ts'
import type { StateView } from '../ports/engine.ts'

/** What of the city a place lies in, the finest first; empty outside it. */
export type Locate = (at: LonLat) => readonly string[]

export interface ScopeWorld {
  readonly view: Pick<StateView, 'alarms' | 'alarmGroups' | 'units' | 'warnings' | 'modes' | 'responses' | 'sensors'>
  readonly locate: Locate
  readonly districtOf: (at: LonLat) => string | null
  /** Also one that ended long ago. */
  findCase(id: string): Promise<Incident | null>
}

const outside = (field: string): Refusal =>
  refuse('FORBIDDEN', `${field}: not within the part of the city this account is bound to`, {
    fields: [{ field, problem: 'not within the part of the city this account is bound to' }],
  })
const wholeCity = (type: string): Refusal => refuse('FORBIDDEN', `${type} is for accounts of the whole city`)

/** Acts on the whole city, or on no place at all. */
const ofWholeCity = /^(?:duty|drill|algorithm|alarm-rule)\./

/** Null = everything the command names lies within. */
export async function scopeRefusal(
  scope: DataScope,
  command: PersonCommand,
  world: ScopeWorld,
): Promise<Refusal | null> {
  const { view } = world
  if (ofWholeCity.test(command.type)) return wholeCity(command.type)
  const named = command as unknown as Readonly<Record<string, unknown>>
  const text = (field: string) => (typeof named[field] === 'string' ? (named[field] as string) : null)

  for (const field of ['incidentId', 'mainId', 'otherId', 'caseId']) {
    const id = text(field)
    if (id === null) continue
    const incident = await world.findCase(id)
    if (incident === null || !isInScope(scope, incident)) return outside(field)
  }
  const alarmIds = [text('alarmId') ?? [], Array.isArray(named['seenIds']) ? (named['seenIds'] as string[]) : []].flat()
  for (const id of alarmIds) {
    const alarm = view.alarms.get(id)
    if (alarm === undefined || !(await isAlarmInScope(scope, alarm, world))) return outside('alarmId')
  }
  const unitId = text('unitId')
  if (unitId !== null && view.units.get(unitId)?.districtId !== scope.districtId) return outside('unitId')
  if (typeof named['sensorId'] === 'number') {
    const sensor = view.sensors.get(named['sensorId'])
    if (sensor === undefined || scope.streetId !== null || sensor.districtId !== scope.districtId)
      return outside('sensorId')
  }
  const isPlaced = 'position' in command
  if (isPlaced && (command.position === null || !isPlaceInScope(scope, command.position, world)))
    return outside('position')
  switch (command.type) {
    case 'warning.publish':
    case 'mode.propose':
    case 'response.start':
      return isWithinScope(scope, command.districtIds) ? null : outside('districtIds')
    case 'warning.lift':
      return isWithinScope(scope, view.warnings.get(command.warningId)?.districtIds ?? []) ? null : outside('warningId')
    case 'mode.confirm':
    case 'mode.decline': {
      const proposal = view.modes.get('city')?.proposal
      const isOwn = proposal?.id === command.proposalId && isWithinScope(scope, proposal.districtIds)
      return isOwn ? null : outside('proposalId')
    }
    case 'response.change':
    case 'response.end':
    case 'response.confirm':
    case 'response.decline':
      return isWithinScope(scope, view.responses.get(command.responseId)?.districtIds ?? [])
        ? null
        : outside('responseId')
    case 'alarm.acknowledge-group':
      return view.alarmGroups.get(command.groupId)?.districtId === scope.districtId && scope.streetId === null
        ? null
        : outside('groupId')
    default:
      // What named nothing that was looked at is not known to lie within.
      return 'incidentId' in command || 'alarmId' in command || 'sensorId' in command || isPlaced || 'unitId' in command
        ? null
        : wholeCity(command.type)
  }
}

async function isAlarmInScope(
  scope: DataScope,
  { districtId, incidentId }: { readonly districtId: string | null; readonly incidentId: string | null },
  world: ScopeWorld,
): Promise<boolean> {
  if (districtId !== scope.districtId) return false
  if (scope.streetId === null) return true
  // Alarms are counted by district: which street's one is, its case tells.
  const incident = incidentId === null ? null : await world.findCase(incidentId)
  return incident !== null && isInScope(scope, incident)
}

const isPlaceInScope = (scope: DataScope, at: LonLat, world: ScopeWorld): boolean =>
  world.districtOf(at) === scope.districtId && (scope.streetId === null || world.locate(at).includes(scope.streetId))
