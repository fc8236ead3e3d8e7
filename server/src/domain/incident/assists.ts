/** 协办: departments that help the one that leads, each with a clock of its own. */
import { dueAt as dueAfter, limitMs } from '../../../../shared/model/working-time.ts'
import { fieldRefusal, refusal, type CaseAsk, type Outcome } from './ask.ts'
import type { Of } from './ask.ts'

type Command = Of<
  'incident.add-assist' | 'incident.receive-assist' | 'incident.answer-assist' | 'incident.waive-assist'
>

export function assistEvents(ask: CaseAsk, command: Command): Outcome {
  const { actor, incident, move, context } = ask
  const { departmentId } = command
  const open = incident.assists?.find((one) => one.departmentId === departmentId && one.endedAt === null)
  if (command.type === 'incident.add-assist') {
    if (!context.hasDepartment(departmentId)) return fieldRefusal('departmentId', 'no such department')
    if (departmentId === incident.departmentId) return fieldRefusal('departmentId', 'that department leads')
    if (open !== undefined) return fieldRefusal('departmentId', 'that department is helping already')
    return [{ type: 'incident.assist-added', ...move, departmentId, task: command.task, dueAt: ownDueAt(ask) }]
  }
  if (open === undefined) return fieldRefusal('departmentId', 'that department is not helping')
  if (command.type === 'incident.waive-assist')
    return [{ type: 'incident.assist-waived', ...move, departmentId, reason: command.reason }]
  if (actor.departmentId !== undefined && actor.departmentId !== departmentId)
    return refusal('FORBIDDEN', 'a department acts for itself only', { departmentId })
  if (command.type === 'incident.answer-assist')
    return [{ type: 'incident.assist-answered', ...move, departmentId, note: command.note }]
  return open.receivedAt === null
    ? [{ type: 'incident.assist-received', ...move, departmentId }]
    : fieldRefusal('departmentId', 'that department has signed for it already')
}

/** Its own clock: the case's limit, from when it was asked. */
function ownDueAt({ incident, context: { now, workingHours, caseClass } }: CaseAsk): number | null {
  const limit = incident.clock?.limit ?? caseClass(incident.classCode)?.limit
  return limit === undefined ? null : dueAfter(now, limitMs(limit, workingHours), limit.unit, workingHours)
}
