/** Sensors round a place: all parts of the list, a part that did not come again, and nothing of where nobody looks any more. */
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useRemoteStore, type Answer, type Query } from '../../../client/src/stores/remote.ts'
import { useSensorsNearStore } from '../../../client/src/stores/sensors-near.ts'
import { sampleSensor } from '../../support/sample-rows.ts'

const asked: Query[] = []
const answers: Answer<unknown>[] = []
const never = () => Promise.reject(new Error('it asks only'))

beforeEach(() => {
  vi.useFakeTimers()
  setActivePinia(createPinia())
  asked.length = answers.length = 0
  useRemoteStore().attach({
    get<T>(_path: string, query: Query = {}) {
      asked.push(query)
      return Promise.resolve(answers.shift() as Answer<T>)
    },
    ...{ post: never, remove: never, submit: never },
  })
})
afterEach(() => vi.useRealTimers())

const part = (id: number, next: string | null) => ({ ok: true as const, data: { items: [sampleSensor(id)], next } })
const busy = { ok: false as const, error: { code: 'BUSY' as const, message: 'try again' } }
const ids = () => useSensorsNearStore().list.map(({ id }) => id)

it('come by parts, and a part that did not come is asked for again, not the ones before it', async () => {
  answers.push(part(1, 'a'), busy, busy, part(2, 'b'), part(3, null))
  const there = useSensorsNearStore().look([121.4, 31.2], 1000)
  await vi.advanceTimersByTimeAsync(0)
  expect(ids()).toEqual([1])
  await vi.advanceTimersByTimeAsync(1000 + 2000)
  await there
  expect(ids()).toEqual([1, 2, 3])
  expect(asked.map(({ cursor }) => cursor)).toEqual([null, 'a', 'a', 'a', 'b'])
  const [west, south, east, north] = String(asked[0]?.bbox).split(',').map(Number) as [number, number, number, number]
  expect([west < 121.4, east > 121.4, south < 31.2, north > 31.2]).toEqual([true, true, true, true])
})

it('of a place nobody looks at any more are not shown, and not asked for on', async () => {
  answers.push(busy, part(9, null))
  const store = useSensorsNearStore()
  const first = store.look([121, 31], 500)
  const second = store.look([122, 32], 500)
  await second
  await vi.advanceTimersByTimeAsync(60_000)
  await first
  expect(ids()).toEqual([9])
  expect(asked).toHaveLength(2)
  store.clear()
  expect(ids()).toEqual([])
})
