import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crewsByStatus, loadByDistrict } from '../../../client/src/components/wall/city-load.ts'
import { byWorst, countByLevel, timeLeft, worstList } from '../../../client/src/components/wall/worst-list.ts'
import { incidentStates } from '../../../shared/model/incident.ts'
import type { Priority } from '../../../shared/model/alarm.ts'
import { noon, sampleAlarm, sampleAssignment, sampleIncident, sampleUnit } from '../../support/sample-rows.ts'

const minute = 60_000

describe('timeLeft', () => {
  it('counts the stage where it has a limit, else the case', () => {
    const incident = sampleIncident({
      stateSince: noon,
      stageDueAt: noon + 10 * minute,
      filedAt: noon,
      dueAt: noon + 100 * minute,
    })
    expect(timeLeft(incident, noon + 5 * minute)).toEqual({ dueAt: noon + 10 * minute, share: 0.5 })
    expect(timeLeft({ ...incident, stageDueAt: null }, noon + 5 * minute)).toEqual({
      dueAt: noon + 100 * minute,
      share: 0.05,
    })
    expect(timeLeft({ ...incident, stageDueAt: null, dueAt: null }, noon)).toBeNull()
    expect(timeLeft({ ...incident, stageDueAt: null, filedAt: null }, noon)).toBeNull()
  })

  it('is whole at the limit, more past it, never below nothing', () => {
    const incident = sampleIncident({ stateSince: noon, stageDueAt: noon + 10 * minute })
    expect(timeLeft(incident, noon + 10 * minute)?.share).toBe(1)
    expect(timeLeft(incident, noon + 15 * minute)?.share).toBe(1.5)
    expect(timeLeft(incident, noon - minute)?.share).toBe(0)
    expect(timeLeft({ ...incident, stageDueAt: noon }, noon)?.share).toBe(1)
  })
})

describe('worstList', () => {
  it('tells a case and its alarm once, and leaves out what is no longer wrong', () => {
    const incident = sampleIncident({ id: 'I1' })
    const alarms = [
      sampleAlarm({ id: 'A1', incidentId: 'I1' }),
      sampleAlarm({ id: 'A2', incidentId: 'closed-one' }),
      sampleAlarm({ id: 'A3', state: 'returned' }),
      sampleAlarm({ id: 'A4', state: 'normal' }),
    ]
    const list = worstList([incident, sampleIncident({ id: 'I2', state: 'closed' })], alarms, noon)
    expect(list.map((wrong) => wrong.id).sort()).toEqual(['A2', 'I1'])
  })

  it('orders by level, then untaken, then late, then age, then id', () => {
    const base = { stateSince: noon, reportedAt: noon, state: 'pending-dispatch' as const, priority: 2 as const }
    const list = worstList(
      [
        sampleIncident({ ...base, id: 'b' }),
        sampleIncident({ ...base, id: 'a' }),
        sampleIncident({ ...base, id: 'older', reportedAt: noon - minute }),
        sampleIncident({ ...base, id: 'late', stageDueAt: noon + 1 }),
        sampleIncident({ ...base, id: 'untaken', state: 'reported' }),
        sampleIncident({ ...base, id: 'critical', priority: 1 }),
        sampleIncident({ ...base, id: 'low', priority: 4, state: 'reported' }),
      ],
      [],
      noon + minute,
    )
    expect(list.map((wrong) => wrong.id)).toEqual(['critical', 'untaken', 'late', 'older', 'a', 'b', 'low'])
  })

  it('names the crews still on it', () => {
    const assignments = [sampleAssignment('P1'), { ...sampleAssignment('P2'), state: 'recalled' as const }]
    expect(worstList([sampleIncident({ assignments })], [], noon)[0]).toMatchObject({ crews: ['P1'] })
  })

  it('is a total order over any city', () => {
    const incident = fc.record({
      id: fc.string({ minLength: 1, maxLength: 3 }),
      priority: fc.constantFrom<Priority>(1, 2, 3, 4),
      state: fc.constantFrom(...incidentStates),
      reportedAt: fc.integer({ min: noon - 5, max: noon }),
      stageDueAt: fc.option(fc.integer({ min: noon - 5, max: noon + 5 })),
    })
    fc.assert(
      fc.property(fc.uniqueArray(incident, { selector: (row) => row.id, maxLength: 12 }), (rows) => {
        const list = worstList(rows.map(sampleIncident), [], noon)
        for (let i = 1; i < list.length; i++) expect(byWorst(list[i - 1]!, list[i]!)).toBeLessThan(0)
        const counts = countByLevel(list)
        expect(counts[1] + counts[2] + counts[3] + counts[4]).toBe(list.length)
      }),
    )
  })
})

describe('city load', () => {
  const divisions = [
    { id: 'd1', level: 2, parentId: null },
    { id: 's1', level: 3, parentId: 'd1' },
    { id: 'd2', level: 2, parentId: null },
  ].map((row) => ({
    ...row,
    level: row.level as 2 | 3,
    name: row.id,
    nameEn: '',
    bbox: [0, 0, 1, 1] as const,
    centre: [0, 0] as const,
  }))

  it('counts a street for its district, keeps quiet districts, and the unplaced apart', () => {
    const open = { stageDueAt: null, dueAt: null }
    const incidents = [
      sampleIncident({ ...open, districtId: 's1', priority: 3 }),
      sampleIncident({ ...open, districtId: 'd1', priority: 2, dueAt: noon - 1 }),
      sampleIncident({ ...open, districtId: null, dueAt: noon }),
      sampleIncident({ ...open, districtId: 'd2', state: 'closed' }),
    ]
    expect(loadByDistrict(incidents, divisions, noon)).toEqual([
      { districtId: 'd1', open: 2, overdue: 1, worst: 2 },
      { districtId: null, open: 1, overdue: 0, worst: 2 },
      { districtId: 'd2', open: 0, overdue: 0, worst: null },
    ])
  })

  it('counts crews by what they do', () => {
    const counts = crewsByStatus([sampleUnit(), sampleUnit(), sampleUnit({ status: 'on-scene' })])
    expect(counts).toMatchObject({ available: 2, 'on-scene': 1, 'off-duty': 0 })
  })
})
