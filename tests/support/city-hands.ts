/** What people and devices do to a running server by its own doors: a journey's other side. */
import { randomUUID } from 'node:crypto'
import type { LonLat } from '../../shared/model/geo.ts'
import { sensorKind } from '../../shared/model/sensor-kinds.ts'
import { ingestKey, signIn } from './program.ts'

const key = { 'content-type': 'application/json', 'x-api-key': ingestKey }

export interface CityHands {
  /** A command by this demo account; throws what was refused. Answers its data. */
  submit(who: string, command: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>>
  get<Answer>(path: string, who?: string): Promise<Answer>
  /** A device of this kind through the SensorThings door; answers what sends its readings, one after another, each stored when it resolves. */
  device(
    kind: string,
    name: string,
    at: LonLat,
    intervalMs?: number,
  ): Promise<(...results: readonly number[]) => Promise<void>>
  /** A citizen's request by the Open311 door; answers its number. */
  request(fields: Readonly<Record<string, string>>): Promise<string>
}

/** `url`: asked anew each time, so that a server that died and came back is meant. */
export function cityHands(url: () => string): CityHands {
  const cookies = new Map<string, string>()
  const cookieOf = async (who: string): Promise<string> => {
    const cookie = cookies.get(who) ?? (await signIn(url(), who))
    cookies.set(who, cookie)
    return cookie
  }
  async function asked<Answer>(path: string, init: RequestInit): Promise<Answer> {
    const answer = await fetch(`${url()}${path}`, init)
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`)
    return (text === '' ? null : JSON.parse(text)) as Answer
  }
  const post = <Answer>(path: string, body: unknown) =>
    asked<Answer>(path, { method: 'POST', headers: key, body: JSON.stringify(body) })

  return {
    async submit(who, command) {
      const headers = { 'content-type': 'application/json', cookie: await cookieOf(who), origin: url() }
      const body = JSON.stringify({ commandId: randomUUID(), ...command })
      return (await asked<{ data: Record<string, unknown> }>('/api/v1/commands', { method: 'POST', headers, body }))
        .data
    },
    get: async (path, who = 'duty') => asked(`/api/v1/${path}`, { headers: { cookie: await cookieOf(who) } }),
    async device(kind, name, at, intervalMs) {
      const { name: term, unit } = sensorKind(kind)
      const thing = await post<{ '@iot.id': number }>('/sta/v1.1/Things', {
        ...{ name, description: term.zh },
        Locations: [
          {
            ...{ name, description: term.zh, encodingType: 'application/geo+json' },
            location: { type: 'Point', coordinates: at },
          },
        ],
        Datastreams: [
          {
            ...{ name, description: term.zh },
            observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement',
            unitOfMeasurement: { name: unit, symbol: unit, definition: 'https://unitsofmeasure.org/' },
            properties: { kind, ...(intervalMs === undefined ? {} : { intervalMs }) },
            ObservedProperty: { name: kind, definition: `urn:tongguan:property:${kind}`, description: term.zh },
            Sensor: { name: kind, description: kind, encodingType: 'text/plain', metadata: '-' },
          },
        ],
      })
      const { value } = await asked<{ value: { '@iot.id': number }[] }>(
        `/sta/v1.1/Things(${thing['@iot.id']})/Datastreams?$select=@iot.id`,
        { headers: key },
      )
      const id = value[0]?.['@iot.id']
      return async (...results) => {
        for (const result of results)
          await post(`/sta/v1.1/Datastreams(${id})/Observations`, { result, phenomenonTime: new Date().toISOString() })
      }
    },
    async request(fields) {
      const body = new URLSearchParams({ api_key: ingestKey, ...fields })
      const rows = await asked<{ service_request_id: string }[]>('/open311/v2/requests.json', { method: 'POST', body })
      return rows[0]?.service_request_id ?? ''
    },
  }
}
