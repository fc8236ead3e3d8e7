/**
 * 自行处置 by the simple flow (简易流程): somebody who found a thing put it right on the spot. Reported, filed and handled in one act, with
 * words that prove it; an officer still checks it and closes it.
 */
import { filingBasis } from '../../../../shared/model/case-class.ts'
import type { Actor } from '../../../../shared/model/role.ts'
import type { Command } from '../../../../shared/model/command.ts'
import { runningDrill } from '../../../../shared/model/drill.ts'
import type { Context, Decision } from '../context.ts'
import { accepted, invalid, refused } from '../context.ts'
import type { CityState } from '../state.ts'
import { startClock } from './case-clock.ts'
import { chosenCondition } from './condition.ts'
import { stageDueAt } from './limits.ts'
import { departmentOf, newIncident, noDrillRuns, reporters } from './report.ts'

export function decideSelfHandle(
  state: CityState,
  actor: Actor,
  command: Extract<Command, { type: 'incident.self-handle' }>,
  context: Context,
): Decision {
  if (!reporters.includes(actor.role)) return refused('FORBIDDEN', 'this account may not report cases')
  const caseClass = context.caseClass(command.classCode)
  if (caseClass === undefined) return invalid('classCode', 'no such case class')
  if (command.note.trim() === '') return invalid('note', 'say what was done')
  const condition = chosenCondition(caseClass, command.conditionId, context.caseSettings)
  if ('refusal' in condition) return condition
  const { title, description, position, address, drill, mediaUrl, note } = command
  if (drill && runningDrill(state.drills) === null) return noDrillRuns
  const { now } = context
  const incident = newIncident(state, context, {
    classCode: caseClass.code,
    priority: command.priority ?? caseClass.priority,
    title,
    description,
    source: 'patrol',
    sourceRef: actor.unitId ?? null,
    alarmIds: [],
    position,
    address,
    reporter: null,
    mediaUrl: null,
    occurredAt: now,
    drill,
  })
  const clocked = startClock(now, condition.limit, context)
  const head = { incidentId: incident.id }
  return accepted(
    [
      { type: 'incident.reported', incident },
      {
        type: 'incident.filed',
        ...head,
        state: 'pending-dispatch',
        stageDueAt: stageDueAt('pending-dispatch', now, clocked.dueAt, context),
        classCode: caseClass.code,
        departmentId: actor.departmentId ?? departmentOf(caseClass, context),
        priority: incident.priority,
        ...clocked,
        conditionId: condition.id,
        basis: filingBasis(caseClass, condition),
      },
      {
        type: 'incident.self-handled',
        ...head,
        state: 'pending-check',
        stageDueAt: stageDueAt('pending-check', now, clocked.dueAt, context),
        note,
        mediaUrl,
      },
    ],
    head,
  )
}
