/**
 * `$batch`: many requests in one, as JSON (OData 4.01 JSON format, 19). Guarantees: one answer a request, in their order;
 * each is as if it came alone, so one refused leaves its neighbours be; what creates goes together into one commit, and
 * everything else waits for what stands before it. Bounded in number. Refuses groups that are all or nothing and
 * references from one request to another: a deep insert does both.
 */
import { randomUUID } from 'node:crypto'
import type { Log } from '../../ports/log.ts'
import type { FieldError } from '../../../../shared/model/refusal.ts'
import type { Caller } from '../door-keys.ts'
import { Refused, inputRefusal, invalid, oneField } from '../http-door.ts'
import { checkJson, isObject, parseJson } from '../json-input.ts'
import type { Answered, Operations } from './operations.ts'

const maxRequests = 1000
const methods = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE']

interface Part {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly search: string
  readonly body: unknown
}
export interface BatchDeps {
  readonly operations: Operations
  readonly log: Log
}
export interface BatchAsked {
  readonly bytes: Uint8Array
  readonly base: string
  readonly caller: Caller
  /** Bodies of what was made are left out. */
  readonly isMinimal: boolean
}

export async function answerBatch(deps: BatchDeps, asked: BatchAsked): Promise<{ responses: unknown[] }> {
  const parts = readParts(asked.bytes, asked.base)
  const responses: Promise<unknown>[] = []
  for (const part of parts) {
    if (part.method !== 'POST') await Promise.all(responses)
    const response = answerPart(deps, asked, part)
    responses.push(response)
    if (part.method !== 'POST') await response
  }
  return { responses: await Promise.all(responses) }
}

async function answerPart({ operations, log }: BatchDeps, asked: BatchAsked, part: Part): Promise<unknown> {
  const { id, method } = part
  const body = () => {
    if (part.body === undefined) throw new Refused(oneField('', 'is empty: a JSON body is needed'))
    const error = checkJson(part.body)
    if (error) throw new Refused(invalid([error]))
    return part.body
  }
  try {
    const answered = await operations({ ...part, base: asked.base, caller: asked.caller, body })
    return worded(id, answered, asked.isMinimal && method === 'POST')
  } catch (error) {
    const known = inputRefusal(error)
    const occurrence = randomUUID()
    if (known) return { id, status: known.status, body: { ...known.refusal, id: occurrence } }
    log.error({ error, id: occurrence, door: 'sensorthings', method, path: part.path }, 'door fault')
    return { id, status: 500, body: { code: 'INTERNAL', message: 'a fault of the server', id: occurrence } }
  }
}

function worded(id: string, { status, location, json, text }: Answered, isMinimal: boolean): unknown {
  const headers = location === undefined ? {} : { headers: { location } }
  const body = isMinimal || (json ?? text) === undefined ? {} : { body: json ?? text }
  return { id, status, ...headers, ...body }
}

function readParts(bytes: Uint8Array, base: string): Part[] {
  const parsed = parseJson(bytes)
  if (!parsed.ok) throw new Refused(invalid([parsed.error]))
  const requests = isObject(parsed.value) ? parsed.value['requests'] : undefined
  if (!Array.isArray(requests)) throw new Refused(oneField('requests', 'must be a list of requests'))
  if (requests.length > maxRequests)
    throw new Refused(oneField('requests', `holds ${requests.length}; at most ${maxRequests} are taken at once`))
  const errors: FieldError[] = []
  const ids = new Set<string>()
  const parts: Part[] = []
  for (const [i, request] of requests.entries()) {
    if (errors.length > 20) break
    const part = readPart(request, base, (name, problem) => errors.push({ field: `requests.${i}${name}`, problem }))
    if (!part) continue
    if (ids.has(part.id)) errors.push({ field: `requests.${i}.id`, problem: 'is there twice' })
    ids.add(part.id)
    parts.push(part)
  }
  if (errors.length > 0) throw new Refused(invalid(errors))
  return parts
}

const isShort = (value: unknown): value is string => typeof value === 'string' && value !== '' && value.length <= 200

function readPart(value: unknown, base: string, fail: (name: string, problem: string) => void): Part | null {
  if (!isObject(value)) return (fail('', 'must be an object with id, method and url'), null)
  const { id, url } = value
  const method = typeof value['method'] === 'string' ? value['method'].toUpperCase() : ''
  if (!isShort(id)) fail('.id', 'must be a text of at most 200 characters')
  if (!methods.includes(method)) fail('.method', `must be one of ${methods.join(', ').toLowerCase()}`)
  if (typeof url !== 'string') fail('.url', 'must be a text: an address below the service root')
  for (const name of ['atomicityGroup', 'dependsOn', 'if'])
    if (value[name] !== undefined) fail(`.${name}`, 'is not possible here: a deep insert creates all or nothing')
  if (!isShort(id) || typeof url !== 'string') return null
  const below = fromRoot(url, base)
  const mark = below.indexOf('?')
  const [path, search] = mark < 0 ? [below, ''] : [below.slice(0, mark), below.slice(mark)]
  return { id, method, path, search, body: value['body'] }
}

/** `Things(1)`, `/sta/v1.1/Things(1)` and the whole address are one. */
function fromRoot(url: string, base: string): string {
  const root = new URL(base).pathname
  for (const start of [`${base}/`, `${root}/`]) if (url.startsWith(start)) return url.slice(start.length)
  return url
}
