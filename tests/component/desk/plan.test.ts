/** The plan of a case on the desk: 需 2 到 1, the list, calls and their answer, the command log, a crew that could be diverted. */
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { useCasePlansStore } from '../../../client/src/stores/case-plans.ts'
import { useUnitsStore } from '../../../client/src/stores/units.ts'
import { newCasePlan, type CasePlan } from '../../../shared/model/case-plan.ts'
import { noon, sampleAssignment, sampleIncident, sampleUnit } from '../../support/sample-rows.ts'
import { desk, open, put, reset, world } from './open-desk.ts'

beforeEach(reset)
afterEach(() => desk.unmount())
const panel = () => desk.find('.plan')
const id = '20260801-000001'
const row: CasePlan = {
  ...newCasePlan(id),
  version: 1,
  plan: { id: 'flood', version: 1, name: { zh: '道路积水处置预案', en: 'Flooded road' } },
  needs: [
    { id: 'p', name: { zh: '排水抢险', en: 'Pump' }, kinds: ['drainage'], capability: null, counts: [2, 3, 4, 5] },
  ],
  checklist: [
    { id: 'a', text: { zh: '核实水深', en: 'Depth' }, doneBy: null, doneAt: null },
    { id: 'b', text: { zh: '封闭道路', en: 'Close' }, doneBy: 'duty', doneAt: noon },
  ],
  told: [{ zh: '防汛指挥部', en: 'HQ' }],
  calls: [{ kind: 'welfare', unitId: 'PUMP-01', fromAt: noon, dueAt: noon + 1, times: 2 }],
  notes: [{ at: noon, by: 'chief', role: 'chief', text: '先封路' }],
  outcomes: [{ departmentId: 'drainage', disposition: '18', note: '', by: 'dept', at: noon }],
  grade: 'serious',
  limitMode: 'emergency',
}
async function show(over: Partial<CasePlan> = {}): Promise<void> {
  await put(
    sampleIncident({
      id,
      state: 'handling',
      priority: 1,
      assignments: [{ ...sampleAssignment('PUMP-01'), state: 'on-scene', arrivedAt: noon }],
    }),
    sampleIncident({ id: '20260801-000002', priority: 4, state: 'handling' }),
  )
  useUnitsStore().replace([
    { id: 'PUMP-01', row: sampleUnit({ id: 'PUMP-01', kind: 'drainage', incidentId: id, departmentId: 'drainage' }) },
    {
      id: 'PUMP-02',
      row: sampleUnit({ id: 'PUMP-02', kind: 'drainage', status: 'en-route', incidentId: '20260801-000002' }),
    },
  ])
  useCasePlansStore().replace([{ id, row: { ...row, ...over } }])
  await flushPromises()
}
const click = async (name: string) => {
  await panel().find(`button[name="${name}"]`).trigger('click')
  await flushPromises()
}
const say = (words: string) => panel().find('input[name="words"]').setValue(words)

describe('the plan of a case', () => {
  it('says what is needed and there, who was told, its grade, and under which mode its limit is', async () => {
    await open('duty', `/desk/${id}`)
    await show()
    expect(panel().text()).toContain('道路积水处置预案')
    expect(panel().find('.needs .short').text()).toContain('需 2 到 1')
    for (const words of ['首批力量', '较大（Ⅲ级）', '应急时限', '防汛指挥部', '先封路', '现场处置完成'])
      expect(panel().text()).toContain(words)
    expect(desk.find('.queue').text()).toContain('现场安全核查')
  })

  it('is ticked, answered and noted by officers', async () => {
    await open('duty', `/desk/${id}`)
    await show()
    await panel().find('input[value="a"]').trigger('change')
    await flushPromises()
    await panel().find('input[value="b"]').trigger('change')
    await flushPromises()
    await click('answer')
    await say(' 增派 ')
    await click('note')
    await say('水涨')
    await click('reinforce')
    await say('三人受伤')
    await click('grade')
    expect(world.sent).toEqual([
      { type: 'plan.tick', incidentId: id, itemId: 'a', done: true },
      { type: 'plan.tick', incidentId: id, itemId: 'b', done: false },
      { type: 'plan.answer', incidentId: id, unitId: 'PUMP-01' },
      { type: 'plan.note', incidentId: id, text: '增派' },
      { type: 'plan.reinforce', incidentId: id, level: 1, reason: '水涨' },
      { type: 'plan.grade', incidentId: id, grade: 'extraordinary', reason: '三人受伤' },
    ])
  })

  it('offers a crew of a less urgent case, marked, with what stays there; and only with a reason', async () => {
    await open('duty', `/desk/${id}`)
    await show()
    expect(panel().find('.divert').text()).toContain('改派选项')
    expect(panel().find('.divert').text()).toContain('剩 0 组力量')
    await click('divert')
    expect(world.sent).toEqual([])
    await say('人命关天')
    await click('divert')
    expect(world.sent).toMatchObject([{ type: 'plan.divert', incidentId: id, unitId: 'PUMP-02', reason: '人命关天' }])
  })

  it('is only read by a manager; a case without one says so', async () => {
    await open('manager', `/desk/${id}`)
    await show({ plan: null, needs: [], calls: [] })
    expect(panel().text()).toContain('无对应预案')
    expect(panel().find('input[name="words"]').exists()).toBe(false)
  })
})
