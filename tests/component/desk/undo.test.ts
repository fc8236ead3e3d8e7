/** Taking back what was just done: by one key, within its time, as a command of its own, and never over what others have built on it. */
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { undoOf, undoWithinMs, type UndoWorld } from '../../../client/src/views/desk/undo.ts'
import type { Alarm } from '../../../shared/model/alarm.ts'
import type { Assignment, Incident } from '../../../shared/model/incident.ts'
import { noon, sampleAlarm, sampleIncident } from '../../support/sample-rows.ts'
import { desk, open, press, put, reset, world } from './open-desk.ts'

const reason = '误操作，当即撤回'
const id = '20260801-000001'
const crew = (state: Assignment['state']): Assignment => ({
  ...{ unitId: 'PUMP-01', state, dispatchedBy: 'duty', dispatchedAt: noon, etaS: 180, acknowledgedAt: null },
  ...{ departedAt: null, arrivedAt: null, endedAt: null, reason: null, note: null },
})
const standing = (incident?: Incident, alarm?: Alarm): UndoWorld => ({
  incident: (one) => (one === incident?.id ? incident : undefined),
  alarm: (one) => (one === alarm?.id ? alarm : undefined),
  reason,
})

describe('what takes an act back', () => {
  it('of a crew sent is its recall, as long as it has not taken the task', () => {
    const undo = undoOf({ type: 'incident.dispatch', incidentId: id, unitId: 'PUMP-01' }, null)
    expect(undo?.name.zh).toBe('撤销指派')
    const sent = sampleIncident({ state: 'pending-receipt', version: 7, assignments: [crew('dispatched')] })
    expect(undo?.draft(standing(sent))).toEqual({
      ...{ type: 'incident.recall', incidentId: id, expectedVersion: 7, unitId: 'PUMP-01', reason },
    })
    for (const state of ['acknowledged', 'en-route', 'on-scene', 'done', 'declined', 'recalled'] as const)
      expect(undo?.draft(standing({ ...sent, assignments: [crew(state)] })), state).toBeNull()
    expect(undo?.draft(standing()), 'gone').toBeNull()
  })
  it('of a merge, a link, a suspension, a mark is its own counterpart', () => {
    expect(
      undoOf({ type: 'incident.merge', incidentId: 'a', mainId: 'b', reason: '同' }, null)?.draft(standing()),
    ).toEqual({
      ...{ type: 'incident.unmerge', incidentId: 'a', reason },
    })
    expect(
      undoOf({ type: 'incident.link', incidentId: 'a', otherId: 'b', reason: '同' }, null)?.draft(standing()),
    ).toEqual({
      ...{ type: 'incident.unlink', incidentId: 'a', otherId: 'b', reason },
    })
    const suspend = undoOf({ type: 'incident.suspend', incidentId: id }, null)
    expect(suspend?.draft(standing(sampleIncident({ state: 'suspended', version: 3 })))).toEqual({
      ...{ type: 'incident.resume', incidentId: id, expectedVersion: 3 },
    })
    expect(suspend?.draft(standing(sampleIncident({ state: 'handling' })))).toBeNull()
    const mark = undoOf({ type: 'incident.flag', incidentId: id, flag: 'danger', isOn: true, reason: '' }, null)
    expect(mark?.draft(standing(sampleIncident({ flags: ['danger'] })))).toMatchObject({ flag: 'danger', isOn: false })
    expect(mark?.draft(standing(sampleIncident({})))).toBeNull()
  })
  it('of a place is the place before it, where there was one', () => {
    const to = { type: 'incident.locate', incidentId: id, position: [121.5, 31.3] } as const
    const before = sampleIncident({ position: [121.4, 31.2], address: '沐风路' })
    expect(undoOf({ ...to, position: [121.5, 31.3] }, before)?.draft(standing(sampleIncident({ version: 2 })))).toEqual(
      {
        ...{ type: 'incident.locate', incidentId: id, expectedVersion: 2, position: [121.4, 31.2], address: '沐风路' },
      },
    )
    expect(undoOf({ ...to, position: [121.5, 31.3] }, sampleIncident({ position: null }))).toBeNull()
  })
  it('of an alarm put aside brings it back', () => {
    const shelve = undoOf({ type: 'alarm.shelve', alarmId: 'A1', forMs: 60_000, code: 'duplicate' }, null)
    expect(shelve?.draft(standing(undefined, sampleAlarm({ state: 'shelved', version: 4 })))).toEqual({
      ...{ type: 'alarm.unshelve', alarmId: 'A1', expectedVersion: 4 },
    })
    expect(shelve?.draft(standing(undefined, sampleAlarm({ state: 'unacknowledged' })))).toBeNull()
    const repair = { type: 'sensor.take-out-of-service', sensorId: 5, untilAt: noon, reason: '修' } as const
    expect(undoOf(repair, null)?.draft(standing())).toEqual({ type: 'sensor.return-to-service', sensorId: 5 })
  })
  it('is nothing for what the field does not let be taken back', () => {
    for (const type of ['alarm.acknowledge', 'alarm.reset'] as const)
      expect(undoOf({ type, alarmId: 'A1' }, null), type).toBeNull()
    for (const type of ['incident.accept', 'incident.file', 'incident.pass-check', 'incident.close'] as const)
      expect(undoOf({ type, incidentId: id }, null), type).toBeNull()
  })
})

describe('on the desk', () => {
  const toast = () => desk.find('.notice').text()
  const sent = (state: Assignment['state'] = 'dispatched') =>
    put(sampleIncident({ state: 'pending-receipt', version: 2, assignments: [crew(state)] }))
  beforeEach(async () => {
    reset()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    await open()
    await put(sampleIncident({ state: 'pending-dispatch', position: [121.4, 31.2] }))
    await press('j')
    await press('d')
    await press('Enter')
    await flushPromises()
  })
  afterEach(() => {
    vi.useRealTimers()
    desk.unmount()
  })
  const undo = () => press('z', { ctrlKey: true })

  it('the toast names what Ctrl Z will do, and Ctrl Z does it, once', async () => {
    expect(world.sent).toMatchObject([{ type: 'incident.dispatch', unitId: 'PUMP-01' }])
    expect(toast()).toContain('派遣 已办')
    expect(toast()).toContain('可撤销指派（30 秒内） Ctrl Z')
    await sent()
    await undo()
    expect(world.sent[1]).toEqual({
      ...{ type: 'incident.recall', incidentId: id, expectedVersion: 2, unitId: 'PUMP-01', reason },
    })
    expect(toast()).toContain('派遣 已撤回（撤销指派）')
    await undo()
    expect(world.sent).toHaveLength(2)
    expect(toast()).toContain('没有可撤回的操作')
  })
  it('is refused in words once the crew has taken the task', async () => {
    await sent('acknowledged')
    await undo()
    expect(world.sent).toHaveLength(1)
    expect(toast()).toContain('派遣 后已有新的处置，不能直接撤回')
  })
  it('is over when its time is over, and the toast goes with it', async () => {
    await sent()
    await vi.advanceTimersByTimeAsync(undoWithinMs - 1)
    expect(toast()).toContain('Ctrl Z')
    await vi.advanceTimersByTimeAsync(1)
    expect(desk.find('.notice').exists()).toBe(false)
    await undo()
    expect(world.sent).toHaveLength(1)
  })
  it('another act takes its place', async () => {
    await put(sampleIncident({ state: 'pending-check' }))
    await press('p')
    await flushPromises()
    await undo()
    expect(world.sent.map(({ type }) => type)).toEqual(['incident.dispatch', 'incident.pass-check'])
  })
})
