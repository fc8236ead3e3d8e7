/** The queue looked at another way: what is supervised, what is put aside, a flood rolled up. Pure; each view has its own groups and order. */
import type { Alarm } from '../../../../shared/model/alarm.ts'
import type { Supervision } from '../../../../shared/model/case-facts.ts'
import type { Incident } from '../../../../shared/model/incident.ts'
import { loadOf, type AlarmGroup } from '../../../../shared/model/load-control.ts'
import type { Limit } from './desk-clock.ts'

export const viewGroups = [
  'supervise-owed',
  'supervise-answered',
  'urged',
  'shelved',
  'out-of-service',
  'flood-pinned',
  'flood-groups',
  'flood-rest',
] as const
export type ViewGroup = (typeof viewGroups)[number]

/** Something was asked of whoever has the case, and nobody answered yet: the one due first. Without a time to answer by, last. */
export function owedReply({ supervisions = [] }: Incident): Supervision | null {
  const dueAt = ({ replyDueAt }: Supervision) => replyDueAt ?? Infinity
  return supervisions
    .filter(({ repliedAt }) => repliedAt === null)
    .reduce<Supervision | null>((first, one) => (first === null || dueAt(one) < dueAt(first) ? one : first), null)
}
/** The clock of that answer; null where none runs. */
export function replyLimit(incident: Incident): Limit | null {
  const owed = owedReply(incident)
  return owed === null || owed.replyDueAt === null ? null : { startAt: owed.askedAt, dueAt: owed.replyDueAt }
}
const lastReplyAt = ({ supervisions = [] }: Incident) =>
  supervisions.reduce((last, { repliedAt }) => Math.max(last, repliedAt ?? 0), 0)

/** Cases that were supervised (督办) or reminded of (催办): owed the soonest due first, then answered and urged, the latest first. */
export function supervised(incidents: readonly Incident[]): ReadonlyMap<ViewGroup, readonly Incident[]> {
  const owed = incidents.filter((one) => owedReply(one) !== null)
  const answered = incidents.filter((one) => owedReply(one) === null && lastReplyAt(one) > 0)
  const urged = incidents.filter((one) => (one.supervisions?.length ?? 0) === 0 && one.urging !== undefined)
  const dueAt = (one: Incident) => replyLimit(one)?.dueAt ?? Number.MAX_VALUE
  const urgedAt = ({ urging }: Incident) => urging?.lastAt ?? 0
  return new Map([
    ['supervise-owed', owed.sort((a, b) => dueAt(a) - dueAt(b) || (a.id < b.id ? -1 : 1))],
    ['supervise-answered', answered.sort((a, b) => lastReplyAt(b) - lastReplyAt(a) || (a.id < b.id ? -1 : 1))],
    ['urged', urged.sort((a, b) => urgedAt(b) - urgedAt(a) || (a.id < b.id ? -1 : 1))],
  ])
}

/** When an alarm put aside by somebody comes back by itself; null where nobody put it aside. */
export const backAt = ({ shelving, outOfService }: Alarm): number | null =>
  shelving?.untilAt ?? outOfService?.untilAt ?? null

/** What somebody put aside: the first to come back first. */
export function putAside(hidden: readonly Alarm[]): ReadonlyMap<ViewGroup, readonly Alarm[]> {
  const of = (state: Alarm['state']) =>
    hidden
      .filter((alarm) => alarm.state === state)
      .sort((a, b) => (backAt(a) ?? Number.MAX_VALUE) - (backAt(b) ?? Number.MAX_VALUE) || (a.id < b.id ? -1 : 1))
  return new Map([
    ['shelved', of('shelved')],
    ['out-of-service', of('out-of-service')],
  ])
}

/** In a flood: each critical alarm by itself and on top, the rest as the groups they belong to, then those that belong to none. */
export function flooded(
  alarms: readonly Alarm[],
  groups: ReadonlyMap<string, AlarmGroup>,
): { readonly pinned: readonly Alarm[]; readonly rolledUp: readonly AlarmGroup[]; readonly rest: readonly Alarm[] } {
  const others = alarms.filter(({ priority }) => priority !== 1)
  const groupOf = (alarm: Alarm) => groups.get(loadOf(alarm).groupId ?? '')
  const rolledUp = [...new Set(others.flatMap((alarm) => groupOf(alarm) ?? []))]
  return {
    pinned: alarms.filter(({ priority }) => priority === 1),
    rolledUp: rolledUp.sort(
      (a, b) =>
        a.priority - b.priority || b.unacknowledged - a.unacknowledged || b.total - a.total || (a.id < b.id ? -1 : 1),
    ),
    rest: others.filter((alarm) => groupOf(alarm) === undefined),
  }
}
