/** What is refused is said in the officer's language, whatever the rules wrote. */
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Failure } from '../../../client/src/stores/remote.ts'
import { sampleIncident } from '../../support/sample-rows.ts'
import { desk, open, press, put, reset, world } from './open-desk.ts'

beforeEach(async () => {
  reset()
  await open()
  await put(sampleIncident({ state: 'pending-check' }))
  await press('j')
})
afterEach(() => desk.unmount())

async function refused(error: Partial<Failure>) {
  world.outcome = { ok: false, error: { code: 'NOT_ALLOWED', message: '', ...error } }
  await press('p')
  await flushPromises()
  return desk.find('[role="alert"].notice').text()
}

it('the field that is wrong, by its problem', async () => {
  const problem = '李四 would work two shifts on end: N2 as well'
  const details = { fields: [{ field: 'substitutions.0.inId', problem }] }
  const said = await refused({ code: 'INVALID', message: `substitutions.0.inId: ${problem}`, details })
  expect(said).toBe('✕ 填写的内容有误：李四 将连上两班（另有 N2）')
})
it('what stands against it, by its sentence', async () => {
  expect(await refused({ message: 'a department that helps has neither answered nor been let off' })).toBe(
    '✕ 当前状态不允许此操作：还有协办部门未反馈',
  )
})
it('what has no words of its own, by its code alone, never in another language', async () => {
  const said = await refused({
    code: 'INVALID',
    message: 'x',
    details: { fields: [{ field: 'x', problem: 'Too small' }] },
  })
  expect(said).toBe('✕ 填写的内容有误')
})
