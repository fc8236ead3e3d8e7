/** An agenda against one that looks at everything it keeps. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Agenda } from '../../../mock-data/past/agenda.ts'

const minMs = 60_000
const startAt = Date.UTC(2026, 10, 1)

it('names those that are due by the minute they wait for, in the order they came to it', () => {
  const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')
  const step = fc.oneof(
    fc.record({ kind: fc.constant('now' as const), id }),
    fc.record({ kind: fc.constant('drop' as const), id }),
    fc.record({
      kind: fc.constant('notBefore' as const),
      id,
      afterMs: fc.integer({ min: -3 * minMs, max: 90 * minMs }),
    }),
    fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 0, max: 40 * minMs }) }),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.constantFrom(0, startAt), (steps, from) => {
      const agenda = new Agenda()
      let kept: { readonly id: string; readonly at: number }[] = []
      let now = from
      for (const one of steps) {
        if (one.kind === 'pass') now += one.ms
        else {
          kept = kept.filter((other) => other.id !== one.id)
          const at = one.kind === 'notBefore' ? Math.max(0, now + one.afterMs) : 0
          if (one.kind !== 'drop') kept.push({ id: one.id, at })
          if (one.kind === 'now') agenda.now(one.id)
          else if (one.kind === 'drop') agenda.drop(one.id)
          else agenda.notBefore(one.id, at)
        }
        const due = kept
          .filter(({ at }) => at <= now)
          .toSorted((a, b) => Math.floor(a.at / minMs) - Math.floor(b.at / minMs))
          .map((other) => other.id)
        expect(agenda.due(now)).toEqual(due)
      }
    }),
    { numRuns: 300, seed: 1 },
  )
})
