/** A case's two clocks: of its present stage, and of the whole. Pure. */
import type { Incident } from '../../../../shared/model/incident.ts'

/** Yellow when no more than this share of the time is left. */
const soonShare = 0.2

/** From when until when something must be done. */
export interface Limit {
  readonly startAt: number
  readonly dueAt: number
  /** A fifth of the time is left, where that time is not all of the clock's; absent = by the plain share. */
  readonly soonAt?: number
  /** 挂账: it stands. */
  readonly isPaused?: true
}
/** `soon` and `over` are told by shape and word as well as by colour. */
export type Timeliness = 'over' | 'soon' | 'fine' | 'paused' | 'none'

const soonOf = ({ clock }: Incident) => (clock?.soonAt == null ? {} : { soonAt: clock.soonAt })

/** Handling may take as long as the case, and so has its clock. */
export const stageLimitOf = (incident: Incident): Limit | null => {
  const { stageDueAt, stateSince, dueAt } = incident
  if (stageDueAt === null) return null
  return { startAt: stateSince, dueAt: stageDueAt, ...(stageDueAt === dueAt ? soonOf(incident) : {}) }
}

export const caseLimitOf = (incident: Incident): Limit | null => {
  const { dueAt, filedAt, reportedAt, clock, state } = incident
  if (dueAt === null) return null
  const startAt = clock?.startAt ?? filedAt ?? reportedAt
  return { startAt, dueAt, ...soonOf(incident), ...(state === 'suspended' ? { isPaused: true } : {}) }
}

/** The limit itself is still in time. */
export function timelinessOf(limit: Limit | null, nowAt: number): Timeliness {
  if (limit === null) return 'none'
  if (limit.isPaused) return 'paused'
  if (nowAt > limit.dueAt) return 'over'
  const soonAt = limit.soonAt ?? limit.dueAt - (limit.dueAt - limit.startAt) * soonShare
  return nowAt >= soonAt ? 'soon' : 'fine'
}

/** Which part of the time is gone, 0 to 1. */
export function usedShare({ startAt, dueAt }: Limit, nowAt: number): number {
  if (dueAt <= startAt) return 1
  return Math.max(0, Math.min(1, (nowAt - startAt) / (dueAt - startAt)))
}
