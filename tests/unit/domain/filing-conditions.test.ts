/** 立案条件: which one a case is held to, and that another edition of the table moves no case that is open. */
import { describe, expect, it } from 'vitest'
import type { Actor } from '../../../shared/model/role.ts'
import type { CaseClass } from '../../../shared/model/case-class.ts'
import type { Command } from '../../../shared/model/command.ts'
import type { DomainEvent } from '../../../shared/model/event.ts'
import type { Incident } from '../../../shared/model/incident.ts'
import { builtInClasses, builtInStandard } from '../../../shared/model/case-table/built-in-classes.ts'
import { defaultCaseClasses } from '../../../server/src/domain/case-classes.ts'
import { snapshotPieces } from '../../../server/src/domain/snapshot.ts'
import { Paper, refusalOf, restoreState } from './support.ts'

const duty: Actor = { name: 'duty', role: 'duty' }
const chief: Actor = { name: 'chief', role: 'chief' }
const dept: Actor = { name: 'dept', role: 'dept', departmentId: 'drainage' }
const crew: Actor = { name: 'crew', role: 'crew', unitId: 'PUMP-01' }
const incidentId = '20260801-000001'
const hourMs = 3_600_000
/** E0503 排水管道堵塞破裂: 1 疏通 4h, 2 塌陷隐患 1急h. E0501 供水管道破裂: 1 止水 1急h, 2 路面 5d. */
const [blocked, danger] = defaultCaseClasses.find(({ code }) => code === 'E0503')!.conditions
const [water, surface] = defaultCaseClasses.find(({ code }) => code === 'E0501')!.conditions

class Desk extends Paper {
  /** The table of now, where it is not the built-in one. */
  table: readonly CaseClass[] | null = null
  override get context() {
    const { table } = this
    const context = super.context
    return table === null
      ? context
      : { ...context, caseClass: (code: string) => table.find((one) => one.code === code) ?? context.caseClass(code) }
  }
  do(actor: Actor, verb: string, more: object = {}) {
    return this.ask(actor, { type: `incident.${verb}`, incidentId, ...more } as unknown as Command)
  }
  done(actor: Actor, verb: string, more: object = {}): this {
    expect(refusalOf(this.do(actor, verb, more)), verb).toBeNull()
    return this
  }
  report(over: object = {}): this {
    const told = { title: '冒水', description: '', source: 'patrol', sourceRef: null, position: [121.4, 31.2] }
    const rest = { address: null, reporter: null, mediaUrl: null, occurredAt: null, priority: null, drill: false }
    return this.done(duty, 'report', { classCode: 'E0503', ...told, ...rest, ...over })
  }
  file(over: object = {}): this {
    return this.done(duty, 'file', { ...file, ...over })
  }
  get row(): Incident {
    return this.state.incidents.get(incidentId) as Incident
  }
}
const file = { classCode: null, departmentId: null, priority: null }
const fieldOf = (decision: ReturnType<Paper['ask']>) => refusalOf(decision)?.details?.fields?.[0]?.field

/** The table as its next edition has it: what took one hour takes three, and there is a third condition. */
const nextEdition: readonly CaseClass[] = defaultCaseClasses
  .filter(({ code }) => code === 'E0503')
  .map((row) => ({
    ...row,
    standardVersion: '2030',
    conditions: [
      row.conditions[0]!,
      { ...row.conditions[1]!, limit: { amount: 3, unit: 'urgent-hour' } },
      { ...row.conditions[1]!, id: '3', limit: { amount: 2, unit: 'urgent-hour' } },
    ],
  }))

describe('which condition holds', () => {
  it('all of the built-in table can be chosen', () => {
    expect(defaultCaseClasses.map(({ conditions }) => conditions)).toEqual(
      builtInClasses.map(({ conditions }) => conditions),
    )
    expect(builtInClasses.filter(({ conditions }) => conditions.length > 1).length).toBeGreaterThan(20)
  })
  it('is the customary one where nobody names one', () => {
    const { row } = new Desk().report().file()
    const { when, closing } = blocked!
    expect(row).toMatchObject({ conditionId: '1', basis: { ...builtInStandard, when, closing } })
    expect(row.clock?.limit).toEqual(blocked!.limit)
  })
  it('is the one named at filing, with its own limit and its own closing condition', () => {
    const desk = new Desk().report().file({ conditionId: '2' })
    expect(desk.row).toMatchObject({ conditionId: '2', dueAt: desk.now + hourMs })
    expect(desk.row.basis?.closing).toEqual(danger!.closing)
  })
  it('one that its class does not have is refused by its field, and nothing happens', () => {
    const desk = new Desk().report()
    const before = desk.log.length
    expect(fieldOf(desk.do(duty, 'file', { ...file, conditionId: '9' }))).toBe('conditionId')
    // E0507 has a single one.
    expect(fieldOf(desk.do(duty, 'file', { ...file, classCode: 'E0507', conditionId: '2' }))).toBe('conditionId')
    expect(fieldOf(desk.do(duty, 'reclassify', { classCode: 'E0501', priority: null, conditionId: '9' }))).toBe(
      'conditionId',
    )
    const again = { ...desk.row, type: 'incident.report', conditionId: '9' } as unknown as Command
    expect(fieldOf(desk.ask(duty, again))).toBe('conditionId')
    expect(desk.log.length).toBe(before)
  })
  it('named in the report, or before filing, it waits for the filing', () => {
    const told = new Desk().report({ conditionId: '2' })
    expect(told.row).toMatchObject({ conditionId: '2', dueAt: null })
    expect(told.row.basis).toBeUndefined()
    expect(told.file().row).toMatchObject({ conditionId: '2', dueAt: told.now + hourMs })
    const named = new Desk().report().done(duty, 'reclassify', { classCode: 'E0501', priority: null, conditionId: '2' })
    expect(named.row).toMatchObject({ classCode: 'E0501', conditionId: '2', dueAt: null })
    expect(named.file().row.clock?.limit).toEqual(surface!.limit)
    const other = new Desk().report({ conditionId: '2' }).done(duty, 'accept')
    other.done(duty, 'reclassify', { classCode: 'E0501', priority: null })
    expect(other.row.conditionId).toBeUndefined()
    expect(other.file().row.clock?.limit).toEqual(water!.limit)
  })
  it('a number of one class says nothing of another at filing', () => {
    const desk = new Desk().report({ conditionId: '2' }).file({ classCode: 'E0501' })
    expect(desk.row).toMatchObject({ conditionId: '1', clock: { limit: water!.limit } })
  })
  it('自行处置 may name one too', () => {
    const desk = new Desk()
    const act = { classCode: 'E0503', title: '疏通', description: '', position: null, address: null, priority: null }
    const more = { note: '已疏通', mediaUrl: null, drill: false }
    expect(fieldOf(desk.do(crew, 'self-handle', { ...act, ...more, conditionId: '9' }))).toBe('conditionId')
    desk.done(crew, 'self-handle', { ...act, ...more, conditionId: '2' })
    expect(desk.row).toMatchObject({ conditionId: '2', basis: { when: danger!.when }, dueAt: desk.now + hourMs })
  })
})

describe('改分类 of a filed case', () => {
  it('to another class is held to that class from the same beginning: the customary condition, or the one named', () => {
    const desk = new Desk().report().file()
    const filedAt = desk.now
    desk.now += hourMs / 4
    desk.done(duty, 'reclassify', { classCode: 'E0501', priority: null })
    expect(desk.row).toMatchObject({ conditionId: '1', basis: { when: water!.when }, dueAt: filedAt + hourMs })
    desk.done(duty, 'reclassify', { classCode: 'E0503', priority: null, conditionId: '2' })
    expect(desk.row).toMatchObject({ conditionId: '2', basis: { when: danger!.when }, dueAt: filedAt + hourMs })
  })
  it('to another condition of its class is held to that one', () => {
    const desk = new Desk().report().file()
    desk.done(duty, 'reclassify', { classCode: 'E0503', priority: null, conditionId: '2' })
    expect(desk.row).toMatchObject({ conditionId: '2', clock: { limit: danger!.limit } })
  })
})

describe('another edition of the table', () => {
  const underOld = () => {
    const desk = new Desk().report().file({ conditionId: '2' })
    desk.table = nextEdition
    return desk
  }
  it('moves no open case: not by an extension, not by another priority, not by opening it again', () => {
    const desk = underOld()
    const { dueAt, basis, now } = { ...desk.row, now: desk.now }
    desk.done(duty, 'reclassify', { classCode: 'E0503', priority: 1 })
    expect(desk.row).toMatchObject({ dueAt, basis, priority: 1, conditionId: '2' })
    desk.done(duty, 'reclassify', { classCode: 'E0503', priority: 2, conditionId: '2' })
    expect(desk.row).toMatchObject({ dueAt, basis, priority: 2 })
    desk.done(duty, 'assign', { departmentId: 'drainage' }).done(dept, 'receive')
    desk.done(dept, 'request-extension', { reason: '缺料' }).done(chief, 'approve-extension')
    expect(desk.row).toMatchObject({ dueAt: now + 2 * hourMs, basis })
    desk
      .done(dept, 'feed-back', { note: '好' })
      .done(duty, 'pass-check', { note: '' })
      .done(duty, 'close', { note: '' })
    desk.now += hourMs
    desk.done(duty, 'reopen', { reason: '又堵了' })
    expect(desk.row).toMatchObject({ dueAt: desk.now + hourMs, basis, conditionId: '2' })
  })
  it('holds for what is filed from now on, and for a case that becomes another', () => {
    const desk = underOld()
    desk.done(duty, 'reclassify', { classCode: 'E0503', priority: null, conditionId: '3' })
    expect(desk.row).toMatchObject({ dueAt: desk.now + 2 * hourMs, basis: { standardVersion: '2030' } })
    const later = new Desk()
    later.table = nextEdition
    later.report().file({ conditionId: '2' })
    expect(later.row).toMatchObject({ dueAt: later.now + 3 * hourMs, basis: { standardVersion: '2030' } })
  })
  it('a condition named before that it no longer has is not held to', () => {
    const desk = new Desk()
    desk.table = nextEdition
    desk.report({ conditionId: '3' })
    desk.table = null
    expect(desk.file().row).toMatchObject({ conditionId: '1', clock: { limit: blocked!.limit } })
  })
})

describe('logs and snapshots', () => {
  const without = (event: DomainEvent, ...keys: string[]): DomainEvent =>
    Object.fromEntries(Object.entries(event).filter(([key]) => !keys.includes(key))) as never
  const replayed = (desk: Desk, ...keys: string[]): Incident => {
    const old = new Desk(false)
    for (const { at, actor, event } of desk.log) {
      old.now = at
      old.fold([{ event: without(event, ...keys) }], actor)
    }
    return old.row
  }
  it('an old log that knew no basis, or no condition, folds to the same case without it', () => {
    const desk = new Desk().report().file({ conditionId: '2' })
    const { basis: _basis, ...row } = desk.row
    expect(replayed(desk, 'basis')).toEqual(row)
    const { conditionId: _condition, ...plain } = row
    expect(replayed(desk, 'basis', 'conditionId')).toEqual(plain)
    desk.done(duty, 'reclassify', { classCode: 'E0501', priority: null })
    expect(replayed(desk, 'basis', 'conditionId').conditionId).toBeUndefined()
    expect(replayed(desk)).toEqual(desk.row)
  })
  it('a snapshot keeps what a case was filed under', () => {
    const desk = new Desk().report().file({ conditionId: '2' })
    expect(restoreState(snapshotPieces(desk.state))?.incidents.get(incidentId)).toEqual(desk.row)
  })
})
