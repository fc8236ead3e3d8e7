/** Rules of one channel by the kind of sensor they watch, the worst first. A rule for any kind gives way to one of the same sense that names the kind. */
import type { AlarmChannel, AlarmRule } from '../../../../shared/model/alarm.ts'
import { anyKind, channelOf } from '../../../../shared/model/alarm.ts'
import { byWorst } from './rule-check.ts'

const none: readonly AlarmRule[] = []

export class RulesByKind {
  readonly #named = new Map<string, readonly AlarmRule[]>()
  readonly #any: readonly AlarmRule[]
  readonly #of = new Map<string, readonly AlarmRule[]>()

  constructor(rules: readonly AlarmRule[], channel: AlarmChannel) {
    const own = rules.filter((rule) => channelOf(rule.sense) === channel)
    this.#any = own.filter((rule) => rule.kind === anyKind)
    for (const kind of new Set(own.map((rule) => rule.kind)))
      this.#named.set(
        kind,
        own.filter((rule) => rule.kind === kind),
      )
  }

  /** The same list every time. */
  of(kind: string): readonly AlarmRule[] {
    const known = this.#of.get(kind)
    if (known !== undefined) return known
    const named = this.#named.get(kind) ?? none
    const general = this.#any.filter((rule) => !named.some((own) => own.sense === rule.sense))
    const rules = [...named, ...general].sort(byWorst)
    this.#of.set(kind, rules)
    return rules
  }
}
