/** Officers' hands on the desk: what this desk says of itself, and how it shows what others have open or are doing. */
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useHandsStore } from '../../../client/src/stores/hands.ts'
import { handAgainMs, type Hand, type OwnHand } from '../../../shared/contract/hands.ts'
import { sampleIncident } from '../../support/sample-rows.ts'
import { desk, detail, open, press, put, reset } from './open-desk.ts'

let said: OwnHand[] = []
beforeEach(() => {
  reset()
  said = []
})
afterEach(() => {
  vi.useRealTimers()
  desk.unmount()
})

const id = '20260801-000001'
const hand = (over: Partial<Hand> = {}): Hand => ({
  ...{ deskId: 'other', username: 'chief', displayName: '值班长甲', role: 'chief', incidentId: id, doing: 'looking' },
  ...over,
})
async function show() {
  await open()
  useHandsStore().attach((own) => void said.push(own))
  await put(sampleIncident({ id, state: 'pending-dispatch', position: [121.4, 31.2] }))
}
async function others(...hands: Hand[]) {
  useHandsStore().set(hands, 'mine')
  await flushPromises()
}

it('says which case is open and what is being done about it, again after a while, and nothing once it is left', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  await show()
  await press('j')
  expect(said).toEqual([{ incidentId: id, doing: 'looking' }])
  await press('d')
  expect(said.at(-1)).toEqual({ incidentId: id, doing: 'sending' })
  await press('Escape')
  await press('v')
  expect(said.at(-1)).toEqual({ incidentId: id, doing: 'acting' })
  const before = said.length
  vi.advanceTimersByTime(handAgainMs)
  expect(said).toHaveLength(before + 1)
  await desk.find('dialog').trigger('cancel')
  await press('Escape')
  expect(said.at(-1)).toBeNull()
})

it('shows in the queue and in the case who has it in hand, and that it is being sent; one’s own desk is no other', async () => {
  await show()
  await press('j')
  const row = () => desk.find(`[data-key="incident ${id}"]`).text()
  await others(hand({ deskId: 'mine', displayName: '自己' }))
  expect(row()).not.toContain('他席')
  await others(hand({ deskId: 'mine' }), hand())
  expect(row()).toContain('他席：值班长甲')
  expect(detail().find('.hands').text()).toBe('值班长甲 正在查看')
  await others(hand({ doing: 'sending' }))
  expect(detail().find('.hands .busy').text()).toBe('值班长甲 正在派遣')
  expect(detail().find('[data-verb="dispatch"]').attributes('disabled'), 'nobody is held back').toBeUndefined()
  await others(hand({ incidentId: 'another' }))
  expect(detail().find('.hands').exists()).toBe(false)
})
