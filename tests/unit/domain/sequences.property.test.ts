/** Whatever people ask for, in whatever order: no illegal state, no crew in two places, and the log says it all. Other sequences each time. */
import { it } from 'vitest'
import fc from 'fast-check'
import { anySequence } from './sequences/any-sequence.ts'

it('any sequence of acts keeps the city consistent, moves by the tables, and is told whole by its log', () => {
  fc.assert(anySequence(120), { numRuns: 200 })
})
