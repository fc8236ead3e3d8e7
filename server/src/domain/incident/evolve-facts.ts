/** The fold of what is kept with a case besides its steps: departments, requests, supervision, the caller. */
import type { CaseVerbEvent } from '../../../../shared/model/case-event.ts'
import type { Approval, Assist, CallBack, CaseClock, CaseRequest, Lead } from '../../../../shared/model/case-facts.ts'
import type { DispositionCode } from '../../../../shared/model/disposition.ts'
import type { Instant } from '../../../../shared/model/ids.ts'
import type { Incident } from '../../../../shared/model/incident.ts'
import type { Role } from '../../../../shared/model/role.ts'
import { mostRequestsKept, mostReturnsKept } from '../../../../shared/model/case-facts.ts'
import { callBacksOf, gradeOfScore, scoreOf } from '../../../../shared/model/call-backs.ts'
import { newAssignment, released } from './assignments.ts'

/** Makes the next row out of the fields that change. */
type Next = (fields: Partial<Incident>) => Incident
type Of<Type extends CaseVerbEvent['type']> = Extract<CaseVerbEvent, { type: Type }>

const without = <Key extends keyof Incident>(row: Incident, key: Key): Omit<Incident, Key> => {
  const { [key]: _gone, ...rest } = row
  return rest
}

const newLead = (departmentId: string, at: Instant, by: string): Lead => ({
  departmentId,
  sentBy: by,
  sentAt: at,
  receivedAt: null,
  receivedBy: null,
})

/** 返工: the same department, to be signed for again. */
export const unsigned = ({ lead }: Incident, at: Instant, by: string): Partial<Incident> =>
  lead === undefined ? {} : { lead: newLead(lead.departmentId, at, by) }

/** Ends or changes the request that is open; approvals come in the order they are given. */
function decided(
  row: Incident,
  change: Partial<CaseRequest>,
  approval?: Approval,
): { readonly requests: readonly CaseRequest[] } {
  return {
    requests: (row.requests ?? []).map((one) =>
      one.outcome === 'open'
        ? { ...one, ...change, approvals: approval === undefined ? one.approvals : [...one.approvals, approval] }
        : one,
    ),
  }
}
const granted = (row: Incident, role: Role, at: Instant, by: string) =>
  decided(row, { outcome: 'granted', decidedAt: at }, { by, role, approvedAt: at })

const assists = (row: Incident, departmentId: string, change: Partial<Assist>): Partial<Incident> => ({
  assists: (row.assists ?? []).map((one) =>
    one.departmentId === departmentId && one.endedAt === null ? { ...one, ...change } : one,
  ),
})

const told = ({ clock }: Incident): Partial<Incident> =>
  clock === undefined ? {} : { clock: { ...clock, marksTold: clock.marksTold + 1 } }

export function evolveFacts(row: Incident, event: CaseVerbEvent, at: Instant, actor: string, next: Next): Incident {
  switch (event.type) {
    case 'incident.verify-asked':
      return next({
        verification: {
          askedBy: actor,
          askedAt: at,
          unitId: event.unitId,
          result: null,
          answeredBy: null,
          answeredAt: null,
          note: '',
        },
        acceptedAt: row.acceptedAt ?? at,
      })
    case 'incident.verified': {
      const { result, note } = event
      return row.verification === undefined
        ? next({})
        : next({ verification: { ...row.verification, result, note, answeredBy: actor, answeredAt: at } })
    }
    case 'incident.assigned':
    case 'incident.reassigned':
      return next({
        departmentId: event.departmentId,
        dispatchedAt: row.dispatchedAt ?? at,
        lead: newLead(event.departmentId, at, actor),
      })
    case 'incident.received':
      return row.lead === undefined ? next({}) : next({ lead: { ...row.lead, receivedAt: at, receivedBy: actor } })
    case 'incident.returned':
      return without(next({ ...returned(row, event, at, actor) }), 'lead')
    case 'incident.sent-back':
      return next({
        returnCount: row.returnCount + 1,
        ...returned(row, { ...event, kind: 'work', to: event.unitId }, at, actor),
        assignments: [...row.assignments, newAssignment(event.unitId, actor, event.etaS, at)],
      })
    case 'incident.requested': {
      const { kind, role, reason, untilAt } = event
      const request: CaseRequest = {
        kind,
        by: actor,
        role,
        reason,
        askedAt: at,
        ...(untilAt === undefined ? {} : { untilAt }),
        approvals: [],
        outcome: 'open',
      }
      return next({ requests: keptRequests([...(row.requests ?? []), request]) })
    }
    case 'incident.request-approved':
      return next(decided(row, {}, { by: actor, role: event.role, approvedAt: at }))
    case 'incident.request-refused':
      return next(decided(row, { outcome: 'refused', decidedAt: at, refusedBy: actor, refusal: event.reason }))
    case 'incident.extended':
      return next({ ...granted(row, event.role, at, actor), dueAt: event.dueAt, clock: event.clock })
    case 'incident.suspended': {
      const asked = row.requests?.find(({ outcome }) => outcome === 'open')
      return next({
        ...granted(row, event.role, at, actor),
        dueAt: event.dueAt,
        clock: event.clock,
        suspension: {
          beganAt: at,
          untilAt: event.untilAt,
          endedAt: null,
          reason: asked?.reason ?? '',
          askedBy: asked?.by ?? actor,
          approvedBy: actor,
        },
      })
    }
    case 'incident.resumed':
      return next({
        dueAt: event.dueAt,
        clock: event.clock,
        ...(row.suspension === undefined
          ? {}
          : { suspension: { ...row.suspension, endedAt: Math.min(at, row.suspension.untilAt) } }),
      })
    case 'incident.exempted':
      return next({ ...granted(row, event.role, at, actor), exempt: true })
    case 'incident.assist-added': {
      const { departmentId, task, dueAt } = event
      const one: Assist = {
        departmentId,
        task,
        askedBy: actor,
        askedAt: at,
        dueAt,
        receivedAt: null,
        endedAt: null,
        end: null,
        note: '',
      }
      return next({ assists: [...(row.assists ?? []), one] })
    }
    case 'incident.assist-received':
      return next(assists(row, event.departmentId, { receivedAt: at }))
    case 'incident.assist-answered':
      return next(assists(row, event.departmentId, { endedAt: at, end: 'answered', note: event.note }))
    case 'incident.assist-waived':
      return next(assists(row, event.departmentId, { endedAt: at, end: 'waived', note: event.reason }))
    case 'incident.assist-overdue':
      return next(assists(row, event.departmentId, { late: true }))
    case 'incident.urged':
      return next({ urging: { count: (row.urging?.count ?? 0) + 1, lastAt: at, lastBy: actor, text: event.text } })
    case 'incident.reminded':
      return next(told(row))
    case 'incident.supervised': {
      const { kind, reason, requirement, replyDueAt, share } = event
      const one = { kind, by: actor, askedAt: at, reason, requirement, replyDueAt }
      return next({
        supervisions: [...(row.supervisions ?? []), { ...one, repliedAt: null, repliedBy: null, reply: '' }],
        ...(share === undefined ? {} : told(row)),
      })
    }
    case 'incident.replied':
      return next({
        supervisions: (row.supervisions ?? []).map((one) =>
          one.repliedAt === null ? { ...one, repliedAt: at, repliedBy: actor, reply: event.text } : one,
        ),
      })
    case 'incident.check-unable':
      return next({ unableChecks: (row.unableChecks ?? 0) + 1 })
    case 'incident.force-closed':
      return next({ closedAt: at, resolution: event.reason, assignments: released(row, event.reason, at) })
    case 'incident.reopened':
      return reopened(row, event, next)
    case 'incident.contacted':
      return next({
        firstContact: {
          // A first call that came too late stays one: what counts is whether it came in time.
          state: row.firstContact?.state === 'no' ? 'no' : event.contact,
          dueAt: row.firstContact?.dueAt ?? null,
          contactedAt:
            event.contact === 'yes' ? (row.firstContact?.contactedAt ?? at) : (row.firstContact?.contactedAt ?? null),
          by: actor,
          note: event.note,
        },
      })
    case 'incident.contact-missed':
      return row.firstContact === undefined ? next({}) : next({ firstContact: { ...row.firstContact, state: 'no' } })
    case 'incident.handed-over': {
      const { agency, person, number, words } = event
      return next({ handovers: [...(row.handovers ?? []), { agency, by: actor, handedAt: at, person, number, words }] })
    }
    case 'incident.flagged': {
      const rest = (row.flags ?? []).filter((flag) => flag !== event.flag)
      return next({ flags: event.isOn ? [...rest, event.flag] : rest })
    }
    case 'incident.called-back':
      return next(calledBack(row, event, at, actor))
    case 'incident.self-handled':
      return next({
        simple: true,
        dispatchedAt: at,
        arrivedAt: at,
        finishedAt: at,
        fedBackAt: at,
        resolution: event.note,
        mediaUrl: event.mediaUrl ?? row.mediaUrl,
      })
  }
}

function returned(
  row: Incident,
  {
    kind,
    to,
    reason,
  }: { readonly kind: 'department' | 'dispatcher' | 'work'; readonly to: string | null; readonly reason: string },
  at: Instant,
  by: string,
): Partial<Incident> {
  const { departmentId, classCode } = row
  const one = { kind, by, returnedAt: at, to, reason, departmentId, classCode }
  return { returnCount: row.returnCount + 1, returns: [...(row.returns ?? []), one].slice(-mostReturnsKept) }
}

/** The oldest decided one goes where there is no more room; what is granted stays. */
function keptRequests(all: readonly CaseRequest[]): readonly CaseRequest[] {
  if (all.length <= mostRequestsKept) return all
  const oldest = all.findIndex(({ outcome }) => outcome === 'refused')
  return all.filter((_, index) => index !== oldest)
}

/** Begins again: whose it was is kept, what ended it is not; the log has both. */
function reopened(row: Incident, event: Of<'incident.reopened'>, next: Next): Incident {
  const {
    lead: _had,
    disposition: _was,
    ...rest
  } = next({
    closedAt: null,
    satisfaction: null,
    reopenCount: (row.reopenCount ?? 0) + 1,
    callBacks: callBacksOf(row).map((one): CallBack => ({
      ...one,
      misses: 0,
      endedAt: null,
      by: null,
      solved: null,
      satisfaction: null,
      attitude: null,
    })),
    ...(event.clock === undefined ? {} : { clock: event.clock as CaseClock, dueAt: event.dueAt }),
  })
  return rest
}

/** Of logs from before the number of tries was a setting. */
const mostMissesBefore = 3

function calledBack(row: Incident, event: Of<'incident.called-back'>, at: Instant, by: string): Partial<Incident> {
  const callBacks = callBacksOf(row).map((one): CallBack => {
    if (one.from !== event.from) return one
    const { solved, satisfaction, attitude, note } = event
    if (event.isReached) return { ...one, endedAt: at, by, solved, satisfaction, attitude, note }
    const misses = one.misses + 1
    const ends = event.ends ?? misses >= mostMissesBefore
    return { ...one, misses, by, note, endedAt: ends ? at : null }
  })
  const first = callBacks.find(({ satisfaction }) => satisfaction !== null)
  return { callBacks, ...(first?.satisfaction ? { satisfaction: scoreOf(first.satisfaction) } : {}) }
}

/** Endings by words alone: settled by telephone, cancelled, handed on, a false alarm. */
const explaining: ReadonlySet<string> = new Set<DispositionCode>(['05', '10', '15', '17'])

/** 回访评价 by a score answers the one caller who was still owed an answer. What was only explained was not solved. */
export function judged(
  row: Incident,
  { satisfaction, note }: { readonly satisfaction: number; readonly note: string },
  at: Instant,
  by: string,
): Partial<Incident> {
  const all = callBacksOf(row)
  if (all.length === 0) return {}
  const grade = gradeOfScore(satisfaction)
  const solved = row.disposition !== undefined && explaining.has(row.disposition) ? 'explained' : 'solved'
  return {
    callBacks: all.map((one): CallBack =>
      one.endedAt === null ? { ...one, endedAt: at, by, solved, satisfaction: grade, attitude: grade, note } : one,
    ),
  }
}
