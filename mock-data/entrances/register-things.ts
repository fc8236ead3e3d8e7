/**
 * Registers devices through the SensorThings door, once: what is there already is found by its device code and used.
 */
import { z } from 'zod'
import { observedPropertyBody, sensorBody, thingBody, type ThingDraft } from '../signals/things.ts'
import type { DoorClient } from './door-client.ts'
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

const root = '/sta/v1.1'

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
  for await (const page of pages(client, 'Datastreams?$expand=Thing&$top=500')) {
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
  let done = 0
  await inParallel(wanted, 64, async (thing) => {
    const body = thingBody(thing, sensors.get(thing.kind) as number, properties.get(thing.kind) as number)
    await client.askJson(json(`${root}/Things`, body))
    onProgress(++done, wanted.length)
  })
  ids = await registered(client)
  const lost = things.find((thing) => !ids.has(thing.code))
  if (lost) throw new Error(`the server took device ${lost.code} and does not show it`)
  return ids
}
