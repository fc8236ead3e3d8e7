/** How well alarms were put together, held against what they truly came of: by pairs, and by alarms. Pure. */
import type { LoggedEvent } from '../../../shared/model/event.ts'
import { distanceM } from '../../../shared/model/geo.ts'
import { raisedIn, type HeardAlarm } from './true-causes.ts'

/** Two alarms of one cause are expected in one group when they came within this of each other, whatever the rule's own reach. */
export const together = { metres: 1500, ms: 60 * 60_000 } as const

export interface Verdict {
  readonly groups: number
  /** Pairs in one group, and those of them that are of one cause: precision. */
  readonly pairs: number
  readonly rightPairs: number
  /** Pairs of one cause, near each other in place and time, and those of them in one group: recall. */
  readonly nearPairs: number
  readonly foundPairs: number
  /** Alarms that joined a group, and those of them whose cause is that of the alarm it began with. */
  readonly joined: number
  readonly joinedRightly: number
  /** Alarms with such a neighbour, and those of them in no group. */
  readonly accompanied: number
  readonly leftAlone: number
}

type Log = readonly LoggedEvent[]
/** By alarm; lines rolled up in a flood are left out, for they say that alarms are of one family and district and nothing of one cause. */
export const groupOfAlarms = (log: Log): ReadonlyMap<string, string> =>
  new Map(
    log.flatMap(({ event }) =>
      event.type === 'alarm.grouped' && event.basis !== 'flood' ? [[event.alarmId, event.groupId] as const] : [],
    ),
  )

export function judgeGroups(log: Log, causes: ReadonlyMap<string, string>): Verdict {
  const groupOf = groupOfAlarms(log)
  const alarms = raisedIn(log)
  const isNear = ({ alarm: a, at }: HeardAlarm, { alarm: b, at: later }: HeardAlarm) =>
    a.position !== null &&
    b.position !== null &&
    later - at <= together.ms &&
    distanceM(a.position, b.position) <= together.metres
  let [pairs, rightPairs, nearPairs, foundPairs] = [0, 0, 0, 0]
  const company = new Set<string>()
  alarms.forEach((one, n) => {
    for (const other of alarms.slice(n + 1)) {
      const isOne = causes.get(one.alarm.id) === causes.get(other.alarm.id)
      const group = groupOf.get(one.alarm.id)
      const isTogether = group !== undefined && group === groupOf.get(other.alarm.id)
      if (isTogether) pairs++
      if (isTogether && isOne) rightPairs++
      if (!isOne || !isNear(one, other)) continue
      nearPairs++
      if (isTogether) foundPairs++
      for (const { alarm } of [one, other]) company.add(alarm.id)
    }
  })
  const causeOfGroup = new Map<string, string | undefined>()
  let [joined, joinedRightly] = [0, 0]
  for (const { event } of log) {
    if (event.type !== 'alarm.grouped' || event.basis === 'flood') continue
    const cause = causes.get(event.alarmId)
    if (!causeOfGroup.has(event.groupId)) causeOfGroup.set(event.groupId, cause)
    else {
      joined++
      if (causeOfGroup.get(event.groupId) === cause) joinedRightly++
    }
  }
  const leftAlone = [...company].filter((id) => !groupOf.has(id)).length
  const counts = { pairs, rightPairs, nearPairs, foundPairs, joined, joinedRightly }
  return { groups: causeOfGroup.size, ...counts, accompanied: company.size, leftAlone }
}

/** Of several lives together. */
export const sumOf = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.reduce(
    (a, b) =>
      Object.fromEntries(
        (Object.keys(a) as (keyof Verdict)[]).map((key) => [key, a[key] + b[key]]),
      ) as unknown as Verdict,
  )
