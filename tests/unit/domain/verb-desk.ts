/** One case, and people who do to it what they may. */
import { expect } from 'vitest'
import type { Actor } from '../../../shared/model/role.ts'
import type { Command } from '../../../shared/model/command.ts'
import type { Incident } from '../../../shared/model/incident.ts'
import { AlarmWatch } from '../../../server/src/domain/alarm/watch.ts'
import { decideTick } from '../../../server/src/domain/tick.ts'
import { Paper, refusalOf } from './support.ts'

export const duty: Actor = { name: 'duty', role: 'duty' }
export const chief: Actor = { name: 'chief', role: 'chief' }
export const chief2: Actor = { name: 'chief-2', role: 'chief' }
export const manager: Actor = { name: 'manager', role: 'manager' }
export const dept: Actor = { name: 'dept', role: 'dept', departmentId: 'drainage' }
export const gas: Actor = { name: 'gas', role: 'dept', departmentId: 'gas' }
export const crew: Actor = { name: 'crew', role: 'crew', unitId: 'PUMP-01' }
export const incidentId = '20260801-000001'
export const hourMs = 3_600_000

export const report = (over: object = {}): Command =>
  ({
    type: 'incident.report',
    classCode: 'E0506',
    title: '积水',
    description: '',
    source: 'hotline',
    sourceRef: null,
    position: [121.4, 31.2],
    address: null,
    reporter: { name: '王', phone: '13812345678', email: null },
    mediaUrl: null,
    occurredAt: null,
    priority: null,
    drill: false,
    ...over,
  }) as Command

export class Desk extends Paper {
  do(actor: Actor, verb: string, more: object = {}) {
    return this.ask(actor, { type: `incident.${verb}`, incidentId, ...more } as unknown as Command)
  }
  done(actor: Actor, verb: string, more: object = {}): this {
    expect(refusalOf(this.do(actor, verb, more)), verb).toBeNull()
    return this
  }
  get row(): Incident {
    return this.state.incidents.get(incidentId) as Incident
  }
  tick(ms = 0): this {
    this.now += ms
    this.fold(decideTick(this.state, new AlarmWatch([]), this.context))
    return this
  }
  types(from = 0): string[] {
    return this.log.slice(from).map(({ event }) => event.type)
  }
}
export const file = { classCode: null, departmentId: null, priority: null }
export function filed(over: object = {}): Desk {
  const desk = new Desk()
  desk.ask(duty, report(over))
  return desk.done(duty, 'file', file)
}
export const reason = '因为'
export const led = () => filed().done(duty, 'assign', { departmentId: 'drainage' }).done(dept, 'receive')
export const closed = () =>
  led().done(dept, 'feed-back', { note: '好' }).done(duty, 'pass-check', { note: '' }).done(duty, 'close', { note: '' })
export const hindrance = (decision: ReturnType<Paper['ask']>) => refusalOf(decision)?.details?.['hindrance']
export const fieldOf = (decision: ReturnType<Paper['ask']>) => refusalOf(decision)?.details?.fields?.[0]?.field
