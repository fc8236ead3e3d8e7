/** What CAP messages from outside do: once each, in the place of others, and never a drill to what is meant. */
import { beforeEach, describe, expect, it } from 'vitest'
import type { LoggedEvent } from '../../../shared/model/event.ts'
import type { AlertName, ReceivedAlert, Warning, WarningFacts } from '../../../shared/model/warning.ts'
import { longestWarningMs } from '../../../server/src/domain/warning/decide.ts'
import { snapshotPieces } from '../../../server/src/domain/snapshot.ts'
import { evolve, mostAlertsTaken, newCityState } from '../../../server/src/domain/state.ts'
import { expiredWarnings } from '../../../server/src/domain/warning/decide.ts'
import { dayOf, Paper, refusalOf, restoreState } from './support.ts'

let paper: Paper
beforeEach(() => {
  paper = new Paper(false)
})
const door = { name: 'door:met', role: 'door' } as const
const duty = { name: 'duty', role: 'duty' } as const
const name = (identifier: string): AlertName => ({ identifier, sender: 'met', sentAt: paper.now - 1000 })
const facts = (over: Partial<WarningFacts> = {}): WarningFacts => ({
  colour: 'orange',
  event: '暴雨',
  headline: '暴雨橙色预警',
  description: '',
  eventEn: null,
  headlineEn: null,
  instruction: '',
  districtIds: ['d1'],
  areaText: '一区',
  polygons: [],
  circles: [],
  categories: ['Met'],
  urgency: 'Expected',
  severity: 'Severe',
  certainty: 'Likely',
  issuedBy: '市气象台',
  effectiveAt: null,
  onsetAt: null,
  expiresAt: paper.now + 3_600_000,
  ...over,
})
const alert = (identifier: string, over: Partial<ReceivedAlert> = {}): ReceivedAlert => ({
  name: name(identifier),
  status: 'Actual',
  msgType: 'Alert',
  scope: 'Public',
  references: [],
  note: '',
  facts: facts(),
  ...over,
})
const receive = (one: ReceivedAlert) => paper.ask(door, { type: 'warning.receive', alert: one })
const dataOf = (one: ReceivedAlert) => {
  const decision = receive(one)
  if (!decision.ok) throw new Error(decision.refusal.message)
  return decision.data
}
const last = () => paper.changes.warnings

describe('a message', () => {
  it('becomes a warning with its source', () => {
    expect(dataOf(alert('a'))).toEqual({ outcome: 'published', warningId: 'W1', ended: [] })
    expect(paper.state.warnings.get('W1')).toMatchObject({
      source: name('a'),
      issuedAt: paper.now - 1000,
      issuedBy: '市气象台',
      status: 'Actual',
      exercise: false,
    })
  })

  it('happens once, also when its warning is over, and whoever brings it', () => {
    dataOf(alert('a'))
    expect(dataOf(alert('a'))).toMatchObject({ outcome: 'known', warningId: 'W1' })
    paper.ask(duty, { type: 'warning.lift', warningId: 'W1', reason: 'r' })
    expect(
      paper.ask({ name: 'door:other', role: 'door' }, { type: 'warning.receive', alert: alert('a') }),
    ).toMatchObject({
      data: { outcome: 'known', warningId: 'W1' },
    })
    expect(paper.state.warnings.size).toBe(0)
    const later = { ...alert('a'), name: { ...name('a'), sentAt: paper.now } }
    expect(dataOf(later)).toMatchObject({ outcome: 'published', warningId: 'W2' })
  })

  it.each(['Exercise', 'Test'] as const)('of status %s is marked', (status) => {
    dataOf(alert('a', { status }))
    expect(paper.state.warnings.get('W1')).toMatchObject({ status, exercise: true })
  })

  it.each([
    { status: 'Draft' },
    { status: 'System' },
    { msgType: 'Ack', references: [{ identifier: 'x', sender: 'us', sentAt: 1 }] },
    { msgType: 'Error', references: [{ identifier: 'x', sender: 'us', sentAt: 1 }] },
  ] as const)('%j is noted and never shown', (over) => {
    expect(dataOf(alert('a', over))).toMatchObject({ outcome: 'noted', warningId: null })
    expect(paper.state.warnings.size).toBe(0)
    expect(paper.log.at(-1)?.event).toMatchObject({ type: 'warning.noted', name: name('a') })
    expect(dataOf(alert('a', over))).toMatchObject({ outcome: 'known', warningId: null })
  })

  it('is taken until its end, and noted from then on', () => {
    const ends = (expiresAt: number) => dataOf(alert(`e${expiresAt}`, { facts: facts({ expiresAt }) }))['outcome']
    expect([ends(paper.now + 1), ends(paper.now), ends(paper.now - 1)]).toEqual(['published', 'expired', 'expired'])
    expect(ends(paper.now + longestWarningMs)).toBe('published')
    const far = alert('far', { facts: facts({ expiresAt: paper.now + longestWarningMs + 1 }) })
    expect(refusalOf(receive(far))?.message).toMatch(/^alert.info.0.expires: /)
    expect(refusalOf(receive(alert('none', { facts: null })))?.message).toMatch(/^alert.info: /)
    expect(refusalOf(receive(alert('where', { facts: facts({ districtIds: ['x'] }) })))?.code).toBe('INVALID')
  })

  it('is taken from doors alone', () => {
    expect(refusalOf(paper.ask(duty, { type: 'warning.receive', alert: alert('a') }))?.code).toBe('FORBIDDEN')
  })
})

describe('an Update', () => {
  const update = (over: Partial<ReceivedAlert> = {}) =>
    alert('b', { msgType: 'Update', references: [name('a'), name('never-seen')], ...over })

  it('replaces what it refers to', () => {
    dataOf(alert('a'))
    expect(dataOf(update())).toEqual({ outcome: 'published', warningId: 'W2', ended: ['W1'] })
    expect([...paper.state.warnings.keys()]).toEqual(['W2'])
    expect(last().get('W1')).toMatchObject({ liftedAt: paper.now, liftReason: 'replaced by W2' })
  })

  it('of what was never seen here is a new one: we may have joined late', () => {
    expect(dataOf(update())).toMatchObject({ outcome: 'published', ended: [] })
  })

  it('that is over itself still ends what it replaces', () => {
    dataOf(alert('a'))
    const over = update({ facts: facts({ expiresAt: paper.now }) })
    expect(dataOf(over)).toMatchObject({ outcome: 'expired', ended: ['W1'] })
  })

  it('of a drill leaves what is meant', () => {
    dataOf(alert('a'))
    dataOf(update({ status: 'Exercise' }))
    expect([...paper.state.warnings.keys()]).toEqual(['W1', 'W2'])
  })
})

describe('a Cancel', () => {
  const cancel = (over: Partial<ReceivedAlert> = {}) =>
    alert('c', { msgType: 'Cancel', references: [name('a')], note: '雨势减弱', facts: null, ...over })

  it('lifts what it refers to, with its reason', () => {
    dataOf(alert('a'))
    expect(dataOf(cancel())).toEqual({ outcome: 'lifted', warningId: null, ended: ['W1'] })
    expect(last().get('W1')).toMatchObject({ liftReason: '雨势减弱' })
    expect(dataOf(cancel())).toMatchObject({ outcome: 'known' })
  })

  it('of what has ended already changes nothing', () => {
    dataOf(alert('a'))
    paper.ask(duty, { type: 'warning.lift', warningId: 'W1', reason: 'r' })
    expect(dataOf(cancel())).toEqual({ outcome: 'lifted', warningId: null, ended: [] })
  })

  it('of what was never taken is refused', () => {
    expect(refusalOf(receive(cancel()))).toMatchObject({
      code: 'NOT_FOUND',
      details: { fields: [{ field: 'alert.references' }] },
    })
  })

  it('of a drill never lifts what is meant, nor the other way round', () => {
    dataOf(alert('a'))
    expect(refusalOf(receive(cancel({ status: 'Exercise' })))?.message).toMatch(/exercise/)
    dataOf(alert('d', { status: 'Exercise' }))
    expect(refusalOf(receive(cancel({ references: [name('d')] })))?.code).toBe('NOT_FOUND')
    expect(dataOf(cancel({ status: 'Test', references: [name('d')] }))).toMatchObject({ ended: ['W2'] })
  })
})

describe('the fold', () => {
  it('remembers messages through a snapshot, and so many of them', () => {
    dataOf(alert('a'))
    const again = restoreState(snapshotPieces(paper.state))
    expect(again?.alertsTaken).toEqual(paper.state.alertsTaken)
    expect(again?.warnings).toEqual(paper.state.warnings)
    for (let i = 0; i < mostAlertsTaken; i++) dataOf(alert(`n${i}`, { status: 'Draft' }))
    expect(paper.state.alertsTaken.size).toBe(mostAlertsTaken)
    expect(dataOf(alert('a'))).toMatchObject({ outcome: 'published' })
  })

  it('reads a log, and a snapshot, of before the CAP door', () => {
    const old = {
      id: 'W7',
      version: 1,
      colour: 'red',
      event: '台风',
      headline: 'h',
      description: '',
      districtIds: [],
      polygon: null,
      issuedBy: 'duty',
      issuedAt: paper.now,
      expiresAt: paper.now + 1000,
      liftedAt: null,
    } as unknown as Warning
    const logged = { seq: 1, at: paper.now, actor: 'duty', cause: 'c', prevHash: '', hash: '' }
    const state = newCityState(dayOf)
    evolve(state, { ...logged, event: { type: 'warning.published', warning: old } } satisfies LoggedEvent)
    const whole = state.warnings.get('W7')
    expect(whole).toMatchObject({ polygons: [], exercise: false, status: 'Actual', source: null, liftReason: null })
    expect(whole).not.toHaveProperty('polygon')
    expect(expiredWarnings(state, paper.now + 1000)).toEqual([
      { type: 'warning.lifted', warningId: 'W7', reason: 'expired' },
    ])

    const [head = ''] = snapshotPieces(state)
    const pieces = [head, JSON.stringify({ list: 'warnings', rows: [old] })]
    expect(restoreState(pieces)?.warnings.get('W7')).toEqual(whole)
  })
})
