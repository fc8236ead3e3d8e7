import { describe, expect, it } from 'vitest'
import { stageLimitOf, caseLimitOf, timelinessOf, usedShare } from '../../../client/src/views/desk/desk-clock.ts'
import { endOf, groupOfState, neighbour, queueRows } from '../../../client/src/views/desk/desk-queue.ts'
import { stagesOf } from '../../../client/src/views/desk/desk-stages.ts'
import { incidentStates, isOpenState, type IncidentState } from '../../../shared/model/incident.ts'
import { noon, sampleAlarm, sampleIncident } from '../../support/sample-rows.ts'

const all = { words: '', only: 'all' } as const
const minute = 60_000
const keysOf = (rows: ReturnType<typeof queueRows>) => rows.map((row) => row.key)

describe('time left', () => {
  const limit = { startAt: noon, dueAt: noon + 10 * minute }
  it.each([
    [8 * minute - 1, 'fine'],
    [8 * minute, 'soon'],
    [10 * minute, 'soon'],
    [10 * minute + 1, 'over'],
  ] as const)('after %i ms of ten minutes is %s', (ms, timeliness) => {
    expect(timelinessOf(limit, noon + ms)).toBe(timeliness)
  })
  it('is none where no limit runs', () => expect(timelinessOf(null, noon)).toBe('none'))
  it('is a share from 0 to 1, never beyond', () => {
    const at = (ms: number) => usedShare(limit, noon + ms)
    expect([at(-1), at(0), at(5 * minute), at(10 * minute), at(99 * minute)]).toEqual([0, 0, 0.5, 1, 1])
    expect(usedShare({ startAt: noon, dueAt: noon }, noon)).toBe(1)
  })
  it('of a stage begins with it, of a case with its filing', () => {
    const incident = sampleIncident({ stateSince: noon + 5, filedAt: noon + 3, stageDueAt: noon + 9, dueAt: noon + 20 })
    expect(stageLimitOf(incident)).toEqual({ startAt: noon + 5, dueAt: noon + 9 })
    expect(caseLimitOf(incident)).toEqual({ startAt: noon + 3, dueAt: noon + 20 })
    expect(stageLimitOf({ ...incident, stageDueAt: null })).toBeNull()
  })
})

describe('the queue', () => {
  it('has a group for every open state, and none for what has ended', () => {
    for (const state of incidentStates) expect(groupOfState(state) !== null, state).toBe(isOpenState(state))
  })

  it('goes by what must be done now; late before soon before the rest, then by level, then by who waits longest', () => {
    const late = { stageDueAt: noon - 1 }
    const rows = queueRows(
      [sampleAlarm({ id: 'A1' }), sampleAlarm({ id: 'A2', incidentId: 'x' })],
      [
        sampleIncident({ id: 'check', state: 'pending-check', priority: 1, ...late }),
        sampleIncident({ id: 'fine', state: 'pending-dispatch', priority: 3 }),
        sampleIncident({ id: 'older', state: 'pending-dispatch', priority: 3, stateSince: noon - 1 }),
        sampleIncident({ id: 'worse', state: 'pending-dispatch', priority: 1 }),
        sampleIncident({
          id: 'soon',
          state: 'pending-dispatch',
          priority: 4,
          stageDueAt: noon + 1,
          stateSince: noon - 9,
        }),
        sampleIncident({ id: 'late', state: 'pending-dispatch', priority: 4, ...late }),
        sampleIncident({ id: 'sent', state: 'pending-receipt' }),
        sampleIncident({ id: 'done', state: 'closed' }),
      ],
      all,
      noon,
    )
    expect(keysOf(rows)).toEqual([
      'group alarms',
      'alarm A1',
      'group pending-dispatch',
      ...['late', 'soon', 'worse', 'older', 'fine'].map((id) => `incident ${id}`),
      'group handling',
      'incident sent',
      'group pending-check',
      'incident check',
    ])
    expect(rows.flatMap((row) => (row.kind === 'group' ? [row.count] : []))).toEqual([1, 5, 1, 1])
  })

  it('is filtered by words, by place and by time', () => {
    const incidents = [
      sampleIncident({ id: 'here', title: '路灯不亮', position: [1, 2] }),
      sampleIncident({ id: 'nowhere', title: 'Lamp OUT', address: null, position: null }),
      sampleIncident({ id: 'late', title: '积水', address: '枫林街', stageDueAt: noon - 1, classCode: 'E0512' }),
    ]
    const ids = (words: string, only: 'all' | 'unlocated' | 'overdue') =>
      keysOf(queueRows([sampleAlarm()], incidents, { words, only }, noon)).filter((key) => !key.startsWith('group'))
    expect(ids(' lamp out ', 'all')).toEqual(['incident nowhere'])
    expect(ids('枫林', 'all')).toEqual(['incident late'])
    expect(ids('e0512', 'all')).toEqual(['incident late'])
    expect(ids('ponding', 'all')).toEqual(['alarm A1'])
    expect(ids('', 'unlocated')).toEqual(['incident nowhere'])
    expect(ids('', 'overdue')).toEqual(['incident late'])
    expect(ids('没有', 'all')).toEqual([])
  })

  it('is walked past its group lines, staying at the ends', () => {
    const rows = queueRows([sampleAlarm()], [sampleIncident({ id: 'a' }), sampleIncident({ id: 'b' })], all, noon)
    const from = (key: string | null, step: 1 | -1) => neighbour(rows, key, step)?.key
    expect(from(null, 1)).toBe('alarm A1')
    expect(from('alarm A1', 1)).toBe('incident a')
    expect(from('incident a', -1)).toBe('alarm A1')
    expect(from('alarm A1', -1)).toBe('alarm A1')
    expect(from('incident b', 1)).toBe('incident b')
    expect(from('incident gone', 1)).toBe('alarm A1')
    expect([endOf(rows, 'first')?.key, endOf(rows, 'last')?.key]).toEqual(['alarm A1', 'incident b'])
    expect([neighbour([], null, 1), endOf([], 'last')]).toEqual([null, null])
  })
})

describe('the stages', () => {
  const marks = (state: IncidentState) => stagesOf(sampleIncident({ state, overdueStages: ['file'] }))
  it('are behind, running or ahead', () => {
    expect(marks('pending-dispatch').map((one) => one.is)).toEqual([
      'done',
      'done',
      'now',
      ...Array.from({ length: 5 }, () => 'ahead'),
    ])
    expect(marks('closed').every((one) => one.is === 'done')).toBe(true)
    expect(marks('rejected').map((one) => one.is)).not.toContain('now')
  })
  it('of a case that went aside show where it went, and of a suspended one where it goes on', () => {
    const seen = stagesOf(
      sampleIncident({ state: 'pending-sign', visits: [{ stage: 'verify', enteredAt: 1, leftAt: 2 }] }),
    )
    expect(seen.map((one) => one.stage).slice(1, 5)).toEqual(['verify', 'file', 'dispatch', 'sign'])
    expect(seen.find((one) => one.stage === 'sign')?.is).toBe('now')
    expect(marks('suspended').find((one) => one.is === 'now')?.stage).toBe('dispatch')
    const lead = { departmentId: 'water', sentBy: 'duty', sentAt: 1, receivedAt: 2, receivedBy: 'dept' }
    const led = stagesOf(sampleIncident({ state: 'suspended', lead }))
    expect(led.find((one) => one.is === 'now')?.stage).toBe('handle')
  })
  it('stay late once they were', () => {
    expect(marks('closed').flatMap((one) => (one.isLate ? [one.stage] : []))).toEqual(['file'])
  })
})
