/**
 * 延期, 挂账 and 申诉: asked for by one, granted by others. Customarily an extension takes two levels above whoever asks, a suspension a second
 * person, an appeal two reviewers, and the chief may grant an extension alone (值班长 override); the levels are the city's to set. Nobody
 * agrees to what they asked for, or twice.
 */
import type { ApprovalLevels, CaseSettings } from '../../../../shared/model/case-settings.ts'
import type { CaseClock, CaseRequest } from '../../../../shared/model/case-facts.ts'
import type { Instant } from '../../../../shared/model/ids.ts'
import { openRequest } from '../../../../shared/model/case-gates.ts'
import type { Actor, Role } from '../../../../shared/model/role.ts'
import { fieldRefusal, hindered, refusal, type CaseAsk, type Outcome, type Refused } from './ask.ts'
import { setClock } from './case-clock.ts'
import { resumption } from './case-timers.ts'
import type { Of } from './ask.ts'

type Command = Of<
  | 'incident.request-extension'
  | 'incident.approve-extension'
  | 'incident.request-suspension'
  | 'incident.suspend'
  | 'incident.resume'
  | 'incident.refuse-request'
  | 'incident.appeal'
  | 'incident.approve-appeal'
>

const dayMs = 24 * 3_600_000

function levelsOf({ kind, role }: CaseRequest, { approvals }: CaseSettings): ApprovalLevels {
  if (kind !== 'extension') return approvals[kind]
  return role === 'crew' ? approvals.extensionOfCrew : approvals.extensionOfDepartment
}

export function requestEvents(ask: CaseAsk, command: Command): Outcome {
  const { actor, incident, move, context } = ask
  switch (command.type) {
    case 'incident.request-extension':
      return asked(ask, 'extension', command.reason)
    case 'incident.request-suspension': {
      const { untilAt } = command
      if (untilAt <= context.now) return fieldRefusal('untilAt', 'lies in the past')
      const days = context.caseSettings.longestSuspensionDays
      if (untilAt > context.now + days * dayMs) return fieldRefusal('untilAt', `lies more than ${days} days ahead`)
      return asked(ask, 'suspension', command.reason, untilAt)
    }
    case 'incident.appeal':
      return asked(ask, 'appeal', command.reason)
    case 'incident.approve-extension':
    case 'incident.suspend':
    case 'incident.approve-appeal':
      return approved(ask, openRequest(incident) as CaseRequest)
    case 'incident.refuse-request': {
      const request = openRequest(incident) as CaseRequest
      const against = agreement(request, actor, context.caseSettings)
      if ('refusal' in against) return against
      return [{ type: 'incident.request-refused', ...move, kind: request.kind, reason: command.reason }]
    }
    case 'incident.resume':
      return [resumption(incident, context.now, context.now, context)]
  }
}

const asked = ({ actor, move }: CaseAsk, kind: CaseRequest['kind'], reason: string, untilAt?: number): Outcome => [
  {
    type: 'incident.requested',
    ...move,
    kind,
    role: actor.role as Role,
    reason,
    ...(untilAt === undefined ? {} : { untilAt }),
  },
]

/** May this person say yes or no now; and would it be the last yes that is needed? */
function agreement(
  request: CaseRequest,
  { name, role }: Actor,
  settings: CaseSettings,
): { readonly isLast: boolean } | Refused {
  const { kind, by, approvals } = request
  if (name === by || approvals.some((one) => one.by === name))
    return refusal('FORBIDDEN', 'another person must agree', { kind, by })
  const all = levelsOf(request, settings)
  const isOverride = settings.chiefExtendsAlone && kind === 'extension' && role === 'chief'
  const isTurn = all[approvals.length]?.some((one) => one === role) === true
  if (!isTurn && !isOverride)
    return refusal('FORBIDDEN', 'somebody else must agree first', { kind, level: approvals.length + 1 })
  return { isLast: isOverride || approvals.length + 1 >= all.length }
}

function approved({ actor, incident, move, context }: CaseAsk, request: CaseRequest): Outcome {
  const yes = agreement(request, actor, context.caseSettings)
  if ('refusal' in yes) return yes
  const role = actor.role as Role
  const { kind } = request
  const held = { incidentId: incident.id, state: incident.state, stageDueAt: incident.stageDueAt }
  if (!yes.isLast) return [{ type: 'incident.request-approved', ...held, kind, role }]
  if (kind === 'appeal') return [{ type: 'incident.exempted', ...move, role }]
  return kind === 'extension'
    ? extended({ incident, move, context }, role)
    : suspended({ incident, move, context }, role, request)
}

type Granting = Pick<CaseAsk, 'incident' | 'move' | 'context'>

/** One limit more. A stage that may take as long as the case takes as long as it does now. */
function extended({ incident, move, context }: Granting, role: Role): Outcome {
  const { suspension } = incident
  // Asked again at this very moment: without a clock there is nothing to extend, and nobody gets here.
  const clock = incident.clock as CaseClock
  const clocked = setClock({ ...clock, extensions: clock.extensions + 1 }, suspension, context)
  const isCases = move.stageDueAt !== null && move.stageDueAt === incident.dueAt
  return [
    { type: 'incident.extended', ...move, stageDueAt: isCases ? clocked.dueAt : move.stageDueAt, role, ...clocked },
  ]
}

function suspended({ incident, move, context }: Granting, role: Role, request: CaseRequest): Outcome {
  const untilAt = request.untilAt as Instant
  if (untilAt <= context.now) return fieldRefusal('untilAt', 'the day it was asked for until has passed: refuse it')
  const { filedAt } = incident
  const limit = incident.clock?.limit ?? context.caseClass(incident.classCode)?.limit
  if (filedAt === null || limit === undefined) return hindered('no-limit')
  const parts = incident.clock ?? { startAt: filedAt, limit, extensions: 0, marksTold: 0 }
  const suspension = { beganAt: context.now, untilAt, endedAt: null, reason: '', askedBy: '', approvedBy: '' }
  return [{ type: 'incident.suspended', ...move, role, untilAt, ...setClock(parts, suspension, context) }]
}
