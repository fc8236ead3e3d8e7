import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { useAlarmsStore } from '../../../client/src/stores/alarms.ts'
import { useIncidentsStore } from '../../../client/src/stores/incidents.ts'
import { useUnitsStore } from '../../../client/src/stores/units.ts'
import { noon, sampleAlarm, sampleAssignment, sampleIncident, sampleUnit } from '../../support/sample-rows.ts'
import { desk, detail, dialog, open, press, put, reset, world } from './open-desk.ts'

beforeEach(reset)
afterEach(() => desk.unmount())

describe('the pane', () => {
  it('says what waits and which keys begin, while nothing is selected', async () => {
    await open()
    await put(sampleIncident({ id: 'a' }), sampleIncident({ id: 'b', position: null, stageDueAt: noon }))
    expect(detail().text()).toContain('待派遣2')
    expect(detail().text()).toContain('其中已超时1')
    expect(detail().text()).toContain('其中未定位1')
    expect(
      detail()
        .findAll('kbd')
        .map((key) => key.text()),
    ).toContain('J')
  })

  it('shows where, from whom, the stages, the crews, and what happened by whom', async () => {
    await open()
    const assignments = [
      { ...sampleAssignment('PUMP-02'), state: 'on-scene' as const, arrivedAt: noon + 30_000 },
      { ...sampleAssignment('PUMP-01'), state: 'declined' as const, reason: '泵坏了', endedAt: noon },
    ]
    await put(sampleIncident({ state: 'handling', assignments, address: null, overdueStages: ['file'] }))
    await press('j')
    const text = detail().text()
    for (const words of ['澜汀市 · 云岫区 · 汀兰街道', '12345热线', '张三', '到场', '已退单', '泵坏了', '接入 ingest'])
      expect(text).toContain(words)
    expect(detail().find('[aria-current="step"]').text()).toBe('处置进行中')
    expect(
      detail()
        .findAll('ol li')
        .map((one) => one.text()),
    ).toContain('立案超时')
    expect(desk.find('[role="option"]').text()).toContain('汀兰街道')
    expect(text).toContain('值班员')
  })

  it('shows the reporter whole only when asked', async () => {
    await open()
    await put(sampleIncident({ title: '积水', reporter: { name: '张*', phone: '138****5678', email: null } }))
    await press('j')
    expect(detail().text()).not.toContain('13812345678')
    await press('s')
    expect(detail().text()).toContain('13812345678')
  })

  it('keeps a case that has just ended, to be read and evaluated', async () => {
    await open()
    await put(sampleIncident({ state: 'pending-close' }))
    await press('j')
    world.ended = sampleIncident({ state: 'closed', closedAt: noon })
    await put()
    expect(detail().text()).toContain('已结案')
    await press('e')
    expect(dialog().attributes('aria-label')).toBe('回访评价')
  })
})

describe('a crew', () => {
  it('is sent by D and Enter, the best first, with its reasons in words', async () => {
    await open()
    await put(sampleIncident())
    await press('j')
    await press('d')
    expect(detail().find('[aria-current="true"]').text()).toContain(
      '排水一队预计3分钟到达，距2.9公里；专门处置道路积水',
    )
    await press('j')
    await press('Enter')
    expect(world.sent).toEqual([
      { type: 'incident.dispatch', incidentId: '20260801-000001', expectedVersion: 1, unitId: 'PUMP-02' },
    ])
    expect(desk.find('[role="status"].notice').text()).toContain('派遣 已办')
  })

  it('that is not the recommended is sent with a reason, asked for first', async () => {
    await open()
    world.scores = [100, 161]
    await put(sampleIncident())
    await press('j')
    await press('d')
    await press('j')
    await press('Enter')
    expect(world.sent).toEqual([])
    expect(dialog().attributes('aria-label')).toBe('派遣')
    await dialog().find('input[name="text"]').setValue('熟悉现场')
    await dialog().find('form').trigger('submit')
    await flushPromises()
    const sent = { type: 'incident.dispatch', incidentId: '20260801-000001', expectedVersion: 1, unitId: 'PUMP-02' }
    expect(world.sent).toEqual([{ ...sent, reason: '熟悉现场' }])
  })

  it('is chosen by its number, and Esc gives up', async () => {
    await open()
    await put(sampleIncident())
    await press('j')
    await press('d')
    await press('2')
    expect(detail().find('[aria-current="true"]').attributes('data-unit')).toBe('PUMP-02')
    await press('Escape')
    await press('Enter')
    expect(world.sent).toEqual([])
    expect(detail().find('h2').text()).toContain('桥下积水')
  })

  it('sent elsewhere meanwhile is proposed no more', async () => {
    await open()
    await put(sampleIncident())
    await press('j')
    useUnitsStore().apply([{ id: 'PUMP-01', row: sampleUnit({ status: 'dispatched', incidentId: 'x' }) }])
    await flushPromises()
    expect(
      detail()
        .findAll('[data-unit]')
        .map((one) => one.attributes('data-unit')),
    ).toEqual(['PUMP-02'])
  })

  it('taken by another is refused in words: who, when, for which case', async () => {
    await open()
    await put(sampleIncident())
    const details = {
      unitId: 'PUMP-01',
      by: 'chief',
      incidentId: '20260801-000009',
      since: '2026-08-01T12:00:05+08:00',
    }
    world.outcome = { ok: false, error: { code: 'UNIT_TAKEN', message: '', details } }
    await press('j')
    await press('d')
    await press('Enter')
    expect(desk.find('[role="alert"]').text()).toContain('排水一队 已由 chief 于 12:00:05 派往 20260801-000009')
    await press('Escape')
    expect(desk.find('[role="alert"]').exists()).toBe(false)
  })

  it.each([
    ['CONFLICT', '内容刚被他人更新'],
    ['NOT_ALLOWED', '当前状态不允许此操作'],
  ] as const)('refused for %s says so', async (code, words) => {
    await open()
    await put(sampleIncident({ state: 'reported' }))
    world.outcome = { ok: false, error: { code, message: '', details: {} } }
    await press('j')
    await press('f')
    expect(desk.find('[role="alert"]').text()).toContain(words)
  })
})

describe('the keyboard', () => {
  it('takes an alarm to its case in one key, and acknowledges once', async () => {
    await open()
    useAlarmsStore().replace([{ id: 'A1', row: sampleAlarm({ sensorId: null }) }])
    await flushPromises()
    await press('j')
    expect(
      detail()
        .findAll('[data-verb]')
        .map((one) => one.attributes('data-verb')),
    ).toEqual(['acknowledge', 'open-incident', 'shelve', 'mark-false'])
    useAlarmsStore().replace([{ id: 'A1', row: sampleAlarm({ sensorId: null, state: 'acknowledged' }) }])
    await flushPromises()
    expect(detail().find('[data-verb="acknowledge"]').exists()).toBe(false)
    await press('a')
    expect(world.sent).toEqual([])
    world.outcome = { ok: true, rev: 0, data: { alarmId: 'A1', incidentId: '20260801-000001' } }
    useIncidentsStore().replace([{ id: '20260801-000001', row: sampleIncident() }])
    await press('o')
    expect(world.sent).toEqual([{ type: 'alarm.open-incident', alarmId: 'A1', expectedVersion: 1 }])
    expect(detail().text()).toContain('桥下积水')
  })

  it('lets a crew take its task by A, and move by K', async () => {
    await open('crew')
    const assignments = [sampleAssignment('PUMP-01')]
    await put(
      sampleIncident({ id: 'first', state: 'handling', assignments, stageDueAt: noon }),
      sampleIncident({ id: 'second', state: 'handling', assignments }),
    )
    await press('End')
    await press('k')
    expect(world.sent).toEqual([])
    await press('a')
    expect(world.sent).toEqual([
      { type: 'incident.acknowledge', incidentId: 'first', expectedVersion: 1, unitId: 'PUMP-01' },
    ])
  })

  it('never acts on what is typed or composed', async () => {
    await open()
    await put(sampleIncident({ state: 'reported' }))
    await press('j')
    await press('/')
    expect(document.activeElement?.getAttribute('type')).toBe('search')
    await press('f', {}, document.activeElement as Element)
    await press('f', { isComposing: true })
    await press('f', { ctrlKey: true })
    await press('f', { altKey: true })
    expect(world.sent).toEqual([])
    await press('Escape', {}, document.activeElement as Element)
    expect(document.activeElement).toBe(document.body)
    await press('f')
    expect(world.sent).toHaveLength(1)
  })

  it('asks for a reason, and sends none while it is empty', async () => {
    await open()
    await put(sampleIncident({ state: 'reported' }))
    await press('j')
    await press('x')
    await dialog().find('form').trigger('submit')
    expect(world.sent).toEqual([])
    await dialog().find('input').setValue('重复')
    await dialog().find('form').trigger('submit')
    expect(world.sent).toEqual([
      { type: 'incident.reject', incidentId: '20260801-000001', expectedVersion: 1, reason: '重复' },
    ])
  })

  it('asks which of several crews is recalled', async () => {
    await open()
    await put(
      sampleIncident({ state: 'handling', assignments: [sampleAssignment('PUMP-01'), sampleAssignment('PUMP-02')] }),
    )
    await press('j')
    await press('r')
    await dialog().find('input[value="PUMP-02"]').setValue()
    await dialog().find('input[type="text"]').setValue('够了')
    await dialog().find('form').trigger('submit')
    expect(world.sent).toMatchObject([{ type: 'incident.recall', unitId: 'PUMP-02', reason: '够了' }])
  })

  it('shows by ? the keys that mean something now, and no others', async () => {
    await open()
    await put(sampleIncident({ state: 'pending-check', reporter: null }))
    await press('j')
    await press('?')
    const section = dialog().find('section[aria-label="对当前这一件"]')
    expect(section.findAll('kbd').map((key) => key.text())).toEqual([
      ...['P', '⇧N', '⇧C', '⇧Y', '⇧F', 'M', 'T', 'Q', '⇧Q'],
    ])
    await press('p')
    expect(world.sent).toEqual([])
    await press('Escape')
  })

  it('backs out one step at a time, to nothing selected', async () => {
    await open()
    await put(sampleIncident())
    await press('j')
    await press('k', { ctrlKey: true })
    expect(desk.find('input[name="word"]').exists()).toBe(true)
    await press('Escape')
    expect(desk.find('input[name="word"]').exists()).toBe(false)
    await press('d')
    await press('Escape')
    expect(detail().find('[aria-current="true"]').exists()).toBe(false)
    await press('Escape')
    expect(detail().text()).toContain('当前待办')
  })

  it('opens a case by its number from the command line', async () => {
    await open()
    await put(sampleIncident({ id: 'a' }), sampleIncident({ id: 'b', title: '路灯' }))
    await press('k', { ctrlKey: true })
    await desk.find('input[name="word"]').setValue(' b ')
    await desk.find('input[name="word"]').trigger('submit')
    expect(detail().find('h2').text()).toBe('路灯')
  })
})

describe('a case without a place', () => {
  it('proposes nobody, says so, and is placed by M and Enter at the cross', async () => {
    await open()
    await put(sampleIncident({ position: null, address: null, districtId: null }))
    await press('j')
    expect(world.asked.some((path) => path.endsWith('/recommendations'))).toBe(false)
    expect(detail().text()).toContain('先定位，才能推荐力量')
    expect(desk.find('[role="option"]').text()).toContain('未定位')
    await press('m')
    expect(desk.find('section[aria-label="地图"]').text()).toContain('取十字处')
    await press('d')
    await press('Enter')
    expect(world.sent).toEqual([
      { type: 'incident.locate', incidentId: '20260801-000001', expectedVersion: 1, position: [0, 0] },
    ])
  })
})
