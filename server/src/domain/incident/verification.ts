/** 核实: somebody goes and looks, or telephones, whether it is there at all. What is found decides nothing by itself. */
import { notFound } from '../context.ts'
import type { CaseAsk, Outcome, Refused } from './ask.ts'
import type { Of } from './ask.ts'

export function verificationEvents(
  { state, move }: CaseAsk,
  command: Of<'incident.verify' | 'incident.answer-verify'>,
): Outcome {
  if (command.type === 'incident.answer-verify')
    return [{ type: 'incident.verified', ...move, result: command.result, note: command.note }]
  const { unitId } = command
  if (unitId !== null && !state.units.has(unitId)) return notFound('unit', unitId) as Refused
  return [{ type: 'incident.verify-asked', ...move, unitId }]
}
