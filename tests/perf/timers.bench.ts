/**
 * A million open timers of cases: what a tick costs that finds nothing due, beside a scan of all of them in the same run; and whether a
 * queue built anew after a restart gives what is due in the same order.
 */
import { seededRandom } from '../../mock-data/city/random.ts'
import { TimerQueue } from '../../server/src/domain/deadline/timer-queue.ts'
import { conclude } from './support/report.ts'

const count = Number(process.env.TIMERS ?? 1_000_000)
const dueCount = 1000
const ticks = 100_000
const scans = 10

const random = seededRandom(7)
const timers = Array.from({ length: count }, (_, i) => ({
  key: `20260801-${String(i).padStart(7, '0')}`,
  at: Math.floor(random.between(1_000_000, 1_000_000_000)),
}))
const usOf = (times: number, run: () => void): number => {
  const startedAt = performance.now()
  for (let i = 0; i < times; i++) run()
  return ((performance.now() - startedAt) * 1000) / times
}

globalThis.gc?.()
const heapBefore = process.memoryUsage().heapUsed
const queue = new TimerQueue()
const buildUs = usOf(1, () => timers.forEach(({ key, at }) => queue.set(key, at))) / count
globalThis.gc?.()
const bytesEach = (process.memoryUsage().heapUsed - heapBefore) / count

let found = 0
const idleUs = usOf(ticks, () => void (found += queue.due(999_999, dueCount).length))
const scanUs = usOf(scans, () => {
  for (const { at } of timers) if (at <= 999_999) found++
})
const moveUs = usOf(ticks, () => {
  const { key, at } = timers[random.whole(0, count - 1)] as (typeof timers)[number]
  queue.set(key, at + 1)
  queue.set(key, at)
})
const takeUs = usOf(100, () => void queue.due(1_000_000_000, dueCount))

const restarted = new TimerQueue()
for (const { key, at } of timers.toReversed()) restarted.set(key, at)
const before = queue.due(1_000_000_000, 5_000)
const after = restarted.due(1_000_000_000, 5_000)
const isSame = before.every(({ key }, i) => after[i]?.key === key)
const isOrdered = before.every(({ at }, i) => i === 0 || (before[i - 1]?.at ?? 0) <= at)

conclude({
  bench: 'timers',
  tables: [
    {
      title: `${count.toLocaleString('en')} open timers`,
      head: ['what', 'queue', 'scan'],
      rows: [
        ['a tick with nothing due, µs', idleUs, scanUs],
        [`a tick with ${dueCount} due, µs`, takeUs, scanUs],
        ['setting one anew, µs', moveUs / 2, 0],
        ['setting the first time, µs', buildUs, 0],
        ['memory a timer, bytes', bytesEach, 0],
      ],
    },
  ],
  goals: [
    { name: 'a tick with nothing due, µs', measured: idleUs, atMost: 10 },
    { name: 'times cheaper than a scan', measured: scanUs / idleUs, atLeast: 100 },
    { name: 'the same order after a restart', measured: Number(isSame && isOrdered && found === 0), atLeast: 1 },
  ],
  results: { count, idleUs, scanUs, takeUs, moveUs, buildUs, bytesEach, isSame, isOrdered },
})
