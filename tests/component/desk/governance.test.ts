/** What is decided about rules, sensors and algorithms on the desk: proposed by one, decided by another, always with a reason. */
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { useAlarmsStore } from '../../../client/src/stores/alarms.ts'
import { changeOf } from '../../../client/src/views/desk/rule-form.ts'
import type { AlgorithmRow } from '../../../shared/model/algorithm.ts'
import type { PresentRule, RuleChange, RuleSettings } from '../../../shared/model/alarm-rule-change.ts'
import type { Role } from '../../../shared/model/role.ts'
import { noon, sampleAlarm } from '../../support/sample-rows.ts'
import { desk, detail, dialog, open, press, reset, world } from './open-desk.ts'

beforeEach(reset)
afterEach(() => desk.unmount())

const settings: RuleSettings = {
  ...{ limit: 40, deadband: 2, onDelayMs: 60_000, onReadings: 1, offDelayMs: 600_000, enabled: true },
}
const rule = {
  ...settings,
  ...{ id: 'r', version: 3, kind: 'water-level', sense: 'high', priority: 2, name: { zh: '水位高', en: 'High' } },
  ...{ consequence: { zh: '', en: '' }, action: { zh: '', en: '' }, classCode: 'E0506', changedBy: null },
} as PresentRule
const change = (over: Partial<RuleChange>): RuleChange => ({
  ...{ id: 'R1', version: 1, ruleId: 'r', state: 'proposed', packVersion: 3, fromVersion: 3, toVersion: 4 },
  ...{ from: settings, to: { ...settings, limit: 45, offDelayMs: 900_000 }, reason: '误报多' },
  ...{ proposedBy: 'chief', proposedAt: noon, decidedBy: null, decidedAt: null, note: '' },
  ...over,
})
async function selectAlarm(as: Role, waiting: readonly RuleChange[] = []): Promise<void> {
  world.answers.set('/alarm-rules/r', rule)
  world.answers.set('/alarm-rule-changes', { items: waiting, next: null })
  await open(as)
  useAlarmsStore().replace([{ id: 'A1', row: sampleAlarm({ ruleId: 'r', sensorId: 7 }) }])
  await flushPromises()
  await press('j')
}
async function submit(): Promise<void> {
  await dialog().find('form').trigger('submit')
  await flushPromises()
}

describe('an alarm rule', () => {
  it('is changed by what the form says otherwise, with a reason, delays in seconds', async () => {
    await selectAlarm('chief')
    await press('q')
    expect(dialog().attributes('aria-label')).toBe('告警规则：水位高')
    expect((dialog().find('input[name="offDelayMs"]').element as HTMLInputElement).value).toBe('600')
    await dialog().find('input[name="offDelayMs"]').setValue('900')
    await submit()
    expect(world.sent, 'no reason yet').toEqual([])
    await dialog().find('input[name="reason"]').setValue('夜间抖动')
    await submit()
    expect(world.sent).toEqual([
      { type: 'alarm-rule.propose', ruleId: 'r', change: { offDelayMs: 900_000 }, reason: '夜间抖动' },
    ])
    expect(desk.find('.notice').text()).toContain('提出变更')
  })
  it('that nothing is changed of is not proposed, and what is no number is left', () => {
    expect(changeOf(rule, { limit: '40', deadband: '', onDelayMs: 'x', enabled: true })).toEqual({})
    expect(changeOf(rule, { limit: 41, onDelayMs: '1.5', enabled: false })).toEqual({
      ...{ limit: 41, onDelayMs: 1500, enabled: false },
    })
  })
  it('is seen by the officer on duty, who may not propose', async () => {
    await selectAlarm('duty')
    await press('q')
    expect(dialog().text()).toContain('只有值班长可以提出变更')
    expect(dialog().find('input[name="limit"]').attributes('disabled')).toBeDefined()
    expect(dialog().find('button[type="submit"]').attributes('disabled')).toBeDefined()
  })
  it('waits for another person than who proposed it', async () => {
    await selectAlarm('chief', [change({ ruleId: 'other' }), change({})])
    await press('q')
    expect(dialog().find('[data-part="pending"]').text()).toContain('限值 40 → 45；恢复延时 600 → 900')
    expect(dialog().text()).toContain('须由提出人以外')
    await submit()
    expect(world.sent).toEqual([])
  })
  it('is approved, or declined with a reason', async () => {
    await selectAlarm('chief', [change({ proposedBy: 'other-chief' })])
    await press('q')
    expect(dialog().find('button[name="decline"]').attributes('disabled')).toBeDefined()
    await dialog().find('input[name="reason"]').setValue('先观察')
    await dialog().find('button[name="decline"]').trigger('click')
    await press('q')
    await submit()
    expect(world.sent).toEqual([
      { type: 'alarm-rule.decline', changeId: 'R1', reason: '先观察' },
      { type: 'alarm-rule.approve', changeId: 'R1', note: '' },
    ])
  })
})

describe('a sensor', () => {
  it('is taken out of service until a time, with a reason, and comes back from the list', async () => {
    await selectAlarm('duty')
    await press('v')
    await dialog().find('input[name="text"]').setValue('更换电池')
    await submit()
    expect(world.sent, 'until when?').toEqual([])
    await dialog().find('input[name="untilAt"]').setValue('2026-08-01T18:00')
    await submit()
    const untilAt = Date.parse('2026-08-01T18:00')
    expect(world.sent).toEqual([{ type: 'sensor.take-out-of-service', sensorId: 7, untilAt, reason: '更换电池' }])
    const outOfService = { by: 'li', at: noon, untilAt: noon + 3_600_000, reason: '更换电池' }
    const out = sampleAlarm({ id: 'A1', sensorId: 7, state: 'out-of-service', outOfService })
    useAlarmsStore().replace([{ id: 'A1', row: out }])
    await flushPromises()
    await desk.find('.hidden-alarms button[name="serve"]').trigger('click')
    await flushPromises()
    expect(world.sent.at(-1)).toEqual({ type: 'sensor.return-to-service', sensorId: 7 })
  })
})

describe('the register of algorithms', () => {
  const row = (over: Partial<AlgorithmRow>): AlgorithmRow => ({
    ...{
      id: 'duplicates',
      name: { zh: '重复件识别', en: 'Duplicates' },
      version: '2',
      owner: { zh: '运行科', en: 'Ops' },
    },
    ...{
      purpose: { zh: '找出重复件', en: '' },
      inputs: { zh: '', en: '' },
      method: { zh: '', en: '' },
      thresholds: [],
    },
    ...{ test: null, scope: { zh: '', en: '' }, tally: {}, takeUpRate: 0.875, errorRate: null },
    setting: { version: 4, isOn: true, switched: null, rule: null },
    ...over,
  })
  async function show(as: Role, over: Partial<AlgorithmRow> = {}): Promise<void> {
    world.answers.set('/algorithms', { items: [row(over)], next: null })
    await open(as)
    await press('9')
    await flushPromises()
  }

  it('says how well each did; unknown is a dash; the chief switches it off with a reason', async () => {
    await show('chief')
    expect(dialog().text()).toContain('采纳率 87.5%，误报率 —')
    expect(dialog().text()).toContain('尚未评测')
    expect(dialog().find('button[name="switch"]').attributes('disabled')).toBeDefined()
    await dialog().find('input[name="reason"]').setValue('误并过多')
    await dialog().find('button[name="switch"]').trigger('click')
    await flushPromises()
    expect(world.sent).toEqual([
      {
        ...{ type: 'algorithm.switch', algorithmId: 'duplicates', isOn: false },
        ...{ expectedVersion: 4, reason: '误并过多' },
      },
    ])
  })
  it('lets the chief approve a merge rule by numbers within their bounds and a reason, and withdraw it', async () => {
    await show('chief')
    const approve = () => dialog().find('button[name="approve-rule"]')
    const fill = (name: string, value: string) => dialog().find(`input[name="${name}"]`).setValue(value)
    await fill('reason', '三个月抽查 200 件无误并')
    await fill('minScore', '0.49')
    await fill('maxDistanceM', '50')
    await fill('maxMinutes', '120')
    expect(approve().attributes('disabled'), 'less than an even chance').toBeDefined()
    await fill('minScore', '0.95')
    await approve().trigger('click')
    await flushPromises()
    const rule = { minScore: 0.95, maxDistanceM: 50, maxMinutes: 120 }
    expect(world.sent).toEqual([
      {
        ...{ type: 'algorithm.approve-rule', algorithmId: 'duplicates', ...rule },
        ...{ expectedVersion: 4, reason: '三个月抽查 200 件无误并' },
      },
    ])
    const approved = { ...rule, by: 'chief', at: noon, reason: '' }
    world.sent.length = 0
    desk.unmount()
    await show('chief', { setting: { version: 5, isOn: true, switched: null, rule: approved } })
    expect(dialog().text()).toContain('相似度 0.95 起，chief 批准')
    expect(approve().exists(), 'one rule at a time').toBe(false)
    await fill('reason', '误并一件')
    await dialog().find('button[name="withdraw"]').trigger('click')
    await flushPromises()
    expect(world.sent).toEqual([
      ...[{ type: 'algorithm.withdraw-rule', algorithmId: 'duplicates', expectedVersion: 5, reason: '误并一件' }],
    ])
  })
  it('opens a rule about deviations, whose promotion is proposed on what became of its suggestions', async () => {
    const deviation = { ...rule, id: 'odd', sense: 'deviation', name: { zh: '用电异常', en: 'Odd' } } as PresentRule
    const tally = { class: { advised: 40, taken: 31 } }
    const algorithm = row({ id: 'expected-value', tally, takeUpRate: 0.775, errorRate: 0.1 })
    world.answers.set('/algorithms/expected-value', algorithm)
    world.answers.set('/alarm-rules', { items: [rule, deviation], next: null })
    world.answers.set('/alarm-rules/odd', deviation)
    world.answers.set('/alarm-rule-changes', { items: [], next: null })
    await show('chief', algorithm)
    const rules = dialog().findAll('button[name="open-rule"]')
    expect(rules.map((one) => one.text())).toEqual(['用电异常 · 未准予升级'])
    await rules[0]?.trigger('click')
    await flushPromises()
    expect(dialog().attributes('aria-label')).toBe('告警规则：用电异常')
    expect(dialog().find('[data-part="evidence"]').text()).toBe('依据：共提示 40 次，采纳率 77.5%，误报率 10.0%')
    await dialog().find('select[name="promotedTo"]').setValue('2')
    await dialog().find('input[name="reason"]').setValue('采纳率高')
    await submit()
    expect(world.sent).toEqual([
      { type: 'alarm-rule.propose', ruleId: 'odd', change: { promotedTo: 2 }, reason: '采纳率高' },
    ])
    // A second person reads what is asked for in words.
    desk.unmount()
    const from = { ...settings, promotedTo: null }
    const asked = change({ ruleId: 'odd', from, to: { ...settings, promotedTo: 2 }, proposedBy: 'other' })
    world.answers.set('/alarm-rule-changes', { items: [asked], next: null })
    await show('manager', algorithm)
    await dialog().find('button[name="open-rule"]').trigger('click')
    await flushPromises()
    expect(dialog().find('[data-part="pending"]').text()).toContain('准予升级为 — → P2')
  })
  it('says who switched it, and lets nobody else', async () => {
    const switched = { by: 'chief', at: noon, reason: '误并过多' }
    await show('duty', { setting: { version: 5, isOn: false, switched, rule: null } })
    expect(dialog().text()).toContain('停用')
    expect(dialog().text()).toContain('chief 于 08/01 12:00:00 切换：误并过多')
    expect(dialog().find('input[name="reason"]').attributes('disabled')).toBeDefined()
  })
})

it('the keys of dialogs stand on their buttons, and open them', async () => {
  await open('chief')
  for (const [key, name] of [
    ['7', '平急转换'],
    ['8', '应急响应'],
    ['9', '算法台账'],
  ] as const) {
    expect(desk.find(`button[aria-keyshortcuts="${key}"]`).text()).toContain(key)
    await press(key)
    expect(dialog().attributes('aria-label')).toBe(name)
    await dialog().trigger('cancel')
  }
  expect(detail().text()).toContain('算法台账')
})
