/** A case's two clocks: of its present stage, and of the whole. Pure. */
import type { Incident } from '../../../../shared/model/incident.ts'

/** Yellow when no more than this share of the time is left. */
const soonShare = 0.2

/** From when until when something must be done. */
export interface Limit {
  readonly startAt: number
  readonly dueAt: number
}
/** `soon` and `over` are told by shape and word as well as by colour. */
export type Timeliness = 'over' | 'soon' | 'fine' | 'none'

export const stageLimitOf = ({ stageDueAt, stateSince }: Incident): Limit | null =>
  stageDueAt === null ? null : { startAt: stateSince, dueAt: stageDueAt }

export const caseLimitOf = ({ dueAt, filedAt, reportedAt }: Incident): Limit | null =>
  dueAt === null ? null : { startAt: filedAt ?? reportedAt, dueAt }

/** The limit itself is still in time. */
export function timelinessOf(limit: Limit | null, nowAt: number): Timeliness {
  if (limit === null) return 'none'
  if (nowAt > limit.dueAt) return 'over'
  return limit.dueAt - nowAt <= (limit.dueAt - limit.startAt) * soonShare ? 'soon' : 'fine'
}

/** Which part of the time is gone, 0 to 1. */
export function usedShare({ startAt, dueAt }: Limit, nowAt: number): number {
  if (dueAt <= startAt) return 1
  return Math.max(0, Math.min(1, (nowAt - startAt) / (dueAt - startAt)))
}
