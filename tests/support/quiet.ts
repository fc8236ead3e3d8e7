/** A warning nobody asserted fails the test: noise hides faults. */
import { afterEach, beforeEach, expect, vi } from 'vitest'

let noise: string[] = []
/** Takes the warnings so far as expected, and answers them. */
export const takeWarnings = (): string[] => noise.splice(0)

beforeEach(() => {
  noise = []
  for (const level of ['warn', 'error'] as const) {
    vi.spyOn(console, level).mockImplementation((...args: unknown[]) => void noise.push(args.map(String).join(' ')))
  }
})
afterEach(() => {
  const unexpected = takeWarnings()
  vi.restoreAllMocks()
  expect(unexpected, 'unexpected console output').toEqual([])
})
