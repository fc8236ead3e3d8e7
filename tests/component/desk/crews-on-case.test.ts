/** Crews on a case: how old their place is, arrival as a suggestion, an officer who tells for a crew, and how it ended. */
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { useUnitsStore } from '../../../client/src/stores/units.ts'
import type { Assignment } from '../../../shared/model/incident.ts'
import type { Unit } from '../../../shared/model/unit.ts'
import { noon, sampleAssignment, sampleIncident, sampleUnit } from '../../support/sample-rows.ts'
import { desk, detail, dialog, open, press, put, reset, world } from './open-desk.ts'

beforeEach(reset)
afterEach(() => desk.unmount())

const nowAt = noon + 60_000
const id = '20260801-000001'
const head = { incidentId: id, expectedVersion: 1 }
async function show(assignments: readonly Assignment[], unit: Partial<Unit> = {}): Promise<void> {
  await open()
  useUnitsStore().apply([{ id: 'PUMP-01', row: sampleUnit({ id: 'PUMP-01', name: '排水一队', ...unit }) }])
  await put(sampleIncident({ state: 'handling', assignments: [...assignments] }))
  await press('j')
}
const on = (state: Assignment['state'], unitId = 'PUMP-01'): Assignment => ({ ...sampleAssignment(unitId), state })
async function heardAgo(ms: number): Promise<void> {
  const place = { unitId: 'PUMP-01', position: [121.5, 31.2] as const, headingDeg: null, speedMps: null }
  useUnitsStore().movePlaces([{ ...place, accuracyM: null, fixAt: nowAt - ms } as never])
  await flushPromises()
}
const fix = () => detail().find('.crews [data-link]')

describe('a crew’s last fix', () => {
  it.each([
    [60_000, 'live', '定位 1 分钟前'],
    [60_001, 'stale', '定位过时 · 1 分钟前'],
    [300_000, 'stale', '定位过时 · 5 分钟前'],
    [300_001, 'lost', '失联 · 5 分钟前'],
  ] as const)('%i ms old is %s', async (ms, link, words) => {
    await show([on('en-route')])
    await heardAgo(ms)
    expect(fix().attributes('data-link')).toBe(link)
    expect(fix().text()).toBe(words)
  })
  it('never heard is none, and one given up keeps the server’s last', async () => {
    await show([on('en-route')])
    expect(fix().text()).toBe('无定位')
    useUnitsStore().apply([{ id: 'PUMP-01', row: sampleUnit({ id: 'PUMP-01', lostFixAt: nowAt - 600_000 }) }])
    await flushPromises()
    expect(fix().text()).toBe('失联 · 10 分钟前')
  })
  it('stands beside a proposal too', async () => {
    await open()
    await put(sampleIncident())
    await press('j')
    await heardAgo(120_000)
    expect(detail().find('[data-unit="PUMP-01"] [data-link]').text()).toBe('定位过时 · 2 分钟前')
  })
})

describe('telling for a crew', () => {
  it('is offered for its next steps, with the crew’s keys and shift, and says when it happened', async () => {
    await show([on('en-route')])
    const relays = detail()
      .findAll('[data-verb]')
      .map((button) => button.text())
      .filter((words) => words.startsWith('代报'))
    expect(relays).toEqual(['代报到达集结点 ⇧U', '代报到场 ⇧H'])
    await press('H', { shiftKey: true })
    expect(dialog().attributes('aria-label')).toBe('代报到场')
    expect(dialog().text()).toContain('排水一队')
    await dialog().find('input[name="occurredAt"]').setValue('2026-08-01T11:58')
    await dialog().find('form').trigger('submit')
    await flushPromises()
    const occurredAt = Date.parse('2026-08-01T11:58')
    expect(world.sent).toEqual([{ type: 'incident.arrive', ...head, unitId: 'PUMP-01', occurredAt }])
  })
  it('asks which, where several could do it, and names only those', async () => {
    await show([on('dispatched'), on('dispatched', 'PUMP-02'), on('on-scene', 'PUMP-03')])
    await press('A', { shiftKey: true })
    expect(
      dialog()
        .findAll('input[name="crew"]')
        .map((one) => one.attributes('value')),
    ).toEqual(['PUMP-01', 'PUMP-02'])
    await dialog().find('input[value="PUMP-02"]').setValue()
    await dialog().find('form').trigger('submit')
    await flushPromises()
    expect(world.sent).toEqual([{ type: 'incident.acknowledge', ...head, unitId: 'PUMP-02' }])
  })
  it('is not offered where no crew is on its way', async () => {
    await show([on('done'), on('declined', 'PUMP-02')])
    expect(detail().text()).not.toContain('代报')
  })
})

describe('an arrival', () => {
  it('is suggested by the place, and said by a person', async () => {
    await show([on('en-route')], { arrivalSuggestedAt: noon })
    expect(detail().find('.crews [role="status"]').text()).toContain('定位显示已到现场（12:00:00）')
    await detail().find('button[name="arrived"]').trigger('click')
    await dialog().find('form').trigger('submit')
    await flushPromises()
    expect(world.sent).toEqual([{ type: 'incident.arrive', ...head, unitId: 'PUMP-01' }])
  })
  it('is suggested no more once the crew is there', async () => {
    await show([{ ...on('on-scene'), arrivedAt: noon }], { arrivalSuggestedAt: noon })
    expect(detail().find('button[name="arrived"]').exists()).toBe(false)
  })
})

describe('closing', () => {
  it('asks how it ended, by a code that fits, and never by Enter alone', async () => {
    await open()
    await put(sampleIncident({ state: 'pending-close', arrivedAt: noon }))
    await press('j')
    await press('c')
    const codes = dialog()
      .findAll('select[name="disposition"] option')
      .map((option) => option.text())
    expect(codes).toContain('18 现场处置完成')
    expect(codes).not.toContain('23 火情已扑灭')
    await dialog().find('form').trigger('submit')
    expect(world.sent).toEqual([])
    await dialog().find('select[name="disposition"]').setValue('18')
    await dialog().find('form').trigger('submit')
    await flushPromises()
    expect(world.sent).toEqual([{ type: 'incident.close', ...head, note: '', disposition: '18' }])
  })
  it('shows the result of a closed case', async () => {
    world.ended = sampleIncident({ state: 'closed', closedAt: noon, disposition: '17' })
    await open('duty', `/desk/${id}`)
    expect(detail().text()).toContain('17 误报（设备、天气或动物）')
  })
  it('of what nobody saw offers what needs no scene', async () => {
    await open()
    await put(sampleIncident({ state: 'pending-close', arrivedAt: null }))
    await press('j')
    await press('c')
    expect(dialog().find('select[name="disposition"]').text()).not.toContain('18')
    expect(dialog().find('select[name="disposition"]').text()).toContain('05 电话答复解决')
  })
})
