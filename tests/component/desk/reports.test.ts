/** 信息报送 on the desk: what is owed and until when, under the queue also of other cases; a form that goes on from the report before. */
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { useCasePlansStore } from '../../../client/src/stores/case-plans.ts'
import { missingIn, reportDraft, startOf } from '../../../client/src/views/desk/report-form.ts'
import { newCasePlan } from '../../../shared/model/case-plan.ts'
import { reportNameOf, type SituationReport } from '../../../shared/model/situation-report.ts'
import { personCommandSchema } from '../../../shared/contract/command.ts'
import type { Role } from '../../../shared/model/role.ts'
import { noon, sampleIncident } from '../../support/sample-rows.ts'
import { desk, detail, dialog, open, press, put, reset, world } from './open-desk.ts'

beforeEach(reset)
afterEach(() => desk.unmount())

const id = '20260801-000001'
const body = {
  ...{ nature: '燃气泄漏', scope: '一栋楼', losses: '无伤亡', trend: '趋稳', leaders: '街道主任到场' },
  ...{ measures: '已关阀', advice: '' },
}
const owed = (kind: SituationReport['kind'], dueAt: number, over: Partial<SituationReport> = {}): SituationReport => ({
  ...{ kind, number: 1, dueAt, madeAt: null, by: null, to: null, body: null, facts: null },
  ...over,
})
const first = owed('first', noon - 1, { madeAt: noon, by: 'chief', to: '市委值班室', body, late: true })
const second = owed('follow-up', noon + 120_000, { number: 2 })
async function show(role: Role, ...reports: SituationReport[]): Promise<void> {
  await open(role)
  await put(
    sampleIncident({ id, state: 'handling', description: '居民闻到气味' }),
    sampleIncident({ id: 'c2', title: '塌陷' }),
  )
  useCasePlansStore().replace([
    { id, row: { ...newCasePlan(id), grade: 'major', reports } },
    { id: 'c2', row: { ...newCasePlan('c2'), grade: 'major', reports: [owed('oral', noon - 60_000, { late: true })] } },
  ])
  await flushPromises()
  await desk.find(`[data-key="incident ${id}"]`).trigger('click')
  await flushPromises()
}
const write = (name: string, words: string) => dialog().find(`[name="${name}"]`).setValue(words)
const send = async () => {
  await dialog().find('form').trigger('submit')
  await flushPromises()
}

it('the case lists what is owed with its time, then what was told, late where it was', async () => {
  await show('duty', first, second)
  const lines = detail().findAll('[data-report]')
  expect(lines.map((line) => line.attributes('data-report'))).toEqual(['follow-up 2', 'first 1'])
  expect(lines[0]?.text()).toContain('续报二')
  expect(lines[0]?.text()).toContain('剩 1 分')
  expect(lines[1]?.text()).toContain('chief 报 市委值班室')
  expect(lines[1]?.text()).toContain('迟报')
  expect(lines[1]?.text()).toContain('已关阀')
})

it('the queue says it of each case, and under it stand all, the soonest due first; a click goes there', async () => {
  await show('duty', first, second)
  expect(desk.find(`[data-key="incident ${id}"]`).text()).toContain('续报二')
  const lines = desk.findAll('[data-owed]')
  expect(lines.map((line) => line.attributes('data-owed'))).toEqual(['c2', id])
  expect(lines[0]?.text()).toContain('电话初报 · 塌陷')
  expect(lines[0]?.find('[data-timeliness="over"]').exists()).toBe(true)
  await lines[0]?.find('button').trigger('click')
  await flushPromises()
  expect(detail().find('h2').text()).toContain('塌陷')
})

it('a key writes the one owed, from where the last ended; Ctrl Enter sends it', async () => {
  await show('duty', first, second)
  await press('5')
  expect((dialog().find('input[name="to"]').element as HTMLInputElement).value).toBe('市委值班室')
  expect((dialog().find('textarea[name="measures"]').element as HTMLTextAreaElement).value).toBe('已关阀')
  await write('measures', '已关阀，疏散三户 ')
  await dialog().find('form').trigger('keydown', { key: 'Enter', ctrlKey: true })
  await flushPromises()
  expect(world.sent).toEqual([
    {
      type: 'plan.report',
      incidentId: id,
      kind: 'follow-up',
      to: '市委值班室',
      body: { ...body, measures: '已关阀，疏散三户' },
    },
  ])
  expect(dialog().exists()).toBe(false)
})

it('the first starts from what was told; in writing nothing goes without nature and measures, and what is missing is said', async () => {
  await show('duty', owed('oral', noon + 1), owed('first', noon + 2))
  await press('5')
  expect((dialog().find('textarea[name="nature"]').element as HTMLTextAreaElement).value).toBe('居民闻到气味')
  await dialog().find('input[value="first"]').setValue()
  await write('to', '市委值班室')
  expect(dialog().find('[role="status"]').text()).toBe('尚缺：已采取措施')
  await send()
  expect(world.sent).toEqual([])
  await dialog().find('input[value="oral"]').setValue()
  await send()
  expect(world.sent[0]).toMatchObject({ type: 'plan.report', kind: 'oral' })
})

it('what was begun is there again after Esc', async () => {
  await show('duty', second)
  await press('5')
  await write('scope', '两栋楼')
  await dialog().trigger('cancel')
  await flushPromises()
  expect(dialog().exists()).toBe(false)
  await press('5')
  expect((dialog().find('textarea[name="scope"]').element as HTMLTextAreaElement).value).toBe('两栋楼')
})

it('who may not write has no key and no list of what is owed', async () => {
  await show('manager', second)
  await press('5')
  expect(dialog().exists()).toBe(false)
  expect(desk.find('[data-owed]').exists()).toBe(false)
  expect(detail().find('[name="write-report"]').exists()).toBe(false)
})

it('follow-ups are counted as they are said aloud', () => {
  const name = (number: number) => reportNameOf({ kind: 'follow-up', number }).zh
  expect([1, 10, 12, 20, 99, 100].map(name)).toEqual([
    ...['续报一', '续报十', '续报十二', '续报二十', '续报九十九', '续报100'],
  ])
})

describe('the form', () => {
  const written = startOf([first], { description: '' })
  it('makes what the command door reads', () => {
    expect(personCommandSchema.parse(reportDraft(id, 'major', 'follow-up', written))).toMatchObject({ body })
  })
  it('makes nothing of a case nobody graded, or told to nobody', () => {
    expect(reportDraft(id, null, 'oral', written)).toBeNull()
    expect(missingIn('oral', { ...written, to: ' ' })).toEqual(['to'])
    expect(reportDraft(id, 'major', 'oral', { ...written, to: '' })).toBeNull()
  })
})
