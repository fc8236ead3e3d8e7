/**
 * Registers devices through the SensorThings door, once: what is there already is found by its device code and used.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { observedPropertyBody, sensorBody, thingBody, type ThingDraft } from '../signals/things.ts'
import { DoorRefusal, type DoorClient } from './door-client.ts'
import { inParallel } from './in-parallel.ts'

const pageSchema = z.object({ value: z.array(z.unknown()), '@iot.nextLink': z.string().optional() })
const namedSchema = z.object({
  '@iot.id': z.number(),
  name: z.string(),
  definition: z.string().optional(),
  metadata: z.unknown().optional(),
})
const streamSchema = z.object({
  '@iot.id': z.number(),
  Thing: z.object({ properties: z.record(z.string(), z.unknown()).optional() }).optional(),
})

const answersSchema = z.object({
  responses: z.array(z.object({ id: z.string(), status: z.number(), body: z.unknown().optional() })),
})

const root = '/sta/v1.1'
const batchOf = 100
const batchesAtOnce = 4

async function* pages(client: DoorClient, path: string): AsyncGenerator<unknown[]> {
  let next: string | undefined = `${root}/${path}`
  while (next !== undefined) {
    const page = pageSchema.parse(await client.askJson({ path: next }))
    yield page.value
    const link: string | undefined = page['@iot.nextLink']
    // The link names the server as it knows itself; we go on the way we came.
    next = link === undefined ? undefined : link.slice(link.indexOf(root))
  }
}

/** Datastream id by device code, of all that carry one. */
async function registered(client: DoorClient): Promise<Map<string, number>> {
  const ids = new Map<string, number>()
  for await (const page of pages(client, 'Datastreams?$select=id&$expand=Thing($select=properties)&$top=1000')) {
    for (const raw of page) {
      const stream = streamSchema.parse(raw)
      const code = stream.Thing?.properties?.['deviceCode']
      if (typeof code === 'string') ids.set(code, stream['@iot.id'])
    }
  }
  return ids
}

async function shared(
  client: DoorClient,
  set: 'Sensors' | 'ObservedProperties',
  kinds: readonly string[],
): Promise<Map<string, number>> {
  const known = new Map<string, number>()
  const list = async () => {
    for await (const page of pages(client, `${set}?$top=500`))
      for (const raw of page) {
        const row = namedSchema.parse(raw)
        known.set(set === 'Sensors' ? String(row.metadata) : (row.definition ?? ''), row['@iot.id'])
      }
  }
  const bodyOf = (kind: string) => (set === 'Sensors' ? sensorBody(kind) : observedPropertyBody(kind))
  const keyOf = (kind: string) =>
    set === 'Sensors' ? sensorBody(kind).metadata : observedPropertyBody(kind).definition
  await list()
  const wanted = kinds.filter((kind) => !known.has(keyOf(kind)))
  for (const kind of wanted) await client.askJson(json(`${root}/${set}`, bodyOf(kind)))
  if (wanted.length) await list()
  return new Map(kinds.map((kind) => [kind, known.get(keyOf(kind)) as number]))
}

const json = (path: string, body: unknown) => ({
  method: 'POST' as const,
  path,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
})

/** Creates all of them by the standard's batch requests; what the server was too busy for is sent again. */
async function postAll(client: DoorClient, set: string, bodies: readonly unknown[]): Promise<void> {
  let left = bodies.map((body, i) => ({ id: String(i), method: 'post', url: set, body }))
  for (let pauseMs = 200; left.length > 0; pauseMs = Math.min(5000, pauseMs * 1.7)) {
    const asked = json(`${root}/$batch`, { requests: left })
    const headers = { ...asked.headers, Prefer: 'return=minimal' }
    const { responses } = answersSchema.parse(await client.askJson({ ...asked, headers }))
    const statusOf = new Map(responses.map(({ id, status, body }) => [id, { status, body }]))
    const wrong = left.find(({ id }) => ![201, 503].includes(statusOf.get(id)?.status ?? 0))
    if (wrong) {
      const { status = 0, body } = statusOf.get(wrong.id) ?? {}
      throw new DoorRefusal({ method: 'POST', path: `${root}/${set}` }, status, JSON.stringify(body ?? null))
    }
    left = left.filter(({ id }) => statusOf.get(id)?.status === 503)
    if (left.length > 0) await pause(pauseMs)
  }
}

/** Answers the Datastream id of each device, registering those that are not there. */
export async function registerThings(
  client: DoorClient,
  things: readonly ThingDraft[],
  onProgress: (done: number, total: number) => void = () => {},
): Promise<ReadonlyMap<string, number>> {
  let ids = await registered(client)
  const wanted = things.filter((thing) => !ids.has(thing.code))
  if (wanted.length === 0) return ids
  const kinds = [...new Set(wanted.map((thing) => thing.kind))]
  const sensors = await shared(client, 'Sensors', kinds)
  const properties = await shared(client, 'ObservedProperties', kinds)
  const batches: ThingDraft[][] = []
  for (let from = 0; from < wanted.length; from += batchOf) batches.push(wanted.slice(from, from + batchOf))
  let done = 0
  await inParallel(batches, batchesAtOnce, async (batch) => {
    const bodies = batch.map((thing) =>
      thingBody(thing, sensors.get(thing.kind) as number, properties.get(thing.kind) as number),
    )
    await postAll(client, 'Things', bodies)
    for (let n = 0; n < batch.length; n++) onProgress(++done, wanted.length)
  })
  ids = await registered(client)
  const lost = things.find((thing) => !ids.has(thing.code))
  if (lost) throw new Error(`the server took device ${lost.code} and does not show it`)
  return ids
}
