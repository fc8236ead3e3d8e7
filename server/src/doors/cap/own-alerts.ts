/**
 * Warnings as this city tells them to others: what its officers published, and passes on what it received and may. Each has one
 * address for ever; a warning lifted before its end is there as its own Cancel.
 */
import type { Instant } from '../../../../shared/model/ids.ts'
import type { AlertName, Warning } from '../../../../shared/model/warning.ts'

export interface OwnAlert {
  readonly warning: Warning
  readonly name: AlertName
  /** The Alert that this Cancel takes back; null for an Alert. */
  readonly cancels: AlertName | null
}

/** How this city signs: stable, and without what CAP forbids in names. */
export const ownSender = (cityId: string): string => `tongguan.${cityId.replace(/[\s,<&]/g, '-')}`

/** Whole seconds: CAP has no others. */
const seconds = (at: Instant): Instant => Math.floor(at / 1000) * 1000

/**
 * The message about a warning that holds now; null where nothing is to be told: what came from others and is over, or was not for
 * the public. `epoch` is the log's, so that a city begun anew never uses a name twice.
 */
export function ownAlert(warning: Warning, cityId: string, epoch: string): OwnAlert | null {
  const sender = ownSender(cityId)
  const identifier = `${sender}.${epoch.slice(0, 8)}.${warning.id}`
  const name = { identifier, sender, sentAt: seconds(warning.issuedAt) }
  const isOver = warning.liftedAt !== null
  if (warning.source !== null && (isOver || warning.scope !== 'Public')) return null
  if (!isOver || warning.liftReason === 'expired') return { warning, name, cancels: null }
  return {
    warning,
    name: { sender, identifier: `${identifier}.lifted`, sentAt: seconds(warning.liftedAt) },
    cancels: name,
  }
}
