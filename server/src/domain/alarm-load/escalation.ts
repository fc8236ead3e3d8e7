/** Who hears of an alarm that nobody acknowledged, and when. An acknowledgement at the limit is in time; the instant after is not. */
import type { Alarm } from '../../../../shared/model/alarm.ts'
import type { AlarmLoadEvent } from '../../../../shared/model/load-control.ts'
import type { Instant } from '../../../../shared/model/ids.ts'
import { alarmTransitions } from '../../../../shared/model/alarm.ts'
import { escalationSteps, loadOf } from '../../../../shared/model/load-control.ts'
import { findTransition } from '../../../../shared/model/transition.ts'

/** May somebody acknowledge it? Asked of the table, so that a new state is judged by its own rows. */
export const waitsForAcknowledgement = (alarm: Pick<Alarm, 'state'>): boolean =>
  findTransition(alarmTransitions, alarm.state, 'acknowledge') !== undefined

const nextStep = (alarm: Alarm) => escalationSteps[alarm.priority][loadOf(alarm).escalation?.level ?? 0]

/** The first instant at which it is to be told further, if nobody acknowledges before; null = never. */
export function nextEscalationAt(alarm: Alarm): Instant | null {
  const step = nextStep(alarm)
  if (step === undefined || !waitsForAcknowledgement(alarm)) return null
  return loadOf(alarm).announcedAt + step.afterMs + 1
}

/** The step that is due now; null where none is. */
export function escalate(alarm: Alarm, now: Instant): AlarmLoadEvent | null {
  const [step, at] = [nextStep(alarm), nextEscalationAt(alarm)]
  if (step === undefined || at === null || now < at) return null
  const { announcedAt, escalation } = loadOf(alarm)
  const level = (escalation?.level ?? 0) + 1
  return { type: 'alarm.escalated', alarmId: alarm.id, level, to: step.to, waitedMs: now - announcedAt }
}
