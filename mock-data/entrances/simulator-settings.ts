/** What the simulator is told, by arguments or environment. A bad value stops it with one line. */
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { scenarioCodes, scenarioNamed, scenarios, type ScenarioCode } from '../../shared/model/scenario.ts'
import { readArguments, UsageError } from './arguments.ts'

export const simulatorParts = ['signals', 'citizens', 'crews', 'officer'] as const
export type SimulatorPart = (typeof simulatorParts)[number]

export interface SimulatorSettings {
  readonly url: string
  /** Null = no MQTT. */
  readonly mqttUrl: string | null
  readonly cityDir: string
  readonly dataDir: string
  readonly speed: number
  readonly seed: number
  /** Null = an ordinary run at the hour it is. */
  readonly scenario: ScenarioCode | null
  /** Multiplies devices and rates. */
  readonly scale: number
  /** Every device speaks this often, ms; null = in its kind's rhythm. */
  readonly everyMs: number | null
  readonly parts: ReadonlySet<SimulatorPart>
  /** An ordinary run begins with one of each urgent kind within a minute, so that a new viewer sees the loop turn. */
  readonly hasOpening: boolean
  readonly key: string | null
  readonly password: string | null
}

export const simulatorHelp = `Plays the people and devices of a city against a running server, through its public doors.

    --url URL     SIMULATOR_URL    the server (default http://127.0.0.1:PORT)
    --city DIR    CITY             its city pack (default DATA_DIR/city)
    --speed N     SIMULATOR_SPEED  1 to 60: how fast people work, drive and report (default 1)
    --parts LIST  SIMULATOR_PARTS  of signals, citizens, crews, officer (default all)
    --seed N      SIMULATOR_SEED   another day with the same city (default 1)
    --scenario S  SCENARIO         a scripted day, by code or Chinese name: ${scenarioCodes.join(', ')}
    --scale N     SIMULATOR_SCALE  1 to 100: that many times the devices, happenings and calls (default 1)
    --opening W   SIMULATOR_OPENING  on or off: does an ordinary run begin with one of each urgent kind (default on)
    --every S     SIMULATOR_EVERY  every device speaks each S seconds, whatever its kind; for load
  also read: MQTT_PORT (0 = speak HTTP only), INGEST_KEY, DRILL_KEY, DEMO_PASSWORD, DATA_DIR`

function scenarioOf(text: string | null): ScenarioCode | null {
  if (text === null) return null
  const code = scenarioNamed(text)
  if (code !== null) return code
  const known = scenarioCodes.map((one) => `${one} (${scenarios[one].name.zh})`).join(', ')
  throw new UsageError(`SCENARIO is ${text}; allowed: ${known}`)
}

function partsOf(text: string): ReadonlySet<SimulatorPart> {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)
  for (const name of names)
    if (!(simulatorParts as readonly string[]).includes(name))
      throw new UsageError(`SIMULATOR_PARTS has ${name}; allowed: ${simulatorParts.join(', ')}`)
  return new Set(names as SimulatorPart[])
}

function openingOf(text: string | null): boolean {
  if (text !== null && text !== 'on' && text !== 'off')
    throw new UsageError(`SIMULATOR_OPENING is ${text}; allowed: on, off`)
  return text !== 'off'
}

/** Null where only help was asked for. */
export function readSimulatorSettings(argv: readonly string[], env: NodeJS.ProcessEnv): SimulatorSettings | null {
  const args = readArguments(
    argv,
    ['url', 'city', 'speed', 'parts', 'seed', 'scenario', 'scale', 'opening', 'every'],
    ['help'],
  )
  if (args.has('help')) return null
  const said = (flag: string, name: string) => args.text(flag) ?? (env[name] || null)
  const number = (flag: string, name: string, fallback: number, min: number, max: number) => {
    const text = said(flag, name)
    const n = text === null ? fallback : Number(text)
    if (!Number.isFinite(n) || n < min || n > max)
      throw new UsageError(`${name} is ${text}; allowed: a number from ${min} to ${max}`)
    return n
  }
  const dataDir = resolve(env['DATA_DIR'] ?? 'data')
  const anyHost = env['HOST'] === undefined || ['', '0.0.0.0', '::'].includes(env['HOST'])
  const host = anyHost ? '127.0.0.1' : (env['HOST'] as string)
  const url = (said('url', 'SIMULATOR_URL') ?? `http://${host}:${env['PORT'] ?? '8080'}`).replace(/\/+$/, '')
  const mqttPort = env['MQTT_PORT'] ?? '1883'
  return {
    url,
    mqttUrl: mqttPort === '0' ? null : `mqtt://${new URL(url).hostname}:${mqttPort}`,
    cityDir: resolve(said('city', 'CITY') ?? join(dataDir, 'city')),
    dataDir,
    // The server's own setting allows more; people and engines do not.
    speed: Math.max(1, Math.min(60, number('speed', 'SIMULATOR_SPEED', 1, 0.1, 3600))),
    seed: Math.trunc(number('seed', 'SIMULATOR_SEED', 1, 0, 4_294_967_295)),
    scenario: scenarioOf(said('scenario', 'SCENARIO')),
    scale: number('scale', 'SIMULATOR_SCALE', 1, 1, 100),
    everyMs:
      said('every', 'SIMULATOR_EVERY') === null ? null : 1000 * number('every', 'SIMULATOR_EVERY', 60, 1, 86_400),
    hasOpening: openingOf(said('opening', 'SIMULATOR_OPENING')),
    parts: partsOf(said('parts', 'SIMULATOR_PARTS') ?? simulatorParts.join(',')),
    key: env['INGEST_KEY'] || null,
    password: env['DEMO_PASSWORD'] || null,
  }
}

/** The demo accounts' password: said, or read where the server on this machine wrote it. Null where there is none. */
export async function demoPassword({ password, dataDir }: SimulatorSettings): Promise<string | null> {
  if (password !== null) return password
  try {
    const text = await readFile(join(dataDir, 'demo-accounts.txt'), 'utf8')
    return /^password: (.+)$/m.exec(text)?.[1] ?? null
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
