/** 应急响应: its four levels, who moves them, that I and II take two people, and that nothing starts one but a person. */
import { describe, expect, it } from 'vitest'
import type { Command } from '../../../shared/model/command.ts'
import {
  needsSecondPerson,
  responseLevels,
  responseProposalMs,
  suggestedLevels,
  type ResponseLevel,
} from '../../../shared/model/response.ts'
import { roles } from '../../../shared/model/role.ts'
import { warningColours } from '../../../shared/model/warning.ts'
import { responseFor } from '../../../server/src/access/audience.ts'
import { AlarmWatch } from '../../../server/src/domain/alarm/watch.ts'
import { evolve, newCityState } from '../../../server/src/domain/state.ts'
import { snapshotPieces } from '../../../server/src/domain/snapshot.ts'
import { decideTick } from '../../../server/src/domain/tick.ts'
import { person } from '../../support/engine.ts'
import { city, dayOf, Paper, refusalOf, restoreState } from './support.ts'

const [chief, other, manager] = [person('chief'), person('chief', 'chief2'), person('manager')]
const district = city.profile.divisions[0]?.id ?? ''
const start = (level: ResponseLevel, over: Partial<Extract<Command, { type: 'response.start' }>> = {}): Command => ({
  type: 'response.start',
  level,
  name: '防汛防台',
  headquarters: '防汛指挥部',
  districtIds: [],
  planName: '防汛专项应急预案',
  warningId: null,
  caseId: null,
  reason: '暴雨红色预警',
  ...over,
})
const change = (level: ResponseLevel, reason = '雨势加大'): Command => ({
  type: 'response.change',
  responseId: 'R1',
  level,
  reason,
})
const end = (reason = '雨停'): Command => ({ type: 'response.end', responseId: 'R1', reason })
const confirm: Command = { type: 'response.confirm', responseId: 'R1' }
const decline = (reason = '不必'): Command => ({ type: 'response.decline', responseId: 'R1', reason })
const row = (paper: Paper) => paper.state.responses.get('R1')
const types = (paper: Paper) => paper.log.map(({ event }) => event.type).filter((type) => type.startsWith('response.'))
const tick = (paper: Paper) => paper.fold(decideTick(paper.state, new AlarmWatch([]), paper.context))

describe('the three scales', () => {
  it('are never one: a warning of each colour only suggests a level, and starts nothing', () => {
    expect(warningColours.map((colour) => suggestedLevels[colour])).toEqual(['I', 'II', 'III', 'IV'])
    const paper = new Paper()
    for (const colour of warningColours)
      paper.ask(chief, {
        type: 'warning.publish',
        colour,
        event: '暴雨',
        headline: '暴雨',
        description: '',
        instruction: '',
        districtIds: [],
        expiresAt: paper.now + 3_600_000,
        exercise: false,
      })
    tick(paper)
    expect(paper.state.responses.size).toBe(0)
    expect(paper.state.modes.size).toBe(0)
  })
})

describe('a response', () => {
  it.each(responseLevels)('of level %s starts with one person or two, as its level asks', (level) => {
    const paper = new Paper()
    expect(paper.ask(chief, start(level)).ok).toBe(true)
    const isGrave = needsSecondPerson(level)
    expect(isGrave).toBe(level === 'I' || level === 'II')
    expect(row(paper)).toMatchObject({
      state: isGrave ? 'proposed' : 'active',
      startedAt: isGrave ? null : paper.now,
      level,
    })
    expect(refusalOf(paper.ask(chief, confirm))?.code).toBe(isGrave ? 'FORBIDDEN' : 'NOT_ALLOWED')
    if (!isGrave) return
    expect(responseFor('wall', row(paper) as never)).toBeNull()
    paper.now += 1
    expect(paper.ask(manager, confirm).ok).toBe(true)
    expect(row(paper)).toMatchObject({ state: 'active', startedAt: paper.now, confirmedBy: 'manager', proposal: null })
    expect(types(paper)).toEqual(['response.start-proposed', 'response.started'])
  })

  it('is raised, lowered and ended by one person below level II, by two where either level is I or II', () => {
    const paper = new Paper()
    paper.ask(chief, start('IV'))
    expect(paper.ask(chief, change('III')).ok).toBe(true)
    expect(row(paper)).toMatchObject({ level: 'III', state: 'active', reason: '雨势加大' })
    paper.ask(chief, change('II'))
    expect(row(paper)).toMatchObject({ level: 'III', state: 'change-proposed', proposal: { level: 'II', by: 'chief' } })
    expect(responseFor('dept', row(paper) as never)).toMatchObject({ state: 'active', proposal: null })
    expect(responseFor('officer', row(paper) as never)).toBe(row(paper))
    expect(refusalOf(paper.ask(chief, change('IV')))?.code).toBe('NOT_ALLOWED')
    paper.ask(other, confirm)
    expect(row(paper)).toMatchObject({ level: 'II', state: 'active', proposal: null })
    expect(responseFor('dept', row(paper) as never)).toBe(row(paper))
    expect(responseFor('wall', row(paper) as never)).toMatchObject({ level: 'II', startedBy: '', confirmedBy: null })
    // Down and out of it takes two as well.
    paper.ask(chief, change('IV'))
    paper.ask(other, decline())
    expect(row(paper)).toMatchObject({ level: 'II', state: 'active' })
    paper.ask(chief, end())
    expect(row(paper)?.state).toBe('change-proposed')
    paper.ask(other, confirm)
    expect(row(paper)).toBeUndefined()
    expect(paper.changes.responses.get('R1')).toMatchObject({ state: 'ended', endReason: '雨停', endedAt: paper.now })
    paper.ask(chief, start('III'))
    const second = { ...end(), responseId: 'R2' } as Command
    expect(paper.ask(chief, second).ok).toBe(true)
    expect(paper.state.responses.size).toBe(0)
    expect(types(paper)).toEqual([
      'response.started',
      'response.level-changed',
      'response.change-proposed',
      'response.level-changed',
      'response.change-proposed',
      'response.proposal-ended',
      'response.change-proposed',
      'response.ended',
      'response.started',
      'response.ended',
    ])
  })

  it('that was declined or withdrawn before it began never was in force', () => {
    for (const [by, outcome] of [
      [chief, 'withdrawn'],
      [other, 'declined'],
    ] as const) {
      const paper = new Paper()
      paper.ask(chief, start('I'))
      expect(refusalOf(paper.ask(by, decline(' ')))?.code).toBe('INVALID')
      paper.ask(by, decline())
      expect(paper.log.at(-1)?.event).toMatchObject({ outcome, response: { state: 'ended', startedAt: null } })
      expect(paper.state.responses.size).toBe(0)
    }
  })

  it.each([
    ['below', -1, true],
    ['at', 0, false],
    ['above', 1, false],
  ] as const)('is confirmed %s the time a proposal may wait (%s ms): %s', (_, by, isOpen) => {
    for (const isStart of [true, false]) {
      const paper = new Paper()
      paper.ask(chief, start(isStart ? 'I' : 'III'))
      if (!isStart) paper.ask(chief, change('I'))
      paper.now += responseProposalMs + by
      expect(refusalOf(paper.ask(other, confirm))?.code).toBe(isOpen ? undefined : 'NOT_ALLOWED')
      tick(paper)
      if (isOpen) expect(row(paper)).toMatchObject({ level: 'I', state: 'active' })
      else if (isStart) expect(row(paper)).toBeUndefined()
      else expect(row(paper)).toMatchObject({ level: 'III', state: 'active', proposal: null })
      const before = paper.log.length
      tick(paper)
      expect(paper.log).toHaveLength(before)
    }
  })

  it('is the chief’s to move, and a chief’s or manager’s to confirm', () => {
    for (const role of roles) {
      const paper = new Paper()
      const asker = person(role, `${role} two`)
      expect(paper.ask(asker, start('IV')).ok).toBe(role === 'chief')
      if (role !== 'chief') paper.ask(chief, start('IV'))
      for (const command of [change('III'), change('I')]) expect(paper.ask(asker, command).ok).toBe(role === 'chief')
      if (role !== 'chief') {
        paper.ask(chief, change('I'))
        expect(paper.ask(asker, confirm).ok).toBe(role === 'manager')
        expect(refusalOf(paper.ask(asker, end()))?.code).toBe('FORBIDDEN')
      }
    }
  })

  it('is refused where something said is not so', () => {
    const paper = new Paper()
    const wrong = (command: Command, version?: number) => refusalOf(paper.ask(chief, command, version))
    expect(wrong(start('IV', { reason: ' ' }))?.message).toContain('reason')
    expect(wrong(start('IV', { districtIds: [district, 'nowhere'] }))?.message).toContain('districtIds.1')
    expect(wrong(start('IV', { warningId: 'W9' }))?.code).toBe('NOT_FOUND')
    expect(wrong(start('IV', { caseId: 'x' }))?.code).toBe('NOT_FOUND')
    expect(wrong(end())?.code).toBe('NOT_FOUND')
    paper.ask(chief, start('IV', { districtIds: [district] }))
    expect(wrong(change('IV'))?.message).toContain('level')
    expect(wrong(end(), 7)?.code).toBe('CONFLICT')
    expect(wrong(end(), 1)).toBeNull()
  })

  it('folds to the same by log and by snapshot', () => {
    const paper = new Paper()
    paper.ask(chief, start('I'))
    paper.ask(other, confirm)
    paper.ask(chief, start('IV'))
    const folded = newCityState(dayOf)
    for (const logged of paper.log) evolve(folded, logged)
    expect(folded.responses).toEqual(paper.state.responses)
    const restored = restoreState(snapshotPieces(paper.state))
    expect(restored?.responses).toEqual(paper.state.responses)
    expect(restored?.counters.response).toBe(2)
  })
})
