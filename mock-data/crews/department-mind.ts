/**
 * What a department does with the cases its crews work on: feeds back when the work is done, writes for more time where it sees that
 * it will not be done. Works in office hours; what cannot wait for them goes by its duty room, at any hour.
 */
import type { Incident } from '../../shared/model/incident.ts'
import { logNormal, type Random } from '../city/random.ts'
import type { CityNow } from '../life/city-now.ts'
import { dueAt as afterWorking, type WorkingHours } from '../../shared/model/working-time.ts'
import type { PeopleRates } from '../life/people-rates.ts'

const minMs = 60_000
/** Nobody writes faster than this, at any speed. */
const leastMs = 800

export interface DepartmentMind {
  /** The command it now gives, or null. */
  next(incident: Incident, now: number): ({ readonly type: string } & Readonly<Record<string, unknown>>) | null
  /** The first moment at which `next` may have a command for the case as it is; Infinity = never. */
  wakeAt(incident: Incident, now: number): number
  forget(incidentId: string): void
}

export function departmentMind(options: {
  readonly speed: number
  readonly city: CityNow
  /** In the city's own time. */
  readonly office: WorkingHours
  readonly rates: PeopleRates
  /** The same case and word always meet the same chance. */
  readonly dice: (id: string, word: string) => Random
}): DepartmentMind {
  const { speed, city, office, rates, dice } = options
  const asked = new Set<string>()
  /** When each case that waits will be fed back, so that its chance is drawn once. */
  const feedBackAt = new Map<string, { readonly since: number; readonly dueAt: number }>()

  /** In city time. */
  function feedBackDueAt({ id, priority, stateSince, reworkCount, dueAt }: Incident): number {
    const since = city.cityAt(stateSince)
    const chance = dice(id, `feedback ${reworkCount}`)
    const isForgotten = chance.chance(rates.forgottenShare)
    const usualMs = logNormal(chance, rates.feedBackMin[priority], rates.deskSpread) * minMs
    const waitMs = isForgotten ? usualMs * rates.forgottenFactor : usualMs
    const byOfficeAt = afterWorking(since, waitMs, 'work-hour', office) ?? Infinity
    if (isForgotten && priority > 2) return byOfficeAt
    const latestAt = dueAt === null ? Infinity : city.cityAt(dueAt) - rates.dutyRoomAheadMin * minMs
    return priority <= 2 || byOfficeAt > latestAt ? since + waitMs : byOfficeAt
  }

  const extensionAt = ({ id, filedAt, dueAt }: Incident): number =>
    filedAt === null || dueAt === null || asked.has(id) ? Infinity : filedAt + rates.extensionFrom * (dueAt - filedAt)

  return {
    forget(incidentId) {
      asked.delete(incidentId)
      feedBackAt.delete(incidentId)
    },
    wakeAt(incident, now) {
      if (incident.state === 'handling') return extensionAt(incident)
      if (incident.state !== 'pending-feedback') return Infinity
      const { id, stateSince } = incident
      let known = feedBackAt.get(id)
      if (known?.since !== stateSince)
        feedBackAt.set(id, (known = { since: stateSince, dueAt: feedBackDueAt(incident) }))
      return Math.max(stateSince + leastMs, now + (known.dueAt - city.cityAt(now)) / speed)
    },
    next(incident, now) {
      const { id, state, dueAt } = incident
      if (state === 'pending-feedback')
        return now >= this.wakeAt(incident, now)
          ? { type: 'incident.feed-back', note: '已按要求处置，现场照片已上传，请核查' }
          : null
      if (state !== 'handling' || dueAt === null || now > dueAt || now < extensionAt(incident)) return null
      asked.add(id)
      return dice(id, 'extension').chance(rates.extensionShare)
        ? { type: 'incident.comment', text: '现场处置难度较大，预计不能按期完成，申请延期' }
        : null
    },
  }
}
