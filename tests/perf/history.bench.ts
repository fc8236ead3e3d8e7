/**
 * The days before the demo's first start, lived by the built program as `npm start` runs it: how long, how much, and that what came out is
 * whole. Beside it the same numbers of events and readings put bare into the same kind of database. And what the rules about deviations
 * brought meanwhile, for the devices whose signals are remembered. `--days N`, or BENCH_DAYS.
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { historyFlags } from '../../scripts/node-flags.mjs'
import { defaultAlarmRules } from '../../server/src/domain/alarm-rules.ts'
import { habitMs } from '../../server/src/domain/anomaly/deviation-watch.ts'
import { hashEvent, hashText } from '../../server/src/platform/event-hash.ts'
import { systemClock } from '../../server/src/platform/system-clock.ts'
import { openStore } from '../../server/src/store/open-store.ts'
import { city, demoPassword, ingestKey, newDataDir, root } from '../support/program.ts'
import { startProgram } from './support/child.ts'
import { cpuSeconds, memoryMb } from './support/measure.ts'
import { conclude } from './support/report.ts'

const days = Number(process.env.BENCH_DAYS ?? 30)
const lookEveryMs = 250
const hourMs = 3_600_000
/** Living one day may take this long, s; nothing below the cost of the register of devices. */
const [mostDayS, leastS] = [3, 25]
const dataDir = newDataDir()
const pack = await city('full')

interface Cost {
  readonly seconds: number
  readonly cpuS: number
  readonly peakMb: number
}

/** Runs it to its end; its CPU is that of the last look. */
async function lived(): Promise<Cost & { readonly output: string }> {
  const startedAt = performance.now()
  const child = spawn(process.execPath, [...historyFlags, join(root, 'dist/server/live-history.js')], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      ...{ DATA_DIR: dataDir, CITY: pack, HISTORY_DAYS: String(days), PORT: '0', MQTT_PORT: '0', DATABASE_URL: '' },
      ...{ DEMO_PASSWORD: demoPassword, INGEST_KEY: ingestKey, SIMULATOR: 'on', HOST: '127.0.0.1' },
    },
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => void (output += chunk.toString()))
  let [cpuS, peakMb] = [0, 0]
  const look = setInterval(() => {
    try {
      cpuS = Math.max(cpuS, cpuSeconds(child.pid as number))
      peakMb = Math.max(peakMb, memoryMb(child.pid as number).peak)
    } catch {
      // It has ended between two looks.
    }
  }, lookEveryMs)
  const code = await new Promise((done) => child.on('exit', done))
  clearInterval(look)
  if (code !== 0) throw new Error(`living history ended with ${String(code)}: ${output.slice(-500)}`)
  return { seconds: (performance.now() - startedAt) / 1000, cpuS, peakMb, output }
}

const history = await lived()
const numbers = /history is lived: ([\d,]+) cases, ([\d,]+) alarms, ([\d,]+) events, ([\d,]+) readings/.exec(
  history.output,
)
if (numbers === null) throw new Error(`no history was lived: ${history.output.slice(-500)}`)
const [cases, alarms, events, readings] = numbers.slice(1).map((text) => Number(text.replaceAll(',', ''))) as [
  number,
  number,
  number,
  number,
]

const store = await openStore({
  dataDir,
  databaseUrl: null,
  onProgress: () => undefined,
  clock: systemClock,
  hashEvent,
  hashText,
})
const verdict = await store.auditLog.verify()
const [standing] = await store.database.query(
  `select count(*) as alarms, coalesce(max($1 - raised_at), 0) as oldest from alarm where is_open
    and (body::json->>'incidentId' is null or body::json->>'incidentId' not in (select id from incident where is_open))`,
  [Date.now()],
)
/** Kinds a rule about deviations watches: alarms, and how many of their sensors spoke at all. */
const unusual = await Promise.all(
  defaultAlarmRules
    .filter(({ sense }) => sense === 'deviation')
    .map(async ({ id, kind }) => {
      const [alarms] = await store.database.query(
        'select count(*) as n, count(distinct sensor_id) as sensors from alarm_fact where rule_id = $1',
        [id],
      )
      const [limits] = await store.database.query(
        `select count(*) as n from alarm_fact join sensor on sensor.id = sensor_id where kind = $1 and rule_id <> $2`,
        [kind, id],
      )
      const [sensors] = await store.database.query(
        `select count(*) as n, count(*) filter (where id in (select distinct sensor_id from hour)) as heard
        from sensor where kind = $1`,
        [kind],
      )
      const [all, heard] = [Number(sensors?.n), Number(sensors?.heard)]
      return { id, all, heard, alarms: Number(alarms?.n), of: Number(alarms?.sensors), limits: Number(limits?.n) }
    }),
)
// Nobody's habits are known before a week has passed.
const judgedDays = Math.max(0, days - habitMs / (24 * hourMs))
const [warned] = await store.database.query('select count(*) as n from warning')
await store.close()

const bare = await startProgram('bare-rows')
const bareCost = await bare.ask<{ seconds: number; cpuS: number }>({ events, readings })
await bare.stop()

const isMet = conclude({
  bench: 'history',
  results: {
    days,
    ...{ cases, alarms, events, readings },
    history: { ...history, output: '' },
    verdict,
    unusual,
    standing,
    warned,
    bareCost,
  },
  tables: [
    {
      title: `${days} days before now and what of today is past: ${cases.toLocaleString('en')} cases, ${alarms.toLocaleString('en')} alarms, ${Number(warned?.n)} warnings`,
      head: ['', 'events', 'readings', 's', 'CPU s', 'events/s', 'peak MB'],
      rows: [
        [
          'lived by the real engine',
          events,
          readings,
          history.seconds,
          history.cpuS,
          events / history.seconds,
          Math.round(history.peakMb),
        ],
        [
          'the same rows, bare',
          events,
          readings,
          bareCost.seconds,
          bareCost.cpuS,
          events / bareCost.seconds,
          Number.NaN,
        ],
      ],
    },
    {
      title: `what rules about deviations said in the ${judgedDays} days after a week of learning`,
      head: [
        'rule',
        'sensors',
        'remembered',
        'alarms',
        'of sensors',
        'a day',
        'a day, were all remembered',
        'by limits',
      ],
      rows: unusual.map(({ id, all, heard, alarms: said, of, limits }) => [
        id,
        all,
        heard,
        said,
        of,
        said / judgedDays,
        (said / judgedDays) * (all / heard),
        limits,
      ]),
    },
  ],
  goals: [
    { name: `${days} days lived, s`, measured: history.seconds, atMost: Math.max(leastS, mostDayS * days) },
    { name: 'events of the log that hold the chain', measured: verdict.ok ? verdict.checked : 0, atLeast: events },
    { name: 'alarms that stand without an open case', measured: Number(standing?.alarms), atMost: 20 },
    { name: 'the oldest of them, hours', measured: Number(standing?.oldest) / hourMs, atMost: 96 },
    { name: 'memory peak, MB', measured: history.peakMb, atMost: 1536 },
  ],
})
process.exit(isMet ? 0 : 1)
