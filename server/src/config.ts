/**
 * The settings, and the only reader of `process.env`. Guarantees that every setting is either honoured or refused by name:
 * a value that is not allowed, and a setting this version cannot keep, are errors of one line.
 */
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { baseMapFile, mapCrsNames, type MapCrs } from '../../shared/contract/base-map.ts'
import { mostHistoryDays } from '../../shared/contract/history.ts'
import { mostConsoles } from '../../shared/model/load-control.ts'
import { scenarioCodes, scenarioNamed, scenarios, type ScenarioCode } from '../../shared/model/scenario.ts'
import { mayAsk } from './city/base-map/outside-address.ts'
import { logLevels, type LogLevel } from './platform/pino-log.ts'

/** Of this program; `package.json` says the same. */
export const version = '0.1.0'

export interface Config {
  /** 0 = any free port (tests). */
  readonly port: number
  readonly host: string
  readonly isLoopback: boolean
  /** 0 = no MQTT. */
  readonly mqttPort: number
  readonly dataDir: string
  /** Folder of the city pack. */
  readonly cityDir: string
  readonly simulator: boolean
  readonly simulatorSpeed: number
  /** Days lived before the demo's first start; 0 = none. */
  readonly historyDays: number
  /** The scripted day the simulator plays; the server itself takes no notice of it. */
  readonly scenario: ScenarioCode | null
  /** An outside base map's style: its address, or a path under `/map/basemap/`; null = the city's own. */
  readonly mapStyle: string | null
  /** How that base map is drawn. */
  readonly mapCrs: MapCrs
  /** PostgreSQL server; null = the embedded one. */
  readonly databaseUrl: string | null
  /** `auto`: only where no account has been made and HOST is loopback. */
  readonly demo: 'on' | 'off' | 'auto'
  readonly demoPassword: string | null
  readonly ingestKey: string | null
  /** Key of what drills bring. */
  readonly drillKey: string | null
  readonly logLevel: LogLevel
  readonly rawRetentionHours: number
  readonly rollupRetentionDays: number
  /** Telemetry frames a second. */
  readonly telemetryHz: number
  /** Officers' consoles that share the load of alarms. */
  readonly consoles: number
  /** How bulletins are mailed, from whom and to whom; null = they are not. */
  readonly mail: { readonly url: string; readonly from: string; readonly to: readonly string[] } | null
}

export type Env = Readonly<Record<string, string | undefined>>
class BadSetting extends Error {}
/** Never shown again, not even when wrong. */
const secrets = new Set(['MAP_STYLE', 'DATABASE_URL', 'DEMO_PASSWORD', 'INGEST_KEY', 'DRILL_KEY', 'SMTP_URL'])

function reader(env: Env) {
  const text = (name: string): string | null => {
    const value = env[name]?.trim()
    return value === undefined || value === '' ? null : value
  }
  const bad = (name: string, allowed: string): never => {
    const shown = secrets.has(name) ? '' : `=${JSON.stringify(text(name))}`
    throw new BadSetting(`${name}${shown} is not allowed: it must be ${allowed}`)
  }
  const number = (name: string, fallback: number, min: number, max: number, isWhole: boolean): number => {
    const value = text(name)
    if (value === null) return fallback
    const parsed = /^\d+(\.\d+)?$/.test(value) ? Number(value) : NaN
    const fits = parsed >= min && parsed <= max && (!isWhole || Number.isInteger(parsed))
    return fits ? parsed : bad(name, `a ${isWhole ? 'whole ' : ''}number from ${min} to ${max}`)
  }
  const choice = <T extends string>(name: string, fallback: T, allowed: readonly T[]): T => {
    const value = text(name)
    if (value === null) return fallback
    return allowed.find((word) => word === value.toLowerCase()) ?? bad(name, `one of ${allowed.join(', ')}`)
  }
  const matching = (name: string, pattern: RegExp, allowed: string): string | null => {
    const value = text(name)
    return value === null || pattern.test(value) ? value : bad(name, allowed)
  }
  return { text, bad, number, choice, matching }
}

const unsupported: readonly (readonly [name: string, instead: string])[] = [
  ['MQTT_URL', 'an outside broker; the embedded one listens on MQTT_PORT'],
  ['REDIS_URL', 'several gateways; this version runs every role in one process'],
]

function parse(env: Env): Config {
  const { text, bad, number, choice, matching } = reader(env)
  for (const [name, meaning] of unsupported)
    if (text(name) !== null) throw new BadSetting(`${name} is not supported in this version (${meaning}): unset it`)
  const roles = text('ROLES')
  const all = ['edge', 'engine', 'gateway']
  const named = roles?.split(',').map((role) => role.trim().toLowerCase()) ?? []
  if (roles !== null && roles !== 'all') {
    if (named.some((role) => !all.includes(role))) bad('ROLES', `all, or ${all.join(',')}`)
    if (!all.every((role) => named.includes(role)))
      throw new BadSetting('ROLES other than all are not supported in this version: unset it')
  }
  const host = text('HOST') ?? '127.0.0.1'
  if (isIP(host) === 0 && !/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(host)) bad('HOST', 'an IP address or a host name')
  const [keyPattern, keyRule] = [/^[\x21-\x7e]{1,200}$/, 'up to 200 visible ASCII characters'] as const
  const ingestKey = matching('INGEST_KEY', keyPattern, keyRule)
  const drillKey = matching('DRILL_KEY', keyPattern, keyRule)
  if (drillKey !== null && drillKey === ingestKey) bad('DRILL_KEY', 'another key than INGEST_KEY')
  const mapStyle = text('MAP_STYLE')
  if (mapStyle !== null && !isStyle(mapStyle))
    bad(
      'MAP_STYLE',
      'an https:// address (http:// only of this machine or a private network), without a user in it, or /map/basemap/NAME.json',
    )
  const mapCrs = choice('MAP_CRS', 'wgs84', mapCrsNames)
  if (mapCrs !== 'wgs84' && mapStyle === null)
    bad('MAP_CRS', "wgs84 unless MAP_STYLE is set: the city's own base map is drawn in WGS 84")
  const smtp = matching('SMTP_URL', /^smtps?:\/\/\S+$/, 'an address that begins with smtp:// or smtps://')
  const address = /^[^\s@,<>]+@[^\s@,<>]+$/
  const from = matching('SMTP_FROM', address, 'one mail address')
  const to =
    text('BULLETIN_TO')
      ?.split(',')
      .map((one) => one.trim()) ?? []
  if (to.length > 50 || !to.every((one) => address.test(one)))
    bad('BULLETIN_TO', 'up to 50 mail addresses with commas between')
  if (smtp !== null && to.length === 0) bad('BULLETIN_TO', 'set where SMTP_URL is: mail addresses with commas between')
  if (smtp !== null && from === null) bad('SMTP_FROM', 'set where SMTP_URL is: one mail address')
  if (smtp === null && (from !== null || to.length > 0)) bad('SMTP_URL', 'set where SMTP_FROM or BULLETIN_TO is')
  const dataDir = resolve(text('DATA_DIR') ?? 'data')
  const city = text('CITY')
  const scenario = text('SCENARIO')
  return {
    port: number('PORT', 8080, 0, 65_535, true),
    host,
    isLoopback: host === 'localhost' || host === '::1' || /^127\./.test(host),
    mqttPort: number('MQTT_PORT', 1883, 0, 65_535, true),
    dataDir,
    cityDir: resolve(city ?? `${dataDir}/city`),
    simulator: choice('SIMULATOR', 'on', ['on', 'off']) === 'on',
    simulatorSpeed: number('SIMULATOR_SPEED', 1, 0.1, 3600, false),
    historyDays: number('HISTORY_DAYS', 30, 0, mostHistoryDays, true),
    scenario:
      scenario === null
        ? null
        : (scenarioNamed(scenario) ??
          bad('SCENARIO', `one of ${scenarioCodes.map((code) => `${code} (${scenarios[code].name.zh})`).join(', ')}`)),
    mapStyle,
    mapCrs,
    databaseUrl: matching('DATABASE_URL', /^postgres(ql)?:\/\/\S+$/, 'an address that begins with postgres://'),
    demo: text('DEMO') === null ? 'auto' : choice('DEMO', 'on', ['on', 'off']),
    demoPassword: matching('DEMO_PASSWORD', /^[^\r\n]{1,256}$/, 'one line of at most 256 characters'),
    ingestKey,
    drillKey,
    logLevel: choice('LOG_LEVEL', 'warn', logLevels),
    rawRetentionHours: number('RAW_RETENTION_HOURS', 24, 1, 24 * 3660, true),
    rollupRetentionDays: number('ROLLUP_RETENTION_DAYS', 400, 1, 3660, true),
    telemetryHz: number('TELEMETRY_HZ', 4, 1, 20, false),
    consoles: number('CONSOLES', 1, 1, mostConsoles, true),
    mail: smtp === null || from === null ? null : { url: smtp, from, to },
  }
}

/** A style that may be asked for, or a file of ours. */
function isStyle(value: string): boolean {
  if (value.startsWith('/')) return baseMapFile(value)?.endsWith('.json') === true
  return URL.canParse(value) && mayAsk(new URL(value))
}

/** The settings, or one line that names the variable and says what is allowed. */
export function readConfig(env: Env): { ok: true; config: Config } | { ok: false; problem: string } {
  try {
    return { ok: true, config: parse(env) }
  } catch (error) {
    if (error instanceof BadSetting) return { ok: false, problem: error.message }
    throw error
  }
}

/** The settings of this process. */
export const readProcessConfig = () => readConfig(process.env)
