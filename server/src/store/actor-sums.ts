/** Sensors and rules put in order by what they said, and by how often they were wrong. */
import type { FalseShare } from '../../../shared/model/alarm-kpi.ts'
import type { ActorIdentity } from './alarm-actors.ts'
import type { AlarmSums } from './alarm-sums.ts'

/** So many are named in a list. */
export const mostNamed = 50

export type Actor = ActorIdentity & { readonly actor: number }
/** `actor`: one of those it is of, by whom it is named. */
export type FalseOf = Omit<FalseShare, 'name'> & { readonly actor: number }

const bySensor = (one: number | null, other: number | null): number =>
  Number(one === null) - Number(other === null) || (one ?? 0) - (other ?? 0)
const byText = (one: string, other: string): number => (one < other ? -1 : Number(one > other))

export class ActorSums {
  readonly #sums: AlarmSums
  readonly #actors: readonly Actor[]

  constructor(sums: AlarmSums, identities: readonly (ActorIdentity | undefined)[]) {
    this.#sums = sums
    this.#actors = sums.actors().flatMap((actor) => {
      const identity = identities[actor]
      return identity === undefined ? [] : [{ actor, ...identity }]
    })
  }

  /** The first so many by how much they said; of equals by rule and sensor. */
  first(count: number, isOne: (actor: number) => boolean = () => true): Actor[] {
    const said = ({ actor }: Actor) => this.#sums.of(actor, 'announced')
    return this.#actors
      .filter(({ actor }) => isOne(actor))
      .sort((a, b) => said(b) - said(a) || byText(a.ruleId, b.ruleId) || bySensor(a.sensorId, b.sensorId))
      .slice(0, count)
  }

  /** Those that were found false, by what part of them, the worst first. */
  falseBy(what: 'sensor' | 'rule'): FalseOf[] {
    const sums = new Map<string, { actor: number; alarms: number; falseAlarms: number }>()
    for (const { actor, sensorId, ruleId } of this.#actors) {
      const key = what === 'rule' || sensorId === null ? ruleId : String(sensorId)
      const sum = sums.get(key) ?? { actor, alarms: 0, falseAlarms: 0 }
      sum.alarms += this.#sums.of(actor, 'alarms')
      sum.falseAlarms += this.#sums.of(actor, 'falseAlarms')
      sums.set(key, sum)
    }
    return [...sums]
      .filter(([, { falseAlarms }]) => falseAlarms > 0)
      .map(([key, sum]) => ({ key, ...sum, share: sum.falseAlarms / sum.alarms }))
      .sort((a, b) => b.share - a.share || b.alarms - a.alarms || byText(a.key, b.key))
      .slice(0, mostNamed)
  }
}
