/** A stand-in for the doors' protocol shape: enough of Open311 and SensorThings to answer a replay, with its moods. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface FakeDoors {
  readonly url: string
  readonly forms: URLSearchParams[]
  readonly observations: { stream: number; time: string; value: number }[]
  readonly things: Record<string, unknown>[]
  /** Called before each answer; may answer itself (true) to be busy, refuse, or hang up. */
  mood: (request: IncomingMessage, response: ServerResponse, body: string) => boolean
  close(): Promise<void>
}

const bodyOf = async (request: IncomingMessage) => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}

export async function fakeDoors(): Promise<FakeDoors> {
  const entities: Record<string, Record<string, unknown>[]> = {
    Things: [],
    Sensors: [],
    ObservedProperties: [],
    Datastreams: [],
  }
  const doors: FakeDoors = {
    url: '',
    forms: [],
    observations: [],
    things: entities['Things'] as Record<string, unknown>[],
    mood: () => false,
    close: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
  const add = (set: string, entity: Record<string, unknown>) => {
    const list = entities[set] as Record<string, unknown>[]
    const kept = { ...entity, '@iot.id': list.length + 1 }
    list.push(kept)
    return kept
  }
  const create = (set: string, body: object) => {
    const { Datastreams, ...entity } = body as Record<string, unknown>
    const made = add(set, entity)
    if (Array.isArray(Datastreams))
      for (const stream of Datastreams) add('Datastreams', { ...(stream as object), Thing: made })
    return made
  }
  const server = createServer((request, response) => {
    void (async () => {
      const body = await bodyOf(request)
      if (doors.mood(request, response, body)) return
      const reply = (status: number, json: unknown) =>
        response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(json))
      const { pathname } = new URL(request.url ?? '/', 'http://x')
      if (request.headers['x-api-key'] !== 'key') return reply(401, { code: 'UNAUTHENTICATED' })
      if (pathname === '/open311/v2/requests.json') {
        doors.forms.push(new URLSearchParams(body))
        return reply(201, [{ service_request_id: String(doors.forms.length), service_notice: '' }])
      }
      if (pathname === '/sta/v1.1/CreateObservations') {
        const groups = JSON.parse(body) as { Datastream: { '@iot.id': number }; dataArray: [string, number][] }[]
        const rows = groups.flatMap((g) =>
          g.dataArray.map(([time, value]) => ({ stream: g.Datastream['@iot.id'], time, value })),
        )
        doors.observations.push(...rows)
        return reply(
          201,
          rows.map((row) => (row.value > 900 ? 'error' : `${doors.url}/Observations(1)`)),
        )
      }
      const set = pathname.split('/').at(-1) as string
      if (request.method === 'GET') {
        const skip = Number(new URL(request.url ?? '/', 'http://x').searchParams.get('$skip') ?? 0)
        const page = (entities[set] ?? []).slice(skip, skip + 100)
        const more = (entities[set] ?? []).length > skip + 100
        return reply(200, {
          value: page,
          ...(more ? { '@iot.nextLink': `https://elsewhere/sta/v1.1/${set}?$expand=Thing&$skip=${skip + 100}` } : {}),
        })
      }
      if (set === '$batch') {
        const { requests } = JSON.parse(body) as { requests: { id: string; url: string; body: object }[] }
        for (const one of requests) create(one.url, one.body)
        return reply(200, { responses: requests.map(({ id }) => ({ id, status: 201 })) })
      }
      reply(201, create(set, JSON.parse(body) as object))
    })().catch((error: unknown) => response.writeHead(500).end(String(error)))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return Object.assign(doors, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
}
