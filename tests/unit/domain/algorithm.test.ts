/** Line 10: the register of algorithms: who may decide, what a switch does, how advice is counted. */
import { describe, expect, it } from 'vitest'
import { algorithmIds, type AdviceJudged } from '../../../shared/model/algorithm.ts'
import type { AlgorithmCommand } from '../../../shared/model/command.ts'
import { roles } from '../../../shared/model/role.ts'
import { algorithmDescriptions, duplicatesAlgorithm } from '../../../server/src/domain/algorithm/descriptions.ts'
import {
  algorithmOf,
  algorithmRow,
  evolveAlgorithm,
  isAlgorithmOn,
} from '../../../server/src/domain/algorithm/state.ts'
import { person } from '../../support/engine.ts'
import { Paper, refusalOf } from './support.ts'

const chief = person('chief')
const off: AlgorithmCommand = { type: 'algorithm.switch', algorithmId: 'suggestions', isOn: false, reason: '误报多' }
const rule: AlgorithmCommand = {
  ...{ type: 'algorithm.approve-rule', algorithmId: 'duplicates', minScore: 0.9, maxDistanceM: 50, maxMinutes: 60 },
  reason: '试行',
}
const withdraw: AlgorithmCommand = { type: 'algorithm.withdraw-rule', algorithmId: 'duplicates', reason: '停' }
const setting = (paper: Paper, id: (typeof algorithmIds)[number]) => algorithmOf(paper.state.algorithms, id).setting

describe('line 10: the register of algorithms', () => {
  it('describes each that runs, with purpose, inputs, method, scope and owner in both languages', () => {
    const ids = algorithmDescriptions.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const one of algorithmDescriptions) {
      expect(algorithmIds).toContain(one.id)
      for (const term of [one.name, one.owner, one.purpose, one.inputs, one.method, one.scope]) {
        expect(term.zh).not.toBe('')
        expect(term.en).not.toBe('')
      }
    }
  })
  it('is the chief’s to decide, with a reason, on the setting that was seen', () => {
    for (const command of [off, rule, withdraw])
      for (const role of roles)
        if (role !== 'chief') expect(refusalOf(new Paper().ask(person(role), command))?.code).toBe('FORBIDDEN')
    const paper = new Paper()
    for (const command of [off, rule])
      expect(refusalOf(paper.ask(chief, { ...command, reason: ' ' }))?.details?.fields?.[0]?.field).toBe('reason')
    expect(refusalOf(paper.ask(chief, off, 3))?.code).toBe('CONFLICT')
    expect(refusalOf(paper.ask(chief, off, 0))).toBeNull()
    expect(refusalOf(paper.ask(chief, { ...off, isOn: true }, 0))?.code).toBe('CONFLICT')
  })
  it('is on as delivered, off when switched off, and on again', () => {
    const paper = new Paper()
    expect(isAlgorithmOn(paper.state.algorithms, 'suggestions')).toBe(true)
    expect(refusalOf(paper.ask(chief, { ...off, isOn: true }))?.code).toBe('NOT_ALLOWED')
    paper.ask(chief, off)
    expect(setting(paper, 'suggestions')).toMatchObject({
      ...{ version: 1, isOn: false, switched: { by: 'chief', at: paper.now, reason: '误报多' } },
    })
    expect(isAlgorithmOn(paper.state.algorithms, 'duplicates')).toBe(true)
    expect(refusalOf(paper.ask(chief, off))?.code).toBe('NOT_ALLOWED')
    paper.ask(chief, { ...off, isOn: true })
    expect(isAlgorithmOn(paper.state.algorithms, 'suggestions')).toBe(true)
  })
  it('has a rule that acts by itself only where a chief approved one, and only for duplicates', () => {
    const paper = new Paper()
    expect(setting(paper, 'duplicates').rule).toBeNull()
    expect(refusalOf(paper.ask(chief, withdraw))?.code).toBe('NOT_ALLOWED')
    const other = refusalOf(paper.ask(chief, { ...rule, algorithmId: 'suggestions' }))
    expect(other?.details?.fields?.[0]?.field).toBe('algorithmId')
    paper.ask(chief, rule)
    expect(setting(paper, 'duplicates').rule).toEqual({
      ...{ minScore: 0.9, maxDistanceM: 50, maxMinutes: 60, by: 'chief', at: paper.now, reason: '试行' },
    })
    paper.ask(chief, withdraw)
    expect(setting(paper, 'duplicates').rule).toBeNull()
  })
})

describe('line 10: take-up and error rate', () => {
  type Judged = { readonly type: 'algorithm.advice-judged' } & AdviceJudged
  const judged = (over: Partial<AdviceJudged> = {}): Judged => ({
    ...{ type: 'algorithm.advice-judged', algorithmId: 'duplicates', algorithmVersion: duplicatesAlgorithm.version },
    ...{ incidentId: 'i', field: 'duplicate', proposed: 'x', confidence: 1, chosen: 'x', isTaken: true },
    ...over,
  })
  const after = (events: readonly Judged[]) =>
    events.reduce((state, event) => evolveAlgorithm(state, event, 0), algorithmOf(new Map(), 'duplicates'))
  const row = (...events: Judged[]) => algorithmRow(duplicatesAlgorithm, after(events))

  it('are null before anything was judged, and shares of what was', () => {
    expect(row()).toMatchObject({ takeUpRate: null, errorRate: null, tally: {} })
    const four = row(judged(), judged(), judged({ isTaken: false }), judged({ isTaken: false, field: 'class' }))
    expect(four).toMatchObject({ takeUpRate: 0.5, errorRate: 0.5 })
    expect(four.tally).toEqual({ duplicate: { advised: 3, taken: 2 }, class: { advised: 1, taken: 0 } })
  })
  it('take back what was taken and undone, and no more than that', () => {
    const undone = judged({ isTaken: false, isTakenBack: true })
    expect(row(judged(), undone).tally.duplicate).toEqual({ advised: 1, taken: 0 })
    expect(row(undone).tally.duplicate).toEqual({ advised: 0, taken: 0 })
  })
  it('begin anew with a version, and are not another version’s', () => {
    expect(row(judged({ algorithmVersion: '0.9' })).takeUpRate).toBeNull()
    expect(row(judged({ algorithmVersion: '0.9', isTaken: false }), judged()).takeUpRate).toBe(1)
  })
})
