/** 出动单: one case for paper, by key or command line; callers as the account sees them, room for times written by hand. */
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useCasePlansStore } from '../../../client/src/stores/case-plans.ts'
import { newCasePlan } from '../../../shared/model/case-plan.ts'
import { noon, sampleAssignment, sampleIncident } from '../../support/sample-rows.ts'
import { desk, open, press, put, reset } from './open-desk.ts'

const print = vi.fn()
beforeEach(() => {
  reset()
  print.mockClear()
  window.print = print
})
afterEach(() => desk.unmount())

const id = '20260801-000001'
const sheet = () => document.querySelector('body > .run-sheet')
const part = (name: string) => [...(sheet()?.querySelectorAll(`[data-part="${name}"]`) ?? [])]
async function show() {
  await open()
  await put(
    sampleIncident({
      ...{ id, state: 'handling', title: '燃气泄漏', description: '二楼有气味', position: [121.47, 31.23] },
      ...{ reporter: { name: '张*', phone: '138****5678', email: null }, mergedIds: ['m1'], drill: true },
      assignments: [
        { ...sampleAssignment('PUMP-01'), state: 'en-route', dispatchedAt: noon, departedAt: null },
        { ...sampleAssignment('PUMP-02'), state: 'declined', endedAt: noon },
      ],
    }),
    sampleIncident({ id: 'm1', state: 'merged', reporter: { name: null, phone: '139****0000', email: null } }),
  )
  const item = (itemId: string, zh: string, doneAt: number | null) => ({
    ...{ id: itemId, text: { zh, en: zh }, doneBy: null, doneAt },
  })
  const checklist = [item('a', '关阀', noon), item('b', '疏散', null)]
  useCasePlansStore().replace([{ id, row: { ...newCasePlan(id), checklist } }])
  await flushPromises()
  await desk.find(`[data-key="incident ${id}"]`).trigger('click')
  await flushPromises()
}

it('a key prints what, where, who called, who goes and what to do; then the sheet is gone', async () => {
  await show()
  // What is revealed on the screen stays there.
  await press('s')
  await press('4')
  await flushPromises()
  expect(print).toHaveBeenCalledOnce()
  const text = sheet()?.textContent ?? ''
  for (const words of ['出动单', '演练', '燃气泄漏', '二楼有气味', id, '值班员 08/01']) expect(text).toContain(words)
  expect(part('degrees')[0]?.textContent).toBe('121.470000, 31.230000')
  expect(part('caller').map((one) => one.textContent?.split(' · ')[0]?.trim())).toEqual([
    '张* 138****5678',
    '139****0000',
  ])
  expect(text).not.toContain('13812345678')
  expect(part('item').map((one) => one.textContent?.trim())).toEqual(['☑ 关阀', '☐ 疏散'])
  expect(part('crew').map((one) => one.querySelector('th')?.textContent)).toEqual([expect.stringContaining('排水一队')])
  const [sent, accepted] = [...(part('crew')[0]?.querySelectorAll('td') ?? [])].map((one) => one.textContent?.trim())
  expect(sent).toBe('08/01 12:00:00')
  expect(accepted, 'to be written in by hand').toBe('')
  window.dispatchEvent(new Event('afterprint'))
  await flushPromises()
  expect(sheet()).toBeNull()
})

it('the command line prints it too; without a case there is nothing to print', async () => {
  await show()
  const say = async () => {
    await press('k', { ctrlKey: true })
    await desk.find('input[name="word"]').setValue('print')
    await desk.find('form.command').trigger('submit')
    await flushPromises()
  }
  await say()
  expect(print).toHaveBeenCalledOnce()
  window.dispatchEvent(new Event('afterprint'))
  await press('Escape')
  await press('Escape')
  await say()
  expect(print).toHaveBeenCalledOnce()
  expect(sheet()).toBeNull()
})
