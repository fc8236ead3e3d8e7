/** What the officer makes of reports and of what came back: filed, verified, merged, sent, passed on, checked, helped. */
import { describe, expect, it } from 'vitest'
import type { CaseAct } from '../../../mock-data/crews/due.ts'
import { officerMind, type OfficerAct } from '../../../mock-data/crews/officer-mind.ts'
import { filingConditions } from '../../../mock-data/crews/filing-conditions.ts'
import { otherDepartment } from '../../../mock-data/crews/other-department.ts'
import { defaultPeopleRates, type PeopleRates } from '../../../mock-data/life/people-rates.ts'
import { city, clock, hourMs, lead, nine, office, row, share } from '../../support/verb-case.ts'
import type { Assignment, Incident } from '../../../shared/model/incident.ts'

const bodyOf = (one: CaseAct | OfficerAct | undefined) => (one?.kind === 'case' ? one.body : undefined)

describe('the officer', () => {
  const departments = ['sanitation', 'urban', 'parks', 'roads']
  const first = (incident: Incident, rates: Partial<PeopleRates> = {}, known = departments) =>
    officerMind({
      ...{ speed: 1, seed: 1, placeOfWords: () => null, city, office, departments: known },
      rates: { ...defaultPeopleRates, ...rates },
    }).actOnCase(incident, nine + 5 * hourMs)

  it('sends a share of what is not urgent to the department, once; what a crew was sent to stays with crews', () => {
    const half = { departmentShare: { 1: 0, 2: 0, 3: 0, 4: 0.5 } }
    const sent = share(300, (id) => {
      const act = first(row({ id, state: 'pending-dispatch' }), half)
      expect(['dispatch', 'case']).toContain(act?.kind)
      return act?.kind === 'case' && act.body.type === 'incident.assign' && act.body['departmentId'] === 'sanitation'
    })
    expect(sent).toBeGreaterThan(0.42)
    expect(sent).toBeLessThan(0.58)
    const all = { departmentShare: { 1: 0, 2: 0, 3: 1, 4: 1 } }
    const waiting = row({ state: 'pending-dispatch' })
    const declined = { unitId: 'A', state: 'declined' } as Assignment
    for (const over of [
      { priority: 2 as const },
      { assignments: [declined] },
      { reworkCount: 1 },
      { departmentId: null },
    ])
      expect(first({ ...waiting, ...over }, all)?.kind).toBe('dispatch')
    expect(first(waiting, all, [])?.kind).toBe('dispatch')
  })
  it('passes on what came back: elsewhere, to a crew, or to filing, and there not as it was', () => {
    const back = row({ state: 'returned', returnCount: 1 })
    const onward = (onwardCrewShare: number, onwardFilingShare: number, over: Partial<Incident> = {}) =>
      first({ ...back, ...over }, { onwardCrewShare, onwardFilingShare })
    const elsewhere = onward(0, 0)
    expect(elsewhere).toMatchObject({ body: { type: 'incident.reassign' } })
    expect(['urban', 'parks']).toContain(elsewhere?.kind === 'case' && elsewhere.body['departmentId'])
    expect(onward(1, 0)?.kind).toBe('dispatch')
    expect(onward(0, 1)).toMatchObject({ body: { type: 'incident.return-filing' } })
    // Filed by a rule: it has no desk to go back to.
    expect(onward(0, 1, { filedBy: 'system' })).toMatchObject({ body: { type: 'incident.reassign' } })
    const kept = { kind: 'dispatcher' as const, by: 'duty', returnedAt: nine, to: 'duty', reason: '…' }
    const returns = [{ ...kept, departmentId: 'sanitation', classCode: 'E0110' }]
    const refiled = first(row({ state: 'pending-filing', returnCount: 2, returns }))
    expect(refiled).toMatchObject({ as: 'duty', body: { type: 'incident.file' } })
    expect(refiled?.kind === 'case' && refiled.body['departmentId']).not.toBe('sanitation')
    const again = row({ state: 'pending-dispatch', returnCount: 2, returns, departmentId: 'urban', filedAt: nine + 1 })
    expect(first(again)).toMatchObject({ body: { type: 'incident.assign', departmentId: 'urban' } })
  })
  it('knows a department beside another, or takes any', () => {
    expect(otherDepartment('sanitation', departments, 0)).toBe('urban')
    expect(otherDepartment('sanitation', departments, 0.99)).toBe('parks')
    expect(otherDepartment('unheard-of', ['a', 'b'], 0.5)).toBe('b')
    expect(otherDepartment('a', ['a'], 0)).toBeNull()
  })
  it('merges the share it is told to of what the server thinks the same', () => {
    const compares = (mergeShare: number) =>
      share(
        200,
        (id) =>
          first(row({ id, state: 'reported', filedAt: null }), { mergeShare, verifyShare: 0 })?.kind === 'compare',
      )
    expect(compares(1)).toBe(1)
    expect(compares(0)).toBe(0)
    expect(compares(0.5)).toBeGreaterThan(0.4)
    expect(compares(0.5)).toBeLessThan(0.6)
  })
  it('chooses a filing condition where the class has several', () => {
    const sole = {
      limit: { amount: 1, unit: 'natural-day' as const },
      when: { zh: '', en: '' },
      closing: { zh: '', en: '' },
    }
    const conditions = filingConditions([
      { code: 'E0110', conditions: ['1', '2', '3'].map((id) => ({ ...sole, id })) },
      { code: 'E0112', conditions: [{ ...sole, id: '1' }] },
    ])
    const filed = (classCode: string) => {
      const mind = officerMind({ speed: 1, seed: 1, placeOfWords: () => null, city, office, conditions })
      const one = row({ state: 'reported', source: 'iot', filedAt: null, classCode })
      return bodyOf(mind.actOnCase(one, nine + hourMs) ?? undefined)
    }
    expect(['1', '2', '3']).toContain(filed('E0110')?.['conditionId'])
    expect(filed('E0112')).not.toHaveProperty('conditionId')
  })
  it('asks by telephone about a share of what is not urgent, and drops what is not there', () => {
    const told = row({ state: 'reported', filedAt: null })
    expect(first(told, { verifyShare: 1 })).toMatchObject({ body: { type: 'incident.verify', unitId: null } })
    expect(first({ ...told, priority: 2 }, { verifyShare: 1 })).toMatchObject({ kind: 'compare' })
    const found = (notThereShare: number) =>
      bodyOf(first({ ...told, state: 'verifying' }, { notThereShare }) ?? undefined)
    expect([found(0)?.['result'], found(1)?.['result']]).toEqual(['exist', 'not-exist'])
    const verification = {
      ...{ askedBy: 'duty', askedAt: nine, unitId: null, answeredBy: 'duty' },
      answeredAt: nine,
      note: '',
    }
    const after = (result: 'exist' | 'not-exist') =>
      first({ ...told, state: 'pending-filing', verification: { ...verification, result } }, { verifyShare: 1 })
    expect(after('exist')).toMatchObject({ kind: 'compare' })
    expect(after('not-exist')).toMatchObject({ body: { type: 'incident.void' } })
  })
  it('has another department help once the lead has signed, and lets it off at the end', () => {
    const led = row({ lead, clock, dueAt: nine + 90 * hourMs })
    const early = { assistShare: 1, answerMin: 0.1 }
    const other = first(led, early)
    expect(other).toMatchObject({ as: 'duty', body: { type: 'incident.add-assist' } })
    expect(other?.kind === 'case' && other.body['departmentId']).not.toBe('sanitation')
    const help = { departmentId: 'urban', task: '…', askedBy: 'duty', askedAt: nine, dueAt: null, end: null, note: '' }
    const assists = [{ ...help, receivedAt: null, endedAt: null }]
    expect(bodyOf(first({ ...led, assists }, early) ?? undefined)?.type).not.toBe('incident.add-assist')
    const closing = row({ state: 'pending-close', assists })
    expect(first(closing)).toMatchObject({ body: { type: 'incident.waive-assist', departmentId: 'urban' } })
    expect(first({ ...closing, assists: [] })).toMatchObject({ body: { type: 'incident.close' } })
  })
  it('cannot check a few the first time, and then can', () => {
    const check = row({ state: 'pending-check' })
    expect(first(check, { unableCheckShare: 1 })).toMatchObject({ body: { type: 'incident.unable-check' } })
    const tried = first({ ...check, unableChecks: 1 }, { unableCheckShare: 1, failCheckShare: 0 })
    expect(tried).toMatchObject({ body: { type: 'incident.pass-check' } })
  })
})
