/** Response plans: which one a case gets, what is still wanted, and what people do with it. */
import { describe, expect, it } from 'vitest'
import { agenciesOf } from '../../../shared/model/agency-record.ts'
import { mostNotes } from '../../../shared/model/case-plan.ts'
import type { Command } from '../../../shared/model/command.ts'
import { planCommandRoles } from '../../../shared/model/plan-rights.ts'
import { fillUps } from '../../../shared/model/response-plan.ts'
import { planSchema } from '../../../shared/contract/response-plan.ts'
import { looseClasses, looseEnds } from '../../../shared/contract/city-pack-ties.ts'
import { roles, type Role } from '../../../shared/model/role.ts'
import { responsePlans } from '../../../mock-data/city/response-plans.ts'
import { crewKinds } from '../../../mock-data/city/organisation.ts'
import { planFor } from '../../../server/src/access/audience.ts'
import { defaultCaseClasses } from '../../../server/src/domain/case-classes.ts'
import { withPlans } from '../../../server/src/domain/plan/apply.ts'
import { decide } from '../../../server/src/domain/decide.ts'
import { person } from '../../support/engine.ts'
import { refusalOf } from './support.ts'
import { minute, need, plan, chosen, PlannedPaper, dispatch, acts, duty, chief, manager } from './planned-paper.ts'

describe('the plan a case gets', () => {
  it('is the one that names most of its class, and none where none is for it', () => {
    const plans = [plan('all', { classes: ['E'] }), plan('group', { classes: ['E01', 'E05'] }), plan('own')]
    expect(chosen(plans)).toBe('own')
    expect(chosen(plans, { classCode: 'E0587' })).toBe('group')
    expect(chosen(plans, { classCode: 'E0689' })).toBe('all')
    expect(chosen(plans, { classCode: 'P0101' })).toBeNull()
  })

  it('must fit priority, district, hour and mode where the plan names them', () => {
    expect(chosen([plan('p', { priorities: [1, 2] })])).toBe('p')
    expect(chosen([plan('p', { priorities: [1] })])).toBeNull()
    expect(chosen([plan('p', { districtIds: ['d2'] })])).toBeNull()
    expect(chosen([plan('p', { districtIds: ['d1'] })], { districtId: null })).toBeNull()
    expect(chosen([plan('p', { modes: ['emergency'] })])).toBeNull()
    expect(chosen([plan('p', { modes: ['emergency'] })], { mode: 'emergency' })).toBe('p')
  })

  it.each([
    [7.99, null],
    [8, 'day'],
    [19.99, 'day'],
    [20, null],
  ])('by day at %s: %s', (hour, id) => {
    expect(chosen([plan('day', { hours: { from: 8, to: 20 } })], { hour })).toBe(id)
    expect(chosen([plan('night', { hours: { from: 20, to: 8 } })], { hour })).toBe(id === null ? 'night' : null)
  })

  it('of two that fit is the one that says more: mode before district before priority before hour', () => {
    const day = { from: 0, to: 23 }
    const order = [
      plan('mode', { modes: ['normal'] }),
      plan('district', { districtIds: ['d1'], priorities: [2], hours: day }),
      plan('priority', { priorities: [2], hours: day }),
      plan('hour', { hours: day }),
      plan('plain'),
    ]
    order.forEach((_, from) => {
      expect(chosen(order.slice(from))).toBe(order[from]?.id)
      expect(chosen(order.slice(from).reverse())).toBe(order[from]?.id)
    })
    // A longer class goes before all of that.
    expect(chosen([plan('z', { classes: ['E05'], modes: ['normal'] }), plan('a')])).toBe('a')
  })

  it('of two equals is the newer version, then the earlier id, in whatever order they stand', () => {
    const [a, b, c] = [plan('a'), plan('b'), plan('c', {}, 2)]
    const orders = [
      [a, b, c],
      [a, c, b],
      [b, a, c],
      [b, c, a],
      [c, a, b],
      [c, b, a],
    ]
    for (const plans of orders) {
      expect(chosen(plans)).toBe('c')
      expect(chosen(plans.filter(({ version }) => version === 1))).toBe('a')
    }
  })

  it('is applied in the act that files the case, again when it becomes another case, and ticks begin anew', () => {
    const paper = new PlannedPaper()
    const id = paper.open()
    const types = paper.log.map(({ event }) => event.type)
    expect(types.indexOf('plan.applied')).toBe(types.indexOf('incident.filed') + 1)
    expect(paper.row()).toMatchObject({ plan: { id: 'flood', version: 1 }, level: 0, told: [{ en: 'Flood control' }] })
    paper.ask(duty, { type: 'plan.tick', incidentId: id, itemId: 'a', done: true })
    const reclassify = (classCode: string) =>
      paper.ask(duty, { type: 'incident.reclassify', incidentId: id, classCode, priority: null })
    reclassify('E0587')
    expect(paper.row()).toMatchObject({ plan: null, needs: [], checklist: [] })
    reclassify('E0506')
    expect(paper.row().checklist.map(({ doneAt }) => doneAt)).toEqual([null, null])
    const before = paper.log.length
    paper.ask(duty, { type: 'incident.locate', incidentId: id, position: [121.6, 31.2], address: null })
    expect(paper.log.slice(before).map(({ event }) => event.type)).toEqual(['incident.located'])
    paper.open(2, 'E0113')
    expect(paper.row().plan).toBeNull()
  })

  it('waits for the filing: what is done to a report before it applies none', () => {
    const paper = new PlannedPaper()
    paper.ask(duty, {
      type: 'incident.report',
      classCode: 'E0113',
      title: 'x',
      description: '',
      source: 'hotline',
      sourceRef: null,
      position: null,
      address: null,
      reporter: null,
      mediaUrl: null,
      occurredAt: null,
      priority: null,
      drill: false,
    })
    const incidentId = paper.last
    paper.ask(duty, { type: 'incident.reclassify', incidentId, classCode: 'E0506', priority: null })
    paper.ask(duty, { type: 'incident.locate', incidentId, position: [121.4, 31.2], address: null })
    expect(paper.state.casePlans.size).toBe(0)
    const gone = { type: 'incident.filed', incidentId: 'x', state: 'pending-dispatch' } as never
    expect(withPlans(paper.state, [{ event: gone }], paper.context)).toHaveLength(1)
  })
})

describe('需 3 到 2', () => {
  const unit = (kind: string, capabilities: readonly string[] = []) => ({ kind, capabilities })
  it('counts each crew once, where it is still wanted', () => {
    const needs = [need('pump', [2, 3, 3, 3]), need('any', [1, 1, 1, 1], { kinds: [], capability: 'E0506' })]
    const filled = (...crews: ReturnType<typeof unit>[]) => fillUps(needs, 0, crews).map(({ assigned }) => assigned)
    expect(fillUps(needs, 1, []).map(({ required }) => required)).toEqual([3, 1])
    expect(filled(unit('pump'))).toEqual([1, 0])
    expect(filled(unit('pump'), unit('pump'), unit('pump'))).toEqual([2, 1])
    expect(filled(unit('road', ['E05']))).toEqual([0, 1])
    expect(filled(unit('road', ['P01']))).toEqual([0, 0])
    // More than is wanted is shown, not hidden.
    expect(filled(unit('pump'), unit('pump'), unit('pump'), unit('pump'))).toEqual([3, 1])
  })
})

describe('what people do beside a case', () => {
  it('is theirs by role', () => {
    const paper = new PlannedPaper()
    const incidentId = paper.open()
    const commands: Record<keyof typeof planCommandRoles, object> = {
      'plan.reinforce': { level: 1, reason: 'x' },
      'plan.tick': { itemId: 'a', done: true },
      'plan.note': { text: 'x' },
      'plan.answer': { unitId: 'PUMP-01', note: '' },
      'plan.end-agency': { departmentId: 'drainage', disposition: '18', note: '' },
      'plan.grade': { grade: 'major', reason: 'x' },
      'plan.report': { kind: 'oral', to: 'x', body: {} },
      'plan.divert': { unitId: 'PUMP-01', reason: 'x' },
    }
    for (const [type, rest] of Object.entries(commands))
      for (const role of roles) {
        const may = (planCommandRoles[type as keyof typeof planCommandRoles] as readonly Role[]).includes(role)
        const code = refusalOf(
          decide(paper.state, person(role), { type, incidentId, ...rest } as never, undefined, paper.context),
        )?.code
        expect(code === 'FORBIDDEN', `${role} ${type}`).toBe(!may)
      }
  })

  it('raises the reinforcement, and more is needed', () => {
    const paper = new PlannedPaper()
    const incidentId = paper.open()
    const to = (level: 0 | 1 | 2 | 3, reason = '水涨') =>
      paper.ask(chief, { type: 'plan.reinforce', incidentId, level, reason })
    expect(refusalOf(to(0))?.message).toContain('level')
    expect(refusalOf(to(1, ' '))?.message).toContain('reason')
    expect(to(2).ok).toBe(true)
    expect(fillUps(paper.row().needs, paper.row().level, []).map(({ required }) => required)).toEqual([3, 1])
    paper.open(2, 'E0113')
    expect(
      refusalOf(paper.ask(chief, { type: 'plan.reinforce', incidentId: paper.last, level: 1, reason: 'x' }))?.code,
    ).toBe('NOT_ALLOWED')
  })

  it('ticks the list: who and when, and back', () => {
    const paper = new PlannedPaper()
    const incidentId = paper.open()
    const tick = (itemId: string, done = true) => paper.ask(duty, { type: 'plan.tick', incidentId, itemId, done })
    expect(refusalOf(tick('z'))?.code).toBe('NOT_FOUND')
    expect(refusalOf(tick('a', false))?.code).toBe('CONFLICT')
    paper.now += 5
    tick('a')
    expect(paper.row().checklist[0]).toMatchObject({ doneBy: 'duty', doneAt: paper.now })
    expect(refusalOf(tick('a'))).toMatchObject({ code: 'CONFLICT', details: { by: 'duty' } })
    tick('a', false)
    expect(paper.row().checklist[0]).toMatchObject({ doneBy: null, doneAt: null })
  })

  it('keeps the command log apart from the case, with the role; the row holds the newest', () => {
    const paper = new PlannedPaper()
    const incidentId = paper.open()
    const version = paper.state.incidents.get(incidentId)?.version
    expect(refusalOf(paper.ask(manager, { type: 'plan.note', incidentId, text: ' ' }))?.message).toContain('text')
    for (let n = 0; n <= mostNotes; n++) paper.ask(manager, { type: 'plan.note', incidentId, text: `令${n}` })
    expect(paper.row().notes).toHaveLength(mostNotes)
    expect(paper.row().notes.at(-1)).toMatchObject({ by: 'manager', role: 'manager', text: `令${mostNotes}` })
    expect(paper.state.incidents.get(incidentId)?.version).toBe(version)
    expect(planFor('wall', paper.row(), paper.state.incidents.get(incidentId) ?? null)).toMatchObject({ notes: [] })
    expect(planFor('officer', paper.row(), null)).toBeNull()
    expect(planFor('dept:none', paper.row(), paper.state.incidents.get(incidentId) ?? null)).toBeNull()
  })

  it('grades it with a reason, apart from warnings and responses', () => {
    const paper = new PlannedPaper()
    const incidentId = paper.open()
    const grade = (to: 'major' | 'serious') =>
      paper.ask(duty, { type: 'plan.grade', incidentId, grade: to, reason: '三人受伤' })
    grade('serious')
    expect(refusalOf(grade('serious'))?.message).toContain('grade')
    grade('major')
    const graded = paper.log.map(({ event }) => event).filter(({ type }) => type === 'plan.graded')
    expect(graded.at(-1)).toMatchObject({ from: 'serious', grade: 'major' })
    expect(paper.row().grade).toBe('major')
    expect([paper.state.responses.size, paper.state.warnings.size]).toEqual([0, 0])
  })

  it('says how it ended for each agency, also when the case is over', () => {
    const paper = new PlannedPaper()
    const incidentId = paper.open()
    paper.ask(duty, dispatch(incidentId, 'PUMP-01'))
    paper.ask(duty, dispatch(incidentId, 'FIRE-01'))
    acts(paper, incidentId, 'acknowledge', 'depart', 'arrive')
    const incident = () => paper.state.incidents.get(incidentId) as never
    const records = () => agenciesOf(incident(), paper.row(), paper.state.units)
    expect(records()).toMatchObject([
      { departmentId: 'drainage', status: 'working', arrivedAt: paper.now, leftAt: null, unitIds: ['PUMP-01'] },
      { departmentId: 'fire', status: 'coming', arrivedAt: null },
    ])
    paper.now += minute
    paper.ask(duty, { type: 'incident.recall', incidentId, unitId: 'FIRE-01', reason: '不需要' })
    expect(records()[1]).toMatchObject({ status: 'left', leftAt: paper.now, outcome: null })
    const end = (departmentId: string, actor = duty) =>
      paper.ask(actor, { type: 'plan.end-agency', incidentId, departmentId, disposition: '32', note: '' })
    expect(refusalOf(end('nobody'))?.message).toContain('departmentId')
    expect(refusalOf(end('gas'))?.code).toBe('NOT_ALLOWED')
    expect(refusalOf(end('fire', person('dept', 'd', { departmentId: 'gas' })))?.code).toBe('FORBIDDEN')
    expect(end('fire', person('dept', 'd', { departmentId: 'fire' })).ok).toBe(true)
    expect(end('fire', person('dept')).ok).toBe(true)
    expect(records()[1]).toMatchObject({ status: 'ended', outcome: { disposition: '32', by: 'dept' } })
    const over = paper.open()
    paper.ask(duty, { type: 'incident.void', incidentId: over, reason: '误报' })
    expect(refusalOf(paper.ask(duty, { type: 'plan.note', incidentId: over, text: 'x' }))?.code).toBe('NOT_ALLOWED')
    const own = paper.state.incidents.get(over)?.departmentId ?? ''
    const late: Command = { type: 'plan.end-agency', incidentId: over, departmentId: own, disposition: '10', note: '' }
    expect(paper.ask(duty, late).ok).toBe(true)
    expect(refusalOf(paper.ask(duty, { ...late, incidentId: 'x' } as Command))?.code).toBe('NOT_FOUND')
    expect(agenciesOf(incident(), undefined, new Map())).toEqual([])
  })
})

describe('the plans of a pack', () => {
  it('of the demo city are whole: known classes, crews it has, and no reinforcement that takes away', () => {
    expect(responsePlans.length).toBeGreaterThanOrEqual(10)
    const kinds = new Set(crewKinds.map(({ kind }) => kind))
    for (const one of responsePlans) {
      expect(planSchema.parse(one)).toEqual(one)
      for (const { kinds: wanted } of one.needs) for (const kind of wanted) expect(kinds).toContain(kind)
    }
    const codes = new Set(defaultCaseClasses.map(({ code }) => code))
    expect(looseClasses(codes, { departments: [], parts: [], alarmRules: [], plans: responsePlans })).toEqual([])
  })

  it('are refused by row and field where they do not hold', () => {
    const problem = (over: object) => planSchema.safeParse({ ...plan('p'), ...over }).error?.issues[0]?.path.join('.')
    expect(problem({})).toBeUndefined()
    expect(problem({ scope: { classes: [] } })).toBe('scope.classes')
    expect(problem({ needs: [need('a', [2, 1, 1, 1])] })).toBe('needs.0.counts')
    expect(problem({ needs: [need('a', [1, 1, 1, 1], { kinds: [] })] })).toBe('needs.0')
    expect(problem({ needs: [need('a', [1, 1, 1, 1]), need('a', [1, 1, 1, 1])] })).toBe('needs')
    const base = { divisions: [], departments: [], crews: [], caseClasses: null }
    expect(looseEnds({ ...base, plans: [plan('p', { districtIds: ['d9'] }), plan('p')] })).toEqual([
      'plans.json: row 1: id p is there twice',
      'plans.json: row 0: scope.districtIds: no division d9',
    ])
    expect(
      looseClasses(new Set(['E0101']), { departments: [], parts: [], alarmRules: [], plans: [plan('p')] }),
    ).toEqual(['plans.json: row 0: no case class E0506'])
  })
})
