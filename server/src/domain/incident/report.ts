/**
 * How a case begins: reported by somebody, or opened and filed in one act from an alarm. Gives the number; refuses a
 * class nobody knows.
 */
import type { Actor } from '../../../../shared/model/role.ts'
import type { Alarm } from '../../../../shared/model/alarm.ts'
import type { CaseTimes } from '../../../../shared/model/case-times.ts'
import { customaryCondition, filingBasis, type CaseClass } from '../../../../shared/model/case-class.ts'
import type { Command } from '../../../../shared/model/command.ts'
import type { DomainEvent } from '../../../../shared/model/event.ts'
import type { Incident } from '../../../../shared/model/incident.ts'
import type { Instant } from '../../../../shared/model/ids.ts'
import type { LonLat } from '../../../../shared/model/geo.ts'
import { runningDrill } from '../../../../shared/model/drill.ts'
import type { Context, Decision } from '../context.ts'
import { accepted, invalid, refused } from '../context.ts'
import type { CityState } from '../state.ts'
import { dueAt as dueAfter, limitMs } from '../../../../shared/model/working-time.ts'
import { startClock } from './case-clock.ts'
import { namedCondition } from './condition.ts'
import { stageDueAt } from './limits.ts'
import { mostLateMs } from './telling.ts'
import { newVisit } from './visits.ts'

/** Who may report. */
export const reporters: readonly Actor['role'][] = ['duty', 'chief', 'dept', 'crew', 'system', 'door']
/** A source's clock may run ahead of ours by this much. */
const aheadMs = 24 * 3_600_000

/** The next case number of the city's day `now` falls in. */
export function nextIncidentId(state: CityState, context: Context): string {
  const { ymd } = context.dayOf(context.now)
  const n = state.counters.incidentDay === ymd ? state.counters.incidentOfDay + 1 : 1
  return `${ymd}-${String(n).padStart(6, '0')}`
}

type Facts = Pick<
  Incident,
  'classCode' | 'priority' | 'title' | 'description' | 'source' | 'sourceRef' | 'alarmIds' | 'address' | 'drill'
> & {
  readonly position: LonLat | null
  readonly reporter: Incident['reporter']
  readonly mediaUrl: string | null
  readonly occurredAt: Instant
  readonly times?: CaseTimes
  readonly conditionId?: string
}

/** 先行联系 is owed to whoever called and can be called. */
function contactOwed(
  { source, reporter }: Facts,
  { now, caseSettings, workingHours }: Context,
): Pick<Incident, 'firstContact'> {
  if (source !== 'hotline') return {}
  const { firstContact: limit } = caseSettings
  const canBeCalled = reporter !== null && reporter.phone !== null && reporter.phone !== ''
  return {
    firstContact: {
      state: canBeCalled ? 'pending' : 'not-evaluated',
      dueAt: canBeCalled ? dueAfter(now, limitMs(limit, workingHours), limit.unit, workingHours) : null,
      contactedAt: null,
      by: null,
      note: '',
    },
  }
}

export function newIncident(state: CityState, context: Context, facts: Facts): Incident {
  const { now } = context
  const dueAt = stageDueAt('reported', now, null, context)
  return {
    id: nextIncidentId(state, context),
    version: 1,
    state: 'reported',
    ...facts,
    ...(facts.drill && runningDrill(state.drills)?.countsInKpi === true ? { countsInKpi: true } : {}),
    ...(facts.position === null ? { districtId: null } : context.coverOf(facts.position)),
    departmentId: null,
    assignments: [],
    reportedAt: now,
    acceptedAt: null,
    filedAt: null,
    dispatchedAt: null,
    arrivedAt: null,
    finishedAt: null,
    fedBackAt: null,
    checkedAt: null,
    closedAt: null,
    stateSince: now,
    stageDueAt: dueAt,
    dueAt: null,
    overdueStages: [],
    returnCount: 0,
    reworkCount: 0,
    resolution: null,
    satisfaction: null,
    updatedAt: now,
    visits: newVisit('reported', now, dueAt),
    ...contactOwed(facts, context),
  }
}

export function decideReport(
  state: CityState,
  actor: Actor,
  command: Extract<Command, { type: 'incident.report' }>,
  context: Context,
): Decision {
  if (!reporters.includes(actor.role)) return refused('FORBIDDEN', 'this account may not report cases')
  const caseClass = context.caseClass(command.classCode)
  if (caseClass === undefined) return invalid('classCode', 'no such case class')
  const occurredAt = command.occurredAt ?? context.now
  if (!(occurredAt >= 0 && occurredAt <= context.now + aheadMs)) return invalid('occurredAt', 'lies in the future')
  const { title, description, source, sourceRef, position, address, reporter, mediaUrl, drill } = command
  const called = callTimes(command, context.now)
  if ('refusal' in called) return called
  // The mark takes a case out of the numbers: it is not anybody's to set on a case that is real.
  if (drill && runningDrill(state.drills) === null) return noDrillRuns
  const named = namedCondition(caseClass, command.conditionId)
  if (named !== null && 'refusal' in named) return named
  const incident = newIncident(state, context, {
    classCode: caseClass.code,
    priority: command.priority ?? caseClass.priority,
    title,
    description,
    source,
    sourceRef,
    alarmIds: [],
    position,
    address,
    reporter,
    mediaUrl,
    occurredAt,
    drill,
    ...called,
    ...(named === null ? {} : { conditionId: named.id }),
  })
  return accepted([{ type: 'incident.reported', incident }], { incidentId: incident.id })
}

/** T0 and T1, where the call came by a telephone that says. */
function callTimes(
  { calledAt, answeredAt }: { readonly calledAt?: Instant; readonly answeredAt?: Instant },
  now: Instant,
): { readonly times?: CaseTimes } | Extract<Decision, { ok: false }> {
  const no = (field: string, problem: string) => invalid(field, problem) as Extract<Decision, { ok: false }>
  if (calledAt !== undefined && !(calledAt <= now && calledAt >= now - mostLateMs))
    return no('calledAt', 'must be within the last day')
  if (answeredAt === undefined) return calledAt === undefined ? {} : { times: { T0: calledAt } }
  if (calledAt === undefined) return no('answeredAt', 'says nothing without calledAt')
  if (answeredAt < calledAt || answeredAt > now) return no('answeredAt', 'must lie between calledAt and now')
  return { times: { T0: calledAt, T1: answeredAt } }
}

export const noDrillRuns = refused('NOT_ALLOWED', 'no drill is running: a case cannot be marked as one', {
  fields: [{ field: 'drill', problem: 'no drill is running' }],
})

/** A case made of an alarm: its condition is known and its class given, so it is filed at once and waits for a crew. */
export function caseFromAlarm(
  state: CityState,
  alarm: Alarm,
  caseClass: CaseClass,
  text: { readonly title: string; readonly description: string },
  context: Context,
): { readonly incidentId: string; readonly events: readonly DomainEvent[] } {
  const { now } = context
  const incident = newIncident(state, context, {
    classCode: caseClass.code,
    priority: alarm.priority,
    ...text,
    source: 'iot',
    sourceRef: alarm.id,
    alarmIds: [alarm.id],
    position: alarm.position,
    address: null,
    reporter: null,
    mediaUrl: null,
    occurredAt: alarm.occurredAt,
    drill: alarm.drill,
    times: { T0: alarm.raisedAt },
  })
  const condition = customaryCondition(caseClass)
  const clocked = startClock(now, condition.limit, context)
  return {
    incidentId: incident.id,
    events: [
      { type: 'incident.reported', incident },
      {
        type: 'incident.filed',
        incidentId: incident.id,
        state: 'pending-dispatch',
        stageDueAt: stageDueAt('pending-dispatch', now, clocked.dueAt, context),
        classCode: caseClass.code,
        departmentId: departmentOf(caseClass, context),
        priority: alarm.priority,
        ...clocked,
        conditionId: condition.id,
        basis: filingBasis(caseClass, condition),
      },
      { type: 'alarm.incident-opened', alarmId: alarm.id, incidentId: incident.id },
    ],
  }
}

/** The class's own department, where this city has it. */
export const departmentOf = (caseClass: CaseClass, context: Context): string | null =>
  caseClass.departmentId !== null && context.hasDepartment(caseClass.departmentId) ? caseClass.departmentId : null
