import { afterEach, describe, expect, it } from 'vitest'
import { contractVersion, type UnitPlace } from '../../../shared/contract/realtime.ts'
import { decodeFrame } from '../../../shared/contract/telemetry-frame.ts'
import type { UnitFix } from '../../../shared/model/unit.ts'
import { startMemoryServer, until, type MemoryServer, type TestSocket } from '../../support/memory-server.ts'
import { noon, sampleIncident, sampleReading, sampleSensor, sampleUnit } from '../../support/sample-rows.ts'

let server: MemoryServer
afterEach(() => server.close())

function listen(socket: TestSocket) {
  const heard = {
    values: new Map<number, number>(),
    count: 0,
    thinned: 0,
    frames: 0,
    places: new Map<string, UnitPlace>(),
  }
  socket.on('telemetry:frame', (bytes) => {
    const frame = decodeFrame(bytes)
    heard.frames++
    heard.count += frame.count
    heard.thinned += frame.thinned
    frame.each((sensorId, value) => void heard.values.set(sensorId, value))
  })
  socket.on('telemetry:units', (places) => places.forEach((place) => heard.places.set(place.unitId, place)))
  return heard
}
const hello = (socket: TestSocket, bbox?: readonly [number, number, number, number]) =>
  socket.emitWithAck('sync:hello', {
    contract: contractVersion,
    topics: { state: true, telemetry: bbox ? { bbox } : {} },
  })
const fix = (unitId: string, lon: number): UnitFix => ({
  unitId,
  position: [lon, 31],
  headingDeg: null,
  speedMps: null,
  accuracyM: null,
  fixAt: noon,
  receivedAt: noon,
})

describe('values', () => {
  it('all at first, then what changes, and only within the box asked for', async () => {
    server = await startMemoryServer()
    server.engine.put({
      sensors: [sampleSensor(1), sampleSensor(90)],
      readings: [sampleReading(1, 1), sampleReading(90, 9)],
    })
    const whole = await server.connect('duty')
    const part = await server.connect('chief')
    const [all, west] = [listen(whole), listen(part)]
    await hello(whole)
    await hello(part, [121, 30.9, 121.02, 31.1])
    await until(() => (all.values.size === 2 && west.values.size === 1 ? true : undefined))
    server.engine.put({ readings: [sampleReading(90, 99), sampleReading(1, 11)] })
    await until(() => (all.values.get(90) === 99 && west.values.get(1) === 11 ? true : undefined))
    expect([...west.values.keys()]).toEqual([1])
    expect([all.thinned, west.thinned]).toEqual([0, 0])
  })
  it('none for a crew, which gets its own place only', async () => {
    server = await startMemoryServer()
    server.engine.put({
      sensors: [sampleSensor(1)],
      readings: [sampleReading(1, 1)],
      units: [sampleUnit(), sampleUnit({ id: 'FIRE-01' })],
      fixes: [fix('PUMP-01', 121), fix('FIRE-01', 121)],
    })
    const [crew, officer] = [await server.connect('crew'), await server.connect('duty')]
    const [own, all] = [listen(crew), listen(officer)]
    await hello(crew)
    await hello(officer)
    server.engine.put({ fixes: [fix('PUMP-01', 122), fix('FIRE-01', 122)] })
    await until(() =>
      all.places.get('FIRE-01')?.lon === 122 && own.places.get('PUMP-01')?.lon === 122 ? true : undefined,
    )
    expect([...own.places.keys()]).toEqual(['PUMP-01'])
    expect(own.frames).toBe(0)
  })
  it('a box that is none is refused by name', async () => {
    server = await startMemoryServer()
    const socket = await server.connect('duty')
    expect(await hello(socket, [122, 31, 121, 32])).toMatchObject({
      ok: false,
      error: { code: 'INVALID', details: { fields: [{ field: 'topics.telemetry.bbox' }] } },
    })
  })
})

it('the pulse goes on when nothing happens', async () => {
  server = await startMemoryServer()
  const socket = await server.connect('duty')
  let pulses = 0
  socket.on('sync:pulse', (pulse) => {
    expect(pulse).toMatchObject({ epoch: 'memory', newestReadingAt: null })
    pulses++
  })
  await hello(socket)
  await until(() => (pulses >= 2 ? true : undefined))
})

it('a client that stops reading is spared frames, then told how many values it missed; others lose nothing', async () => {
  server = await startMemoryServer({ gateway: { state: { maxPackets: 8, maxBytes: 100_000 } } })
  const sensors = Array.from({ length: 20_000 }, (_, i) => sampleSensor(i + 1))
  server.engine.put({ sensors })
  const [slow, quick] = [await server.connect('duty'), await server.connect('chief')]
  const [thin, full] = [listen(slow), listen(quick)]
  let slowRev = 0
  const slowCases = new Map<string, number>()
  slow.on('state:delta', ({ rev, prev, changes }) => {
    expect(prev).toBeLessThanOrEqual(slowRev)
    slowRev = Math.max(rev, slowRev)
    for (const { table, id, row } of changes) if (table === 'incident' && row) slowCases.set(id, row.version)
  })
  slow.on('state:snapshot', ({ rev, rows }) => {
    slowRev = rev
    for (const { table, id, row } of rows) if (table === 'incident' && row) slowCases.set(id, row.version)
  })
  await hello(slow)
  await hello(quick)
  await until(() => (thin.frames > 0 && full.frames > 0 ? true : undefined))

  // The operating system stops taking the client's packets.
  const raw = (slow.io.engine.transport as unknown as { ws: { _socket: { pause(): void; resume(): void } } }).ws._socket
  raw.pause()
  const thinnedClients = async () =>
    /^tongguan_telemetry_clients_thinned_total (\d+)/m.exec(await server.metrics.text())?.[1]
  let round = 0
  let isThinned = false
  for (; round < 400; round++) {
    const before = full.frames
    server.engine.put({
      readings: sensors.map(({ id }) => sampleReading(id, round)),
      incidents: [sampleIncident({ id: `c${round % 50}`, version: round })],
    })
    await until(() => (full.frames > before ? true : undefined))
    isThinned ||= (await thinnedClients()) !== undefined
    if (isThinned && round % 20 === 19) break
  }
  expect(isThinned).toBe(true)
  raw.resume()
  await until(
    () => (thin.thinned > 0 && thin.values.get(20_000) === round ? true : undefined),
    'thinned client caught up',
  )
  await until(() => (slowRev === server.engine.view.rev ? true : undefined), 'state lane caught up')
  expect(full.thinned).toBe(0)
  // What it got and what it was told it missed is all there was.
  expect(thin.count + thin.thinned).toBe(full.count)
  expect([...thin.values]).toEqual([...full.values])
  expect([...slowCases.values()].sort()).toEqual(
    [...server.engine.view.incidents.values()].map((row) => row.version).sort(),
  )
})
