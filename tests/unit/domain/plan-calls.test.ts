/** When somebody is called about a case, and limits while a mode holds. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { callLimits, type CallKind } from '../../../shared/model/case-plan.ts'
import type { Command } from '../../../shared/model/command.ts'
import { customaryEffects } from '../../../shared/model/mode-effects.ts'
import { AlarmWatch } from '../../../server/src/domain/alarm/watch.ts'
import { nextCalls } from '../../../server/src/domain/plan/calls.ts'
import { evictEnded, evolve, newCityState } from '../../../server/src/domain/state.ts'
import { snapshotPieces } from '../../../server/src/domain/snapshot.ts'
import { decideTick } from '../../../server/src/domain/tick.ts'
import { dayOf, refusalOf, restoreState } from './support.ts'
import { minute, PlannedPaper, crew, dispatch, acts, duty, chief, manager } from './planned-paper.ts'

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
