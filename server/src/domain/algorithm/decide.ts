/** What a chief decides about an algorithm: on or off, and whether it may act by itself. Each act has a reason and stays in the log. */
import type { Actor } from '../../../../shared/model/role.ts'
import type { AlgorithmCommand } from '../../../../shared/model/command.ts'
import type { Decision } from '../context.ts'
import { accepted, checkVersion, invalid, refused } from '../context.ts'
import type { Algorithms } from './state.ts'
import { algorithmOf } from './state.ts'

export function decideAlgorithm(
  algorithms: Algorithms,
  actor: Actor,
  command: AlgorithmCommand,
  expectedVersion: number | undefined,
): Decision {
  if (actor.role !== 'chief') return refused('FORBIDDEN', `role ${actor.role} may not decide about algorithms`)
  const { algorithmId, reason } = command
  const { setting } = algorithmOf(algorithms, algorithmId)
  const stale = checkVersion(expectedVersion, setting)
  if (stale) return stale
  if (reason.trim() === '') return invalid('reason', 'a reason is needed')
  const by = actor.name
  switch (command.type) {
    case 'algorithm.switch': {
      const { isOn } = command
      if (isOn === setting.isOn) return refused('NOT_ALLOWED', `${algorithmId} is ${isOn ? 'on' : 'off'} already`)
      return accepted([{ type: 'algorithm.switched', algorithmId, isOn, by, reason }], { algorithmId })
    }
    case 'algorithm.approve-rule': {
      if (algorithmId !== 'duplicates') return invalid('algorithmId', 'only duplicates may be merged by a rule')
      const { minScore, maxDistanceM, maxMinutes } = command
      const rule = { minScore, maxDistanceM, maxMinutes }
      return accepted([{ type: 'algorithm.rule-approved', algorithmId, rule, by, reason }], { algorithmId })
    }
    case 'algorithm.withdraw-rule':
      if (setting.rule === null) return refused('NOT_ALLOWED', `${algorithmId} has no rule`)
      return accepted([{ type: 'algorithm.rule-withdrawn', algorithmId, by, reason }], { algorithmId })
  }
}
