/** 信息报送: what a graded case owes upwards, by when, made by whom; what came late stays late. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Command } from '../../../shared/model/command.ts'
import { caseGrades, type CaseGrade } from '../../../shared/model/case-grade.ts'
import { newCasePlan } from '../../../shared/model/case-plan.ts'
import { roles } from '../../../shared/model/role.ts'
import { customaryReports, isOwed, type ReportKind } from '../../../shared/model/situation-report.ts'
import { planFor } from '../../../server/src/access/audience.ts'
import { AlarmWatch } from '../../../server/src/domain/alarm/watch.ts'
import { evictEnded, evolve, newCityState } from '../../../server/src/domain/state.ts'
import { snapshotPieces } from '../../../server/src/domain/snapshot.ts'
import { decideTick } from '../../../server/src/domain/tick.ts'
import { person } from '../../support/engine.ts'
import { dayOf, Paper, refusalOf, restoreState } from './support.ts'

const duty = person('duty')
const chief = person('chief')
const id = '20260801-000001'
const minuteMs = 60_000
const hourMs = 60 * minuteMs
const words = { scope: '', losses: '无人员伤亡', trend: '', leaders: '', advice: '' }
const body = { ...words, nature: '燃气泄漏', measures: '已疏散' }
const major = customaryReports.major!

class Hall extends Paper {
  constructor() {
    super()
    const told = { title: '燃气泄漏', description: '', source: 'hotline', sourceRef: null, position: [121.4, 31.2] }
    const rest = { address: '沐风路', reporter: null, mediaUrl: null, occurredAt: null, priority: null, drill: false }
    this.ask(duty, { type: 'incident.report', classCode: 'E0502', ...told, ...rest } as unknown as Command)
    this.case('file', { classCode: null, departmentId: null, priority: null })
  }
  case(verb: string, more: object = {}, actor = duty): this {
    const asked = { type: `incident.${verb}`, incidentId: id, ...more } as Command
    expect(refusalOf(this.ask(actor, asked)), verb).toBeNull()
    return this
  }
  grade(grade: CaseGrade): this {
    expect(refusalOf(this.ask(duty, { type: 'plan.grade', incidentId: id, grade, reason: '伤亡' }))).toBeNull()
    return this
  }
  tell(kind: ReportKind, over: object = {}, actor = duty) {
    return this.ask(actor, { type: 'plan.report', incidentId: id, kind, to: '市委值班室', body, ...over } as Command)
  }
  told(kind: ReportKind): this {
    expect(refusalOf(this.tell(kind)), kind).toBeNull()
    return this
  }
  pass(ms: number): this {
    this.now += ms
    this.fold(decideTick(this.state, new AlarmWatch([]), this.context))
    return this
  }
  end(): this {
    return this.case('force-close', { reason: '处置完毕' }, chief)
  }
  get row() {
    return this.state.casePlans.get(id) ?? newCasePlan(id)
  }
  /** Kind, number, minutes from now on until it is due, of those owed. */
  owed(): readonly (readonly [ReportKind, number, number])[] {
    return (this.row.reports ?? [])
      .filter(isOwed)
      .map(({ kind, number, dueAt }) => [kind, number, (dueAt - this.now) / minuteMs] as const)
  }
  types(from: number): string[] {
    return this.log.slice(from).map(({ event }) => event.type)
  }
}
const fieldOf = (decision: ReturnType<Paper['ask']>) => refusalOf(decision)?.details?.fields?.[0]?.field

describe('what is owed', () => {
  it('begins with the grade, by its clocks; an ordinary case owes nothing', () => {
    expect(new Hall().grade('ordinary').row.reports).toBeUndefined()
    expect(new Hall().grade('serious').owed()).toEqual([['first', 1, 120]])
    expect(new Hall().grade('major').owed()).toEqual([
      ['oral', 1, 30],
      ['first', 1, 60],
    ])
  })
  it('a graver grade brings nearer what runs, a milder one lets nobody off, one without any ends it', () => {
    const hall = new Hall().grade('serious').pass(30 * minuteMs)
    expect(hall.grade('major').owed()).toEqual([
      ['oral', 1, 30],
      ['first', 1, 60],
    ])
    hall.pass(10 * minuteMs)
    expect(hall.grade('serious').owed()).toEqual([
      ['oral', 1, 20],
      ['first', 1, 50],
    ])
    // Graver again, but what runs is due sooner than an hour from now.
    expect(hall.grade('extraordinary').owed()).toEqual([
      ['oral', 1, 20],
      ['first', 1, 50],
    ])
    const from = hall.log.length
    expect(hall.grade('ordinary').owed()).toEqual([])
    expect(hall.types(from)).toEqual(['plan.graded', 'plan.reports-waived'])
  })
  it('what was told by telephone is not owed by telephone again under a graver grade', () => {
    const hall = new Hall().grade('major').told('oral').grade('extraordinary')
    expect(hall.owed().map(([kind]) => kind)).toEqual(['first'])
  })
  it('goes on: each report brings the next while the case is open; its end the final one instead', () => {
    const hall = new Hall().grade('major').told('oral')
    expect(hall.owed()).toEqual([['first', 1, 60]])
    hall.pass(10 * minuteMs).told('first')
    expect(hall.owed()).toEqual([['follow-up', 1, 60]])
    hall.pass(20 * minuteMs).told('follow-up')
    expect(hall.owed()).toEqual([['follow-up', 2, 60]])
    hall.end()
    expect(hall.owed()).toEqual([['final', 1, 1440]])
    // It is known only when it is over: the case has ended, the duty has not.
    hall.pass(5 * hourMs).told('final')
    expect(hall.owed()).toEqual([])
    expect(hall.row.reports!.map(({ kind, number }) => `${kind} ${number}`)).toEqual([
      'oral 1',
      'first 1',
      'follow-up 1',
      'final 1',
    ])
  })
  it('what is told in writing need not be told by telephone as well', () => {
    const hall = new Hall().grade('major').pass(minuteMs).told('first')
    expect(hall.row.reports!.slice(0, 2)).toMatchObject([
      { kind: 'oral', madeAt: hall.now, by: 'duty', to: '市委值班室' },
      { kind: 'first', madeAt: hall.now },
    ])
  })
  it('opened again, it is no final report but the next that is owed', () => {
    const hall = new Hall().grade('major').told('first').end()
    hall.case('reopen', { reason: '复燃' })
    expect(hall.owed()).toEqual([['follow-up', 1, 60]])
    const early = new Hall().grade('major').end()
    // The first report is owed as well, whatever became of the case.
    expect(early.owed().map(([kind]) => kind)).toEqual(['oral', 'first', 'final'])
    early.case('reopen', { reason: '复燃' })
    expect(early.owed().map(([kind]) => kind)).toContain('first')
  })
  it('of a case that turned out to be none is nothing', () => {
    const hall = new Hall().grade('major').case('void', { reason: '误报' })
    expect(hall.owed()).toEqual([])
    expect(refusalOf(hall.tell('first'))?.code).toBe('NOT_ALLOWED')
  })
})

describe('late', () => {
  it.each([
    ['below', -1, 0],
    ['at', 0, 0],
    ['above', 1, 1],
  ])('%s its time: told once, and never taken back', (_, by, late) => {
    const hall = new Hall().grade('major')
    const from = hall.log.length
    hall.pass(major.oralMin! * minuteMs + by)
    expect(hall.types(from).filter((type) => type === 'plan.report-overdue')).toHaveLength(late)
    hall.pass(0)
    expect(hall.types(from).filter((type) => type === 'plan.report-overdue')).toHaveLength(late)
    hall.told('oral')
    expect(hall.row.reports![0]?.late === true).toBe(late === 1)
  })
  it('made too late between two ticks it is late first', () => {
    const hall = new Hall().grade('major')
    hall.now += major.firstMin * minuteMs + 1
    const from = hall.log.length
    hall.told('first')
    expect(hall.types(from)).toEqual(['plan.report-overdue', 'plan.report-overdue', 'plan.reported', 'plan.report-due'])
    expect(hall.row.reports!.filter(({ late }) => late).map(({ kind }) => kind)).toEqual(['oral', 'first'])
  })
  it('is no news of the case: whoever waits for news of it still does', () => {
    const hall = new Hall().grade('major')
    const heardAt = hall.state.heardAt.get(id)
    hall.pass(31 * minuteMs)
    expect(hall.row.reports![0]?.late).toBe(true)
    expect(hall.state.heardAt.get(id)).toBe(heardAt)
  })
})

describe('who tells it, and what', () => {
  it('officers; others are refused', () => {
    for (const role of roles) {
      const code = refusalOf(new Hall().grade('major').tell('oral', {}, person(role)))?.code
      expect(code, role).toBe(role === 'duty' || role === 'chief' ? undefined : 'FORBIDDEN')
    }
  })
  it('what is not owed is refused, and says what is; a report in writing says what it is and what was done', () => {
    const hall = new Hall()
    expect(refusalOf(hall.tell('first'))?.code).toBe('NOT_ALLOWED')
    hall.grade('major')
    expect(refusalOf(hall.tell('final'))?.details).toMatchObject({ owed: ['oral', 'first'] })
    expect(fieldOf(hall.tell('oral', { to: ' ' }))).toBe('to')
    expect(fieldOf(hall.tell('first', { body: { ...body, nature: ' ' } }))).toBe('body.nature')
    expect(fieldOf(hall.tell('first', { body: { ...body, measures: '' } }))).toBe('body.measures')
    // By telephone the words are not written down.
    expect(refusalOf(hall.tell('oral', { body: { ...words, nature: '', measures: '' } }))).toBeNull()
  })
  it('keeps what the case said then', () => {
    const hall = new Hall().grade('major').told('first')
    hall.case('reclassify', { classCode: 'E0587', priority: null })
    const [, first] = hall.row.reports!
    expect(first).toMatchObject({
      body,
      facts: { classCode: 'E0502', title: '燃气泄漏', address: '沐风路', source: 'hotline', grade: 'major' },
    })
    expect(first?.facts?.reportedAt).toBe(hall.state.incidents.get(id)?.reportedAt)
  })
  it('is seen by officers alone', () => {
    const hall = new Hall().grade('major').told('first')
    const incident = hall.state.incidents.get(id)!
    expect(planFor('officer', hall.row, incident)?.reports).toHaveLength(3)
    for (const audience of ['wall', 'dept', 'dept:gas'] as const)
      expect(planFor(audience, hall.row, incident)?.reports, audience).toBeUndefined()
  })
})

describe('memory', () => {
  it('a case is not let go of before its final report is made', () => {
    const hall = new Hall().grade('major').told('first').end()
    const later = hall.now + 100 * hourMs
    expect(evictEnded(hall.state, later, hourMs, 0)).toEqual([])
    hall.told('final')
    expect(evictEnded(hall.state, later, hourMs, 0)).toEqual([id])
    expect(hall.state.reportTimers.size).toBe(0)
  })
  it('log and snapshot hold it: whatever is done, replayed and restored it is the same and late at the same time', () => {
    const kind = fc.constantFrom<ReportKind>('oral', 'first', 'follow-up', 'final')
    const step = fc.oneof(
      fc.record({ act: fc.constant('grade' as const), grade: fc.constantFrom(...caseGrades) }),
      fc.record({ act: fc.constant('tell' as const), kind }),
      fc.record({ act: fc.constant('pass' as const), min: fc.integer({ min: 0, max: 200 }) }),
      fc.record({ act: fc.constantFrom('end' as const, 'reopen' as const) }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const hall = new Hall()
        for (const one of steps) {
          if (one.act === 'grade')
            hall.ask(duty, {
              ...{ type: 'plan.grade', incidentId: id, grade: one.grade, reason: 'x' },
            } as Command)
          else if (one.act === 'tell') hall.tell(one.kind)
          else if (one.act === 'pass') hall.pass(one.min * minuteMs)
          else
            hall.ask(chief, {
              type: one.act === 'end' ? 'incident.force-close' : 'incident.reopen',
              ...{ incidentId: id, reason: 'x' },
            } as Command)
          const owed = (hall.row.reports ?? []).filter(isOwed)
          // Of a kind one is owed at most, and never the end and the going on together.
          expect(new Set(owed.map((each) => each.kind)).size).toBe(owed.length)
          expect(owed.some((each) => each.kind === 'final') && owed.some((each) => each.kind === 'follow-up')).toBe(
            false,
          )
          const next = Math.min(...owed.filter(({ late }) => late !== true).map(({ dueAt }) => dueAt + 1))
          expect(hall.state.reportTimers.nextAt).toBe(next === Infinity ? null : next)
        }
        const folded = newCityState(dayOf)
        for (const logged of hall.log) evolve(folded, logged)
        expect(folded.casePlans).toEqual(hall.state.casePlans)
        const restored = restoreState(snapshotPieces(hall.state))
        expect(restored?.casePlans).toEqual(hall.state.casePlans)
        expect(restored?.reportTimers.nextAt).toBe(hall.state.reportTimers.nextAt)
      }),
      { numRuns: 100 },
    )
  })
})
