/**
 * What a sensor costs the judging of readings, in this process alone: argument, how many sensors. Says what an evaluation
 * by the alarm rules takes, what the way through intake and engine takes (the store answers at once and keeps nothing),
 * and the memory a sensor adds.
 */
import { randomUUID } from 'node:crypto'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { observedPropertyBody, sensorBody, thingBody } from '../../../mock-data/signals/things.ts'
import { createDraftList } from '../../../server/src/doors/sensorthings/drafts.ts'
import { AlarmWatch } from '../../../server/src/domain/alarm/watch.ts'
import { DataWatch } from '../../../server/src/domain/alarm/data-watch.ts'
import { defaultAlarmRules } from '../../../server/src/domain/alarm-rules.ts'
import { createEngine } from '../../../server/src/engine/engine.ts'
import { createIntake } from '../../../server/src/intake/intake.ts'
import { hashEvent } from '../../../server/src/platform/event-hash.ts'
import type { EngineStore } from '../../../server/src/ports/store.ts'
import { systemActor } from '../../../shared/model/role.ts'
import type { Reading } from '../../../shared/model/reading.ts'
import type { Sensor } from '../../../shared/model/sensor.ts'
import { sensorKinds } from '../../../shared/model/sensor-kinds.ts'
import { smallCity } from '../../support/small-city.ts'
import { serveParent } from '../support/child.ts'
import { benchThings } from '../support/sensors.ts'
import { valuesOf } from '../support/storm.ts'

const count = Number(process.argv[2] ?? 1000)
const evaluations = 2_000_000
const rounds = 5
const perCommand = 400

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
function memory(): number {
  collect()
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
const cpuUs = () => {
  const { user, system } = process.cpuUsage()
  return user + system
}

const judged = sensorKinds.filter((kind) => defaultAlarmRules.some((rule) => rule.kind === kind.code))
const values = judged.map((kind) => {
  const found = valuesOf(kind)
  if (found === null) throw new Error(`${kind.code}: every value is calm, or none`)
  return found
})
const at = (n: number) => n % judged.length

/** CPU microseconds of one evaluation. One in fifty crosses a limit, so that the watch has something to remember. */
function evaluate(): number {
  const watch = new AlarmWatch(defaultAlarmRules)
  const startAt = Date.now()
  const register = new Map(
    Array.from({ length: count }, (_, n): [number, Sensor] => [
      n,
      {
        ...{
          id: n,
          name: '',
          kind: (judged[at(n)] as (typeof judged)[number]).code,
          unit: '',
          sentUnit: '',
          thingId: n,
        },
        ...{ position: null, districtId: null, intervalMs: 60_000, registeredAt: startAt },
        gateway: `GW-${Math.floor(n / 90)}`,
      },
    ]),
  )
  const dataWatch = new DataWatch(defaultAlarmRules, register, startAt)
  const make = (n: number, value: number, turn: number): Reading => {
    const phenomenonAt = startAt + turn * 60_000
    return { id: turn, sensorId: n, phenomenonAt, receivedAt: phenomenonAt, value, text: null, quality: 0 }
  }
  const turns = Math.ceil(evaluations / count)
  let verdicts = 0
  let spent = 0
  for (let turn = 0; turn < turns; turn++) {
    const readings = Array.from({ length: count }, (_, n) => {
      const { calm, loud } = values[at(n)] as (typeof values)[number]
      return make(n, (n + turn) % 50 === 0 ? loud : calm, turn)
    })
    const before = cpuUs()
    for (const reading of readings) {
      const sensor = register.get(reading.sensorId) as Sensor
      if (watch.observe(sensor.kind, reading, sensor.districtId)) verdicts++
      if (dataWatch.observe(sensor, reading).sensor) verdicts++
    }
    dataWatch.tickGateways(startAt + turn * 60_000)
    dataWatch.tick(startAt + turn * 60_000, 1000)
    spent += cpuUs() - before
  }
  if (verdicts === 0) throw new Error('no rule spoke')
  return spent / (turns * count)
}

const nobody: EngineStore = {
  open: () =>
    Promise.resolve({ epoch: 'bench', headSeq: 0, headHash: '0'.repeat(64), maxReadingId: 0, snapshot: null }),
  events: () => Promise.resolve([]),
  commit: () => Promise.resolve(new Map()),
  knownCommands: () => Promise.resolve(new Map()),
  saveSnapshot: () => Promise.resolve(),
  incident: () => Promise.resolve(null),
  latestReadings: () => Promise.resolve([]),
  latestFixes: () => Promise.resolve([]),
}
const nothing = () => undefined

async function live() {
  const clock = { now: () => Date.now() }
  const metrics = { count: nothing, gauge: nothing, observe: nothing }
  const log = { debug: nothing, info: nothing, warn: nothing, error: (fields: object) => console.error(fields) }
  const settings = { tickMs: 0, loadFrom: Number.POSITIVE_INFINITY, rememberedCommands: 1 }
  const city = smallCity()
  const runtime = createEngine({ store: nobody, city, clock, hasher: hashEvent, log, metrics, settings })
  await runtime.start()
  const { engine, nextReadingId, onTick } = runtime
  const intake = createIntake({ engine, clock, metrics, nextReadingId, onTick })
  const create = async (fill: (list: ReturnType<typeof createDraftList>) => void) => {
    const list = createDraftList((kind, id) => engine.view.entity(kind, id) !== undefined, clock.now())
    fill(list)
    const command = { type: 'catalog.create', drafts: list.drafts } as const
    const outcome = await engine.submit(systemActor, { commandId: randomUUID(), command })
    if (!outcome.ok || list.errors.length > 0) throw new Error(JSON.stringify([outcome, list.errors]))
  }
  await create((list) => {
    for (const { code } of judged) {
      list.add('Sensor', sensorBody(code), '', {})
      list.add('ObservedProperty', observedPropertyBody(code), '', {})
    }
  })
  const empty = memory()
  for (let from = 0; from < count; from += perCommand)
    await create((list) => {
      const some = benchThings(
        judged.map(({ code }) => code),
        from,
        Math.min(perCommand, count - from),
      )
      // As they come off the wire: each with texts of its own.
      for (const [i, thing] of some.entries()) {
        const kind = at(from + i) + 1
        list.add('Thing', JSON.parse(JSON.stringify(thingBody(thing, kind, kind))), '', {})
      }
    })
  const registered = memory()
  const sensors = [...engine.view.sensors.values()]
  const kindAt = new Map<string, number>(judged.map(({ code }, n) => [code, n]))
  const round = async (phenomenonAt: number) => {
    for (let from = 0; from < count; from += 1000) {
      const items = sensors.slice(from, from + 1000).map(({ id, kind }) => {
        const { calm } = values[kindAt.get(kind) as number] as (typeof values)[number]
        return { sensorId: id, result: calm, phenomenonAt }
      })
      const outcomes = await intake.accept(items, Date.now())
      if (outcomes.some((outcome) => !outcome.ok)) throw new Error('a reading was refused')
    }
  }
  const startAt = Date.now() - 100_000
  for (let turn = 0; turn < rounds; turn++) await round(startAt + turn)
  const spoken = memory()
  const turns = Math.max(1, Math.ceil(300_000 / count))
  const before = cpuUs()
  for (let turn = 0; turn < turns; turn++) await round(startAt + rounds + turn)
  const wayUs = (cpuUs() - before) / (turns * count)
  // The row itself stands in the register: as the rules see it, once, and in two maps.
  const copies = sensors.map((sensor) => JSON.parse(JSON.stringify(sensor)) as typeof sensor)
  const bare = memory()
  const maps = [new Map(copies.map((copy) => [copy.id, copy])), new Map(copies.map((copy) => [copy.id, copy]))]
  const inMaps = memory() - bare
  const withRows = memory()
  copies.length = 0
  for (const map of maps) map.clear()
  const row = withRows - memory()
  if (maps.length !== 2 || inMaps <= 0) throw new Error('the rows were not there to be weighed')
  const judgedBytes = (spoken - registered + row) / count
  return { wayUs, judgedBytes, allBytes: (spoken - empty) / count }
}

const evaluationUs = evaluate()
serveParent({ count, evaluationUs, ...(await live()) }, () => null)
