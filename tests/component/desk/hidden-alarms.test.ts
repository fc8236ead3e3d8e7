/** What rings nobody now: listed on the desk with its countdown, and taken back by hand. */
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { useAlarmsStore } from '../../../client/src/stores/alarms.ts'
import { noon, sampleAlarm } from '../../support/sample-rows.ts'
import { desk, detail, dialog, open, press, reset, world } from './open-desk.ts'

beforeEach(reset)
afterEach(() => desk.unmount())

const shelving = { by: 'li', at: noon, untilAt: noon + 600_000, code: 'maintenance', words: '换探头' } as const

it('lists shelved alarms, sensors out of service and what hides behind a gateway, and none of them in the queue', async () => {
  await open()
  expect(desk.find('.hidden-alarms').exists()).toBe(false)
  const outOfService = { by: 'li', at: noon, untilAt: noon + 3_600_000, reason: '更换电池' }
  const suppression = { by: 'gateway-silent', parentId: 'A9', at: noon }
  const rows = [
    sampleAlarm({ id: 'A1', state: 'shelved', shelving }),
    sampleAlarm({ id: 'A2', sensorId: 2, state: 'out-of-service', outOfService }),
    sampleAlarm({ id: 'A3', sensorId: 3, state: 'suppressed', suppression, gateway: 'GW-1' }),
    sampleAlarm({ id: 'A4', sensorId: 4, state: 'suppressed', suppression, gateway: 'GW-1' }),
  ]
  useAlarmsStore().replace(rows.map((row) => ({ id: row.id, row })))
  await flushPromises()
  expect(desk.find('[data-testid="hidden-count"]').text()).toBe('4')
  const lines = desk.findAll('.hidden-alarms li').map((line) => line.text())
  expect(lines).toHaveLength(3)
  expect(lines[0]).toContain('检修 换探头')
  expect(lines[1]).toContain('更换电池')
  expect(lines[2]).toContain('GW-1 离线，其下 2 条')
  expect(desk.findAll('.queue [role="option"]')).toEqual([])
  await desk.find('.hidden-alarms button').trigger('click')
  await flushPromises()
  expect(world.sent).toEqual([{ type: 'alarm.unshelve', alarmId: 'A1', expectedVersion: 1 }])
})

it('shelves with a reason code, a time its priority allows, and words', async () => {
  await open()
  useAlarmsStore().replace([{ id: 'A1', row: sampleAlarm({ sensorId: null }) }])
  await flushPromises()
  await press('j')
  await detail().find('[data-verb="shelve"]').trigger('click')
  const minutes = dialog()
    .findAll('input[name="minutes"]')
    .map((one) => Number(one.attributes('value')))
  expect(Math.max(...minutes), 'priority 2: two hours').toBe(120)
  await dialog().find('input[name="code"][value="construction"]').setValue()
  await dialog().find('input[name="minutes"][value="60"]').setValue()
  await dialog().find('input[name="text"]').setValue('三号井施工')
  await dialog().find('form').trigger('submit')
  await flushPromises()
  expect(world.sent).toEqual([
    {
      ...{ type: 'alarm.shelve', alarmId: 'A1', expectedVersion: 1, code: 'construction' },
      ...{ forMs: 3_600_000, words: '三号井施工' },
    },
  ])
})
