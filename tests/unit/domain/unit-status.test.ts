import { describe, expect, it } from 'vitest'
import type { Actor } from '../../../shared/model/role.ts'
import { personCommandSchema } from '../../../shared/contract/command.ts'
import { unitFor } from '../../../server/src/access/audience.ts'
import { Paper } from './support.ts'

const crew: Actor = { name: 'crew-pump-01', role: 'crew', unitId: 'PUMP-01' }
const set = (status: 'off-duty' | 'available' | 'out-of-service', reason: string | null) =>
  ({ type: 'unit.set-status', unitId: 'PUMP-01', status, reason }) as const
const unitOf = (paper: Paper) => paper.state.units.get('PUMP-01')!

describe('a crew’s own status', () => {
  it('is kept with its reason, in the log and in the row, until the next status', () => {
    const paper = new Paper()
    paper.now += 60_000
    expect(paper.ask(crew, set('out-of-service', ' 车辆加油 ')).ok).toBe(true)
    expect(paper.log.at(-1)?.event).toEqual({
      type: 'unit.status-set',
      unitId: 'PUMP-01',
      status: 'out-of-service',
      incidentId: null,
      reason: '车辆加油',
    })
    expect(unitOf(paper)).toMatchObject({ statusSince: paper.now, statusReason: '车辆加油' })
    paper.ask(crew, set('available', null))
    expect(unitOf(paper)).not.toHaveProperty('statusReason')
  })
  it('is written again only where status or reason differ; an empty reason is none', () => {
    const paper = new Paper()
    paper.ask(crew, set('out-of-service', '车辆加油'))
    const { version } = unitOf(paper)
    paper.ask(crew, set('out-of-service', '车辆加油'))
    paper.ask(crew, set('out-of-service', null))
    paper.ask(crew, set('out-of-service', '  '))
    expect(unitOf(paper)).toMatchObject({ version, statusReason: '车辆加油' })
    paper.ask(crew, set('out-of-service', '车辆故障检修'))
    expect(unitOf(paper)).toMatchObject({ version: version + 1, statusReason: '车辆故障检修' })
  })
  it('comes by the command door with a reason or without', () => {
    const bare = { type: 'unit.set-status', unitId: 'PUMP-01', status: 'off-duty' }
    expect(personCommandSchema.parse(bare)).toEqual({ ...bare, reason: null })
    expect(personCommandSchema.safeParse({ ...bare, reason: 'x'.repeat(201) }).success).toBe(false)
  })
  it('shows its reason to those who work, never on the wall', () => {
    const paper = new Paper()
    paper.ask(crew, set('out-of-service', '车辆加油'))
    expect(unitFor('officer', unitOf(paper))).toHaveProperty('statusReason', '车辆加油')
    const { statusReason: _reason, ...bare } = unitOf(paper)
    expect(unitFor('wall', unitOf(paper))).toEqual(bare)
  })
})
