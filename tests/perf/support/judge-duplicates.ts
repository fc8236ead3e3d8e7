/** Plays a stream of reports through a rule that says which open case each is one more of, and counts how often it was right. */
import type { Incident } from '../../../shared/model/incident.ts'
import type { StreamStep } from './report-stream.ts'

/** A way of finding the open case a report is one more of; null = it is new. */
export interface Matcher {
  add(incident: Incident): void
  remove(id: string): void
  match(incident: Incident): string | null
}

export interface PairCount {
  /** Merged into a case of the same happening. */
  right: number
  /** Merged into another's. */
  wrong: number
  /** There was an open case of the same happening, and it was not merged with it. */
  missed: number
}
export interface Judged extends PairCount {
  readonly reports: number
  readonly byPair: ReadonlyMap<string, PairCount>
  readonly mistakes: readonly {
    readonly kind: 'wrong' | 'missed'
    readonly incident: Incident
    readonly other: Incident
  }[]
  readonly ms: readonly number[]
}
/** Two devices are two objects: that their alarms have one cause is found by grouping alarms, not by merging cases. */
export const sensorsOnly = 'sensor + sensor'
export const precisionOf = ({ right, wrong }: PairCount): number => right / (right + wrong)
export const recallOf = ({ right, missed }: PairCount): number => right / (right + missed)

export function judgeDuplicates(steps: readonly StreamStep[], matcher: Matcher): Judged {
  const open = new Map<string, Map<string, Extract<StreamStep, { kind: 'report' }>>>()
  const all = new Map<string, Extract<StreamStep, { kind: 'report' }>>()
  const total: PairCount = { right: 0, wrong: 0, missed: 0 }
  const byPair = new Map<string, PairCount>()
  const mistakes: Judged['mistakes'][number][] = []
  const ms: number[] = []
  let reports = 0
  for (const step of steps) {
    if (step.kind === 'over') {
      for (const id of open.get(step.happeningId)?.keys() ?? []) matcher.remove(id)
      open.delete(step.happeningId)
      continue
    }
    reports++
    const { incident, from } = step
    const happeningId = step.happeningId === '' ? incident.id : step.happeningId
    const same = open.get(happeningId) ?? new Map<string, typeof step>()
    const first = [...same.values()][0]
    const startedAt = performance.now()
    const said = matcher.match(incident)
    ms.push(performance.now() - startedAt)
    const other = said === null ? undefined : all.get(said)
    const isRight = said !== null && same.has(said)
    const partner = isRight || said === null ? first : other
    const pair = partner === undefined ? null : [from, partner.from].sort().join(' + ')
    const count = (field: keyof PairCount, name: string) => {
      if (name !== sensorsOnly) total[field]++
      const of = byPair.get(name) ?? { right: 0, wrong: 0, missed: 0 }
      of[field]++
      byPair.set(name, of)
    }
    if (pair !== null && isRight) count('right', pair)
    if (pair !== null && said !== null && !isRight) {
      count('wrong', pair)
      if (other) mistakes.push({ kind: 'wrong', incident, other: other.incident })
    }
    if (first !== undefined && !isRight) {
      count('missed', [from, first.from].sort().join(' + '))
      mistakes.push({ kind: 'missed', incident, other: first.incident })
    }
    // What was merged leads nobody to itself any more; its main case does.
    all.set(incident.id, step)
    if (said === null) {
      matcher.add(incident)
      open.set(happeningId, same.set(incident.id, step))
    }
  }
  return { ...total, reports, byPair, mistakes, ms }
}
