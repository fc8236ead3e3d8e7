import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StateTable } from '../../../shared/contract/realtime.ts'
import { createDeltaLog } from '../../../server/src/realtime/delta-log.ts'

const touched = (...rows: [StateTable, string][]) => {
  const all = new Map<StateTable, Set<string>>()
  for (const [table, id] of rows) all.set(table, (all.get(table) ?? new Set()).add(id))
  return all
}
const flat = (all: ReadonlyMap<StateTable, ReadonlySet<string>> | null) =>
  all && [...all].flatMap(([table, ids]) => [...ids].map((id) => `${table} ${id}`)).sort()

describe('delta log', () => {
  it('answers what was touched after a revision, once a row', () => {
    const log = createDeltaLog(10)
    log.record({ rev: 11, at: 0, touched: touched(['incident', 'a'], ['unit', 'u']) })
    log.record({ rev: 12, at: 0, touched: touched(['incident', 'b']) })
    log.record({ rev: 13, at: 0, touched: touched(['incident', 'a']) })
    expect(flat(log.since(10))).toEqual(['incident a', 'incident b', 'unit u'])
    expect(flat(log.since(11))).toEqual(['incident a', 'incident b'])
    expect(flat(log.since(12))).toEqual(['incident a'])
    expect(flat(log.since(13))).toEqual([])
    expect(log.since(9)).toBeNull()
  })
  it('forgets by age, and says so', () => {
    const log = createDeltaLog(0, { maxRows: 100, maxAgeMs: 1000 })
    log.record({ rev: 1, at: 0, touched: touched(['unit', 'a']) })
    log.record({ rev: 2, at: 999, touched: touched(['unit', 'b']) })
    expect(flat(log.since(0))).toEqual(['unit a', 'unit b'])
    log.record({ rev: 3, at: 1000, touched: touched(['unit', 'c']) })
    expect(log.since(0)).toBeNull()
    expect(flat(log.since(1))).toEqual(['unit b', 'unit c'])
  })
  it('never leaves out a row it claims to know, however small it is kept', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: 0, max: 15 }), { maxLength: 4 }), { maxLength: 60 }),
        fc.integer({ min: 1, max: 10 }),
        (commits, maxRows) => {
          const log = createDeltaLog(0, { maxRows, maxAgeMs: 1e9 })
          commits.forEach((ids, i) =>
            log.record({
              rev: i + 1,
              at: i,
              touched: touched(...ids.map((id): [StateTable, string] => ['unit', `${id}`])),
            }),
          )
          expect(log.size).toBeLessThanOrEqual(maxRows)
          for (let rev = 0; rev <= commits.length; rev++) {
            const known = log.since(rev)
            if (known === null) expect(rev).toBeLessThan(log.floorRev)
            else expect(flat(known)).toEqual([...new Set(commits.slice(rev).flat())].map((id) => `unit ${id}`).sort())
          }
        },
      ),
    )
  })
})
