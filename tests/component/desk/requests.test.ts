/** Leads, assistants and requests of a case on the desk, with what may be done about each; and how it ended for each agency. */
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { useUnitsStore } from '../../../client/src/stores/units.ts'
import type { CaseRequest, CaseReturn, Supervision } from '../../../shared/model/case-facts.ts'
import type { Incident } from '../../../shared/model/incident.ts'
import { noon, sampleAssignment, sampleIncident, sampleUnit } from '../../support/sample-rows.ts'
import { desk, dialog, open, press, put, reset, world } from './open-desk.ts'

beforeEach(reset)
afterEach(() => desk.unmount())

const panel = () => desk.find('.requests')
const part = (name: string) => panel().find(`[data-part="${name}"]`)
const lead = { departmentId: 'water', sentBy: 'duty', sentAt: noon, receivedAt: null, receivedBy: null }
const assist = {
  ...{ departmentId: 'gas', task: '关阀', askedBy: 'duty', askedAt: noon, dueAt: noon + 120_000 },
  ...{ receivedAt: null, endedAt: null, end: null, note: '' },
}
const request = (over: Partial<CaseRequest> = {}): CaseRequest => ({
  ...{ kind: 'extension', by: 'dept', role: 'dept', reason: '等待配件', askedAt: noon, outcome: 'open' },
  approvals: [{ by: 'dept-head', role: 'dept', approvedAt: noon }],
  ...over,
})
async function show(over: Partial<Incident>): Promise<void> {
  await open()
  await put(sampleIncident({ state: 'handling', ...over }))
  await press('j')
}
const head = { incidentId: '20260801-000001', expectedVersion: 1 }

it('nothing of the kind, no panel', async () => {
  await show({})
  expect(panel().exists()).toBe(false)
})

it('shows who leads, who helps until when, and lets an assistant off with a reason', async () => {
  const done = { ...assist, departmentId: 'power', endedAt: noon, end: 'answered' as const, note: '已断电' }
  await show({ lead, assists: [assist, done] })
  expect(part('lead').text()).toContain('主办 water')
  expect(part('lead').text()).toContain('待签收')
  const assists = panel().findAll('[data-part="assist"]')
  expect(assists[0]?.text()).toContain('协办 gas')
  expect(assists[0]?.find('[data-timeliness]').text()).toBe('剩 1 分')
  expect(assists[1]?.text()).toContain('已反馈 已断电')
  await panel().find('[data-verb="waive-assist"]').trigger('click')
  await dialog().find('input[name="text"]').setValue('已无需要')
  await dialog().find('form').trigger('submit')
  await flushPromises()
  expect(world.sent).toEqual([{ type: 'incident.waive-assist', ...head, departmentId: 'gas', reason: '已无需要' }])
})

it('shows what is asked for and by whom; a key grants it, another refuses it with a reason', async () => {
  const clock = {
    ...{ startAt: noon, limit: { kind: 'hours', n: 2 } as never, extensions: 0, halfAt: null, soonAt: null },
    ...{ graveAt: null, marksTold: 0 },
  }
  await show({ clock, requests: [request()] })
  expect(part('request').text()).toContain('申请延期')
  expect(part('request').text()).toContain('等待配件')
  expect(part('request').text()).toContain('dept-head 已初审同意')
  expect(
    part('request')
      .findAll('kbd')
      .map((key) => key.text()),
  ).toEqual(['⇧P', '⇧W'])
  await press('P', { shiftKey: true })
  await press('W', { shiftKey: true })
  await dialog().find('input[name="text"]').setValue('理由不足')
  await dialog().find('form').trigger('submit')
  await flushPromises()
  expect(world.sent).toEqual([
    { type: 'incident.approve-extension', ...head },
    { type: 'incident.refuse-request', ...head, reason: '理由不足' },
  ])
})

it('shows what was decided, what the case is suspended for, and who waits for an answer', async () => {
  const suspension = {
    ...{
      beganAt: noon,
      untilAt: noon + 86_400_000,
      endedAt: null,
      reason: '待修缮',
      askedBy: 'dept',
      approvedBy: 'chief',
    },
  }
  const supervision: Supervision = {
    ...{ kind: 'leader' as const, by: 'manager', askedAt: noon, reason: '影响大', requirement: '今晚前修复' },
    ...{ replyDueAt: noon, repliedAt: null, repliedBy: null, reply: '' },
  }
  const refused = request({ kind: 'suspension', outcome: 'refused', refusal: '可先行处置' })
  const returned: CaseReturn = {
    ...{ kind: 'department' as const, by: 'dept', returnedAt: noon, to: null, reason: '非本部门', departmentId: 'gas' },
    classCode: 'E0101',
  }
  await show({ suspension, supervisions: [supervision], requests: [refused], returns: [returned] })
  expect(part('suspension').text()).toBe('挂账至 08/02 12:00:00：待修缮')
  expect(part('supervision').text()).toContain('领导督办')
  expect(part('supervision').text()).toContain('须在 08/01 12:00:00 前回复')
  expect(part('decided').text()).toBe('挂账 · 不予同意 可先行处置')
  expect(part('return').text()).toBe('最近退单：dept，非本部门')
})

it('each agency whose crews have left says how it ended, by a code that fits it', async () => {
  await open()
  useUnitsStore().replace([
    { id: 'F1', row: sampleUnit({ id: 'F1', departmentId: 'fire' }) },
    { id: 'M1', row: sampleUnit({ id: 'M1', departmentId: 'medical' }) },
  ])
  const gone = (unitId: string, arrivedAt: number | null) => ({
    ...sampleAssignment(unitId),
    ...{ state: 'done' as const, arrivedAt, endedAt: noon },
  })
  await put(sampleIncident({ state: 'pending-feedback', assignments: [gone('F1', noon), gone('M1', null)] }))
  await press('j')
  const agency = (id: string) => desk.find(`[data-agency="${id}"]`)
  expect(agency('fire').find('select').text()).toContain('23 火情已扑灭')
  expect(agency('medical').find('select').text()).not.toContain('25')
  expect(agency('fire').find('button').attributes('disabled'), 'nothing is chosen yet').toBeDefined()
  await agency('fire').find('select').setValue('23')
  await agency('fire').find('button').trigger('click')
  await flushPromises()
  const { incidentId } = head
  expect(world.sent).toEqual([{ type: 'plan.end-agency', incidentId, departmentId: 'fire', disposition: '23' }])
})
