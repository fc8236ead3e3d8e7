/** 平急转换: who switches the city's mode, that it takes two, that it goes back the same way, and what holds where. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { everNormal, modeProposalMs } from '../../../shared/model/city-mode.ts'
import type { Command } from '../../../shared/model/command.ts'
import { customaryEffects } from '../../../shared/model/mode-effects.ts'
import { isStricter, operatingModes, type OperatingMode } from '../../../shared/model/mode.ts'
import { roles } from '../../../shared/model/role.ts'
import { AlarmWatch } from '../../../server/src/domain/alarm/watch.ts'
import { cityModeOf, modeAt } from '../../../server/src/domain/mode/state.ts'
import { evolve, newCityState } from '../../../server/src/domain/state.ts'
import { snapshotPieces } from '../../../server/src/domain/snapshot.ts'
import { decideTick } from '../../../server/src/domain/tick.ts'
import { modeFor } from '../../../server/src/access/audience.ts'
import { person } from '../../support/engine.ts'
import { city, dayOf, Paper, refusalOf, restoreState } from './support.ts'

const chief = person('chief')
const other = person('chief', 'chief2')
const manager = person('manager')
const [first = '', second = ''] = city.profile.divisions.filter(({ level }) => level === 2).map(({ id }) => id)
const street = city.profile.divisions.find(({ level }) => level === 3)?.id
const propose = (mode: OperatingMode, districtIds: readonly string[] = [], reason = '红色预警'): Command => ({
  type: 'mode.propose',
  mode,
  districtIds,
  reason,
})
const confirm = (proposalId: string): Command => ({ type: 'mode.confirm', proposalId })
const decline = (proposalId: string, reason = '不必'): Command => ({ type: 'mode.decline', proposalId, reason })
const latest = (paper: Paper) => `M${paper.state.counters.modeProposal}`
function switchTo(paper: Paper, mode: OperatingMode, districtIds: readonly string[] = []): void {
  expect(paper.ask(chief, propose(mode, districtIds)).ok).toBe(true)
  expect(paper.ask(manager, confirm(latest(paper))).ok).toBe(true)
}
const tick = (paper: Paper) => paper.fold(decideTick(paper.state, new AlarmWatch([]), paper.context))

describe('a switch of mode', () => {
  it('is proposed by a chief, confirmed or declined by another chief or a manager, and by no other role', () => {
    for (const role of roles) {
      const paper = new Paper()
      expect(paper.ask(person(role), propose('alert')).ok).toBe(role === 'chief')
      if (role !== 'chief') paper.ask(chief, propose('alert'))
      const asker = person(role, `${role} two`)
      const may = role === 'chief' || role === 'manager'
      expect(refusalOf(paper.ask(asker, decline('M9')))?.code).toBe(may ? 'NOT_FOUND' : 'FORBIDDEN')
      expect(paper.ask(asker, confirm('M1')).ok).toBe(may)
    }
  })

  it('needs a second person: the proposer may take it back, never confirm it', () => {
    const paper = new Paper()
    paper.ask(chief, propose('emergency'))
    expect(refusalOf(paper.ask(chief, confirm('M1')))).toMatchObject({
      code: 'FORBIDDEN',
      details: { proposedBy: 'chief' },
    })
    expect(cityModeOf(paper.state).mode).toBe('normal')
    expect(refusalOf(paper.ask(chief, decline('M1', ' ')))?.code).toBe('INVALID')
    expect(paper.ask(chief, decline('M1')).ok).toBe(true)
    expect(paper.log.at(-1)?.event).toMatchObject({ type: 'mode.proposal-ended', outcome: 'withdrawn', reason: '不必' })
    paper.ask(chief, propose('emergency'))
    paper.ask(other, decline('M2'))
    expect(paper.log.at(-1)?.event).toMatchObject({ outcome: 'declined' })
    expect(cityModeOf(paper.state)).toMatchObject({ mode: 'normal', proposal: null, version: 4 })
  })

  it('holds from its confirmation on, with reason, both names and what it changes', () => {
    const paper = new Paper()
    paper.ask(chief, propose('emergency'))
    expect(cityModeOf(paper.state)).toMatchObject({ mode: 'normal', proposal: { id: 'M1', mode: 'emergency' } })
    paper.now += 1000
    paper.ask(other, confirm('M1'))
    expect(cityModeOf(paper.state)).toEqual({
      ...everNormal,
      version: 2,
      mode: 'emergency',
      sinceAt: paper.now,
      reason: '红色预警',
      proposedBy: 'chief',
      confirmedBy: 'chief2',
      effects: customaryEffects.emergency,
    })
    expect(paper.changes.modes.get('city')).toBe(cityModeOf(paper.state))
  })

  it('goes back the same way: proposed, confirmed by another', () => {
    const paper = new Paper()
    switchTo(paper, 'emergency')
    paper.ask(chief, propose('normal', [], '雨停了'))
    expect(refusalOf(paper.ask(chief, confirm('M2')))?.code).toBe('FORBIDDEN')
    expect(cityModeOf(paper.state).mode).toBe('emergency')
    paper.ask(manager, confirm('M2'))
    expect(cityModeOf(paper.state)).toMatchObject({ mode: 'normal', reason: '雨停了', confirmedBy: 'manager' })
  })

  it('waits alone: a second proposal is told of the first', () => {
    const paper = new Paper()
    paper.ask(chief, propose('alert'))
    expect(refusalOf(paper.ask(other, propose('emergency')))).toMatchObject({
      code: 'CONFLICT',
      details: { proposalId: 'M1', by: 'chief', expiresAt: paper.now + modeProposalMs },
    })
  })

  it.each([
    ['below', -1, true],
    ['at', 0, false],
    ['above', 1, false],
  ] as const)('can be confirmed %s the time it may wait: %s ms', (_, by, isOpen) => {
    const paper = new Paper()
    paper.ask(chief, propose('alert'))
    paper.now += modeProposalMs + by
    const before = paper.log.length
    expect(refusalOf(paper.ask(manager, confirm('M1')))?.code).toBe(isOpen ? undefined : 'NOT_ALLOWED')
    if (isOpen) return
    // Whether or not a tick has ended it, the next may be proposed.
    const late = new Paper()
    late.ask(chief, propose('alert'))
    late.now = paper.now
    expect(late.ask(other, propose('emergency')).ok).toBe(true)
    expect(late.log.slice(-2).map(({ event }) => event.type)).toEqual(['mode.proposal-ended', 'mode.proposed'])
    tick(paper)
    expect(paper.log.slice(before).map(({ event }) => event)).toEqual([
      { type: 'mode.proposal-ended', proposalId: 'M1', outcome: 'expired', reason: 'expired' },
    ])
    tick(paper)
    expect(paper.log).toHaveLength(before + 1)
  })

  it('is refused on a stale picture, without a reason, for no such district, or where it changes nothing', () => {
    const paper = new Paper()
    const wrong = (command: Command, expectedVersion?: number) => refusalOf(paper.ask(chief, command, expectedVersion))
    expect(wrong(propose('alert'), 1)?.code).toBe('CONFLICT')
    expect(wrong(propose('alert', [], ' '))?.message).toContain('reason')
    expect(wrong(propose('alert', [first, 'nowhere']))?.message).toContain('districtIds.1')
    expect(wrong(propose('alert', [first, first]))?.message).toContain('districtIds.1')
    // Cases are counted in districts: a street has no mode of its own.
    if (street !== undefined) expect(wrong(propose('alert', [street]))?.message).toContain('districtIds.0')
    expect(wrong(propose('normal'))?.message).toContain('mode')
    expect(wrong(propose('normal', [first]))?.message).toContain('districtIds.0')
    expect(paper.state.counters.modeProposal).toBe(0)
  })
})

describe('where a mode holds', () => {
  it('is the whole city, or the districts named: the stricter of the two', () => {
    const paper = new Paper()
    switchTo(paper, 'emergency', [first])
    expect([first, second, null].map((id) => modeAt(paper.state, id).mode)).toEqual(['emergency', 'normal', 'normal'])
    switchTo(paper, 'alert')
    expect([first, second, null].map((id) => modeAt(paper.state, id).mode)).toEqual(['emergency', 'alert', 'alert'])
    switchTo(paper, 'alert', [first])
    switchTo(paper, 'emergency')
    expect([first, second].map((id) => modeAt(paper.state, id).mode)).toEqual(['emergency', 'emergency'])
    // The city's way back leaves the district's own mode, which ends by a switch of its own.
    switchTo(paper, 'normal')
    expect([first, second].map((id) => modeAt(paper.state, id).mode)).toEqual(['alert', 'normal'])
    switchTo(paper, 'normal', [first])
    expect(cityModeOf(paper.state)).toMatchObject({ mode: 'normal', districts: [] })
  })

  it('never is milder than the city’s or the district’s own, whatever was switched; the fold is that of the log', () => {
    const one = fc.record({
      mode: fc.constantFrom(...operatingModes),
      districts: fc.subarray([first, second]),
      act: fc.constantFrom('confirm', 'decline', 'wait', 'steal'),
    })
    fc.assert(
      fc.property(fc.array(one, { maxLength: 25 }), (steps) => {
        const paper = new Paper()
        for (const { mode, districts, act } of steps) {
          paper.ask(chief, propose(mode, districts))
          if (act === 'confirm') paper.ask(manager, confirm(latest(paper)))
          else if (act === 'decline') paper.ask(manager, decline(latest(paper)))
          else if (act === 'steal') paper.ask(chief, confirm(latest(paper)))
          else paper.now += modeProposalMs
          tick(paper)
          const row = cityModeOf(paper.state)
          for (const id of [first, second]) {
            const held = modeAt(paper.state, id).mode
            expect(isStricter(row.mode, held)).toBe(false)
            expect(row.districts.some((own) => own.districtId === id && isStricter(own.mode, held))).toBe(false)
          }
          for (const held of [row, ...row.districts])
            if (held.sinceAt !== null) expect(held.confirmedBy).not.toBe(held.proposedBy)
        }
        const folded = newCityState(dayOf)
        for (const logged of paper.log) evolve(folded, logged)
        expect(folded.modes).toEqual(paper.state.modes)
        const restored = restoreState(snapshotPieces(paper.state))
        expect(restored?.modes).toEqual(paper.state.modes)
        expect(restored?.counters.modeProposal).toBe(paper.state.counters.modeProposal)
      }),
      { numRuns: 60 },
    )
  })

  it('is 平时 in a city whose log never heard of modes', () => {
    expect(cityModeOf(newCityState(dayOf))).toBe(everNormal)
  })
})

it('a proposal is shown to officers and to nobody else', () => {
  const paper = new Paper()
  paper.ask(chief, propose('alert'))
  const row = cityModeOf(paper.state)
  expect(modeFor('officer', row)).toBe(row)
  for (const audience of ['wall', 'dept', 'dept:x', 'unit:y'] as const)
    expect(modeFor(audience, row).proposal).toBeNull()
})
