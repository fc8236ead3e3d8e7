/** Sensors on maps over a real socket: gathered by tile, changed tiles only, and no further than the account sees. */
import { afterEach, describe, expect, it } from 'vitest'
import type { MapSensors, SensorTile } from '../../../shared/contract/map-sensors.ts'
import { contractVersion } from '../../../shared/contract/realtime.ts'
import type { MapView } from '../../../shared/model/sensor-mark.ts'
import { startMemoryServer, until, type MemoryServer } from '../../support/memory-server.ts'
import { noon, sampleAlarm, sampleReading, sampleSensor } from '../../support/sample-rows.ts'

let server: MemoryServer
afterEach(() => server.close())

const whole: MapView = { bbox: [120.9, 30.9, 122.1, 31.1], zoom: 6 }
const close: MapView = { bbox: [121.009, 30.999, 121.011, 31.001], zoom: 16 }

async function look(who: string, view: MapView | null) {
  const socket = await server.connect(who)
  const heard: MapSensors[] = []
  const tiles = new Map<string, SensorTile>()
  socket.on('map:sensors', (sent) => {
    heard.push(sent)
    if (sent.whole) tiles.clear()
    for (const tile of sent.tiles) tiles.set(tile.tile, tile)
  })
  await socket.emitWithAck('sync:hello', { contract: contractVersion, topics: { state: true, telemetry: {} } })
  socket.emit('map:view', view)
  const marks = () => [...tiles.values()].flatMap((tile) => tile.marks)
  const count = () => marks().reduce((sum, mark) => sum + mark.count, 0)
  const worst = () => marks().reduce((most, mark) => (mark.worst > 0 ? Math.min(most, mark.worst) : most), 9)
  return { socket, heard, marks, count, worst }
}
async function start() {
  server = await startMemoryServer()
  const sensors = [1, 2, 3, 90].map((id) => sampleSensor(id))
  server.engine.put({
    sensors: [...sensors, sampleSensor(4, { position: null })],
    readings: sensors.map(({ id }) => sampleReading(id, 1, { phenomenonAt: noon })),
  })
}

describe('a map', () => {
  it('is sent crowds from afar, single sensors from near, and only what lies in its view', async () => {
    await start()
    const seen = await look('duty', whole)
    await until(() => (seen.count() === 4 ? true : undefined))
    expect(seen.marks().length).toBeLessThan(4)
    seen.socket.emit('map:view', close)
    await until(() => (seen.heard.length >= 2 && seen.count() === 1 ? true : undefined))
    expect(seen.heard.at(-1)?.whole).toBe(true)
    expect(seen.marks()).toMatchObject([{ sensorId: 1, kind: 'water-depth', count: 1, worst: 0 }])
  })
  it('is told of a level that came and went by the tiles it concerns', async () => {
    await start()
    const seen = await look('wall', whole)
    await until(() => (seen.count() === 4 ? true : undefined))
    const alarm = sampleAlarm({ id: 'a', sensorId: 90, priority: 2, state: 'unacknowledged' })
    server.engine.put({ alarms: [alarm] })
    await until(() => (seen.worst() === 2 ? true : undefined))
    const last = seen.heard.at(-1)
    expect(last?.whole).toBe(false)
    expect(last?.tiles.every(({ tile }) => tile.startsWith('6/'))).toBe(true)
    server.engine.put({ alarms: [{ ...alarm, state: 'returned' }] })
    await until(() => (seen.worst() === 9 ? true : undefined))
    expect(seen.count()).toBe(4)
  })
  it('of a department shows where sensors are and no level, as its list of alarms has none', async () => {
    await start()
    server.engine.put({ alarms: [sampleAlarm({ id: 'a', sensorId: 1, priority: 1, state: 'unacknowledged' })] })
    const [officer, department] = [await look('duty', whole), await look('dept', whole)]
    await until(() => (officer.worst() === 1 && department.count() === 4 ? true : undefined))
    expect(department.worst()).toBe(9)
  })
  it('of a crew is sent nothing, and a view that is none is ignored', async () => {
    await start()
    const [crew, officer] = [await look('crew', whole), await look('duty', null)]
    for (const wrong of [{ bbox: [122, 31, 121, 32], zoom: 9 }, { bbox: [121, 31, 122, 32] }, 'all', undefined])
      officer.socket.emit('map:view', wrong as never)
    officer.socket.emit('map:view', whole)
    await until(() => (officer.count() === 4 ? true : undefined))
    expect(officer.heard).toHaveLength(1)
    expect(crew.heard).toEqual([])
  })
})
