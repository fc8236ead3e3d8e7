import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readConfig, version, type Env } from '../../../server/src/config.ts'

const read = (env: Env) => {
  const result = readConfig(env)
  return result.ok ? result.config : result.problem
}

describe('settings', () => {
  it('have defaults, and an empty one is none', () => {
    expect(read({})).toMatchObject({
      port: 8080,
      host: '127.0.0.1',
      isLoopback: true,
      mqttPort: 1883,
      simulator: true,
      simulatorSpeed: 1,
      historyDays: 30,
      databaseUrl: null,
      demo: 'auto',
      rawRetentionHours: 24,
      rollupRetentionDays: 400,
      telemetryHz: 4,
      consoles: 1,
    })
    expect(read({ PORT: '', HOST: ' ' })).toEqual(read({}))
  })
  it('are taken as given', () => {
    expect(
      read({ PORT: '0', HOST: '0.0.0.0', MQTT_PORT: '0', SIMULATOR: 'off', DEMO: 'ON', ROLES: 'engine, edge,gateway' }),
    ).toMatchObject({ port: 0, isLoopback: false, mqttPort: 0, simulator: false, demo: 'on' })
    expect(read({ HISTORY_DAYS: '0' })).toMatchObject({ historyDays: 0 })
    expect(read({ HISTORY_DAYS: '400' })).toMatchObject({ historyDays: 400 })
    expect(read({ DATA_DIR: '/d' })).toMatchObject({ dataDir: '/d', cityDir: '/d/city' })
    for (const name of ['rainstorm', '暴雨内涝', ' Rainstorm flooding '])
      expect(read({ SCENARIO: name })).toMatchObject({ scenario: 'rainstorm' })
    expect(read({})).toMatchObject({ scenario: null })
    for (const mapStyle of ['https://a.example/s.json?key=1', 'http://10.0.0.1/s', '/map/basemap/s.json'])
      expect(read({ MAP_STYLE: mapStyle, MAP_CRS: 'GCJ02' })).toMatchObject({ mapStyle, mapCrs: 'gcj02' })
    expect(read({})).toMatchObject({ mapStyle: null, mapCrs: 'wgs84' })
    const mail = { SMTP_URL: 'smtp://u:p@mail.example:25', SMTP_FROM: 'kpi@city.example' }
    expect(read({ ...mail, BULLETIN_TO: 'a@city.example, b@city.example' })).toMatchObject({
      mail: { url: mail.SMTP_URL, from: mail.SMTP_FROM, to: ['a@city.example', 'b@city.example'] },
    })
    expect(read({})).toMatchObject({ mail: null })
    expect(read({ HOST: 'localhost' })).toMatchObject({ isLoopback: true })
    expect(read({ HOST: '::1' })).toMatchObject({ isLoopback: true })
  })
  it.each([
    [{ PORT: '65536' }, /^PORT="65536" is not allowed: it must be a whole number from 0 to 65535$/],
    [{ PORT: '80a' }, /^PORT=/],
    [{ PORT: '-1' }, /^PORT=/],
    [{ PORT: '1.5' }, /^PORT=.*whole/],
    [{ HOST: 'bad host' }, /^HOST=/],
    [{ SMTP_URL: 'http://u:secret@a' }, /^SMTP_URL is not allowed: .*smtp:\/\/ or smtps:\/\/$/],
    [{ SMTP_URL: 'smtp://a', SMTP_FROM: 'a@b.c' }, /^BULLETIN_TO=null is not allowed: .*SMTP_URL/],
    [{ SMTP_URL: 'smtp://a', BULLETIN_TO: 'a@b.c' }, /^SMTP_FROM=null is not allowed: .*SMTP_URL/],
    [{ BULLETIN_TO: 'a@b.c' }, /^SMTP_URL is not allowed: .*BULLETIN_TO/],
    [{ SMTP_URL: 'smtp://a', SMTP_FROM: 'a@b.c', BULLETIN_TO: 'everybody' }, /^BULLETIN_TO="everybody"/],
    [{ SMTP_URL: 'smtp://a', SMTP_FROM: 'a b', BULLETIN_TO: 'a@b.c' }, /^SMTP_FROM="a b"/],
    [{ SIMULATOR: 'maybe' }, /^SIMULATOR=.*one of on, off$/],
    [{ SIMULATOR_SPEED: '0' }, /^SIMULATOR_SPEED=/],
    [{ HISTORY_DAYS: '401' }, /^HISTORY_DAYS=.*a whole number from 0 to 400$/],
    [{ HISTORY_DAYS: '-1' }, /^HISTORY_DAYS=/],
    [{ HISTORY_DAYS: '1.5' }, /^HISTORY_DAYS=/],
    [
      { SCENARIO: 'snow' },
      /^SCENARIO="snow" is not allowed: it must be one of ordinary-day \(平常日\), .*rainstorm \(暴雨内涝\), .*call-surge \(12345 呼叫洪峰\)$/,
    ],
    [
      { DATABASE_URL: 'mysql://user:secret@host' },
      /^DATABASE_URL is not allowed: it must be an address that begins with postgres/,
    ],
    [{ INGEST_KEY: 'a b' }, /^INGEST_KEY is not allowed/],
    [
      { INGEST_KEY: 'secret', DRILL_KEY: 'secret' },
      /^DRILL_KEY is not allowed: it must be another key than INGEST_KEY$/,
    ],
    [{ DEMO: 'yes' }, /^DEMO=.*one of on, off$/],
    ...[
      'ftp://a.example/s.json',
      'http://a.example/s.json',
      'https://u:secret@a.example/s',
      '/map/tiles.json',
      's.json',
    ].map((style) => [{ MAP_STYLE: style }, /^MAP_STYLE is not allowed: it must be an https:\/\/ address/] as const),
    [{ MAP_CRS: 'gcj02' }, /^MAP_CRS="gcj02" is not allowed: it must be wgs84 unless MAP_STYLE is set/],
    [{ MAP_STYLE: 'https://a.example/s.json', MAP_CRS: 'bd09' }, /^MAP_CRS=.*one of wgs84, gcj02$/],
    [{ LOG_LEVEL: 'loud' }, /^LOG_LEVEL=.*debug, info, warn, error, silent$/],
    [{ RAW_RETENTION_HOURS: '0' }, /^RAW_RETENTION_HOURS=/],
    [{ ROLES: 'king' }, /^ROLES=/],
    [{ ROLES: 'engine' }, /^ROLES other than all are not supported in this version/],
    [{ MQTT_URL: 'mqtt://x' }, /^MQTT_URL is not supported in this version/],
    [{ REDIS_URL: 'redis://x' }, /^REDIS_URL is not supported in this version/],
  ] as const)('%j is refused in one line that names it', (env, line) => {
    const problem = read(env)
    expect(problem).toMatch(line)
    expect(problem).not.toMatch(/\n|secret/)
  })
})

it('the version is the package’s', () =>
  expect(JSON.parse(readFileSync('package.json', 'utf8'))).toMatchObject({ version }))
