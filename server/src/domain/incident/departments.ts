/**
 * A case and the department that has it: sent (派遣), signed for (签收), sent back (退单), sent elsewhere (改派). A return keeps every fact
 * of the case, names who has it now, and is not answered by sending it where it came from.
 */
import { fieldRefusal, refusal, type CaseAsk, type Outcome } from './ask.ts'
import { etaOf } from './dispatch.ts'
import type { Of } from './ask.ts'

type Command = Of<
  | 'incident.assign'
  | 'incident.reassign'
  | 'incident.receive'
  | 'incident.return'
  | 'incident.return-filing'
  | 'incident.send-back'
>

export function departmentEvents(ask: CaseAsk, command: Command): Outcome {
  const { state, incident, move, context } = ask
  switch (command.type) {
    case 'incident.assign':
    case 'incident.reassign':
      return sent(ask, command)
    case 'incident.receive':
      return [{ type: 'incident.received', ...move }]
    case 'incident.return':
      // To the dispatcher who sent it.
      return returned(ask, 'department', incident.lead?.sentBy ?? null, command.reason)
    case 'incident.return-filing':
      return returned(ask, 'dispatcher', personWhoFiled(ask), command.reason)
    case 'incident.send-back': {
      const { unitId, reason } = command
      if (!incident.assignments.some((one) => one.unitId === unitId && one.state === 'done'))
        return refusal('NOT_ALLOWED', `${unitId} did no work on this case`, { unitId })
      return [{ type: 'incident.sent-back', ...move, unitId, reason, etaS: etaOf(state, incident, unitId, context) }]
    }
  }
}

const returned = ({ move }: CaseAsk, kind: 'department' | 'dispatcher', to: string | null, reason: string): Outcome => [
  { type: 'incident.returned', ...move, kind, to, reason },
]

/** A rule or a door that filed has no desk to send it back to: then it is whoever's who is on duty. */
function personWhoFiled({ incident: { filedBy } }: CaseAsk): string | null {
  return filedBy === undefined || filedBy === 'system' || filedBy.includes(':') ? null : filedBy
}

function sent({ incident, move, context }: CaseAsk, command: Of<'incident.assign' | 'incident.reassign'>): Outcome {
  const { departmentId } = command
  if (!context.hasDepartment(departmentId)) return fieldRefusal('departmentId', 'no such department')
  if (command.type === 'incident.assign') return [{ type: 'incident.assigned', ...move, departmentId }]
  // A case that came back goes on by another way than it came.
  const from = incident.state === 'returned' ? incident.returns?.at(-1)?.departmentId : incident.lead?.departmentId
  if (departmentId === from) return fieldRefusal('departmentId', 'that department has it, or sent it back')
  return [{ type: 'incident.reassigned', ...move, departmentId, reason: command.reason }]
}
