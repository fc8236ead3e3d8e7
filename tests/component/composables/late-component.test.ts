import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { lateComponent } from '../../../client/src/composables/late-component.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('is asked for again, ever more patiently, until the server is back', async () => {
  const Map = defineComponent({ render: () => h('p', 'the map') })
  let isAway = true
  const load = vi.fn(() => (isAway ? Promise.reject(new Error('Failed to fetch')) : Promise.resolve(Map)))
  const page = mount({ components: { LateMap: lateComponent(load) }, template: '<main><LateMap /></main>' })
  await vi.advanceTimersByTimeAsync(0)
  expect(load).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(500)
  expect(load).toHaveBeenCalledTimes(2)
  await vi.advanceTimersByTimeAsync(999)
  expect(load).toHaveBeenCalledTimes(2)
  await vi.advanceTimersByTimeAsync(60_000)
  // Never rarer than every ten seconds.
  expect(load.mock.calls.length).toBeGreaterThanOrEqual(9)
  expect(page.text()).toBe('')
  isAway = false
  await vi.advanceTimersByTimeAsync(10_000)
  expect(page.text()).toBe('the map')
  page.unmount()
})
