/** 续报周期 under a mode: nearer from the switch on, given back at its end; late stays late, and what owes none owes none. */
import { describe, expect, it } from 'vitest'
import type { CaseGrade } from '../../../shared/model/case-grade.ts'
import type { Command } from '../../../shared/model/command.ts'
import { checkModes } from '../../../shared/contract/mode-effects.ts'
import { customaryEffects } from '../../../shared/model/mode-effects.ts'
import type { OperatingMode } from '../../../shared/model/mode.ts'
import { customaryReports, isOwed, type ReportClocks } from '../../../shared/model/situation-report.ts'
import { AlarmWatch } from '../../../server/src/domain/alarm/watch.ts'
import { decideTick } from '../../../server/src/domain/tick.ts'
import { person } from '../../support/engine.ts'
import { smallCity } from '../../support/small-city.ts'
import { Paper, refusalOf } from './support.ts'

const duty = person('duty')
const chief = person('chief')
const minute = 60_000
const words = { scope: '', losses: '', trend: '', leaders: '', advice: '' }
const body = { ...words, nature: '积水', measures: '已排水' }
const city = smallCity({ modes: { ...customaryEffects, alert: { ...customaryEffects.alert, followUpMin: 120 } } })

class Hall extends Paper {
  clocks: ReportClocks
  constructor(clocks = customaryReports) {
    super(false, city)
    this.clocks = clocks
  }
  override get context() {
    const context = super.context
    return { ...context, caseSettings: { ...context.caseSettings, reports: this.clocks } }
  }
  graded(grade: CaseGrade = 'serious', position: readonly [number, number] = [121.4, 31.2]): string {
    const told = { title: '积水', description: '', source: 'patrol', sourceRef: null, position, address: null }
    const rest = { reporter: null, mediaUrl: null, occurredAt: null, priority: 3, drill: false }
    this.ask(duty, { type: 'incident.report', classCode: 'E0506', ...told, ...rest } as Command)
    const id = [...this.state.incidents.keys()].at(-1) as string
    this.ask(duty, { type: 'incident.file', incidentId: id, classCode: null, departmentId: null, priority: null })
    expect(refusalOf(this.ask(duty, { type: 'plan.grade', incidentId: id, grade, reason: '甲' }))).toBeNull()
    return id
  }
  tell(id: string, kind: 'first' | 'follow-up'): this {
    const report = { type: 'plan.report', incidentId: id, kind, to: '市委值班室', body } as const
    expect(refusalOf(this.ask(duty, report))).toBeNull()
    return this
  }
  switch(mode: OperatingMode, districtIds: readonly string[] = []): this {
    expect(refusalOf(this.ask(chief, { type: 'mode.propose', mode, districtIds, reason: '暴雨' }))).toBeNull()
    const proposalId = `M${this.state.counters.modeProposal}`
    expect(refusalOf(this.ask(person('manager'), { type: 'mode.confirm', proposalId }))).toBeNull()
    return this
  }
  pass(minutes: number): this {
    this.now += minutes * minute
    this.fold(decideTick(this.state, new AlarmWatch([]), this.context))
    return this
  }
  /** Minutes until the follow-up report, where one is owed. */
  due(id: string): number | undefined {
    const owed = this.state.casePlans.get(id)?.reports?.find((one) => one.kind === 'follow-up' && isOwed(one))
    return owed && (owed.dueAt - this.now) / minute
  }
}

describe('a mode with a cycle of its own', () => {
  it('holds for reports made while it does, and the ordinary clock after it', () => {
    const hall = new Hall().switch('emergency')
    const id = hall.graded()
    expect(hall.tell(id, 'first').due(id)).toBe(60)
    expect(hall.pass(10).tell(id, 'follow-up').due(id)).toBe(60)
    hall.switch('normal')
    expect(hall.tell(id, 'follow-up').due(id)).toBe(240)
  })
  it('brings nearer what runs, from the switch on, and gives it back at the end', () => {
    const hall = new Hall()
    const id = hall.graded()
    hall.tell(id, 'first').pass(30)
    expect(hall.switch('emergency').due(id)).toBe(60)
    expect(hall.pass(20).switch('normal').due(id)).toBe(190)
  })
  it('leaves what is due sooner anyhow', () => {
    const hall = new Hall()
    const id = hall.graded()
    hall.tell(id, 'first').pass(180)
    const length = hall.log.length
    expect(hall.switch('emergency').due(id)).toBe(60)
    expect(hall.log.slice(length).map(({ event }) => event.type)).toEqual(['mode.proposed', 'mode.switched'])
    expect(hall.switch('normal').due(id)).toBe(60)
  })
  it('goes from cycle to cycle', () => {
    const hall = new Hall().switch('alert')
    const id = hall.graded()
    expect(hall.tell(id, 'first').due(id)).toBe(120)
    expect(hall.switch('emergency').due(id)).toBe(60)
    expect(hall.switch('alert').due(id)).toBe(120)
  })
  it('takes nothing back that is late', () => {
    const hall = new Hall().switch('emergency')
    const id = hall.graded()
    hall.tell(id, 'first')
    hall.now += 60 * minute
    expect(hall.due(id)).toBe(0)
    hall.now += 1
    expect(hall.switch('normal').due(id)).toBeLessThan(0)
    hall.switch('emergency').pass(1)
    expect(hall.switch('normal').due(id)).toBeLessThan(0)
    expect(hall.state.casePlans.get(id)?.reports?.some(({ late }) => late === true)).toBe(true)
  })
  it('is of the districts it holds in, and never longer than the grade’s own', () => {
    const hall = new Hall()
    const [here, there, major] = [hall.graded(), hall.graded('serious', [121.7, 31.2]), hall.graded('major')]
    for (const id of [here, there, major]) hall.tell(id, 'first')
    hall.switch('emergency', ['d1'])
    expect([here, there, major].map((id) => hall.due(id))).toEqual([60, 240, 60])
    hall.switch('alert', ['d1'])
    expect([here, there, major].map((id) => hall.due(id))).toEqual([120, 240, 60])
  })
  it('asks nothing of what owes no follow-up: ungraded, ordinary, not told of yet, ended', () => {
    const hall = new Hall()
    const [ordinary, first, ended] = [hall.graded('ordinary'), hall.graded(), hall.graded()]
    hall.tell(ended, 'first')
    hall.ask(chief, { type: 'incident.force-close', incidentId: ended, reason: '甲' })
    hall.switch('emergency')
    expect([ordinary, first, ended].map((id) => hall.due(id))).toEqual([undefined, undefined, undefined])
  })
  it('asks nothing by clocks the city has taken away meanwhile, nor of what ended owing it', () => {
    const { extraordinary, major } = customaryReports
    const clocks = {
      ...{ ...customaryReports, extraordinary: { ...extraordinary!, finalMin: null } },
      serious: { ...major!, followUpMin: null },
    }
    const hall = new Hall(clocks)
    const [ended, milder, none] = [hall.graded('extraordinary'), hall.graded('major'), hall.graded('major')]
    for (const id of [ended, milder, none]) hall.tell(id, 'first')
    hall.ask(chief, { type: 'incident.force-close', incidentId: ended, reason: '甲' })
    hall.ask(duty, { type: 'plan.grade', incidentId: milder, grade: 'serious', reason: '甲' })
    hall.clocks = { ...clocks, major: null }
    const length = hall.log.length
    hall.switch('emergency')
    expect(hall.log.slice(length).map(({ event }) => event.type)).toEqual(['mode.proposed', 'mode.switched'])
    expect([ended, milder, none].map((id) => hall.due(id))).toEqual([60, 60, 60])
  })
  it('counts from the report in writing, not from the telephone', () => {
    const hall = new Hall({
      ...customaryReports,
      serious: { oralMin: 30, firstMin: 60, followUpMin: 240, finalMin: 60 },
    })
    const id = hall.graded()
    hall.ask(duty, { type: 'plan.report', incidentId: id, kind: 'oral', to: '市委值班室', body })
    hall.pass(20).tell(id, 'first').switch('emergency').pass(10)
    expect(hall.switch('normal').due(id)).toBe(230)
  })
  it('is no news of the case', () => {
    const hall = new Hall()
    const id = hall.graded()
    hall.tell(id, 'first')
    const heardAt = hall.state.heardAt.get(id)
    hall.pass(5).switch('emergency')
    expect(hall.state.heardAt.get(id)).toBe(heardAt)
  })
})

describe('modes.json', () => {
  it('says the cycle, or takes the customary one away', () => {
    expect(checkModes({ alert: { followUpMin: 30 } })).toMatchObject({
      value: { alert: { followUpMin: 30 }, emergency: { followUpMin: 60 } },
    })
    expect(checkModes({ emergency: { followUpMin: null } })).toMatchObject({
      value: { emergency: { followUpMin: null } },
    })
    const checked = checkModes({ alert: { followUpMin: 4 } })
    expect(checked.ok ? '' : checked.problems[0]).toContain('alert.followUpMin')
  })
})
