import { describe, expect, it } from 'vitest'
import {
  dimensionsOf,
  firstDispatcher,
  hasMeasure,
  measuresOf,
  type CountedCase,
} from '../../../../shared/model/kpi-case.ts'
import { kpiMeasures, type KpiMeasure } from '../../../../shared/model/kpi-measure.ts'
import { sampleAssignment, sampleIncident } from '../../../support/sample-rows.ts'

const blank = {
  reportedAt: 1,
  acceptedAt: null,
  filedAt: null,
  dueAt: null,
  departmentId: null,
  source: 'other',
} as const
const caseOf = (over: Partial<CountedCase> = {}): CountedCase => ({
  ...sampleIncident({ ...blank, state: 'reported' }),
  ...over,
})
const measured = (over: Partial<CountedCase>): KpiMeasure[] => {
  const { flags } = measuresOf(caseOf(over))
  return kpiMeasures.filter((code) => hasMeasure(flags, code))
}
const filed = { filedAt: 10, acceptedAt: 5, state: 'pending-dispatch', dueAt: 100 } as const
const closed = {
  ...filed,
  state: 'closed',
  fedBackAt: 60,
  checkedAt: 70,
  closedAt: 80,
  assignments: [sampleAssignment('U')],
} as const

describe('what a case counts', () => {
  it('is its report alone, until somebody acts', () => {
    expect(measured({})).toEqual(['reported', 'open'])
    expect(measured({ acceptedAt: 2 })).toEqual(['reported', 'accepted', 'open'])
  })
  it('is nothing for a drill, and all for a drill that counts', () => {
    expect(measured({ drill: true })).toEqual([])
    expect(measured({ drill: true, countsInKpi: true })).toEqual(['reported', 'open'])
  })
  it('goes in time up to the limit, and not a moment longer', () => {
    const at = (fedBackAt: number, closedAt: number) => measured({ ...closed, fedBackAt, closedAt })
    expect(at(100, 100)).toEqual(expect.arrayContaining(['handledOnTime', 'onTimeClosed']))
    expect(at(101, 101)).not.toEqual(expect.arrayContaining(['handledOnTime']))
    expect(at(101, 101)).toEqual(expect.arrayContaining(['handled', 'dueClosed']))
    expect(at(99, 101)).not.toContain('onTimeClosed')
  })
  it('tells how it ended: in its limit, refused or void; forced is never in its limit', () => {
    const ends = ['closedInLimit', 'refused', 'open', 'overdue'] as const
    const ended = (over: Partial<CountedCase>) =>
      measured({ ...closed, ...over }).filter((code) => ends.includes(code as never))
    expect(ended({})).toEqual(['closedInLimit'])
    expect(ended({ closedAt: 100 })).toEqual(['closedInLimit'])
    expect(ended({ closedAt: 101, overdueStages: ['handle'] })).toEqual(['overdue'])
    expect(ended({ dueAt: null })).toEqual(['closedInLimit'])
    expect(ended({ state: 'force-closed' })).toEqual([])
    for (const state of ['rejected', 'void'] as const) expect(ended({ state })).toEqual(['refused'])
    expect(ended({ state: 'handling', closedAt: null })).toEqual(['open'])
  })
  it('leaves out what is suspended, exempt, void or merged from all that goes by the limit', () => {
    for (const over of [
      { suspension: { endedAt: null } },
      { exempt: true },
      { state: 'void' },
      { merge: { mainId: 'x' } },
      { dueAt: null },
    ] as Partial<CountedCase>[])
      expect(measured({ ...filed, ...over })).not.toContain('due')
    expect(measured({ ...filed, suspension: { endedAt: 50 } })).toContain('due')
    expect(measured({ ...filed, suspension: { endedAt: null } })).toContain('filedSuspended')
    expect(measured({ ...filed, merge: { mainId: 'x' } })).toContain('duplicate')
  })
  it('judges each stage by its own overrun; an upheld appeal takes that back', () => {
    const late = { ...closed, overdueStages: ['accept', 'dispatch', 'check', 'close'] } as const
    for (const code of ['filedOnTime', 'dispatchedOnTime', 'checkedOnTime', 'closeOnTime'] as const) {
      expect(measured(closed), code).toContain(code)
      expect(measured(late), code).not.toContain(code)
      expect(measured({ ...late, exempt: true }), code).toContain(code)
    }
    expect(measured({ ...filed, overdueStages: ['file'] })).not.toContain('filedOnTime')
  })
  it('is rightly dispatched where nothing came back, and smartly where a rule sent it', () => {
    expect(measured(closed)).toEqual(expect.arrayContaining(['toDispatch', 'dispatchedRight', 'checkPassed']))
    expect(measured({ ...closed, returnCount: 1 })).toContain('returned')
    expect(measured({ ...closed, returnCount: 1 })).not.toContain('dispatchedRight')
    expect(measured({ ...closed, reworkCount: 1 })).not.toContain('checkPassed')
    expect(measured({ ...closed, reworkCount: 1 })).toContain('reworked')
    expect(measured({ ...filed, state: 'void' })).not.toContain('toDispatch')
    expect(measured({ ...filed, lead: { sentBy: 'rule:r', sentAt: 3 } })).toContain('dispatchedSmart')
    expect(measured(closed)).not.toContain('dispatchedSmart')
  })
  it('knows patrols, the public and what the public had to tell of', () => {
    expect(measured({ ...filed, source: 'patrol' })).toEqual(
      expect.arrayContaining(['patrolReported', 'patrolValid', 'proactive']),
    )
    expect(measured({ ...filed, source: 'patrol', state: 'void' })).not.toContain('patrolValid')
    expect(measured({ ...filed, source: 'open311', classCode: 'E0410' })).toEqual(
      expect.arrayContaining(['missed', 'publicFiled', 'filedEvent']),
    )
    expect(measured({ ...filed, source: 'open311', classCode: 'E0587' })).not.toContain('missed')
    expect(measured({ ...filed, source: 'open311', classCode: 'P0101' })).toEqual(
      expect.arrayContaining(['missed', 'filedPart']),
    )
  })
  it('counts verification from the asking, in time only when answered in time', () => {
    const asked = { askedAt: 3, answeredAt: null, answeredBy: null }
    expect(measured({ verification: asked })).toEqual(['reported', 'toVerify', 'open'])
    expect(measured({ verification: { ...asked, answeredAt: 9 } })).toContain('verifiedOnTime')
    expect(measured({ verification: { ...asked, answeredAt: 9 }, overdueStages: ['verify'] })).not.toContain(
      'verifiedOnTime',
    )
  })
  it('counts the hotline’s four rates of closed hotline cases only; not evaluated is in none', () => {
    const hotline = { ...closed, source: 'hotline' } as const
    const call = { solved: 'solved', satisfaction: 'mostly' }
    expect(measured({ ...closed, firstContact: { state: 'yes' }, callBacks: [call] })).not.toContain('solved')
    expect(measured({ ...filed, source: 'hotline', callBacks: [call] })).not.toContain('solved')
    expect(measured({ ...hotline, firstContact: { state: 'yes' }, callBacks: [call] })).toEqual(
      expect.arrayContaining(['hotlineReported', 'hotlineClosed', 'contactedFirst', 'solved', 'mostlySatisfied']),
    )
    expect(
      measured({ ...hotline, firstContact: { state: 'no' }, callBacks: [{ solved: 'explained', satisfaction: null }] }),
    ).toEqual(expect.arrayContaining(['contactedLate', 'explained']))
    const none = measured({ ...hotline, firstContact: { state: 'not-evaluated' } })
    expect(none.filter((code) => /contacted|olved|explained|atisfied|soSo/.test(code))).toEqual([])
    expect(measured({ ...hotline, closedAt: 101 })).toContain('hotlineLate')
    expect(measured({ ...hotline, closedAt: 100 })).not.toContain('hotlineLate')
    expect(measured({ ...hotline, closedAt: 101, exempt: true })).not.toContain('hotlineLate')
  })
  it.each([
    [5, 'satisfied'],
    [4, 'mostlySatisfied'],
    [3, 'soSo'],
    [2, 'dissatisfied'],
    [1, 'dissatisfied'],
  ] as const)('reads a score of %d from before there were grades as %s', (satisfaction, grade) => {
    expect(measured({ ...closed, state: 'evaluated', source: 'hotline', satisfaction })).toContain(grade)
  })
  it('has the time from filing to closing, once closed', () => {
    expect(measuresOf(caseOf(closed)).handleMs).toBe(70)
    expect(measuresOf(caseOf(filed)).handleMs).toBeNull()
    expect(measuresOf(caseOf({ ...closed, filedAt: null })).handleMs).toBeNull()
  })
})

describe('what a case is told apart by', () => {
  it('says what is known, and null for what is not', () => {
    expect(dimensionsOf(caseOf({ districtId: null }))).toMatchObject({
      district: null,
      street: null,
      grid: null,
      acceptor: null,
      collector: null,
    })
    expect(
      dimensionsOf(
        caseOf({
          streetId: 's',
          gridId: 'g',
          filedBy: 'duty',
          verification: { askedAt: 1, answeredAt: 2, answeredBy: 'PATR-01' },
        }),
      ),
    ).toMatchObject({ street: 's', grid: 'g', acceptor: 'duty', collector: 'PATR-01', group: 'E01', priority: '2' })
  })
  it('names who sent it out first: to a crew or to a department', () => {
    const assignments = [sampleAssignment('U')]
    const { dispatchedAt, dispatchedBy } = assignments[0]!
    expect(firstDispatcher(caseOf({}))).toBeNull()
    expect(firstDispatcher(caseOf({ assignments }))).toBe(dispatchedBy)
    expect(firstDispatcher(caseOf({ assignments, lead: { sentBy: 'a', sentAt: dispatchedAt - 1 } }))).toBe('a')
    expect(firstDispatcher(caseOf({ assignments, lead: { sentBy: 'a', sentAt: dispatchedAt } }))).toBe(dispatchedBy)
  })
})
