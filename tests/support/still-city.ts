/**
 * A whole server in this process by a clock that stands still, and a morning brought to it through its own doors: what its pages show is the same on every
 * machine, at every hour.
 */
import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { createApp } from '../../server/src/app.ts'
import { readConfig } from '../../server/src/config.ts'
import { capAlert, capInfo } from './cap-alert.ts'
import { city, demoPassword, ingestKey, newDataDir, signIn } from './program.ts'

/** A Monday morning in June, by the demo city's clock. */
const startAt = Date.parse('2026-06-15T09:00:00+08:00')
const minuteMs = 60_000
/** Kinds that speak every five minutes, so that one in ten is not late, each in the unit it is kept in. */
const sensors = [
  ['river-level', 'm'],
  ['rainfall', 'mm/h'],
  ['pm25', 'µg/m³'],
  ['road-speed', 'km/h'],
] as const

export interface StillCity {
  readonly url: string
  /** Where its clock stands. */
  readonly nowAt: number
  close(): Promise<void>
}

export async function openStillCity(): Promise<StillCity> {
  const clock = { at: startAt, now: () => clock.at }
  const dataDir = newDataDir()
  const settings = readConfig({
    PORT: '0',
    MQTT_PORT: '0',
    DATA_DIR: dataDir,
    CITY: await city(),
    SIMULATOR: 'off',
    DEMO_PASSWORD: demoPassword,
    INGEST_KEY: ingestKey,
    LOG_LEVEL: 'error',
  })
  if (!settings.ok) throw new Error(settings.problem)
  const app = createApp(settings.config, { clock, gateway: { pulseMs: 200 } })
  const { url } = await app.start()
  const close = async () => {
    await app.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    await bring(url, clock)
  } catch (error) {
    await close()
    throw error
  }
  return { url, nowAt: clock.at, close }
}

async function asked(answer: Promise<Response>, what: string): Promise<unknown> {
  const response = await answer
  const text = await response.text()
  if (!response.ok) throw new Error(`${what}: ${response.status} ${text}`)
  return text === '' ? null : JSON.parse(text)
}

/** Water that rises, a storm that is warned of, eight calls, and an officer who works through some of them. */
async function bring(url: string, clock: { at: number }): Promise<void> {
  const at = (minutes: number) => void (clock.at = startAt + minutes * minuteMs)
  const json = { 'content-type': 'application/json', 'x-api-key': ingestKey }
  const send = (path: string, body: unknown) =>
    asked(fetch(`${url}${path}`, { method: 'POST', headers: json, body: JSON.stringify(body) }), path)
  const thing = (await send('/sta/v1.1/Things', {
    name: '沐风路下穿通道',
    description: '积水监测',
    Locations: [
      {
        name: '沐风路下穿通道',
        description: '最低点',
        encodingType: 'application/geo+json',
        location: { type: 'Point', coordinates: [122.93, 31.0] },
      },
    ],
    Datastreams: sensors.map(([kind, unit]) => ({
      name: `沐风路 ${kind}`,
      description: kind,
      observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement',
      unitOfMeasurement: { name: unit, symbol: unit, definition: `urn:tongguan:unit:${unit}` },
      properties: { kind },
      ObservedProperty: { name: kind, definition: `urn:tongguan:property:${kind}`, description: kind },
      Sensor: { name: kind, description: kind, encodingType: 'text/plain', metadata: '-' },
    })),
  })) as { '@iot.id': number }
  const streams = (
    (await asked(
      fetch(`${url}/sta/v1.1/Things(${thing['@iot.id']})/Datastreams?$orderby=id`, { headers: json }),
      'streams',
    )) as { value: { '@iot.id': number }[] }
  ).value.map((stream) => stream['@iot.id'])
  const observe = async (values: readonly number[]) => {
    for (const [index, result] of values.entries())
      await send(`/sta/v1.1/Datastreams(${streams[index]})/Observations`, {
        result,
        phenomenonTime: new Date(clock.at).toISOString(),
      })
  }
  const calls = ['E0110', 'P0137', 'E0110', 'P0137', 'P0137', 'E0110', 'P0137', 'E0110']
  for (let step = 0; step < calls.length; step++) {
    at(2 + step * 10)
    await observe([2.6 + step / 10, step, 40 + step, 52 - step])
    const body = new URLSearchParams({
      api_key: ingestKey,
      service_code: calls[step] ?? '',
      lat: String(31 + step / 100),
      long: String(122.93 - step / 120),
      address_string: `沐风路${step * 20 + 1}号`,
      description: '麻烦来看看',
    })
    await asked(fetch(`${url}/open311/v2/requests.json`, { method: 'POST', body }), `call ${step}`)
  }
  at(74)
  const stamps = { sent: '2026-06-15T10:14:00+08:00' }
  const info = capInfo({ expires: '2026-06-15T18:00:00+08:00', area: '<area><areaDesc>全市</areaDesc></area>' })
  const cap = { ...json, 'content-type': 'application/cap+xml' }
  const alert = await fetch(`${url}/cap/v1.2/alerts`, {
    method: 'POST',
    headers: cap,
    body: capAlert({ ...stamps, infos: [info] }),
  })
  if (!alert.ok) throw new Error(`warning: ${alert.status} ${await alert.text()}`)

  // Not before: a session ends by the city's clock, too.
  const cookie = await signIn(url, 'chief')
  const own = { 'content-type': 'application/json', cookie, origin: url }
  const read = async <T>(path: string) => (await asked(fetch(`${url}/api/v1${path}`, { headers: own }), path)) as T
  const command = async (draft: Readonly<Record<string, unknown>>) => {
    const body = JSON.stringify({ commandId: randomUUID(), ...draft })
    const path = `${url}/api/v1/commands`
    const answer = await asked(fetch(path, { method: 'POST', headers: own, body }), String(draft.type))
    if ((answer as { ok: boolean }).ok !== true) throw new Error(JSON.stringify(answer))
  }

  const { items } = await read<{ items: readonly { id: string; state: string; version: number }[] }>(
    '/incidents?open=true&limit=50',
  )
  const cases = items.map(({ id }) => id).sort()
  if (cases.length !== calls.length) throw new Error(`${cases.length} cases of ${calls.length} calls`)
  at(76)
  for (const incidentId of cases.slice(0, 5)) await command({ type: 'incident.accept', incidentId })
  at(78)
  for (const incidentId of cases.slice(0, 3)) await command({ type: 'incident.file', incidentId })
  const proposals = await read<{ items: readonly { unitId: string }[] }>(`/incidents/${cases[0]}/recommendations`)
  const unitId = proposals.items[0]?.unitId
  if (unitId === undefined) throw new Error('no crew is proposed')
  await command({ type: 'incident.dispatch', incidentId: cases[0], unitId })
  at(82)
  await observe([4.6, 7, 52, 41])
  at(84)
}
