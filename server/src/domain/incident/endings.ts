/** Ends that are not the plain one, and the way back from an end. */
import { isActiveAssignment } from '../../../../shared/model/incident.ts'
import { runningDrill } from '../../../../shared/model/drill.ts'
import { refusal, type CaseAsk, type Outcome } from './ask.ts'
import { startClock } from './case-clock.ts'
import { stageDueAt } from './limits.ts'
import type { Of } from './ask.ts'

export function endingEvents(
  { state, incident, move, context }: CaseAsk,
  command: Of<'incident.unable-check' | 'incident.force-close' | 'incident.reopen'>,
): Outcome {
  const { reason } = command
  switch (command.type) {
    case 'incident.unable-check':
      return [{ type: 'incident.check-unable', ...move, reason }]
    case 'incident.force-close': {
      const crews = incident.assignments.filter((one) => isActiveAssignment(one.state))
      return [
        { type: 'incident.force-closed', ...move, reason },
        ...crews.map(
          ({ unitId }) => ({ type: 'unit.status-set', unitId, status: 'available', incidentId: null }) as const,
        ),
      ]
    }
    case 'incident.reopen': {
      if (incident.drill && runningDrill(state.drills) === null)
        return refusal('NOT_ALLOWED', 'its drill is over', { state: incident.state })
      const limit = incident.clock?.limit ?? context.caseClass(incident.classCode)?.limit
      // What was filed has its time again, from now; what never was waits for filing.
      if (move.state !== 'pending-dispatch' || limit === undefined)
        return [{ type: 'incident.reopened', ...move, reason, dueAt: incident.dueAt }]
      const clocked = startClock(context.now, limit, context)
      const due = stageDueAt(move.state, context.now, clocked.dueAt, context)
      return [{ type: 'incident.reopened', ...move, stageDueAt: due, reason, ...clocked }]
    }
  }
}
