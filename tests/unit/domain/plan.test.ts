/** Response plans: which one a case gets, what is still wanted, what people do with it, when somebody is called, and crews diverted. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { agenciesOf } from '../../../shared/model/agency-record.ts'
import { callLimits, mostNotes, newCasePlan, type CallKind } from '../../../shared/model/case-plan.ts'
import type { Command } from '../../../shared/model/command.ts'
import { divertOptions } from '../../../shared/model/divert-option.ts'
import { customaryEffects } from '../../../shared/model/mode-effects.ts'
import { planCommandRoles } from '../../../shared/model/plan-rights.ts'
import { fillUps, type PlanNeed, type ResponsePlan } from '../../../shared/model/response-plan.ts'
import { planSchema } from '../../../shared/contract/response-plan.ts'
import { looseClasses, looseEnds } from '../../../shared/contract/city-pack-ties.ts'
import { roles, type Role } from '../../../shared/model/role.ts'
import { responsePlans } from '../../../mock-data/city/response-plans.ts'
import { crewKinds } from '../../../mock-data/city/organisation.ts'
import { planFor } from '../../../server/src/access/audience.ts'
import { AlarmWatch } from '../../../server/src/domain/alarm/watch.ts'
import { defaultCaseClasses } from '../../../server/src/domain/case-classes.ts'
import { withPlans } from '../../../server/src/domain/plan/apply.ts'
import { matchPlan, type PlanQuestion } from '../../../server/src/domain/plan/match.ts'
import { nextCalls } from '../../../server/src/domain/plan/calls.ts'
import { evictEnded, evolve, newCityState } from '../../../server/src/domain/state.ts'
import { snapshotPieces } from '../../../server/src/domain/snapshot.ts'
import { decide } from '../../../server/src/domain/decide.ts'
import { decideTick } from '../../../server/src/domain/tick.ts'
import { person } from '../../support/engine.ts'
import { dayOf, Paper, refusalOf, restoreState } from './support.ts'

const [duty, chief, manager] = [person('duty'), person('chief'), person('manager')]
const minute = 60_000
const need = (id: string, counts: PlanNeed['counts'], over: Partial<PlanNeed> = {}): PlanNeed => ({
  id,
  name: { zh: id, en: id },
  kinds: [id],
  capability: null,
  counts,
  ...over,
})
const plan = (id: string, over: Partial<ResponsePlan['scope']> = {}, version = 1): ResponsePlan => ({
  id,
  version,
  name: { zh: id, en: id },
  scope: { classes: ['E0506'], priorities: [], districtIds: [], hours: null, modes: [], ...over },
  needs: [need('drainage', [1, 2, 3, 4]), need('fire', [0, 1, 1, 1])],
  checklist: [
    { id: 'a', text: { zh: '核实水深', en: 'Check depth' } },
    { id: 'b', text: { zh: '封闭道路', en: 'Close the road' } },
  ],
  told: [{ zh: '防汛指挥部', en: 'Flood control' }],
})
const asked: PlanQuestion = { classCode: 'E0506', priority: 2, districtId: 'd1', hour: 12, mode: 'normal' }
const chosen = (plans: readonly ResponsePlan[], over: Partial<PlanQuestion> = {}) =>
  matchPlan(plans, { ...asked, ...over })?.id ?? null

/** A city with a plan for flooded roads. */
class PlannedPaper extends Paper {
  override get context() {
    return { ...super.context, plans: [plan('flood')] }
  }
  override ask(...[actor, command, expectedVersion]: Parameters<Paper['ask']>): ReturnType<Paper['ask']> {
    const decision = decide(this.state, actor, command, expectedVersion, this.context)
    if (decision.ok) this.fold(withPlans(this.state, decision.events, this.context), actor.name)
    return decision
  }
  tick(): void {
    this.fold(decideTick(this.state, new AlarmWatch([]), this.context))
  }
  /** The last case's number. */
  get last(): string {
    return `20260801-${String(this.state.counters.incidentOfDay).padStart(6, '0')}`
  }
  open(priority: 1 | 2 | 3 | 4 = 2, classCode = 'E0506'): string {
    this.ask(duty, {
      type: 'incident.report',
      classCode,
      title: '积水',
      description: '',
      source: 'hotline',
      sourceRef: null,
      position: [121.4, 31.2],
      address: null,
      reporter: null,
      mediaUrl: null,
      occurredAt: null,
      priority,
      drill: false,
    })
    const incidentId = this.last
    this.ask(duty, { type: 'incident.file', incidentId, classCode: null, departmentId: null, priority: null })
    return incidentId
  }
  row(id = this.last) {
    return this.state.casePlans.get(id) ?? newCasePlan(id)
  }
  calls(): readonly (readonly [CallKind, string | null, number])[] {
    return this.row().calls.map(({ kind, unitId, times }) => [kind, unitId, times])
  }
}
const crew = (unitId: string) => person('crew', unitId, { unitId })
const dispatch = (incidentId: string, unitId = 'PUMP-01'): Command => ({
  type: 'incident.dispatch',
  incidentId,
  unitId,
  reason: '值班员指定',
})
const acts = (paper: PlannedPaper, incidentId: string, ...verbs: readonly string[]) => {
  for (const verb of verbs)
    expect(paper.ask(crew('PUMP-01'), { type: `incident.${verb}`, incidentId, unitId: 'PUMP-01' } as Command).ok).toBe(
      true,
    )
}

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

describe('somebody is called', () => {
  const within = (paper: PlannedPaper, ms: number): readonly (readonly [CallKind, string | null, number])[][] => {
    const from = paper.now
    return [-1, 0, 1].map((by) => {
      paper.now = from + ms + by
      paper.tick()
      return [...paper.calls()]
    })
  }

  it.each([1, 2, 3, 4] as const)('when a P%s case waits for a crew too long: below, at, above', (priority) => {
    const paper = new PlannedPaper()
    const incidentId = paper.open(priority)
    expect(within(paper, callLimits.queuedMs[priority])).toEqual([[], [], [['queued', null, 1]]])
    paper.tick()
    expect(paper.calls()).toHaveLength(1)
    paper.ask(duty, dispatch(incidentId))
    expect(paper.calls()).toEqual([])
  })

  it('when a dispatch is not acknowledged, and no more once it is', () => {
    const paper = new PlannedPaper()
    const incidentId = paper.open()
    paper.ask(duty, dispatch(incidentId))
    expect(within(paper, callLimits.unacknowledgedMs)).toEqual([[], [], [['unacknowledged', 'PUMP-01', 1]]])
    acts(paper, incidentId, 'acknowledge')
    expect(paper.calls()).toEqual([])
  })

  it('when a crew is on the road for half as long again as was foreseen', () => {
    const paper = new PlannedPaper()
    const incidentId = paper.open()
    paper.ask(duty, dispatch(incidentId))
    acts(paper, incidentId, 'acknowledge', 'depart')
    const etaS = paper.state.incidents.get(incidentId)?.assignments[0]?.etaS ?? 0
    expect(etaS).toBeGreaterThan(0)
    expect(within(paper, Math.round(etaS * 1000 * callLimits.lateShare))).toEqual([[], [], [['late', 'PUMP-01', 1]]])
    acts(paper, incidentId, 'arrive')
    expect(paper.calls()).toEqual([])
  })

  it('for a crew at the scene, again and again until somebody answers', () => {
    const paper = new PlannedPaper()
    const incidentId = paper.open()
    const answer: Command = { type: 'plan.answer', incidentId, unitId: 'PUMP-01', note: '安全' }
    paper.ask(duty, dispatch(incidentId))
    expect(refusalOf(paper.ask(duty, answer))?.code).toBe('NOT_ALLOWED')
    acts(paper, incidentId, 'acknowledge', 'arrive')
    expect(within(paper, callLimits.welfareMs)).toEqual([[], [], [['welfare', 'PUMP-01', 1]]])
    paper.now += callLimits.welfareMs
    paper.tick()
    expect(paper.calls()).toContainEqual(['welfare', 'PUMP-01', 2])
    paper.ask(duty, answer)
    expect(paper.calls()).toEqual([])
    expect(within(paper, callLimits.welfareMs)).toEqual([[], [], [['welfare', 'PUMP-01', 1]]])
  })

  it('when nothing is heard of a case crews are on; an overdue mark is no news', () => {
    const paper = new PlannedPaper()
    const incidentId = paper.open()
    paper.ask(duty, dispatch(incidentId))
    acts(paper, incidentId, 'acknowledge')
    expect(within(paper, callLimits.silentMs)).toEqual([[], [], [['silent', null, 1]]])
    paper.ask(duty, { type: 'plan.note', incidentId, text: '继续' })
    expect(paper.calls()).toEqual([])
    const due = paper.state.incidents.get(incidentId)?.dueAt ?? 0
    paper.now = due + 1
    paper.tick()
    expect(paper.state.incidents.get(incidentId)?.overdueStages).toContain('handle')
    expect(paper.calls()).toEqual([['silent', null, 1]])
  })

  it('once each and in order, also by an engine that was down when they were due', () => {
    const paper = new PlannedPaper()
    const first = paper.open(1)
    paper.now += 10_000
    paper.open(1)
    paper.ask(duty, dispatch(first))
    const restored = restoreState(snapshotPieces(paper.state))
    if (restored === null) throw new Error('no state')
    paper.now += 2 * minute
    paper.tick()
    const told = (events: readonly { event: { type: string } }[]) =>
      events.filter(({ event }) => event.type === 'plan.called').map(({ event }) => event)
    const again = decideTick(restored, new AlarmWatch([]), paper.context)
    expect(told(again)).toEqual(told(paper.log))
    expect(told(again)).toHaveLength(2)
  })

  it('never twice for the same, whatever happens; and the fold is that of the log and of the snapshot', () => {
    const step = fc.oneof(
      fc.record({ wait: fc.integer({ min: 1, max: 40 }) }),
      fc.record({
        verb: fc.constantFrom('dispatch', 'acknowledge', 'depart', 'arrive', 'finish', 'answer', 'recall', 'note'),
      }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const paper = new PlannedPaper()
        const incidentId = paper.open(2)
        for (const one of steps) {
          if ('wait' in one) {
            paper.now += one.wait * minute
            paper.tick()
          } else if (one.verb === 'dispatch') paper.ask(duty, dispatch(incidentId))
          else if (one.verb === 'recall')
            paper.ask(duty, { type: 'incident.recall', incidentId, unitId: 'PUMP-01', reason: 'x' })
          else if (one.verb === 'note') paper.ask(duty, { type: 'plan.note', incidentId, text: 'x' })
          else if (one.verb === 'answer')
            paper.ask(duty, { type: 'plan.answer', incidentId, unitId: 'PUMP-01', note: '' })
          else
            paper.ask(crew('PUMP-01'), {
              type: `incident.${one.verb}`,
              incidentId,
              unitId: 'PUMP-01',
              ...(one.verb === 'finish' ? { note: '' } : {}),
            } as Command)
        }
        const called = paper.log.flatMap(({ event }) =>
          event.type === 'plan.called' ? [JSON.stringify(event.call)] : [],
        )
        expect(new Set(called).size).toBe(called.length)
        const folded = newCityState(dayOf)
        for (const logged of paper.log) evolve(folded, logged)
        expect(folded.casePlans).toEqual(paper.state.casePlans)
        const restored = restoreState(snapshotPieces(paper.state))
        expect(restored?.casePlans).toEqual(paper.state.casePlans)
        expect(restored?.calls.nextAt).toBe(paper.state.calls.nextAt)
      }),
      { numRuns: 60 },
    )
  })

  it('of nothing that is over or let go of', () => {
    const paper = new PlannedPaper()
    const incidentId = paper.open()
    paper.ask(duty, { type: 'incident.void', incidentId, reason: '误报' })
    expect(paper.state.calls.size).toBe(0)
    evictEnded(paper.state, paper.now + 1, 0, 0)
    expect([paper.state.casePlans.size, paper.state.heardAt.size]).toEqual([0, 0])
    const stray = { type: 'plan.noted', incidentId, role: 'duty', text: 'x' } as const
    paper.fold([{ event: stray }])
    expect(paper.state.casePlans.size).toBe(0)
    expect(nextCalls({ assignments: [], state: 'closed' } as never, undefined, 0)).toEqual([])
  })
})

describe('a crew diverted', () => {
  it('leaves a less urgent case for a more urgent one, in one act told on both', () => {
    const paper = new PlannedPaper()
    const low = paper.open(4)
    paper.ask(duty, dispatch(low))
    acts(paper, low, 'acknowledge', 'depart')
    const dueAt = paper.state.incidents.get(low)?.dueAt
    const high = paper.open(1)
    expect(refusalOf(paper.ask(duty, dispatch(high)))?.code).toBe('UNIT_TAKEN')
    const divert = (unitId = 'PUMP-01', incidentId = high, reason = '人命关天'): Command => ({
      type: 'plan.divert',
      incidentId,
      unitId,
      reason,
    })
    const target = paper.state.incidents.get(high) as never
    expect(divertOptions(target, paper.state.units.values(), paper.state.incidents, () => true)).toEqual([
      { unitId: 'PUMP-01', fromIncidentId: low, fromPriority: 4, unitStatus: 'en-route', left: 0 },
    ])
    expect(divertOptions(target, paper.state.units.values(), paper.state.incidents, () => false)).toEqual([])
    expect(refusalOf(paper.ask(duty, divert('PUMP-01', high, ' ')))?.message).toContain('reason')
    expect(refusalOf(paper.ask(duty, divert('NOBODY')))?.code).toBe('NOT_FOUND')
    expect(refusalOf(paper.ask(duty, divert('FIRE-01')))?.code).toBe('NOT_ALLOWED')
    expect(refusalOf(paper.ask(duty, divert(), 99))?.code).toBe('CONFLICT')
    const before = paper.log.length
    expect(paper.ask(duty, divert())).toMatchObject({ ok: true, data: { fromIncidentId: low, left: 0 } })
    const told = paper.log.slice(before).flatMap(({ event }) => (event.type === 'plan.diverted' ? [event] : []))
    expect(told).toMatchObject([
      { incidentId: low, otherId: high, way: 'away', reason: '人命关天', left: 0 },
      { incidentId: high, otherId: low, way: 'here' },
    ])
    expect(paper.state.incidents.get(low)).toMatchObject({ state: 'pending-dispatch', dueAt })
    expect(paper.state.incidents.get(high)).toMatchObject({ state: 'pending-receipt' })
    expect(paper.state.units.get('PUMP-01')).toMatchObject({ status: 'dispatched', incidentId: high })
    // It cannot go back the same way.
    expect(refusalOf(paper.ask(duty, divert('PUMP-01', low)))?.code).toBe('NOT_ALLOWED')
  })

  it('is offered from the least urgent first, and before one that is at its scene already', () => {
    const paper = new PlannedPaper()
    const at = (priority: 2 | 3 | 4, unitId: string) => {
      const id = paper.open(priority)
      paper.ask(duty, dispatch(id, unitId))
      return id
    }
    const scene = at(4, 'PUMP-01')
    acts(paper, scene, 'acknowledge', 'arrive')
    at(4, 'PUMP-02')
    at(3, 'FIRE-01')
    const high = paper.state.incidents.get(paper.open(1)) as never
    expect(
      divertOptions(high, paper.state.units.values(), paper.state.incidents, () => true).map(({ unitId }) => unitId),
    ).toEqual(['PUMP-02', 'PUMP-01', 'FIRE-01'])
  })
})

describe('limits under a mode', () => {
  it('are the emergency’s for its classes filed while it holds there, and the row says so', () => {
    const limitOf = (paper: PlannedPaper) => {
      const { dueAt, filedAt } = paper.state.incidents.get(paper.last) ?? {}
      return (dueAt ?? 0) - (filedAt ?? 0)
    }
    const calm = new PlannedPaper()
    calm.open(2, 'E0503')
    const hours = 3_600_000
    expect(calm.row().limitMode).toBeNull()
    const paper = new PlannedPaper()
    paper.ask(chief, { type: 'mode.propose', mode: 'emergency', districtIds: ['d1'], reason: '暴雨' })
    paper.ask(manager, { type: 'mode.confirm', proposalId: 'M1' })
    // 4h of working time from noon on, and half of it by the clock.
    paper.open(2, 'E0503')
    expect(limitOf(calm)).toBeGreaterThan(4 * hours)
    expect(limitOf(paper)).toBe(4 * hours * customaryEffects.emergency.deadlines.limitShare)
    expect(paper.row().limitMode).toBe('emergency')
    paper.open(2, 'E0113')
    expect(paper.row().limitMode).toBeNull()
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
