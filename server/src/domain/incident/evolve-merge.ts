/** The fold of merging, splitting off, linking and telling apart. A case that is split off is as if it had never left, but for the time that passed. */
import type { IncidentEvent } from '../../../../shared/model/event.ts'
import type { Incident } from '../../../../shared/model/incident.ts'
import type { IncidentId, Instant } from '../../../../shared/model/ids.ts'
import { isOpenState } from '../../../../shared/model/incident.ts'

export type MergeEvent = Extract<
  IncidentEvent,
  {
    type:
      | 'incident.merged'
      | 'incident.merge-taken'
      | 'incident.unmerged'
      | 'incident.merge-given-back'
      | 'incident.settled'
      | 'incident.linked'
      | 'incident.unlinked'
      | 'incident.told-apart'
  }
>
type Next = (fields: Partial<Incident>) => Incident

/** `next` makes the row of the move itself, with these fields on top. */
export function evolveMerge(row: Incident, event: MergeEvent, at: Instant, next: Next): Incident {
  switch (event.type) {
    case 'incident.merged':
      return next({ merge: event.merge, ...withoutNotSame(row, event.merge.mainId) })
    case 'incident.merge-taken':
      return next({
        mergedIds: [...(row.mergedIds ?? []), event.mergedId],
        alarmIds: [...row.alarmIds, ...event.alarmIds],
        ...withoutNotSame(row, event.mergedId),
      })
    case 'incident.unmerged': {
      const { merge, ...split } = next({})
      if (merge === undefined) return split
      return { ...split, stateSince: merge.stateSince, ...withNotSame(row, merge.mainId) }
    }
    case 'incident.merge-given-back':
      return next({
        mergedIds: (row.mergedIds ?? []).filter((id) => id !== event.mergedId),
        alarmIds: row.alarmIds.filter((id) => !event.alarmIds.includes(id)),
        ...withNotSame(row, event.mergedId),
      })
    case 'incident.settled':
      return next({ closedAt: isOpenState(event.mainState) ? null : at, resolution: event.resolution })
    case 'incident.linked': {
      const { otherId, direction, reason, by } = event
      const others = (row.links ?? []).filter(({ incidentId }) => incidentId !== otherId)
      return next({ links: [...others, { incidentId: otherId, direction, reason, by, at }] })
    }
    case 'incident.unlinked':
      return next({ links: (row.links ?? []).filter(({ incidentId }) => incidentId !== event.otherId) })
    case 'incident.told-apart':
      return next(withNotSame(row, event.otherId))
  }
}

const withNotSame = ({ notSameIds = [] }: Incident, id: IncidentId): Partial<Incident> =>
  notSameIds.includes(id) ? {} : { notSameIds: [...notSameIds, id] }

/** Who merges two after all has thought better of it. */
const withoutNotSame = ({ notSameIds }: Incident, id: IncidentId): Partial<Incident> =>
  notSameIds?.includes(id) ? { notSameIds: notSameIds.filter((one) => one !== id) } : {}
