/**
 * What grows with the number of sensors: 1,000 beside 100,000 in one run. First the judging alone, in a process of its
 * own; then the whole server, to which sensors are registered by batch requests and speak twice each, in data arrays.
 */
import { doorClient } from '../../mock-data/entrances/door-client.ts'
import { registerThings } from '../../mock-data/entrances/register-things.ts'
import { sensorKinds } from '../../shared/model/sensor-kinds.ts'
import { city, ingestKey, newDataDir, startServer } from '../support/program.ts'
import { startProgram } from './support/child.ts'
import { memoryMb, sleep, stopwatch } from './support/measure.ts'
import { conclude } from './support/report.ts'
import { benchThings } from './support/sensors.ts'

const few = Number(process.env.SENSORS_FEW ?? 1_000)
const many = Number(process.env.SENSORS_MANY ?? 100_000)
const rate = 2_000
const rowsARequest = 500

interface Judging {
  readonly count: number
  readonly evaluationUs: number
  readonly wayUs: number
  readonly judgedBytes: number
  readonly allBytes: number
}
async function judging(count: number): Promise<Judging> {
  const program = await startProgram<Judging>('many-sensors', [String(count)])
  await program.stop()
  return program.hello
}

/** Each sensor says one thing, `rate` a second in all. Answers the server's CPU µs a reading. */
async function speak(url: string, pid: number, ids: readonly number[], readings: number, startAt: number) {
  const watch = stopwatch(pid)
  const startedAt = performance.now()
  const underWay: Promise<void>[] = []
  for (let sent = 0; sent < readings; sent += rowsARequest) {
    await sleep(Math.max(0, startedAt + (sent / rate) * 1000 - performance.now()))
    const body = Array.from({ length: rowsARequest }, (_, i) => ({
      Datastream: { '@iot.id': ids[(sent + i) % ids.length] },
      components: ['phenomenonTime', 'result'],
      dataArray: [[new Date(startAt + Math.floor((sent + i) / ids.length) * 10).toISOString(), 20 + (i % 7) / 10]],
    }))
    const headers = { 'content-type': 'application/json', 'x-api-key': ingestKey }
    const asked = { method: 'POST', headers, body: JSON.stringify(body) }
    underWay.push(
      fetch(`${url}/sta/v1.1/CreateObservations`, asked).then(async (answer) => {
        if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`)
      }),
    )
  }
  await Promise.all(underWay)
  return (watch().used * 1e6) / readings
}

async function whole(count: number) {
  const server = await startServer({ dataDir: newDataDir(), env: { CITY: await city() } })
  const things = benchThings(
    sensorKinds.map(({ code }) => code),
    0,
    count,
  )
  const watch = stopwatch(server.pid)
  const ids = [...(await registerThings(doorClient({ url: server.url, key: ingestKey }), things)).values()]
  const { seconds, used } = watch()
  const startAt = Date.now() - 60_000
  const firstUs = await speak(server.url, server.pid, ids, Math.max(count, 20_000), startAt)
  const laterUs = await speak(server.url, server.pid, ids, 100_000, startAt + 30_000)
  const { now, peak } = memoryMb(server.pid)
  await server.stop('SIGKILL')
  return { count, perSecond: count / seconds, registerUs: (used * 1e6) / count, firstUs, laterUs, now, peak }
}

const judged = [await judging(few), await judging(many)] as const
const served = [await whole(few), await whole(many)] as const
const ratio = <Row>(rows: readonly [Row, Row], of: (row: Row) => number) => of(rows[1]) / of(rows[0])

const isMet = conclude({
  bench: 'sensors',
  results: { judged, served },
  tables: [
    {
      title: 'judging alone: CPU µs a reading, bytes a sensor',
      head: ['sensors', 'alarm rules', 'intake to commit', 'bytes, judging', 'bytes, with its catalogue'],
      rows: judged.map((row) => [
        row.count.toLocaleString('en'),
        row.evaluationUs,
        row.wayUs,
        // Of few a process's own noise is as large.
        row.count < 10_000 ? Number.NaN : Math.round(row.judgedBytes),
        row.count < 10_000 ? Number.NaN : Math.round(row.allBytes),
      ]),
    },
    {
      title: `the whole server, embedded database in it: ${rate.toLocaleString('en')} readings a second in data arrays`,
      head: ['sensors', 'registered/s', 'CPU µs each', 'µs a first reading', 'µs a reading', 'RSS MB', 'peak MB'],
      rows: served.map((row) => [
        row.count.toLocaleString('en'),
        Math.round(row.perSecond),
        Math.round(row.registerUs),
        row.firstUs,
        row.laterUs,
        Math.round(row.now),
        Math.round(row.peak),
      ]),
    },
  ],
  goals: [
    {
      name: `alarm rules at ${many.toLocaleString('en')} sensors, µs a reading`,
      measured: judged[1].evaluationUs,
      atMost: 3,
    },
    { name: 'judging, bytes a sensor', measured: judged[1].judgedBytes, atMost: 1024 },
    { name: 'alarm rules, many ÷ few', measured: ratio(judged, (row) => row.evaluationUs), atMost: 10 },
    { name: 'whole server, µs a reading with many', measured: served[1].laterUs, atMost: 60 },
    // With few each minute row holds many readings, with many one: the rest of the ratio is the database's.
    { name: 'whole server, a reading with many ÷ few', measured: ratio(served, (row) => row.laterUs), atMost: 6 },
    { name: 'registering, CPU a device with many ÷ few', measured: ratio(served, (row) => row.registerUs), atMost: 2 },
    { name: 'server memory with many, MB', measured: served[1].now, atMost: 1024 },
  ],
})
process.exit(isMet ? 0 : 1)
