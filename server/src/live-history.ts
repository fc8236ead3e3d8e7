/**
 * `node live-history.js`: before the first start of the demo, the days that came before it are lived through the real engine at full
 * speed. Ends with 0 where there is nothing to live, and where it was told to stop; what was lived by then is thrown away next time.
 */
import { timeTargetsOf } from '../../shared/model/dispatch-settings.ts'
import { loadCity } from './city/load-city.ts'
import { readProcessConfig, type Config } from './config.ts'
import { defaultAlarmRules } from './domain/alarm-rules.ts'
import { defaultCaseClasses } from './domain/case-classes.ts'
import { livePast } from './past/live-past.ts'
import { loadPlayer } from './past/player-line.ts'
import { ensureDataFolder } from './platform/data-folder.ts'
import { hashEvent, hashText } from './platform/event-hash.ts'
import { createPinoLog } from './platform/pino-log.ts'
import { createPrometheusMetrics } from './platform/prometheus-metrics.ts'
import { StartError } from './platform/start-error.ts'
import { systemClock } from './platform/system-clock.ts'
import { tryPorts } from './platform/try-ports.ts'
import { openStore } from './store/open-store.ts'

const seed = 1
const sayEveryMs = 3000
const hourMs = 3_600_000
const say = (line: string) => process.stdout.write(`· ${line}\n`)

/** Why this city has no past to live, or null. */
function whyNot(config: Config): string | null {
  if (!config.simulator) return 'the simulator is off'
  if (config.demo === 'off' || (config.demo === 'auto' && !config.isLoopback)) return 'this is no demo'
  return null
}

async function live(config: Config, isStopping: () => boolean, onStop: (stop: () => void) => void): Promise<void> {
  const { dataDir, cityDir, databaseUrl, historyDays: days } = config
  const reason = whyNot(config)
  if (reason !== null) return void say(`no history: ${reason}`)
  await tryPorts(config)
  ensureDataFolder(dataDir)
  const log = createPinoLog(config.logLevel)
  const city = await loadCity(cityDir, { caseClasses: defaultCaseClasses, alarmRules: defaultAlarmRules })
  const store = await openStore({
    dataDir,
    databaseUrl,
    onProgress: say,
    clock: systemClock,
    hashEvent,
    hashText,
    timeZone: city.profile.timeZone,
    timeTargets: timeTargetsOf(city),
    retention: {
      rawRetentionMs: config.rawRetentionHours * hourMs,
      rollupRetentionMs: config.rollupRetentionDays * 24 * hourMs,
    },
  })
  if (isStopping()) return store.close()
  const player = await loadPlayer(new URL('./history.js', import.meta.url))
  onStop(() => player.stop())
  const startedAt = performance.now()
  const seconds = () => Math.round((performance.now() - startedAt) / 1000)
  let saidAt = -Infinity
  try {
    const lived = await livePast({
      store,
      city,
      cityDir,
      dataDir,
      player: player.ask,
      days,
      seed,
      now: systemClock.now,
      log,
      metrics: createPrometheusMetrics(),
      onProgress: ({ day, days, cases }) => {
        if (performance.now() - saidAt < sayEveryMs) return
        saidAt = performance.now()
        say(`living ${days} days of history: day ${day}/${days}, ${cases.toLocaleString('en')} cases (${seconds()} s)`)
      },
    })
    if (lived === null) return
    const { cases, alarms, events, readings } = lived.counts
    const numbers = [`${cases.toLocaleString('en')} cases`, `${alarms.toLocaleString('en')} alarms`]
    numbers.push(`${events.toLocaleString('en')} events`, `${readings.toLocaleString('en')} readings`)
    say(`history is lived: ${numbers.join(', ')} (${seconds()} s)`)
  } catch (error) {
    if (!isStopping()) throw error
  } finally {
    await store.close()
  }
}

const settings = readProcessConfig()
if (!settings.ok) {
  process.stderr.write(`tongguan: ${settings.problem}\n`)
  process.exit(2)
}
let isStopping = false
let stopPlayer = () => undefined as void
const stop = () => {
  isStopping = true
  stopPlayer()
}
process.on('SIGTERM', stop)
process.on('SIGINT', stop)
try {
  await live(
    settings.config,
    () => isStopping,
    (stopIt) => (stopPlayer = stopIt),
  )
  process.exit(0)
} catch (error) {
  const text = error instanceof Error ? error.message.trim().replaceAll(/\s*\n\s*/g, ' ') : String(error)
  process.stderr.write(`tongguan: ${error instanceof StartError ? '' : 'history: '}${text}\n`)
  process.exit(1)
}
