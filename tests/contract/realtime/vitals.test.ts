/** The city's sensors in numbers over a real socket: to whoever asks and may, and no further than the account sees. */
import { afterEach, expect, it } from 'vitest'
import { contractVersion, type Hello } from '../../../shared/contract/realtime.ts'
import type { CityVitals } from '../../../shared/model/city-vitals.ts'
import { decodeFrame } from '../../../shared/contract/telemetry-frame.ts'
import { startMemoryServer, until, type MemoryServer } from '../../support/memory-server.ts'
import { noon, sampleReading, sampleSensor } from '../../support/sample-rows.ts'

let server: MemoryServer
afterEach(() => server.close())

async function join(who: string, topics: Hello['topics']) {
  const socket = await server.connect(who)
  const heard: CityVitals[] = []
  const values = new Set<number>()
  let frames = 0
  socket.on('telemetry:vitals', (vitals) => heard.push(vitals))
  socket.on('telemetry:frame', (bytes) => {
    frames++
    decodeFrame(bytes).each((id) => void values.add(id))
  })
  await socket.emitWithAck('sync:hello', { contract: contractVersion, topics })
  return { socket, heard, values, frames: () => frames }
}
async function start() {
  server = await startMemoryServer()
  server.engine.put({
    sensors: [sampleSensor(1), sampleSensor(2), sampleSensor(3, { kind: 'road-speed' })],
    readings: [1, 2, 3].map((id) => sampleReading(id, 10 * id, { phenomenonAt: noon })),
  })
}

it('are told at once and again as they change, with no value of any sensor', async () => {
  await start()
  const wall = await join('wall', { telemetry: { kinds: [] }, vitals: true })
  const depth = () => wall.heard.at(-1)?.kinds.find(({ kind }) => kind === 'water-depth')
  await until(() => wall.heard[0])
  expect(wall.heard[0]).toMatchObject({ registered: 3, outOfService: 0 })
  expect(depth()).toMatchObject({ count: 2, fresh: 2, mean: 15, highest: { sensorId: 2, value: 20 } })
  server.engine.put({ readings: [sampleReading(1, 50, { phenomenonAt: noon + 1 })] })
  await until(() => (depth()?.highest?.sensorId === 1 ? true : undefined))
  expect(wall.frames()).toBe(0)
})
it('are told to nobody who did not ask, and to nobody without a right to values', async () => {
  await start()
  const [desk, crew] = [await join('duty', { telemetry: {} }), await join('crew', { vitals: true })]
  const wall = await join('wall', { vitals: true })
  await until(() => (wall.heard.length >= 2 ? true : undefined))
  expect(desk.heard).toEqual([])
  expect(crew.heard).toEqual([])
})
it('come no more after a hello that does not ask for them', async () => {
  await start()
  const [was, wall] = [await join('chief', { vitals: true }), await join('wall', { vitals: true })]
  await until(() => was.heard[0])
  await was.socket.emitWithAck('sync:hello', { contract: contractVersion, topics: {} })
  const had = was.heard.length
  const since = wall.heard.length
  await until(() => (wall.heard.length >= since + 2 ? true : undefined))
  expect(was.heard).toHaveLength(had)
})
it('leave values of some kinds to a page that names them', async () => {
  await start()
  const roads = await join('duty', { telemetry: { kinds: ['road-speed'] } })
  const all = await join('chief', { telemetry: {} })
  await until(() => (roads.values.has(3) && all.values.size === 3 ? true : undefined))
  server.engine.put({ readings: [1, 2, 3].map((id) => sampleReading(id, id, { phenomenonAt: noon + 1 })) })
  const before = roads.frames()
  await until(() => (roads.frames() > before ? true : undefined))
  expect([...roads.values]).toEqual([3])
})
