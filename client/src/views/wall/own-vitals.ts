/** Vital signs that no sensor gives: the citizens' requests, and the system's own health. Pure. */
import { isInKpi, isOpenState, type Incident } from '../../../../shared/model/incident.ts'
import type { VitalSign } from '../../components/wall/vital-signs.ts'

const hourMs = 3_600_000
/** Below this share of sensors speaking, the system itself is a sign of trouble. */
const onlineNormal = 0.95

export interface RequestCounts {
  readonly open: number
  readonly overdue: number
  readonly lastHour: number
}

/** Open cases that citizens brought, by hotline or Open311; a drill's where it counts. */
export function countRequests(incidents: readonly Incident[], nowAt: number): RequestCounts {
  let [open, overdue, lastHour] = [0, 0, 0]
  for (const incident of incidents) {
    if (!isInKpi(incident)) continue
    if ((incident.source !== 'hotline' && incident.source !== 'open311') || !isOpenState(incident.state)) continue
    open += 1
    const { dueAt, stageDueAt } = incident
    if ((dueAt !== null && dueAt < nowAt) || (stageDueAt !== null && stageDueAt < nowAt)) overdue += 1
    if (nowAt - incident.reportedAt < hourMs) lastHour += 1
  }
  return { open, overdue, lastHour }
}

/** Share of registered sensors whose value is fresh and trusted; null where none is registered. */
export function onlineShare(signs: readonly VitalSign[]): {
  share: number | null
  silent: number | null
  isAbnormal: boolean
} {
  const count = signs.reduce((sum, sign) => sum + sign.count, 0)
  if (count === 0) return { share: null, silent: null, isAbnormal: false }
  const fresh = signs.reduce((sum, sign) => sum + sign.fresh, 0)
  return { share: fresh / count, silent: count - fresh, isAbnormal: fresh / count < onlineNormal }
}
