/**
 * A million open timers of cases: what a tick costs that finds nothing due, a thousand or ten thousand, beside a scan of all of them in the
 * same run; and whether a queue built anew after a restart gives what is due in the same order.
 */
import { seededRandom } from '../../mock-data/city/random.ts'
import { TimerQueue } from '../../server/src/domain/deadline/timer-queue.ts'
import { conclude } from './support/report.ts'

const count = Number(process.env.TIMERS ?? 1_000_000)
const few = 1_000
const many = 10_000
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
const idleUs = usOf(ticks, () => void (found += queue.due(999_999, few).length))
const scanUs = usOf(scans, () => {
  for (const { at } of timers) if (at <= 999_999) found++
})
const moveUs = usOf(ticks, () => {
  const { key, at } = timers[random.whole(0, count - 1)] as (typeof timers)[number]
  queue.set(key, at + 1)
  queue.set(key, at)
})
const takeUsOf = (due: number) => usOf(50, () => void queue.due(1_000_000_000, due))
const [takeUs, takeManyUs] = [takeUsOf(few), takeUsOf(many)]
/** As many sorted at once: what n log n costs at least. */
const sortUsOf = (due: number) =>
  usOf(50, () => void timers.slice(0, due).sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1)))
const [sortUs, sortManyUs] = [sortUsOf(few), sortUsOf(many)]

const restarted = new TimerQueue()
for (const { key, at } of timers.toReversed()) restarted.set(key, at)
const before = queue.due(1_000_000_000, many)
const after = restarted.due(1_000_000_000, many)
const isSame = before.every(({ key }, i) => after[i]?.key === key)
const isOrdered = before.every(({ at }, i) => i === 0 || (before[i - 1]?.at ?? 0) <= at)

conclude({
  bench: 'timers',
  tables: [
    {
      title: `${count.toLocaleString('en')} open timers`,
      head: ['what', 'queue', 'scan', 'sorting as many'],
      rows: [
        ['a tick with nothing due, µs', idleUs, scanUs, Number.NaN],
        ['a tick with 1,000 due, µs', takeUs, scanUs, sortUs],
        ['a tick with 10,000 due, µs', takeManyUs, scanUs, sortManyUs],
        ['setting one anew, µs', moveUs / 2, Number.NaN, Number.NaN],
        ['setting the first time, µs', buildUs, Number.NaN, Number.NaN],
        ['memory a timer, bytes', bytesEach, Number.NaN, Number.NaN],
      ],
    },
  ],
  goals: [
    { name: 'a tick with nothing due, µs', measured: idleUs, atMost: 10 },
    { name: 'times cheaper than a scan', measured: scanUs / idleUs, atLeast: 100 },
    // Ten times as many cost 10 × log 10,000 ÷ log 1,000 = 13 times as much, and what no longer fits the processor's cache.
    { name: '10,000 due ÷ 1,000 due', measured: takeManyUs / takeUs, atMost: 30 },
    { name: 'the same order after a restart', measured: Number(isSame && isOrdered && found === 0), atLeast: 1 },
  ],
  results: {
    count,
    idleUs,
    scanUs,
    takeUs,
    takeManyUs,
    sortUs,
    sortManyUs,
    moveUs,
    buildUs,
    bytesEach,
    isSame,
    isOrdered,
  },
})
