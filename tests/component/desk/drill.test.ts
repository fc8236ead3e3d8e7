/** A drill on the desk: its band, its tags, and the dialog that starts and ends it. */
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { useAlarmsStore } from '../../../client/src/stores/alarms.ts'
import { useSensorsStore } from '../../../client/src/stores/sensors.ts'
import { quality } from '../../../shared/model/reading.ts'
import { scenarioCodes } from '../../../shared/model/scenario.ts'
import { noon, sampleAlarm, sampleDrill, sampleIncident } from '../../support/sample-rows.ts'
import { desk, detail, dialog, open, press, put, rehearse, reset, world } from './open-desk.ts'

beforeEach(reset)
afterEach(() => desk.unmount())
const band = () => desk.find('.desk > .drill-band')
const button = () => desk.find('header button[aria-keyshortcuts="Y"]')

describe('the band', () => {
  it('says which drill runs, by whom and since when, for as long as it runs', async () => {
    await open()
    expect(band().exists()).toBe(false)
    await rehearse(sampleDrill())
    expect(
      band()
        .findAll('*')
        .map((each) => each.text()),
    ).toEqual(['演练进行中', '暴雨内涝', '由 chief 于 12:00 开始'])
    await rehearse(sampleDrill({ countsInKpi: true }))
    expect(band().text()).toContain('计入绩效')
    await rehearse(null)
    expect(band().exists()).toBe(false)
  })
})

describe('the tag', () => {
  it('is on every row, sheet and timeline of a drill, and on nothing else', async () => {
    await open()
    useAlarmsStore().replace([
      { id: 'A1', row: sampleAlarm({ id: 'A1', drill: true, sensorId: 1 }) },
      { id: 'A2', row: sampleAlarm({ id: 'A2', sensorId: 2 }) },
    ])
    await put(
      sampleIncident({ id: '20260801-000001', drill: true, title: '练' }),
      sampleIncident({ id: '20260801-000002', title: '真' }),
    )
    const tagged = desk
      .findAll('[role="option"], .queue li, .queue button')
      .filter((row) => row.find('.title').exists())
    expect(tagged.length).toBeGreaterThanOrEqual(4)
    for (const row of tagged) {
      const isOfDrill = /练$/.test(row.find('.title').text()) || row.html().includes('A1')
      if (row.find('.title').text().endsWith('真')) expect(row.find('.drill-tag').exists()).toBe(false)
      if (isOfDrill) expect(row.find('.drill-tag').text()).toBe('演练')
    }
    expect(desk.findAll('.title .drill-tag')).toHaveLength(2)
    for (let n = 0; n < 6 && !detail().text().includes('20260801-000001'); n++) await press('j')
    expect(detail().find('h2 .drill-tag').exists()).toBe(true)
    expect(detail().find('h3 .drill-tag').exists()).toBe(true)
  })

  it('does not let a drill’s alarm stand before a real one of its sensor', async () => {
    await open()
    useAlarmsStore().replace([
      { id: 'A1', row: sampleAlarm({ id: 'A1', drill: true, priority: 1 }) },
      { id: 'A2', row: sampleAlarm({ id: 'A2', priority: 3 }) },
    ])
    expect(useAlarmsStore().bySensor.get(1)?.id).toBe('A2')
  })
})

describe('the dialog', () => {
  it('starts a drill by keyboard, out of the KPIs unless ticked', async () => {
    await open('chief')
    await press('y')
    expect(dialog().attributes('aria-label')).toBe('开始演练')
    const choices = dialog().findAll('input[type="radio"]')
    expect(choices.map((each) => each.attributes('value'))).toEqual([...scenarioCodes])
    expect(dialog().text()).toContain('低洼处与下穿通道先后积水')
    await dialog().find('input[value="gas-leak"]').setValue()
    await dialog().find('form').trigger('submit')
    await flushPromises()
    expect(world.sent).toEqual([{ type: 'drill.start', scenario: 'gas-leak', countsInKpi: false }])
    expect(dialog().exists()).toBe(false)
    expect(desk.find('.notice').text()).toContain('开始演练 已办')
  })

  it('ends the one that runs, for a reason', async () => {
    await open('chief')
    await rehearse(sampleDrill())
    expect(button().text()).toContain('结束演练')
    await button().trigger('click')
    expect(dialog().find('button[type="submit"]').attributes('disabled')).toBeDefined()
    await dialog().find('input[name="reason"]').setValue(' 练完了 ')
    await dialog().find('form').trigger('submit')
    expect(world.sent).toEqual([{ type: 'drill.end', drillId: 'D1', reason: '练完了' }])
  })

  it('opens from the command line', async () => {
    await open('chief')
    await press('k', { ctrlKey: true })
    await desk.find('input[name="word"]').setValue('drill')
    await desk.find('form.command').trigger('submit')
    expect(dialog().attributes('aria-label')).toBe('开始演练')
    await dialog().find('input[name="countsInKpi"]').setValue(true)
    await dialog().find('form').trigger('submit')
    expect(world.sent).toEqual([{ type: 'drill.start', scenario: 'rainstorm', countsInKpi: true }])
  })

  it('tells a duty officer why not', async () => {
    await open('duty')
    expect(button().attributes()).toMatchObject({ disabled: '', title: '只有值班长可以开始或结束演练' })
    await press('y')
    expect(dialog().find('[role="note"]').text()).toBe('只有值班长可以开始或结束演练')
    expect(dialog().find('fieldset').attributes('disabled')).toBeDefined()
    await dialog().find('form').trigger('submit')
    expect(world.sent).toEqual([])
  })

  it('is not for those who are no officers', async () => {
    await open('manager')
    expect(button().exists()).toBe(false)
    await press('y')
    expect(dialog().exists()).toBe(false)
  })

  it('names the drill that stands in the way', async () => {
    await open('chief')
    const details = { drillId: 'D1', scenario: 'typhoon', startedBy: 'chief2' }
    world.outcome = { ok: false, error: { code: 'CONFLICT', message: '', details } }
    await press('y')
    await dialog().find('form').trigger('submit')
    await flushPromises()
    expect(desk.find('.notice').text()).toContain('chief2 开始的演练（台风）正在进行')
  })
})

describe('values', () => {
  it('of a drill stand before older and newer real ones, and give way to them at its end', async () => {
    await open()
    const sensors = useSensorsStore()
    const say = (id: number, value: number, at: number, flags: number) =>
      sensors.setValues(new Map([[id, { value, phenomenonAt: at, quality: flags }]]))
    say(1, 3, noon, quality.good)
    say(1, 31, noon + 1000, quality.drill)
    say(2, 32, noon + 1000, quality.drill)
    expect([1, 2].map((id) => sensors.latestOf(id)?.value)).toEqual([31, 32])
    // The real one stands again though it is older; a sensor that never said anything real has no value.
    say(1, 3, noon, quality.good)
    sensors.forgetDrill()
    expect([1, 2].map((id) => sensors.latestOf(id)?.value)).toEqual([3, undefined])
  })
})
