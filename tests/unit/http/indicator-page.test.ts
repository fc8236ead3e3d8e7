import fc from 'fast-check'
import { expect, it } from 'vitest'
import { evaluateCases } from '../../../server/src/engine/evaluate-cases.ts'
import { pageOf, type CountedRow } from '../../../server/src/http/indicator-page.ts'

const row = (key: string | null, due: number, onTimeClosed: number): CountedRow => ({
  key,
  counts: { due, onTimeClosed, reported: due },
})
const keys = (rows: readonly CountedRow[]) => rows.map(({ key }) => key)
const all = [row('a', 10, 9), row('b', 10, 2), row('c', 0, 0), row('d', 10, 5), row(null, 10, 5)]
const page = (wanted: Parameters<typeof pageOf>[3]) => pageOf(all, { due: 40 }, evaluateCases, wanted)

it('begins with the worst: a rate that should be high with the lowest, a number with the highest, what has no base last', () => {
  expect(keys(page({ limit: 9, order: 'inTimeArchiveRate' }).rows)).toEqual(['b', 'd', null, 'a', 'c'])
  expect(keys(page({ limit: 9, order: 'reported' }).rows)).toEqual(['a', 'b', 'd', null, 'c'])
  expect(keys(page({ limit: 9 }).rows)).toEqual(['a', 'b', 'c', 'd', null])
})

it('ends with a cursor that nobody gave out, and with the last row', () => {
  for (const cursor of ['x', Buffer.from('[1,2]').toString('base64url'), Buffer.from('{}').toString('base64url')])
    expect(page({ limit: 2, cursor })).toEqual({ rows: [], next: null })
  expect(page({ limit: 5 }).next).toBeNull()
  expect(page({ limit: 4 }).next).not.toBeNull()
})

it('shows every row once, whatever the pages', () => {
  const rows = fc.uniqueArray(fc.record({ key: fc.option(fc.string()), due: fc.nat(3), closed: fc.nat(3) }), {
    selector: ({ key }) => key,
    maxLength: 30,
  })
  fc.assert(
    fc.property(
      rows,
      fc.integer({ min: 1, max: 7 }),
      fc.constantFrom(undefined, 'archiveRate', 'due'),
      (made, limit, order) => {
        const counted = made.map(({ key, due, closed }) => ({ key, counts: { due, dueClosed: Math.min(due, closed) } }))
        const whole = pageOf(counted, {}, evaluateCases, { limit: 500, order })
        const seen: (string | null)[] = []
        for (let cursor: string | undefined, turn = 0; turn < 40; turn++) {
          const part = pageOf(counted, {}, evaluateCases, { limit, order, cursor })
          seen.push(...keys(part.rows))
          if (part.next === null) break
          cursor = part.next
        }
        expect(seen).toEqual(keys(whole.rows))
        expect(new Set(seen).size).toBe(counted.length)
      },
    ),
  )
})
