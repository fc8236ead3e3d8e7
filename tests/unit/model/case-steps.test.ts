import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { caseSteps, funnelOf, furthestStep } from '../../../shared/model/case-steps.ts'
import { binStarts, mostBins } from '../../../shared/model/duration-bins.ts'
import { sampleIncident } from '../../support/sample-rows.ts'

describe('the furthest step', () => {
  const at = 1_000
  const sent = {
    ...{ unitId: 'PUMP-01', state: 'dispatched' as const, dispatchedBy: 'duty', dispatchedAt: at, etaS: null },
    ...{ acknowledgedAt: null, departedAt: null, arrivedAt: null, endedAt: null, reason: null },
  }
  const none = { acceptedAt: null, filedAt: null, arrivedAt: null, fedBackAt: null, checkedAt: null, assignments: [] }
  it.each([
    ['reported', {}],
    ['accepted', { acceptedAt: at }],
    ['filed', { acceptedAt: at, filedAt: at }],
    ['dispatched', { filedAt: at, assignments: [sent] }],
    ['handling', { filedAt: at, arrivedAt: at }],
    ['fed-back', { filedAt: at, fedBackAt: at }],
    ['checked', { fedBackAt: at, checkedAt: at }],
    ['closed', { state: 'closed' as const, closedAt: at }],
    ['closed', { state: 'force-closed' as const, closedAt: at }],
    // Refused after it was filed: it came as far as the filing.
    ['filed', { state: 'void' as const, filedAt: at, closedAt: at }],
  ] as const)('is %s of %o', (step, over) => {
    expect(furthestStep(sampleIncident({ ...none, state: 'reported', ...over }))).toBe(step)
  })
})

it('a funnel never widens, and what is lost at a step is what the next one lacks', () => {
  const stopped = fc.array(
    fc.record({ step: fc.constantFrom(...caseSteps), isOpen: fc.boolean(), count: fc.integer({ min: 0, max: 500 }) }),
  )
  fc.assert(
    fc.property(stopped, (rows) => {
      const steps = funnelOf(rows)
      expect(steps.map(({ step }) => step)).toEqual(caseSteps)
      expect(steps[0]?.reached).toBe(rows.reduce((sum, { count }) => sum + count, 0))
      for (const [i, { reached, open, ended }] of steps.entries())
        expect(reached - open - ended).toBe(steps[i + 1]?.reached ?? reached)
    }),
  )
})

it('classes of durations begin at 0, are of one width, and leave one in twenty to the last', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 400 * 86_400_000 }), (p95Ms) => {
      const starts = binStarts(p95Ms)
      const width = (starts[1] as number) - (starts[0] as number)
      expect(starts[0]).toBe(0)
      expect(starts.length).toBeLessThanOrEqual(mostBins)
      for (const [i, start] of starts.entries()) expect(start).toBe(i * width)
      expect(starts.at(-1)).toBeGreaterThan(p95Ms)
      expect((starts.at(-1) as number) - width).toBeLessThanOrEqual(p95Ms)
    }),
  )
  expect(binStarts(12 * 60_000)[1]).toBe(60_000)
})
