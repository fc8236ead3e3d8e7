/**
 * The rules' one entrance: a command and the state it meets, in; events or a refusal, out. Total and pure: the same
 * question always has the same answer, and nothing is changed by asking.
 */
import type { Actor } from '../../../shared/model/role.ts'
import type { LonLat } from '../../../shared/model/geo.ts'
import type { Command } from '../../../shared/model/command.ts'
import type { Context, Decision } from './context.ts'
import { isInternal, refused } from './context.ts'
import type { CityState } from './state.ts'
import { decideAcknowledgeGroup } from './alarm-load/acknowledge-group.ts'
import { decideAlgorithm } from './algorithm/decide.ts'
import { decideMerge } from './incident/merge.ts'
import { withFollowing } from './incident/following.ts'
import { decideAlarm } from './alarm/decide.ts'
import { decideRuleChange } from './alarm/rule-change.ts'
import { decideService } from './alarm/service.ts'
import { decideCatalog } from './catalog/decide.ts'
import { decideWall } from './display/decide.ts'
import { decideDrill } from './drill/decide.ts'
import { barredFromConsole, decideDuty } from './duty/decide.ts'
import { decideEnrol, decideUnitStatus } from './unit/decide.ts'
import { decideIncident } from './incident/decide.ts'
import { decideReport } from './incident/report.ts'
import { decidePlan } from './plan/decide.ts'
import { contextUnder } from './mode/limits.ts'
import { decideMode } from './mode/decide.ts'
import { decideResponse } from './response/decide.ts'
import { decideSelfHandle } from './incident/self-handle.ts'
import { decideSystemAlarm } from './alarm/system.ts'
import { decideReceive } from './warning/receive.ts'
import { decideWarning } from './warning/decide.ts'

/** Everything that follows from the answer is in it. `expectedVersion`: of the row the sender saw; undefined = whatever it is now. */
export function decide(
  state: CityState,
  actor: Actor,
  command: Command,
  expectedVersion: number | undefined,
  context: Context,
): Decision {
  const decision =
    barredFromConsole(state, actor, command) ?? decideItself(state, actor, command, expectedVersion, context)
  return decision.ok ? { ...decision, events: withFollowing(state, decision.events, context) } : decision
}

function decideItself(
  state: CityState,
  actor: Actor,
  command: Command,
  expectedVersion: number | undefined,
  context: Context,
): Decision {
  switch (command.type) {
    case 'incident.report':
      return decideReport(state, actor, command, contextThere(state, command, context))
    case 'incident.merge':
    case 'incident.unmerge':
    case 'incident.link':
    case 'incident.unlink':
    case 'incident.not-same':
      return decideMerge(state, actor, command, expectedVersion, context)
    case 'algorithm.switch':
    case 'algorithm.approve-rule':
    case 'algorithm.withdraw-rule':
      return decideAlgorithm(state.algorithms, actor, command, expectedVersion)
    case 'incident.self-handle':
      return decideSelfHandle(state, actor, command, contextThere(state, command, context))
    case 'alarm.acknowledge':
    case 'alarm.open-incident':
    case 'alarm.shelve':
    case 'alarm.unshelve':
    case 'alarm.reset':
    case 'alarm.mark-false':
      return decideAlarm(state, actor, command, expectedVersion, context)
    case 'alarm-rule.propose':
    case 'alarm-rule.approve':
    case 'alarm-rule.decline':
      return decideRuleChange(state, actor, command, expectedVersion, context)
    case 'sensor.take-out-of-service':
    case 'sensor.return-to-service':
      return decideService(state, actor, command, context)
    case 'alarm.acknowledge-group':
      return decideAcknowledgeGroup(state, actor, command, context)
    case 'unit.set-status':
      return decideUnitStatus(state, actor, command, expectedVersion, context)
    case 'warning.publish':
    case 'warning.lift':
      return decideWarning(state, actor, command, expectedVersion, context)
    case 'warning.receive':
      return isInternal(actor) ? decideReceive(state, command.alert, context) : internalOnly
    case 'drill.start':
    case 'drill.end':
      return decideDrill(state, actor, command, expectedVersion, context)
    case 'mode.propose':
    case 'mode.confirm':
    case 'mode.decline':
      return decideMode(state, actor, command, expectedVersion, context)
    case 'wall.push':
    case 'wall.point':
    case 'wall.release':
    case 'wall.set-programme':
      return decideWall(state, actor, command, expectedVersion, context)
    case 'response.start':
    case 'response.change':
    case 'response.end':
    case 'response.confirm':
    case 'response.decline':
      return decideResponse(state, actor, command, expectedVersion, context)
    case 'plan.reinforce':
    case 'plan.tick':
    case 'plan.note':
    case 'plan.answer':
    case 'plan.end-agency':
    case 'plan.grade':
    case 'plan.report':
    case 'plan.divert':
      return decidePlan(state, actor, command, expectedVersion, context)
    case 'duty.note':
    case 'duty.record-call':
    case 'duty.correct':
    case 'duty.request-change':
    case 'duty.approve-change':
    case 'duty.decline-change':
    case 'duty.take-console':
    case 'duty.release-console':
    case 'duty.prepare-hand-over':
    case 'duty.sign-hand-over':
    case 'duty.cancel-hand-over':
    case 'duty.acknowledge-items':
    case 'duty.take-over':
    case 'duty.sign-on':
    case 'duty.sign-off':
    case 'duty.call-roll':
    case 'duty.mark-roll':
    case 'duty.end-roll':
      return decideDuty(state, actor, command, expectedVersion, context)
    case 'catalog.create':
    case 'catalog.update':
    case 'catalog.delete':
      return decideCatalog(state, actor, command, context)
    case 'unit.enrol':
      return isInternal(actor) ? decideEnrol(state, command, context) : internalOnly
    case 'alarm.system':
      return isInternal(actor) ? decideSystemAlarm(state, command, context) : internalOnly
    default:
      return decideIncident(state, actor, command, expectedVersion, contextHere(state, command, context))
  }
}

/** A case is held to the limits of the mode that holds where it is, for the class it is of from here on. */
function contextHere(
  state: CityState,
  command: { readonly incidentId: string; readonly classCode?: string | null },
  context: Context,
): Context {
  const incident = state.incidents.get(command.incidentId)
  if (incident === undefined) return context
  const { districtId, classCode } = incident
  return contextUnder(state, { districtId, classCode: command.classCode ?? classCode }, context)
}

/** One that is only told of, the same where it is told to be. */
function contextThere(
  state: CityState,
  { position, classCode }: { readonly position: LonLat | null; readonly classCode: string },
  context: Context,
): Context {
  const districtId = position === null ? null : context.districtOf(position)
  return contextUnder(state, { districtId, classCode }, context)
}

const internalOnly: Decision = refused('FORBIDDEN', 'only the system itself asks this')
