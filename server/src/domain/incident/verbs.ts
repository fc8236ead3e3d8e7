/** The further verbs of a case, each to the rule that decides it. State, role, reason and gates were checked before. */
import type { CaseAsk, Outcome, VerbCommand } from './ask.ts'
import { assistEvents } from './assists.ts'
import { callerEvents } from './callers.ts'
import { departmentEvents } from './departments.ts'
import { requestEvents } from './requests.ts'
import { supervisionEvents } from './supervision.ts'
import { endingEvents } from './endings.ts'
import { verificationEvents } from './verification.ts'

/** Their types: what is decided here. */
export const furtherVerbs = [
  'incident.verify',
  'incident.answer-verify',
  'incident.assign',
  'incident.reassign',
  'incident.receive',
  'incident.return',
  'incident.return-filing',
  'incident.send-back',
  'incident.request-extension',
  'incident.approve-extension',
  'incident.request-suspension',
  'incident.suspend',
  'incident.resume',
  'incident.refuse-request',
  'incident.appeal',
  'incident.approve-appeal',
  'incident.add-assist',
  'incident.receive-assist',
  'incident.answer-assist',
  'incident.waive-assist',
  'incident.urge',
  'incident.supervise',
  'incident.reply',
  'incident.unable-check',
  'incident.force-close',
  'incident.reopen',
  'incident.contact',
  'incident.hand-over',
  'incident.flag',
  'incident.call-back',
] as const satisfies readonly VerbCommand['type'][]

export function verbEvents(ask: CaseAsk, command: VerbCommand): Outcome {
  switch (command.type) {
    case 'incident.verify':
    case 'incident.answer-verify':
      return verificationEvents(ask, command)
    case 'incident.assign':
    case 'incident.reassign':
    case 'incident.receive':
    case 'incident.return':
    case 'incident.return-filing':
    case 'incident.send-back':
      return departmentEvents(ask, command)
    case 'incident.request-extension':
    case 'incident.approve-extension':
    case 'incident.request-suspension':
    case 'incident.suspend':
    case 'incident.resume':
    case 'incident.refuse-request':
    case 'incident.appeal':
    case 'incident.approve-appeal':
      return requestEvents(ask, command)
    case 'incident.add-assist':
    case 'incident.receive-assist':
    case 'incident.answer-assist':
    case 'incident.waive-assist':
      return assistEvents(ask, command)
    case 'incident.urge':
    case 'incident.supervise':
    case 'incident.reply':
      return supervisionEvents(ask, command)
    case 'incident.unable-check':
    case 'incident.force-close':
    case 'incident.reopen':
      return endingEvents(ask, command)
    case 'incident.contact':
    case 'incident.hand-over':
    case 'incident.flag':
    case 'incident.call-back':
      return callerEvents(ask, command)
  }
}
