import fc from 'fast-check'
import { expect, it } from 'vitest'
import { binBounds, binStarts } from '../../../shared/model/duration-bins.ts'
import { percentile } from '../../../shared/model/kpi.ts'
import {
  addCounts,
  classCount,
  classOf,
  countsBetween,
  middleMs,
  noDurations,
  NumberReader,
  percentilesOf,
  writeCounts,
  writeNumber,
} from '../../../server/src/store/duration-counts.ts'

const yearMs = 366 * 86_400_000
const durations = fc.array(fc.oneof(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: yearMs })), {
  minLength: 1,
  maxLength: 60,
})
const countsOf = (values: readonly number[]) => {
  const counts = noDurations()
  for (const ms of values) counts[classOf(ms)] = (counts[classOf(ms)] as number) + 1
  return counts
}

it('classes follow each other without a gap, and what is too long is in the last', () => {
  expect([0, 1, 63, 64, 65, 66, 127, 128].map(classOf)).toEqual([0, 1, 63, 64, 64, 65, 95, 96])
  expect(classOf(18 * yearMs)).toBe(classCount - 1)
  expect(classOf(Number.MAX_SAFE_INTEGER)).toBe(classCount - 1)
  for (let of = 0; of < classCount; of++) expect(classOf(Math.floor(middleMs(of)))).toBe(of)
})

it('no class lies across a bound of a histogram: how many lie between two is exact', () => {
  for (const bound of binBounds)
    expect([classOf(bound - 1), classOf(bound)]).toEqual([classOf(bound) - 1, classOf(bound)])
  fc.assert(
    fc.property(durations, fc.integer({ min: 0, max: yearMs }), (values, p95Ms) => {
      const starts = binStarts(p95Ms)
      const bounds = [...starts, Infinity]
      expect(countsBetween(countsOf(values), starts)).toEqual(
        starts.map((from, i) => values.filter((ms) => ms >= from && ms < (bounds[i + 1] as number)).length),
      )
    }),
  )
})

it('percentiles are those of the values, to within a 64th', () => {
  fc.assert(
    fc.property(durations, (values) => {
      const sorted = values.toSorted((a, b) => a - b)
      const parts = [0, 0.5, 0.9, 0.95, 1]
      for (const [i, found] of percentilesOf(countsOf(values), parts).entries()) {
        const exact = percentile(sorted, parts[i] as number) as number
        expect(Math.abs((found as number) - exact)).toBeLessThanOrEqual(exact / 64)
      }
    }),
  )
  expect(percentilesOf(noDurations(), [0.5, 0.9])).toEqual([null, null])
})

it('are written and read again, and add up', () => {
  fc.assert(
    fc.property(durations, durations, (some, more) => {
      const sum = noDurations()
      for (const values of [some, more])
        addCounts(sum, new NumberReader(writeCounts(new Map(countsOf(values).entries()))))
      expect(sum).toEqual(countsOf([...some, ...more]))
    }),
  )
  fc.assert(
    fc.property(fc.nat(), fc.nat(), (a, b) => {
      const numbers = new NumberReader(writeNumber(a) + writeNumber(b))
      expect([numbers.next(), numbers.next()]).toEqual([a, b])
    }),
  )
})
