/**
 * When it happened, and who says so. A crew tells of itself, now or, where its terminal was off, later and by the time it happened; an
 * officer may tell for it meanwhile (代报), and that stays marked. What is told late keeps the order of the crew's own acts.
 */
import type { Actor } from '../../../../shared/model/role.ts'
import type { Assignment } from '../../../../shared/model/incident.ts'
import type { Instant } from '../../../../shared/model/ids.ts'
import type { Decision } from '../context.ts'
import { invalid } from '../context.ts'

/** Nobody remembers the minute of what happened longer ago. */
export const mostLateMs = 24 * 3_600_000

export interface Telling {
  readonly occurredAt?: Instant
  readonly relayed?: true
}

/** `since`: what it cannot have happened before. A refusal names the field. */
export function tellingOf(
  actor: Actor,
  occurredAt: Instant | undefined,
  since: Instant,
  now: Instant,
): Telling | Extract<Decision, { ok: false }> {
  const no = (problem: string) => invalid('occurredAt', problem) as Extract<Decision, { ok: false }>
  const relayed = actor.role === 'crew' ? {} : { relayed: true as const }
  if (occurredAt === undefined || occurredAt === now) return relayed
  if (occurredAt > now) return no('lies in the future')
  if (occurredAt < now - mostLateMs) return no('lies more than a day back')
  if (occurredAt < since) return no('lies before what the crew did last')
  return { ...relayed, occurredAt }
}

/** The crew's latest time on this case. */
export const lastTimeOf = (one: Assignment): Instant =>
  Math.max(
    one.dispatchedAt,
    ...[one.acknowledgedAt, one.departedAt, one.stagedAt, one.arrivedAt, one.transportingAt, one.atDestinationAt].map(
      (at) => at ?? 0,
    ),
  )
