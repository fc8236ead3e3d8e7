/**
 * What a CAP message from outside does here. A message happens once, whoever brings it; an Update takes the place of what it
 * refers to; a Cancel lifts it; whatever warns of nothing is noted. A message not in earnest touches only what is not either.
 */
import type { DomainEvent } from '../../../../shared/model/event.ts'
import type { WarningId } from '../../../../shared/model/ids.ts'
import type { ReceivedAlert, ShownStatus, Warning } from '../../../../shared/model/warning.ts'
import { alertKey, shownStatuses } from '../../../../shared/model/warning.ts'
import type { Context, Decision } from '../context.ts'
import { accepted, invalid, refused } from '../context.ts'
import type { CityState } from '../state.ts'
import { longestWarningMs } from './decide.ts'

/** What became of a message, as its sender is told. `known`: it came before. */
export type AlertOutcome = 'published' | 'lifted' | 'noted' | 'expired' | 'known'

const isShown = (status: ReceivedAlert['status']): status is ShownStatus =>
  (shownStatuses as readonly string[]).includes(status)

export function decideReceive(state: CityState, alert: ReceivedAlert, context: Context): Decision {
  const taken = state.alertsTaken.get(alertKey(alert.name))
  if (taken !== undefined) return answer([], 'known', taken)
  const { name, status, msgType, references, note, facts } = alert
  const noted: DomainEvent = { type: 'warning.noted', name, status, msgType, references, note }
  if (!isShown(status) || msgType === 'Ack' || msgType === 'Error') return answer([noted], 'noted', null)

  const exercise = status !== 'Actual'
  const { isKnown, standing } = resolve(state, alert, exercise)
  if (msgType === 'Cancel') {
    if (!isKnown) {
      const problem = `names no ${exercise ? 'exercise ' : ''}message that was taken here`
      return refused('NOT_FOUND', `alert.references ${problem}`, { fields: [{ field: 'alert.references', problem }] })
    }
    const reason = note === '' ? 'cancelled by the issuer' : note
    return answer([...standing.map((warning) => lifted(warning, reason)), noted], 'lifted', null, standing)
  }
  if (facts === null) return invalid('alert.info', `is mandatory with msgType ${msgType}`)
  if (facts.expiresAt > context.now + longestWarningMs)
    return invalid('alert.info.0.expires', 'is more than a year ahead')
  const unknown = facts.districtIds.findIndex((id) => !context.hasDivision(id))
  if (unknown >= 0) return invalid(`districtIds.${unknown}`, 'no such division')
  if (context.now >= facts.expiresAt) {
    const reason = `replaced by ${name.identifier}, which is over`
    return answer([...standing.map((warning) => lifted(warning, reason)), noted], 'expired', null, standing)
  }
  const warning: Warning = {
    ...facts,
    id: `W${state.counters.warning + 1}`,
    version: 1,
    scope: alert.scope,
    status,
    exercise,
    source: name,
    issuedAt: name.sentAt,
    liftedAt: null,
    liftReason: null,
  }
  const replaced = standing.map((each) => lifted(each, `replaced by ${warning.id}`))
  return answer([...replaced, { type: 'warning.published', warning }], 'published', warning.id, standing)
}

/** Of the messages referred to: was any taken here, and which of their warnings stand. */
function resolve(state: CityState, { msgType, references }: ReceivedAlert, exercise: boolean) {
  const standing = new Map<WarningId, Warning>()
  let isKnown = false
  for (const reference of msgType === 'Alert' ? [] : references) {
    const id = state.alertsTaken.get(alertKey(reference))
    if (id === undefined) continue
    const warning = id === null ? undefined : state.warnings.get(id)
    // A drill must never lift a warning that is meant; nor the other way round.
    if (warning !== undefined && warning.exercise !== exercise) continue
    isKnown = true
    if (warning !== undefined) standing.set(warning.id, warning)
  }
  return { isKnown, standing: [...standing.values()] }
}

const lifted = (warning: Warning, reason: string): DomainEvent => ({
  type: 'warning.lifted',
  warningId: warning.id,
  reason,
})

const answer = (
  events: readonly DomainEvent[],
  outcome: AlertOutcome,
  warningId: WarningId | null,
  ended: readonly Warning[] = [],
): Decision => accepted(events, { outcome, warningId, ended: ended.map(({ id }) => id) })
