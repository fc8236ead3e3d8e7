/** Groups of alarms and the flood, as the desk shows them. */
import { describe, expect, it } from 'vitest'
import { groupActsOf, groupDraftOf } from '../../../client/src/views/desk/desk-acts.ts'
import { queueRows } from '../../../client/src/views/desk/desk-queue.ts'
import { plainLoad, type AlarmGroup } from '../../../shared/model/load-control.ts'
import { noon, sampleAlarm } from '../../support/sample-rows.ts'

const group: AlarmGroup = {
  ...{ id: 'G1', version: 2, basis: 'place', cause: 'waterlogging', name: { zh: '内涝', en: 'Waterlogging' } },
  firstOut: { alarmId: 'A1', name: { zh: '积水', en: 'Ponding' }, sensorName: '中山路95号', occurredAt: noon },
  ...{ alarmIds: ['A1', 'A2', 'A3'], total: 3, priority: 1, unacknowledged: 2, position: null, districtId: null },
  ...{ startedAt: noon, lastAt: noon, drill: false },
}
const alarm = (id: string, priority: 1 | 2 | 3 | 4, groupId: string | null) =>
  sampleAlarm({ id, priority, load: { ...plainLoad(noon), groupId } })
const alarms = [alarm('A1', 1, 'G1'), alarm('A2', 3, 'G1'), alarm('A3', 4, 'G1'), alarm('A4', 4, null)]
const keys = (isFlood: boolean, words = '') =>
  queueRows(alarms, [], { words, only: 'all' }, noon, { groups: new Map([['G1', group]]), isFlood }).map(
    ({ key }) => key,
  )

describe('the queue of alarms', () => {
  it('has a line for a group before its alarms', () => {
    expect(keys(false)).toEqual(['group alarms', 'cluster G1', 'alarm A1', 'alarm A2', 'alarm A3', 'alarm A4'])
  })
  it('rolls the low ones of a group up in a flood; critical ones and those alone stay', () => {
    expect(keys(true)).toEqual(['group alarms', 'cluster G1', 'alarm A1', 'alarm A4'])
  })
  it('finds what is rolled up', () => {
    expect(keys(true, 'A3')).toEqual(['group alarms', 'alarm A3'])
  })
  it('says how many alarms wait, not how many lines', () => {
    const rows = queueRows(alarms, [], { words: '', only: 'all' }, noon, {
      groups: new Map([['G1', group]]),
      isFlood: true,
    })
    expect(rows[0]).toMatchObject({ kind: 'group', count: 4 })
  })
})

describe('a group', () => {
  it('is acknowledged as it is seen, by officers, as long as one waits', () => {
    expect(groupActsOf(group, ['duty'])).toMatchObject([{ on: 'group', verb: 'acknowledge', key: 'a' }])
    expect(groupActsOf({ ...group, unacknowledged: 0 }, ['duty'])).toEqual([])
    expect(groupActsOf(group, ['wall'])).toEqual([])
    expect(groupDraftOf(group)).toEqual({ type: 'alarm.acknowledge-group', groupId: 'G1', seenIds: ['A1', 'A2', 'A3'] })
  })
})
