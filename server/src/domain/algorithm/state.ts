/** 算法台账 as a fold: what people decided about each algorithm, and what became of its advice. Counts are of one version; a new one begins anew. */
import type {
  AdviceTally,
  AdvisedField,
  AlgorithmDescription,
  AlgorithmId,
  AlgorithmRow,
  AlgorithmSetting,
} from '../../../../shared/model/algorithm.ts'
import type { AlgorithmEvent } from '../../../../shared/model/event.ts'
import type { Instant } from '../../../../shared/model/ids.ts'
import { deliveredSetting } from '../../../../shared/model/algorithm.ts'

export interface AlgorithmState {
  readonly setting: AlgorithmSetting
  /** Of the version whose advice was judged last; null before any. */
  readonly talliedVersion: string | null
  readonly tally: Partial<Record<AdvisedField, AdviceTally>>
}
export type Algorithms = ReadonlyMap<AlgorithmId, AlgorithmState>

const asDelivered: AlgorithmState = { setting: deliveredSetting, talliedVersion: null, tally: {} }
export const algorithmOf = (algorithms: Algorithms, id: AlgorithmId): AlgorithmState =>
  algorithms.get(id) ?? asDelivered
export const isAlgorithmOn = (algorithms: Algorithms, id: AlgorithmId): boolean =>
  algorithmOf(algorithms, id).setting.isOn

export function evolveAlgorithm(before: AlgorithmState, event: AlgorithmEvent, at: Instant): AlgorithmState {
  const { setting } = before
  const version = setting.version + 1
  switch (event.type) {
    case 'algorithm.switched': {
      const { isOn, by, reason } = event
      return { ...before, setting: { ...setting, version, isOn, switched: { by, at, reason } } }
    }
    case 'algorithm.rule-approved': {
      const { rule, by, reason } = event
      return { ...before, setting: { ...setting, version, rule: { ...rule, by, at, reason } } }
    }
    case 'algorithm.rule-withdrawn':
      return { ...before, setting: { ...setting, version, rule: null } }
    case 'algorithm.advice-judged': {
      const isNewVersion = event.algorithmVersion !== before.talliedVersion
      const tally = isNewVersion ? {} : before.tally
      const { advised, taken } = tally[event.field] ?? { advised: 0, taken: 0 }
      const counted: AdviceTally =
        event.isTakenBack === true
          ? { advised, taken: Math.max(0, taken - 1) }
          : { advised: advised + 1, taken: taken + (event.isTaken ? 1 : 0) }
      return { ...before, talliedVersion: event.algorithmVersion, tally: { ...tally, [event.field]: counted } }
    }
  }
}

/** The register's line: what the algorithm is, what was decided about it, and how its advice did. */
export function algorithmRow(description: AlgorithmDescription, state: AlgorithmState): AlgorithmRow {
  const tally = state.talliedVersion === description.version ? state.tally : {}
  const counts = Object.values(tally)
  const advised = counts.reduce((sum, one) => sum + one.advised, 0)
  const taken = counts.reduce((sum, one) => sum + one.taken, 0)
  return {
    ...description,
    setting: state.setting,
    tally,
    takeUpRate: advised === 0 ? null : taken / advised,
    errorRate: advised === 0 ? null : (advised - taken) / advised,
  }
}
