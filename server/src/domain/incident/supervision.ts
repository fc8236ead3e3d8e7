/** 催办 and 督办 by people, and the answers to them. */
import { fieldRefusal, type CaseAsk, type Outcome } from './ask.ts'
import type { Of } from './ask.ts'

export function supervisionEvents(
  { actor, move, context }: CaseAsk,
  command: Of<'incident.urge' | 'incident.supervise' | 'incident.reply'>,
): Outcome {
  switch (command.type) {
    case 'incident.urge':
      return [{ type: 'incident.urged', ...move, text: command.text }]
    case 'incident.reply':
      return [{ type: 'incident.replied', ...move, text: command.text }]
    case 'incident.supervise': {
      const { kind, reason, requirement, replyDueAt } = command
      if (kind === 'leader' && actor.role !== 'manager') return fieldRefusal('kind', 'a leader does that')
      if (replyDueAt !== null && replyDueAt <= context.now) return fieldRefusal('replyDueAt', 'lies in the past')
      return [{ type: 'incident.supervised', ...move, kind, reason, requirement, replyDueAt }]
    }
  }
}
