/** Registers sensors through the SensorThings door, as any gateway would. */
import type { ThingDraft } from '../../../mock-data/signals/things.ts'
import { sensorKind } from '../../../shared/model/sensor-kinds.ts'
import { ingestKey } from '../../support/program.ts'

/** `count` devices from number `from` on, the kinds taking turns, each at a place of its own. */
export function benchThings(kinds: readonly string[], from: number, count: number): ThingDraft[] {
  return Array.from({ length: count }, (_, i) => {
    const n = from + i
    const kind = sensorKind(kinds[n % kinds.length] as string)
    return {
      code: `bench-${n}`,
      name: `${kind.name.zh} ${n}`,
      description: kind.name.zh,
      kind: kind.code,
      unit: { symbol: kind.unit, name: kind.unit || 'none', definition: '' },
      position: [121.3 + (n % 317) / 1000, 31.1 + (n % 293) / 1000],
      properties: { site: `site-${n % 5000}` },
    }
  })
}

/** Answers the Datastream ids of `count` new road-speed sensors, ten to a Thing. */
export async function registerSensors(url: string, count: number): Promise<number[]> {
  const ids: number[] = []
  const headers = { 'content-type': 'application/json', 'x-api-key': ingestKey }
  const datastream = (name: string) => ({
    name,
    description: 'bench',
    observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement',
    unitOfMeasurement: { name: 'dB(A)', symbol: 'dB(A)', definition: 'https://unitsofmeasure.org/' },
    properties: { kind: 'noise' },
    ObservedProperty: { name: 'noise', definition: 'urn:tongguan:property:noise', description: 'noise' },
    Sensor: { name: 'bench', description: 'bench', encodingType: 'text/plain', metadata: 'bench' },
  })
  for (let i = 0; i < count; i += 10) {
    const n = Math.min(10, count - i)
    const answer = await fetch(`${url}/sta/v1.1/Things`, {
      method: 'POST',
      headers,
      body: JSON.stringify({
        name: `bench-${i}`,
        description: 'bench',
        Locations: [
          {
            name: 'here',
            description: 'here',
            encodingType: 'application/geo+json',
            location: { type: 'Point', coordinates: [121.47 + i / 1e5, 31.23] },
          },
        ],
        Datastreams: Array.from({ length: n }, (_, k) => datastream(`bench-${i + k}`)),
      }),
    })
    if (answer.status !== 201) throw new Error(`registering sensors: ${answer.status} ${await answer.text()}`)
    const thing = (await answer.json()) as { '@iot.id': number }
    const list = await fetch(`${url}/sta/v1.1/Things(${thing['@iot.id']})/Datastreams?$select=@iot.id&$top=${n}`, {
      headers,
    })
    const body = (await list.json()) as { value: { '@iot.id': number }[] }
    ids.push(...body.value.map((entity) => entity['@iot.id']))
  }
  if (ids.length !== count) throw new Error(`registered ${ids.length} sensors instead of ${count}`)
  return ids
}

/** Sends data arrays of `rows` rows, at most `parallel` at once, at `rate` rows a second (Infinity = as answered) until stopped. */
export function arrayFlood(
  url: string,
  ids: readonly number[],
  options: { rows: number; parallel: number; rate: number; onAnswer?: (ms: number) => void },
) {
  let accepted = 0
  let refused = 0
  let isStopped = false
  let n = 0
  const startedAt = performance.now()
  const one = async () => {
    while (!isStopped) {
      const first = n
      n += options.rows
      // Paced, an answer's delay counts from when its request should have gone, as with the MQTT flood.
      const isPaced = options.rate !== Number.POSITIVE_INFINITY
      const due = isPaced ? startedAt + (first / options.rate) * 1000 : performance.now()
      const wait = due - performance.now()
      if (wait > 0) await new Promise((done) => setTimeout(done, wait))
      const id = ids[(first / options.rows) % ids.length]
      const base = Date.now()
      const dataArray = Array.from({ length: options.rows }, (_, i) => [
        new Date(base - options.rows + i).toISOString(),
        40 + ((first + i) % 50) / 3,
      ])
      const answer = await fetch(`${url}/sta/v1.1/CreateObservations`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-api-key': ingestKey },
        body: JSON.stringify([{ Datastream: { '@iot.id': id }, components: ['phenomenonTime', 'result'], dataArray }]),
      })
      await answer.text()
      if (answer.status === 201) accepted += options.rows
      else refused += options.rows
      options.onAnswer?.(performance.now() - due)
    }
  }
  const running = Promise.all(Array.from({ length: options.parallel }, one))
  return {
    get accepted() {
      return accepted
    },
    get refused() {
      return refused
    },
    async stop() {
      isStopped = true
      await running
    },
  }
}
