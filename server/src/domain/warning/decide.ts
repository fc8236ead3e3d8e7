/** Official warnings: published for a time, lifted by an officer or by their own end. */
import type { Actor } from '../../../../shared/model/role.ts'
import type { Warning } from '../../../../shared/model/warning.ts'
import type { WarningCommand } from '../../../../shared/model/command.ts'
import type { DomainEvent } from '../../../../shared/model/event.ts'
import type { Instant } from '../../../../shared/model/ids.ts'
import type { Context, Decision } from '../context.ts'
import { accepted, checkVersion, invalid, notFound, refused } from '../context.ts'
import type { CityState } from '../state.ts'

const issuers: readonly Actor['role'][] = ['duty', 'chief', 'system', 'door']
/** Nothing is warned of further ahead than this. */
export const longestWarningMs = 366 * 86_400_000

export function decideWarning(
  state: CityState,
  actor: Actor,
  command: WarningCommand,
  expectedVersion: number | undefined,
  context: Context,
): Decision {
  if (!issuers.includes(actor.role)) return refused('FORBIDDEN', `role ${actor.role} may not issue warnings`)
  if (command.type === 'warning.lift') {
    const warning = state.warnings.get(command.warningId)
    if (warning === undefined) return notFound('warning', command.warningId)
    const stale = checkVersion(expectedVersion, warning)
    if (stale) return stale
    if (command.reason.trim() === '') return invalid('reason', 'a reason is needed')
    return accepted([{ type: 'warning.lifted', warningId: warning.id, reason: command.reason }], {
      warningId: warning.id,
    })
  }
  const { colour, event, headline, description, instruction, districtIds, expiresAt, exercise } = command
  if (!(expiresAt > context.now)) return invalid('expiresAt', 'must lie ahead')
  if (expiresAt > context.now + longestWarningMs) return invalid('expiresAt', 'more than a year ahead')
  const unknown = districtIds.findIndex((id) => !context.hasDivision(id))
  if (unknown >= 0) return invalid(`districtIds.${unknown}`, 'no such division')
  const warning: Warning = {
    id: `W${state.counters.warning + 1}`,
    version: 1,
    colour,
    event,
    headline,
    description,
    eventEn: null,
    headlineEn: null,
    instruction,
    districtIds: [...districtIds],
    areaText: '',
    polygons: [],
    circles: [],
    categories: [],
    urgency: 'Unknown',
    severity: 'Unknown',
    certainty: 'Unknown',
    scope: 'Public',
    status: exercise ? 'Exercise' : 'Actual',
    exercise,
    source: null,
    issuedBy: actor.name,
    issuedAt: context.now,
    effectiveAt: null,
    onsetAt: null,
    expiresAt,
    liftedAt: null,
    liftReason: null,
  }
  return accepted([{ type: 'warning.published', warning }], { warningId: warning.id })
}

/** Warnings whose time is over. The instant of `expiresAt` itself is the first without the warning. */
export function expiredWarnings(state: CityState, now: Instant): DomainEvent[] {
  const events: DomainEvent[] = []
  for (const warning of state.warnings.values()) {
    if (now >= warning.expiresAt) events.push({ type: 'warning.lifted', warningId: warning.id, reason: 'expired' })
  }
  return events
}
