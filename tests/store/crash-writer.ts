/**
 * A writer to be killed: commits readings and events as fast as it can, keeps house all the while, and says on its output what was
 * acknowledged. Made into one file by crash.test.ts.
 */
import { hashEvent, hashText } from '../../server/src/platform/event-hash.ts'
import { openStore } from '../../server/src/store/open-store.ts'
import { chain, emptyBatch, noonAt, noted, sampleReading } from './samples.ts'

const [, , dataDir = ''] = process.argv
const store = await openStore({ dataDir, databaseUrl: null, clock: { now: () => noonAt }, hashEvent, hashText })
const opened = await store.engineStore.open()
let id = opened.maxReadingId
let head = { seq: opened.headSeq, hash: opened.headHash }

const keepHouse = async (now: number): Promise<void> => {
  await store.history.maintain(now)
  return keepHouse(now + 601_000)
}
void keepHouse(noonAt)
for (;;) {
  const first = id + 1
  const readings = Array.from({ length: 40 }, () => {
    id++
    const late = (id * 7919) % 7_200_000
    return sampleReading({ id, sensorId: (id % 40) + 1, phenomenonAt: noonAt - late, value: id % 100 })
  })
  const events = chain([noted(`${first}`)], head)
  await store.engineStore.commit({ ...emptyBatch, readings, events })
  const last = events.at(-1)
  if (last !== undefined) head = { seq: last.seq, hash: last.hash }
  process.stdout.write(`${head.seq} ${id}\n`)
}
