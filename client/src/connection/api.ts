/**
 * The own HTTP API as values: never throws, always answers. Guarantees one shape of failure; an unauthenticated answer is also
 * told to `onUnauthenticated`. Refuses to know what the bodies mean, but that instants named `…At` are numbers inside.
 */
import { fail, type Answer, type Failure } from './failure.ts'

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>

export interface Api {
  get<T>(path: string, query?: Query): Promise<Answer<T>>
  post<T>(path: string, body: unknown): Promise<Answer<T>>
  remove<T>(path: string): Promise<Answer<T>>
}

export interface ApiOptions {
  readonly fetch: typeof fetch
  readonly onUnauthenticated: () => void
  readonly timeoutMs?: number
}

const isoInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d/

/** Rows as the model words them: `…At` and `…Since` in ms, and a GeoJSON point as `[lon, lat]`. */
export function fromWire(key: string, value: unknown): unknown {
  if (typeof value === 'string' && /(?:At|Since)$/.test(key) && isoInstant.test(value)) return Date.parse(value)
  if (isPoint(value)) return value.coordinates
  return value
}

function isPoint(value: unknown): value is { type: 'Point'; coordinates: unknown[] } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    value.type === 'Point' &&
    'coordinates' in value &&
    Array.isArray(value.coordinates)
  )
}

function failureOf(status: number, body: unknown): Failure {
  const error = typeof body === 'object' && body !== null && 'error' in body ? body.error : undefined
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string')
    return error as Failure
  if (status === 401) return { code: 'UNAUTHENTICATED', message: 'not signed in' }
  if (status === 503 || status === 502 || status === 504) return { code: 'BUSY', message: `HTTP ${status}` }
  return { code: 'INTERNAL', message: `HTTP ${status}` }
}

/** `/api/v1` + path, with the query's empty values left out. */
export function urlOf(path: string, query: Query = {}): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query))
    if (value !== undefined && value !== null && value !== '') search.set(key, String(value))
  const text = search.toString()
  return `/api/v1${path}${text === '' ? '' : `?${text}`}`
}

export function makeApi(options: ApiOptions): Api {
  const timeoutMs = options.timeoutMs ?? 15_000

  async function call<T>(method: string, url: string, body?: unknown): Promise<Answer<T>> {
    const init: RequestInit = {
      method,
      credentials: 'same-origin',
      signal: AbortSignal.timeout(timeoutMs),
      headers: { Accept: 'application/json', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }
    let status: number
    let text: string
    try {
      const response = await options.fetch(url, init)
      status = response.status
      text = await response.text()
    } catch (cause) {
      const late = cause instanceof DOMException && cause.name === 'TimeoutError'
      return late ? fail('TIMEOUT', 'no answer in time') : fail('UNREACHABLE', 'the server cannot be reached')
    }
    const parsed = parse(text)
    if (status >= 200 && status < 300) {
      if (parsed === undefined && text !== '') return fail('INTERNAL', 'the answer is not JSON')
      return { ok: true, data: parsed as T }
    }
    const error = failureOf(status, parsed)
    if (error.code === 'UNAUTHENTICATED') options.onUnauthenticated()
    return { ok: false, error }
  }

  return {
    get: (path, query) => call('GET', urlOf(path, query)),
    post: (path, body) => call('POST', urlOf(path), body),
    remove: (path) => call('DELETE', urlOf(path)),
  }
}

function parse(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text, fromWire)
  } catch {
    return undefined
  }
}
