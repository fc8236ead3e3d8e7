/** A limit as officers say it: `2 紧急工作时`. */
import { useTerm } from './use-term.ts'
import { limitUnitNames, type Limit } from '../../../shared/model/limit.ts'

export function useLimitWords(): (limit: Limit) => string {
  const term = useTerm()
  return ({ amount, unit }) => `${amount} ${term(limitUnitNames[unit])}`
}
