/** What is done for whoever called (12345): first contact, a call handed on, marks, and the call back. */
import { callBacksOf } from '../../../../shared/model/call-backs.ts'
import { fieldRefusal, type CaseAsk, type Outcome } from './ask.ts'
import type { Of } from './ask.ts'

export function callerEvents(
  ask: CaseAsk,
  command: Of<'incident.contact' | 'incident.hand-over' | 'incident.flag' | 'incident.call-back'>,
): Outcome {
  const { incident, move } = ask
  switch (command.type) {
    case 'incident.contact':
      return [{ type: 'incident.contacted', ...move, contact: command.contacted, note: command.note }]
    case 'incident.hand-over': {
      const { agency, person, number, words } = command
      return [{ type: 'incident.handed-over', ...move, agency, person, number, words }]
    }
    case 'incident.flag': {
      const { flag, isOn, reason } = command
      if ((incident.flags?.includes(flag) ?? false) === isOn)
        return fieldRefusal('flag', isOn ? 'it is marked so already' : 'it is not marked so')
      return [{ type: 'incident.flagged', ...move, flag, isOn, reason }]
    }
    case 'incident.call-back':
      return calledBack(ask, command)
  }
}

/** One call. The case is evaluated when nobody is owed an answer any more, by an answer or by calls nobody takes. */
function calledBack({ incident, move, context }: CaseAsk, command: Of<'incident.call-back'>): Outcome {
  const open = callBacksOf(incident).filter(({ endedAt }) => endedAt === null)
  const one = command.from === null ? open[0] : open.find(({ from }) => from === command.from)
  if (one === undefined) return fieldRefusal('from', 'no caller of that report is owed an answer')
  const { isReached, satisfaction, attitude, note } = command
  if (isReached && satisfaction === null) return fieldRefusal('satisfaction', 'say how satisfied the caller is')
  const ends = isReached || one.misses + 1 >= context.caseSettings.callBackTries
  const isLast = ends && open.length === 1
  const solved = isReached ? (command.solved ?? 'solved') : null
  return [
    {
      type: 'incident.called-back',
      ...(isLast ? move : { incidentId: incident.id, state: incident.state, stageDueAt: incident.stageDueAt }),
      from: one.from,
      isReached,
      solved,
      satisfaction: isReached ? satisfaction : null,
      attitude: isReached ? attitude : null,
      note,
      ends,
    },
  ]
}
