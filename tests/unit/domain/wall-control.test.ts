/** 推送上屏: who may hold a display, whose hold gives way to whom, and that it is folded, kept and masked as other rows are. */
import { describe, expect, it } from 'vitest'
import type { Command } from '../../../shared/model/command.ts'
import { roles } from '../../../shared/model/role.ts'
import { tablesOf } from '../../../server/src/access/audience.ts'
import { wallOf } from '../../../server/src/domain/display/state.ts'
import { snapshotPieces } from '../../../server/src/domain/snapshot.ts'
import { person } from '../../support/engine.ts'
import { Paper, refusalOf, restoreState } from './support.ts'

const [duty, second, chief] = [person('duty'), person('duty', 'duty2'), person('chief')]
const push = (over: Partial<Extract<Command, { type: 'wall.push' }>> = {}): Command => ({
  type: 'wall.push',
  display: null,
  scene: 'flood',
  caseId: null,
  position: null,
  minutes: 15,
  ...over,
})
const holds = (paper: Paper) => wallOf(paper.state).holds.map(({ id, display, by }) => [id, display, by])

describe('the remote of the wall', () => {
  it('is in the hands of officers, its programme in the chief’s', () => {
    for (const role of roles) {
      const paper = new Paper()
      const isOfficer = role === 'duty' || role === 'chief'
      expect(paper.ask(person(role), push()).ok).toBe(isOfficer)
      const change: Command = { type: 'wall.set-programme', programme: { usual: [], displays: [] }, reason: '夜间' }
      expect(paper.ask(person(role), change).ok).toBe(role === 'chief')
    }
    const wordless: Command = { type: 'wall.set-programme', programme: null, reason: ' ' }
    expect(refusalOf(new Paper().ask(chief, wordless))?.code).toBe('INVALID')
  })

  it('takes the place of what was held there, and leaves other displays alone', () => {
    const paper = new Paper()
    paper.ask(duty, push({ display: 'a' }))
    paper.ask(duty, push({ display: 'b' }))
    paper.ask(duty, push({ display: 'a' }))
    expect(holds(paper)).toEqual([
      ['H2', 'b', 'duty'],
      ['H3', 'a', 'duty'],
    ])
    paper.ask(duty, push())
    expect(holds(paper)).toEqual([['H4', null, 'duty']])
  })

  it('is refused to an equal with the holder’s name, and given to a chief', () => {
    const paper = new Paper()
    paper.ask(duty, push({ display: 'a' }))
    expect(refusalOf(paper.ask(second, push()))).toMatchObject({ code: 'CONFLICT', details: { by: 'duty' } })
    expect(paper.ask(second, push({ display: 'b' })).ok).toBe(true)
    expect(refusalOf(paper.ask(second, { type: 'wall.release', holdId: 'H1' }))?.code).toBe('CONFLICT')
    const point: Command = { type: 'wall.point', holdId: 'H1', position: [121.5, 31.2] }
    expect(refusalOf(paper.ask(second, point))?.code).toBe('CONFLICT')
    expect(paper.ask(duty, point).ok).toBe(true)
    expect(wallOf(paper.state).holds[0]?.pointer).toEqual([121.5, 31.2])
    expect(paper.ask(chief, { type: 'wall.release', holdId: 'H1' }).ok).toBe(true)
    expect(holds(paper)).toEqual([['H2', 'b', 'duty2']])
  })

  it('ends by itself: at its last instant it still binds, at its end it does not', () => {
    const paper = new Paper()
    paper.ask(duty, push())
    paper.now += 15 * 60_000 - 1
    expect(refusalOf(paper.ask(second, push()))?.code).toBe('CONFLICT')
    paper.now += 1
    expect(refusalOf(paper.ask(duty, { type: 'wall.release', holdId: 'H1' }))?.code).toBe('NOT_FOUND')
    expect(paper.ask(second, push()).ok).toBe(true)
    expect(holds(paper)).toEqual([['H2', null, 'duty2']])
  })

  it('is asked by what was seen: of a wall that moved on, nothing happens', () => {
    const paper = new Paper()
    const seen = wallOf(paper.state).version
    paper.ask(duty, push({ display: 'a' }), seen)
    const refused = refusalOf(paper.ask(duty, push({ display: 'b' }), seen))
    expect(refused).toMatchObject({ code: 'CONFLICT' })
    expect(holds(paper)).toEqual([['H1', 'a', 'duty']])
    expect(paper.ask(duty, push({ display: 'b' }), wallOf(paper.state).version).ok).toBe(true)
  })

  it('names a case there is', () => {
    expect(refusalOf(new Paper().ask(duty, push({ caseId: 'none' })))?.code).toBe('NOT_FOUND')
  })

  it('outlives a restart by snapshot, its number too', () => {
    const paper = new Paper()
    paper.ask(duty, push({ display: 'a' }))
    const again = restoreState(snapshotPieces(paper.state))
    expect(again === null ? null : wallOf(again)).toEqual(wallOf(paper.state))
    expect(again?.counters.wallHold).toBe(1)
  })

  it('is told to displays and officers alone', () => {
    const told = (['wall', 'officer', 'dept', 'dept:water', 'unit:u1', 'none'] as const).map((audience) =>
      tablesOf(audience).includes('wall'),
    )
    expect(told).toEqual([true, true, false, false, false, false])
  })
})
