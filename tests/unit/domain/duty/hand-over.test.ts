/** 值班日志, 值班电话记录 and 交接班: what the shift's log tells, what stands on the sheet, and who signs what. */
import { describe, expect, it } from 'vitest'
import type { Command } from '../../../../shared/model/command.ts'
import type { DutyCommand } from '../../../../shared/model/duty-command.ts'
import { dutyCommandRoles } from '../../../../shared/model/duty-command.ts'
import { roles } from '../../../../shared/model/role.ts'
import { dutyFor } from '../../../../server/src/access/audience.ts'
import { staleSheetMs } from '../../../../server/src/domain/duty/decide.ts'
import { openHandOver } from '../../../../server/src/domain/duty/state.ts'
import { noChanges } from '../../../../server/src/domain/changes.ts'
import { evolve, newCityState } from '../../../../server/src/domain/state.ts'
import { snapshotPieces } from '../../../../server/src/domain/snapshot.ts'
import { person } from '../../../support/engine.ts'
import type { Paper } from '../support.ts'
import { dayOf, refusalOf, restoreState } from '../support.ts'
import { at, dutyPaper, tick } from './support.ts'

const duty = person('duty')
const chief = person('chief')
const relief = person('chief', 'relief')
const manager = person('manager')

const report = (title: string, priority: 1 | 3 = 1): Command => ({
  type: 'incident.report',
  classCode: 'E0506',
  title,
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
const call = {
  calledAt: at('01T11:50'),
  place: '东河路',
  origin: '居民来电反映积水',
  course: '',
  measures: '',
  result: '',
  impact: '',
  trend: '',
  informed: '已报带班领导 11:55',
  unit: '东河街道',
  name: '赵先生',
  title: '值班员',
  phone: '13812345678',
  incidentId: null,
}
const entries = (paper: Paper) => paper.changes.dutyEntries
const prepare = (paper: Paper, matters: readonly string[] = []) =>
  paper.ask(chief, { type: 'duty.prepare-hand-over', matters })
const acknowledgeAll = (paper: Paper, by = relief) =>
  paper.ask(by, {
    type: 'duty.acknowledge-items',
    itemIds: openHandOver(paper.state)?.items.map(({ id }) => id) ?? [],
  })
function withConsole(): Paper {
  const paper = dutyPaper()
  expect(paper.ask(chief, { type: 'duty.take-console' }).ok).toBe(true)
  return paper
}

describe('the shift’s log', () => {
  it('fills itself: the shift, grave cases and what is sent to them, levels, modes', () => {
    const paper = dutyPaper()
    paper.ask(duty, report('大面积积水'))
    const id = [...paper.state.incidents.keys()][0] ?? ''
    paper.ask(duty, { type: 'incident.accept', incidentId: id })
    paper.ask(duty, { type: 'incident.file', incidentId: id, classCode: null, departmentId: null, priority: 1 })
    paper.ask(duty, { type: 'incident.dispatch', incidentId: id, unitId: 'PUMP-01', reason: '就近' })
    paper.ask(duty, report('泵站停电'))
    const other = [...paper.state.incidents.keys()][1] ?? ''
    paper.ask(duty, { type: 'incident.reclassify', incidentId: other, classCode: 'E0506', priority: 2 })
    paper.ask(chief, { type: 'mode.propose', mode: 'alert', districtIds: [], reason: '暴雨橙色' })
    paper.ask(manager, { type: 'mode.confirm', proposalId: 'M1' })
    expect(entries(paper).map(({ what }) => what)).toEqual([
      'duty-shift-began',
      'incident-reported',
      'incident-dispatched',
      'incident-reported',
      'incident-reclassified',
      'mode-switched',
    ])
    expect(entries(paper)[2]).toMatchObject({ facts: { caseId: id, title: '大面积积水', unitId: 'PUMP-01' } })
    expect(entries(paper)[4]).toMatchObject({ facts: { caseId: other, title: '泵站停电', from: 1, to: 2 } })
    expect(entries(paper).every(({ shiftId }) => shiftId === '20260801-day')).toBe(true)
    expect(paper.state.duty.get('now')?.lastEntry).toBe(entries(paper).at(-1)?.seq)
  })
  it('leaves out what is nobody’s business at a hand-over: lesser cases, and what a drill brings', () => {
    const paper = dutyPaper()
    paper.ask(duty, report('井盖异响', 3))
    paper.ask(duty, { ...report('演练积水'), drill: true } as Command)
    expect(entries(paper).map(({ what }) => what)).toEqual(['duty-shift-began'])
  })
  it('takes notes and calls, and corrections as lines of their own', () => {
    const paper = dutyPaper()
    paper.ask(duty, { type: 'duty.note', text: '东河泵站来电正常' })
    paper.ask(duty, { type: 'duty.record-call', call })
    const first = entries(paper)[1]
    expect(paper.ask(duty, { type: 'duty.correct', seq: first?.seq ?? 0, text: '应为西河泵站' }).ok).toBe(true)
    expect(
      entries(paper)
        .slice(1)
        .map(({ kind, text }) => [kind, text]),
    ).toEqual([
      ['note', '东河泵站来电正常'],
      ['call', '居民来电反映积水'],
      ['correction', '应为西河泵站'],
    ])
    expect(entries(paper)[3]).toMatchObject({ ofSeq: first?.seq })
    expect(entries(paper)[1]).toEqual(first)
  })
  it('refuses a call from the future, and to put right what is no line of this shift or the one before', () => {
    const paper = dutyPaper()
    const early = { ...call, calledAt: paper.now + 1 }
    expect(refusalOf(paper.ask(duty, { type: 'duty.record-call', call: early }))?.details).toMatchObject({
      fields: [{ field: 'call.calledAt' }],
    })
    paper.ask(duty, { type: 'duty.note', text: '甲' })
    const { seq } = entries(paper)[1] ?? { seq: 0 }
    const correct: Command = { type: 'duty.correct', seq, text: '乙' }
    paper.now = at('01T20:00')
    tick(paper)
    expect(paper.ask(duty, correct).ok).toBe(true)
    paper.now = at('02T08:00')
    tick(paper)
    expect(refusalOf(paper.ask(duty, correct))?.details).toMatchObject({ fields: [{ field: 'seq' }] })
    expect(refusalOf(paper.ask(duty, { type: 'duty.correct', seq: 9_999, text: '乙' }))?.code).toBe('INVALID')
  })
})

describe('the chief’s console', () => {
  it('commands of the shift are of whoever has it, and of every chief while nobody has', () => {
    const propose: Command = { type: 'mode.propose', mode: 'alert', districtIds: [], reason: '暴雨' }
    expect(dutyPaper().ask(relief, propose).ok).toBe(true)
    const paper = withConsole()
    expect(refusalOf(paper.ask(relief, propose))).toMatchObject({ code: 'NOT_ALLOWED', details: { heldBy: 'chief' } })
    expect(paper.ask(chief, propose).ok).toBe(true)
    // The second person of a switch is still another chief.
    expect(paper.ask(relief, { type: 'mode.confirm', proposalId: 'M1' }).ok).toBe(true)
  })
  it('is not taken from anybody; a leader may release it, with a reason', () => {
    const paper = withConsole()
    expect(refusalOf(paper.ask(relief, { type: 'duty.take-console' }))?.code).toBe('NOT_ALLOWED')
    prepare(paper)
    expect(paper.ask(manager, { type: 'duty.release-console', reason: '突发疾病' }).ok).toBe(true)
    expect(openHandOver(paper.state)).toBeNull()
    expect(paper.ask(relief, { type: 'duty.take-console' }).ok).toBe(true)
    expect(paper.state.duty.get('now')?.console?.by).toBe('relief')
  })
})

describe('the hand-over sheet', () => {
  it('tells what is open: matters left, grave cases, cases by state, mode, shelved alarms, what is out of service', () => {
    const paper = withConsole()
    paper.ask(duty, report('大面积积水'))
    paper.ask(duty, report('井盖异响', 3))
    paper.ask(chief, { type: 'mode.propose', mode: 'alert', districtIds: [], reason: '暴雨' })
    paper.ask(manager, { type: 'mode.confirm', proposalId: 'M1' })
    prepare(paper, ['明早八点会议材料'])
    const sheet = openHandOver(paper.state)
    expect(sheet).toMatchObject({ id: 'H1', state: 'drawn-up', outgoing: 'chief', shiftId: '20260801-day' })
    expect(sheet?.items.map(({ kind, total }) => [kind, total])).toEqual([
      ['matter', 1],
      ['major-case', 1],
      ['cases', 1],
      ['mode', 1],
    ])
    expect(sheet?.items.find(({ kind }) => kind === 'cases')?.lines).toMatchObject([{ state: 'reported', value: 2 }])
  })
  it('is signed by the outgoing chief, acknowledged item by item, and signed by another', () => {
    const paper = withConsole()
    paper.ask(duty, report('大面积积水'))
    prepare(paper, ['甲', '乙'])
    expect(refusalOf(acknowledgeAll(paper))?.message).toContain('not signed')
    expect(refusalOf(paper.ask(relief, { type: 'duty.sign-hand-over' }))?.code).toBe('NOT_ALLOWED')
    expect(paper.ask(chief, { type: 'duty.sign-hand-over' }).ok).toBe(true)
    expect(refusalOf(acknowledgeAll(paper, chief))?.code).toBe('FORBIDDEN')
    expect(refusalOf(paper.ask(chief, { type: 'duty.take-over' }))?.code).toBe('FORBIDDEN')
    paper.ask(relief, { type: 'duty.acknowledge-items', itemIds: ['matter:1'] })
    expect(refusalOf(paper.ask(relief, { type: 'duty.take-over' }))).toMatchObject({
      code: 'NOT_ALLOWED',
      details: { left: (openHandOver(paper.state)?.items.length ?? 0) - 1 },
    })
    // Until the second signature the console is the outgoing chief's.
    expect(paper.state.duty.get('now')?.console?.by).toBe('chief')
    acknowledgeAll(paper)
    expect(paper.ask(relief, { type: 'duty.take-over' }).ok).toBe(true)
    expect(paper.state.duty.get('now')).toMatchObject({ console: { by: 'relief' }, handOver: null })
    expect([...paper.changes.handOvers.values()].at(-1)).toMatchObject({
      state: 'handed-over',
      outgoing: 'chief',
      incoming: 'relief',
      incomingSignedAt: paper.now,
    })
  })
  it('drawn up anew keeps what was acknowledged and reads as it did, and must be signed again', () => {
    const paper = withConsole()
    paper.ask(duty, report('大面积积水'))
    prepare(paper, ['甲'])
    paper.ask(chief, { type: 'duty.sign-hand-over' })
    acknowledgeAll(paper)
    paper.ask(duty, report('管线泄漏'))
    prepare(paper, ['甲'])
    const sheet = openHandOver(paper.state)
    expect(sheet).toMatchObject({ id: 'H1', state: 'drawn-up', outgoingSignedAt: null })
    const left = sheet?.items.filter((item) => item.acknowledgedAt === null).map(({ kind }) => kind)
    expect(left).toEqual(['major-case', 'cases'])
  })
  it.each([
    [staleSheetMs, true],
    [staleSheetMs + 1, false],
  ])('is good for an hour, %d ms', (later, isGood) => {
    const paper = withConsole()
    prepare(paper, ['甲'])
    paper.ask(chief, { type: 'duty.sign-hand-over' })
    acknowledgeAll(paper)
    paper.now += later
    expect(paper.ask(relief, { type: 'duty.take-over' }).ok).toBe(isGood)
  })
  it('is refused to an officer who saw another version of it', () => {
    const paper = withConsole()
    prepare(paper)
    const stale = paper.ask(chief, { type: 'duty.sign-hand-over' }, 99)
    expect(refusalOf(stale)).toMatchObject({ code: 'CONFLICT', details: { version: 1 } })
  })
  it('and all of duty survive a snapshot, and fold from the log to the same', () => {
    const paper = withConsole()
    paper.ask(duty, report('大面积积水'))
    prepare(paper, ['甲'])
    paper.ask(chief, { type: 'duty.sign-hand-over' })
    acknowledgeAll(paper)
    const restored = restoreState(snapshotPieces(paper.state))
    const replayed = newCityState(dayOf)
    for (const logged of paper.log) evolve(replayed, logged, noChanges())
    for (const other of [restored, replayed]) {
      expect(other?.duty).toEqual(paper.state.duty)
      expect(other?.handOvers).toEqual(paper.state.handOvers)
      expect(other?.dutyLines).toEqual(paper.state.dutyLines)
      expect(other?.counters).toEqual(paper.state.counters)
    }
  })
})

describe('rights', () => {
  it.each(Object.keys(dutyCommandRoles) as DutyCommand['type'][])('%s is refused to every other role', (type) => {
    const samples: Record<DutyCommand['type'], DutyCommand> = {
      'duty.note': { type: 'duty.note', text: '甲' },
      'duty.record-call': { type: 'duty.record-call', call },
      'duty.correct': { type: 'duty.correct', seq: 1, text: '甲' },
      'duty.request-change': { type: 'duty.request-change', substitutions: [], reason: '甲' },
      'duty.approve-change': { type: 'duty.approve-change', changeId: 'S1', note: '' },
      'duty.decline-change': { type: 'duty.decline-change', changeId: 'S1', reason: '甲' },
      'duty.take-console': { type: 'duty.take-console' },
      'duty.release-console': { type: 'duty.release-console', reason: '甲' },
      'duty.prepare-hand-over': { type: 'duty.prepare-hand-over', matters: [] },
      'duty.sign-hand-over': { type: 'duty.sign-hand-over' },
      'duty.cancel-hand-over': { type: 'duty.cancel-hand-over', reason: '甲' },
      'duty.acknowledge-items': { type: 'duty.acknowledge-items', itemIds: ['甲'] },
      'duty.take-over': { type: 'duty.take-over' },
      'duty.sign-on': { type: 'duty.sign-on', officerId: 'A-chief' },
      'duty.sign-off': { type: 'duty.sign-off', officerId: 'A-chief', reason: '甲' },
      'duty.call-roll': { type: 'duty.call-roll', means: 'phone', hall: true, centreIds: [] },
      'duty.mark-roll': { type: 'duty.mark-roll', rollCallId: 'N1', subject: 'x', outcome: 'answered', note: '' },
      'duty.end-roll': { type: 'duty.end-roll', rollCallId: 'N1' },
    }
    for (const role of roles) {
      const isFree = dutyCommandRoles[type].includes(role)
      const refusal = refusalOf(dutyPaper().ask(person(role), samples[type]))
      expect(refusal?.code === 'FORBIDDEN' && refusal.message.includes(`role ${role} may not`)).toBe(!isFree)
    }
  })
  it('let a wall, a department and a crew see who leads and who is chief, and nothing else', () => {
    const paper = withConsole()
    prepare(paper)
    const row = paper.state.duty.get('now')
    if (row === undefined) throw new Error('nobody is on duty')
    expect(dutyFor('officer', row)).toBe(row)
    for (const audience of ['wall', 'dept:water', 'unit:PUMP-01'] as const) {
      const shown = dutyFor(audience, row)
      expect(shown.onDuty.map(({ post }) => post)).toEqual(['leader', 'chief'])
      expect(shown).toMatchObject({ console: null, handOver: null, lastEntry: 0 })
      expect(JSON.stringify(shown)).not.toMatch(/5550/)
    }
  })
})
