import { describe, expect, it } from 'vitest'
import {
  casesQuery,
  changeOf,
  measures,
  onTimeRate,
  ranked,
  valueOf,
} from '../../../client/src/components/kpi/kpi-measures.ts'
import { incidentQuerySchema } from '../../../shared/contract/http.ts'
import type { KpiRow } from '../../../shared/model/kpi.ts'

const row = (over: Partial<KpiRow> = {}): KpiRow => ({
  key: 'k',
  reported: 10,
  filed: 9,
  closed: 8,
  refused: 1,
  onTime: 6,
  overdue: 2,
  open: 1,
  responseCount: 5,
  responseP50Ms: 60_000,
  responseP90Ms: 120_000,
  ...over,
})

describe('measures', () => {
  it('are null where nobody could take them', () => {
    expect(onTimeRate({ onTime: 0, closed: 0 })).toBeNull()
    expect(onTimeRate({ onTime: 6, closed: 8 })).toBe(0.75)
    expect(valueOf(row({ responseP50Ms: null }), 'p50')).toBeNull()
    expect(measures.map((measure) => valueOf(row(), measure))).toEqual([10, 9, 8, 0.75, 2, 60_000, 120_000])
  })
})

describe('changes', () => {
  it('are relative for counts and spans, points for shares', () => {
    expect(changeOf(12, 10, 'reported')).toEqual({ by: 0.2, verdict: 'neutral' })
    expect(changeOf(0.9, 0.8, 'onTime')?.by).toBeCloseTo(0.1)
    expect(changeOf(0.1, 0, 'onTime')).toEqual({ by: 0.1, verdict: 'better' })
  })

  it('know which way is better', () => {
    expect(changeOf(0.8, 0.9, 'onTime')?.verdict).toBe('worse')
    expect(changeOf(50_000, 60_000, 'p90')?.verdict).toBe('better')
    expect(changeOf(3, 2, 'overdue')?.verdict).toBe('worse')
  })

  it('are nothing without something to compare with', () => {
    expect(changeOf(null, 1, 'closed')).toBeNull()
    expect(changeOf(1, null, 'closed')).toBeNull()
    expect(changeOf(5, 0, 'closed')).toBeNull()
    expect(changeOf(109, 10, 'closed')?.by).toBeCloseTo(9.9)
    expect(changeOf(110, 10, 'closed')).toBeNull()
  })

  it('too small to be shown are none', () => {
    expect(changeOf(10_004, 10_000, 'overdue')).toEqual({ by: 0, verdict: 'same' })
    expect(changeOf(10_005, 10_000, 'overdue')?.verdict).toBe('worse')
    expect(changeOf(10_000, 10_000, 'reported')?.verdict).toBe('neutral')
  })
})

describe('ranking', () => {
  const rows = [
    row({ key: 'b' }),
    row({ key: 'a' }),
    row({ key: 'c', responseP90Ms: null }),
    row({ key: null, responseP90Ms: 1 }),
  ]

  it('puts the unknown last either way, and equals by their key', () => {
    expect(ranked(rows, 'p90', true).map((r) => r.key)).toEqual(['a', 'b', null, 'c'])
    expect(ranked(rows, 'p90', false).map((r) => r.key)).toEqual([null, 'a', 'b', 'c'])
    expect(ranked(rows, 'open', true).map((r) => r.key)).toEqual(['a', 'b', 'c', null])
  })
})

describe('the cases behind a number', () => {
  it.each([...measures, 'open', 'refused'] as const)('of %s can be asked for', (measure) => {
    const query = incidentQuerySchema.strict().safeParse({ ...casesQuery(measure), inKpi: 'true', district: '-' })
    expect(query.error).toBeUndefined()
  })
})
