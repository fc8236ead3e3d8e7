/**
 * What time alone does to a case, in the order in which it comes: marks of its clock told (催办, 督办), stages and assistants run late,
 * suspensions ended, first calls missed. Each comes once: it is in the log before it could come again.
 */
import type { DomainEvent } from '../../../../shared/model/event.ts'
import type { Incident } from '../../../../shared/model/incident.ts'
import type { Instant } from '../../../../shared/model/ids.ts'
import { isOpenState } from '../../../../shared/model/incident.ts'
import { dueAt as dueAfter, limitMs } from '../../../../shared/model/working-time.ts'
import { clockMarks } from '../deadline/clock.ts'
import { mostSupervisions, type CaseClock, type Suspension } from '../../../../shared/model/case-facts.ts'
import type { Context } from '../context.ts'
import { marksOf, nextMarkAt, setClock } from './case-clock.ts'
import { newOverrun, nextOverrunAt, resumedStageDueAt } from './limits.ts'

export type TimerRules = Pick<Context, 'workingHours' | 'caseSettings'>

export interface TimedEvent {
  /** The instant it came of, not later than the tick that finds it. */
  readonly at: Instant
  readonly event: DomainEvent
}

const openAssists = ({ assists = [] }: Incident) =>
  assists.filter(({ endedAt, dueAt, late }) => endedAt === null && dueAt !== null && !late)

const contactDueAt = ({ firstContact }: Incident): Instant | null =>
  firstContact?.state === 'pending' ? firstContact.dueAt : null

/** A limit reached is kept; the first instant past it is late. */
const past = (dueAt: Instant): Instant => dueAt + 1

/** The first instant at which time has something to do to this case as it is; null = never. */
export function nextTimerAt(incident: Incident): Instant | null {
  if (!isOpenState(incident.state)) return null
  const contact = contactDueAt(incident)
  const at = Math.min(
    nextOverrunAt(incident) ?? Infinity,
    nextMarkAt(incident) ?? Infinity,
    incident.state === 'suspended' ? (incident.suspension?.untilAt ?? Infinity) : Infinity,
    contact === null ? Infinity : past(contact),
    ...openAssists(incident).map(({ dueAt }) => past(dueAt as Instant)),
  )
  return at === Infinity ? null : at
}

/** All that has come by `now`, the oldest first. What would come after a move of the case is left to the next tick. */
export function timedEvents(incident: Incident, now: Instant, rules: TimerRules): readonly TimedEvent[] {
  if (!isOpenState(incident.state)) return []
  const { id: incidentId, state, stageDueAt } = incident
  const head = { incidentId, state, stageDueAt }
  const events: TimedEvent[] = markEvents(incident, now, rules)
  const overrun = newOverrun(incident, now)
  if (overrun !== null)
    events.push({ at: past(overrun.dueAt), event: { type: 'incident.overdue', ...head, ...overrun } })
  for (const { departmentId, dueAt } of openAssists(incident))
    if (now > (dueAt as Instant))
      events.push({
        at: past(dueAt as Instant),
        event: { type: 'incident.assist-overdue', ...head, departmentId, dueAt: dueAt as Instant },
      })
  const contact = contactDueAt(incident)
  if (contact !== null && now > contact)
    events.push({ at: past(contact), event: { type: 'incident.contact-missed', ...head, dueAt: contact } })
  events.sort((a, b) => a.at - b.at)
  const ended = endedSuspension(incident, now, rules)
  return ended === null ? events : [...events.filter(({ at }) => at < ended.at), ended]
}

function markEvents(incident: Incident, now: Instant, { workingHours, caseSettings }: TimerRules): TimedEvent[] {
  const { id: incidentId, state, stageDueAt, clock, dueAt } = incident
  if (clock === undefined || state === 'suspended') return []
  const head = { incidentId, state, stageDueAt }
  const out: TimedEvent[] = []
  const marks = marksOf(clock, dueAt)
  for (const [index, { share, kind }] of clockMarks(caseSettings).entries()) {
    const at = marks[index]
    if (index < clock.marksTold) continue
    // Later marks come later: an instant that never comes ends the list too.
    if (at === null || at === undefined || at > now) break
    if (kind === 'remind' || (incident.supervisions?.length ?? 0) >= mostSupervisions)
      out.push({ at, event: { type: 'incident.reminded', ...head, share, markAt: at } })
    else
      out.push({
        at,
        event: {
          type: 'incident.supervised',
          ...head,
          kind: 'timeout',
          share,
          reason: `已用时限的${Math.round(share * 100)}%`,
          requirement: '说明超时原因并限期办结',
          replyDueAt: dueAfter(
            now,
            limitMs(caseSettings.superviseReply, workingHours),
            caseSettings.superviseReply.unit,
            workingHours,
          ),
        },
      })
  }
  return out
}

/** 挂账 ends by itself on its day. */
function endedSuspension(incident: Incident, now: Instant, rules: TimerRules): TimedEvent | null {
  const { suspension, state } = incident
  if (state !== 'suspended' || suspension === undefined || now < suspension.untilAt) return null
  return { at: suspension.untilAt, event: resumption(incident, suspension.untilAt, now, rules) }
}

/**
 * The case goes on where it stood: with its department, or to be dispatched. `endedAt`: when its clock runs again. A case that was
 * suspended has a clock: suspending gave it one where it had none.
 */
export function resumption(
  incident: Incident,
  endedAt: Instant,
  now: Instant,
  rules: TimerRules,
): Extract<DomainEvent, { type: 'incident.resumed' }> {
  const state = incident.lead === undefined ? 'pending-dispatch' : 'handling'
  const suspension = { ...(incident.suspension as Suspension), endedAt }
  const clocked = setClock(incident.clock as CaseClock, suspension, rules)
  return {
    type: 'incident.resumed',
    incidentId: incident.id,
    state,
    stageDueAt: resumedStageDueAt(incident, state, now, clocked.dueAt, rules),
    ...clocked,
  }
}
