/** The queue looked at another way, by keys: what is supervised with its clocks, what is put aside, a flood rolled up. */
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { useAlarmsStore } from '../../../client/src/stores/alarms.ts'
import { choiceAfter, queueChoices, queueRows, type QueueChoice } from '../../../client/src/views/desk/desk-queue.ts'
import { plainLoad, type AlarmGroup } from '../../../shared/model/load-control.ts'
import type { Alarm } from '../../../shared/model/alarm.ts'
import type { Supervision } from '../../../shared/model/case-facts.ts'
import { noon, sampleAlarm, sampleIncident } from '../../support/sample-rows.ts'
import { desk, open, press, put, reset, world } from './open-desk.ts'

const minute = 60_000
const asked = (over: Partial<Supervision>): Supervision => ({
  ...{ kind: 'important', by: 'chief', askedAt: noon, reason: '久拖', requirement: '', replyDueAt: null },
  ...{ repliedAt: null, repliedBy: null, reply: '', ...over },
})
const handled = (id: string, over: Parameters<typeof sampleIncident>[0] = {}) =>
  sampleIncident({ id, state: 'handling', ...over })
const cases = [
  handled('plain'),
  handled('later', { supervisions: [asked({ replyDueAt: noon + 20 * minute })] }),
  handled('untimed', { supervisions: [asked({})] }),
  handled('over', { supervisions: [asked({ repliedAt: noon }), asked({ replyDueAt: noon - minute })] }),
  handled('answered', { supervisions: [asked({ replyDueAt: noon, repliedAt: noon, reply: '已办' })] }),
  handled('urged', { urging: { count: 2, lastAt: noon, lastBy: 'duty', text: '' } }),
]
const shelving = { by: 'duty', at: noon, untilAt: noon + 30 * minute, code: 'maintenance', words: '换电池' } as const
const hidden: readonly Alarm[] = [
  sampleAlarm({ id: 'late', state: 'shelved', shelving: { ...shelving, untilAt: noon + 90 * minute } }),
  sampleAlarm({ id: 'soon', state: 'shelved', shelving }),
  sampleAlarm({ id: 'behind', state: 'suppressed' }),
]
const group = (id: string, priority: 2 | 3, unacknowledged: number): AlarmGroup => ({
  ...{ id, version: 1, basis: 'place', cause: 'water', name: { zh: '积水', en: 'Water' }, districtId: null },
  firstOut: { alarmId: 'w1', name: { zh: '积水', en: 'Water' }, sensorName: '', occurredAt: noon },
  ...{ alarmIds: ['w1', 'w2'], total: 2, priority, unacknowledged, position: null },
  ...{ startedAt: noon, lastAt: noon, drill: false },
})
const inGroup = (id: string, groupId: string | null, priority: 1 | 2 | 3) =>
  sampleAlarm({ id, priority, load: { ...plainLoad(noon), groupId } })
const look = (only: QueueChoice, words = '') =>
  queueRows(
    [
      inGroup('p1', 'G1', 1),
      inGroup('w1', 'G1', 3),
      inGroup('w2', 'G2', 2),
      inGroup('w3', 'G1', 3),
      inGroup('x', null, 3),
    ],
    cases,
    { words, only },
    noon,
    { groups: new Map([group('G1', 3, 2), group('G2', 2, 1)].map((one) => [one.id, one])), isFlood: true },
    hidden,
  ).map(({ key }) => key)

describe('a view', () => {
  it('of what is supervised: owed with the soonest clock first, then answered, then reminded of', () => {
    expect(look('supervised')).toEqual([
      ...['group supervise-owed', 'incident over', 'incident later', 'incident untimed'],
      ...['group supervise-answered', 'incident answered', 'group urged', 'incident urged'],
    ])
    const rows = queueRows([], cases, { words: '', only: 'supervised' }, noon)
    const light = (key: string) =>
      rows.flatMap((row) => (row.key === key && row.kind === 'incident' ? [row.timeliness] : []))
    expect([light('incident over'), light('incident untimed')]).toEqual([['over'], ['none']])
    expect(look('supervised', 'over')).toEqual(['group supervise-owed', 'incident over'])
  })
  it('of what is put aside: the first to come back first; what is merely behind another is not', () => {
    expect(look('shelved')).toEqual(['group shelved', 'alarm soon', 'alarm late'])
  })
  it('of a flood: critical ones by themselves on top, the rest as one line a group', () => {
    expect(look('flood')).toEqual([
      ...['group flood-pinned', 'alarm p1', 'group flood-groups', 'cluster G2', 'cluster G1'],
      ...['group flood-rest', 'alarm x'],
    ])
  })
  it('follows another round and round, so that the flood is one step back from the whole', () => {
    expect(choiceAfter('all', -1)).toBe('flood')
    expect(choiceAfter('flood', 1)).toBe('all')
    expect(queueChoices.map((one) => choiceAfter(choiceAfter(one, 1), -1))).toEqual([...queueChoices])
  })
})

describe('on the desk', () => {
  const shown = () => desk.findAll('.queue [aria-pressed="true"]').map((one) => one.text())
  beforeEach(async () => {
    reset()
    await open()
    await put(...cases)
    useAlarmsStore().replace(hidden.map((row) => ({ id: row.id, row })))
    await flushPromises()
  })
  afterEach(() => desk.unmount())

  it('keys change it, and the same key once more is the way back', async () => {
    await press('1')
    expect(shown()).toEqual(['督办催办'])
    await press('1')
    expect(shown()).toEqual(['全部'])
    await press(']')
    expect(shown()).toEqual(['未定位'])
    await press('[')
    await press('[')
    expect(shown()).toEqual(['洪泛'])
  })
  it('what is put aside says by whom, why, and when it is announced again; Z brings it back', async () => {
    await press('2')
    await press('j')
    const row = desk.find('[data-key="alarm soon"]')
    expect(row.attributes('aria-selected')).toBe('true')
    expect(row.text()).toContain('检修 换电池')
    expect(row.text()).toContain('剩 29 分')
    expect(row.text()).toContain('值班员 搁置，12:30 到时重新提示')
    await press('z')
    expect(world.sent).toEqual([{ type: 'alarm.unshelve', alarmId: 'soon', expectedVersion: 1 }])
  })
})
