/** The property of sequences: what `npm test` asks some hundred times and `npm run sequences` as often as there is time. */
import fc from 'fast-check'
import { cityMovesByTheTables, Kept } from './city-invariants.ts'
import { dutyMovesByTwo } from './duty-invariants.ts'
import { isConsistent, isToldByItsLog, movesByTheTable } from './invariants.ts'
import { play } from './play.ts'
import { step, type Step } from './steps.ts'

/** Of up to so many steps: consistent after each, and told whole by its log at the end. */
export const anySequence = (mostSteps: number, onPlayed: (steps: number) => void = () => undefined) =>
  fc.property(
    fc.array<Step>(step, { minLength: Math.ceil(mostSteps / 6), maxLength: mostSteps, size: 'max' }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    (steps, part) => {
      const kept = new Kept()
      const paper = play(steps, (after) => {
        isConsistent(after)
        kept.check(after)
      })
      movesByTheTable(paper)
      cityMovesByTheTables(paper)
      dutyMovesByTwo(paper.log)
      isToldByItsLog(paper, part)
      onPlayed(steps.length)
    },
  )
