/**
 * The simulated city: devices, citizens, crews and a duty officer, in a process of their own, by the public doors alone.
 * The server cannot tell them from a real city, and needs none of them.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { canBeSent } from './crews/best-crew.ts'
import { filingConditions } from './crews/filing-conditions.ts'
import type { Desk } from './crews/due.ts'
import { officerMind } from './crews/officer-mind.ts'
import { account, type Account } from './entrances/account.ts'
import { UsageError } from './entrances/arguments.ts'
import { readCityFiles } from './entrances/city-files.ts'
import { doorClient, type DoorClient } from './entrances/door-client.ts'
import { doorKey, drillKey } from './entrances/door-key.ts'
import { mqttLine } from './entrances/mqtt-line.ts'
import { playCrews } from './entrances/play-crews.ts'
import { playLife } from './entrances/play-life.ts'
import { playAttendance } from './entrances/play-attendance.ts'
import { playOfficer } from './entrances/play-officer.ts'
import {
  demoPassword,
  readSimulatorSettings,
  simulatorHelp,
  type SimulatorSettings,
} from './entrances/simulator-settings.ts'
import { watchState, type StateWatch } from './entrances/state-watch.ts'
import { offeredServices } from './entrances/offered-services.ts'
import { gazetteerOf } from './incidents/gazetteer.ts'
import { cityNow } from './life/city-now.ts'
import { cityTime } from './life/city-time.ts'
import { customaryCalendar, officeHours } from '../shared/model/office-hours.ts'

const say = (words: string) => console.log(`simulator: ${words}`)

/** The same trouble again and again is said once a minute. */
function sayRarely(): (words: string) => void {
  const saidAt = new Map<string, number>()
  return (words) => {
    const now = performance.now()
    if (now - (saidAt.get(words) ?? -Infinity) < 60_000) return
    if (saidAt.size > 200) saidAt.clear()
    saidAt.set(words, now)
    say(words)
  }
}

async function ready(client: DoorClient, signal: AbortSignal): Promise<void> {
  for (let isFirst = true; !signal.aborted; isFirst = false) {
    // 503 is waited out by the client itself, as is a server that is not there yet.
    const { status } = await client.ask({ path: '/readyz' })
    if (status === 200) return
    if (isFirst) say(`waiting for the server: /readyz says ${status}`)
    await pause(1000, undefined, { signal })
  }
}

async function play(settings: SimulatorSettings, signal: AbortSignal): Promise<void> {
  const closers: (() => void | Promise<void>)[] = []
  try {
    const parts = await prepare(settings, signal, closers)
    await Promise.all(parts.map((play) => play()))
  } finally {
    // Also where the stop came half-way through the beginning: a line left open would keep the process alive.
    for (const close of closers) await close()
  }
}

/** Opens the lines and answers the parts, ready to play; whatever is opened puts its closer into `closers` at once. */
async function prepare(
  settings: SimulatorSettings,
  signal: AbortSignal,
  closers: (() => void | Promise<void>)[],
): Promise<(() => Promise<void>)[]> {
  const { url, speed, seed, parts } = settings
  const city = await readCityFiles(settings.cityDir)
  await ready(doorClient({ url, patienceMs: Infinity, signal }), signal)
  const key = await doorKey(settings.key, { DATA_DIR: settings.dataDir })
  if (key === null) throw new UsageError('no key of the doors: set INGEST_KEY, or DATA_DIR of the server')
  const password = await demoPassword(settings)
  const client = doorClient({ url, key, patienceMs: Infinity, signal })
  const trouble = sayRarely()
  const needsPeople = parts.has('crews') || parts.has('officer')
  if (needsPeople && password === null)
    trouble('no crews and no officer: the server made no demo accounts (DEMO_PASSWORD, or DATA_DIR of the server)')
  const mqtt = settings.mqttUrl && (parts.has('signals') || parts.has('crews')) ? mqttLine(settings.mqttUrl, key) : null
  if (mqtt) closers.push(() => mqtt.close())
  const startAt = Date.now()
  const inCity = cityNow(cityTime({ startAt, originAt: startAt, speed, timeZone: city.head.timeZone }))
  const playing: (() => Promise<void>)[] = []

  let watch: StateWatch | null = null
  let hotline: Account | null = null
  if (password !== null) {
    const duty = account(client, 'duty', password)
    hotline = duty
    const gazetteer = gazetteerOf(city)
    const placeOfWords = (words: string) => gazetteer.find(words)
    const office = officeHours(city.calendar ?? customaryCalendar, city.head.timeZone)
    const classes = await offeredServices(client)
    const departments = city.departments.map(({ id }) => id)
    const isFree = (unitId: string) => canBeSent(watch?.units.get(unitId))
    const mind = officerMind({
      ...{ speed, seed, placeOfWords, classes, city: inCity, office, departments, isFree },
      conditions: filingConditions(city.caseClasses),
      settings: city.caseSettings,
    })
    const seen = watchState(
      url,
      duty,
      (before, after, id) => (after ? mind.seen(before, after, Date.now()) : mind.forget(id)),
      trouble,
    )
    watch = seen
    closers.push(() => seen.close())
    const common = { client, watch: seen, speed, signal, say: trouble }
    if (parts.has('crews')) playing.push(() => playCrews({ ...common, city, now: inCity, mqtt, password, seed }))
    if (parts.has('officer')) {
      const desk = (username: Desk) => account(client, username, password)
      const desks = { duty, chief: desk('chief'), manager: desk('manager'), dept: desk('dept') }
      playing.push(() => playOfficer({ ...common, desks, mind }))
      playing.push(() => playAttendance({ duty, seed, signal, say: trouble }))
    }
  }
  if (parts.has('signals') || parts.has('citizens')) {
    const forDrills = await drillKey({ ...process.env, DATA_DIR: settings.dataDir })
    playing.push(() =>
      playLife({
        client,
        drillClient: forDrills === null ? null : doorClient({ url, key: forDrills, patienceMs: Infinity, signal }),
        hotline,
        city,
        mqtt,
        watch,
        onBegin: (life) => inCity.begin(life),
        seed,
        speed,
        scenario: settings.scenario,
        scale: settings.scale,
        everyMs: settings.everyMs,
        hasOpening: settings.hasOpening,
        playsSignals: parts.has('signals'),
        playsCitizens: parts.has('citizens'),
        signal,
        say: trouble,
      }),
    )
  }
  say(
    `${city.head.name}: ${city.devices.length} devices, ${city.crews.length} crews, ${[...parts].join(' ')}, speed ${speed}` +
      (settings.scenario === null ? '' : `, scenario ${settings.scenario}`),
  )
  return playing
}

const stop = new AbortController()
process.once('SIGINT', () => stop.abort())
process.once('SIGTERM', () => stop.abort())
try {
  const settings = readSimulatorSettings(process.argv.slice(2), process.env)
  if (settings === null) console.log(simulatorHelp)
  else await play(settings, stop.signal)
} catch (error) {
  // Work cut off by the stop itself is no failure.
  if (!stop.signal.aborted) {
    console.error(error instanceof UsageError ? `simulator: ${error.message}` : error)
    process.exitCode = error instanceof UsageError ? 2 : 1
  }
}
