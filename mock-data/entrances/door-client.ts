/**
 * HTTP towards a running server. Guarantees: a busy server (503, 429) is waited for as long as it asks, a server that is away
 * is tried again with growing pauses, and whatever may have been taken is never sent twice unless the caller says it may be.
 */
import { setTimeout as pause } from 'node:timers/promises'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** The line broke after sending: whether it was taken is not known. */
export class LineBroken extends Error {
  constructor(cause: unknown) {
    super('the line broke before the answer', { cause })
    this.name = 'LineBroken'
  }
}
/** The server was away, or busy, for longer than we wait. */
export class ServerAway extends Error {
  constructor(url: string, cause: unknown) {
    super(`no answer from ${url}: does the server run there?`, { cause })
    this.name = 'ServerAway'
  }
}
/** A door said no where nothing can go on without its yes. */
export class DoorRefusal extends Error {
  constructor({ method = 'GET', path }: Asked, status: number, text: string) {
    super(`${method} ${path}: HTTP ${status}: ${text.slice(0, 300)}`)
    this.name = 'DoorRefusal'
  }
}

export interface Asked {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Sending it twice does no harm. */
  readonly isRepeatable?: boolean
}

export interface DoorClient {
  readonly url: string
  /** Answers whatever the server said, but for 503 and 429, which are waited out. Throws LineBroken or ServerAway. */
  ask(asked: Asked): Promise<Answer>
  /** Asks and reads JSON of a 2xx; throws DoorRefusal on anything else. */
  askJson(asked: Asked): Promise<unknown>
  readonly waits: { busy: number; away: number }
}

export interface DoorClientOptions {
  readonly url: string
  readonly key?: string | null
  /** How long a server may be away or busy before we give up. */
  readonly patienceMs?: number
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

/** Codes of failures that happened before anything reached the server. */
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])
const codeOf = (error: unknown): string => {
  const cause = error instanceof Error ? error.cause : undefined
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  return typeof code === 'string' ? code : ''
}

export function doorClient(options: DoorClientOptions): DoorClient {
  const { url, key, patienceMs = 120_000, timeoutMs = 60_000, signal } = options
  const waits = { busy: 0, away: 0 }
  const once = async ({ method = 'GET', path, headers, body }: Asked): Promise<Answer> => {
    const timeout = AbortSignal.timeout(timeoutMs)
    const response = await fetch(url + path, {
      method,
      headers: { ...(key ? { 'X-Api-Key': key } : {}), ...headers },
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      ...(body === undefined ? {} : { body }),
    })
    return { status: response.status, headers: response.headers, text: await response.text() }
  }
  const ask = async (asked: Asked): Promise<Answer> => {
    const isRepeatable = asked.isRepeatable ?? (asked.method ?? 'GET') === 'GET'
    const until = performance.now() + patienceMs
    let backoffMs = 200
    for (;;) {
      let waitMs: number
      let cause: unknown
      try {
        const answer = await once(asked)
        if (answer.status !== 503 && answer.status !== 429) return answer
        waits.busy++
        cause = `HTTP ${answer.status}`
        const seconds = Number(answer.headers.get('Retry-After'))
        waitMs = Number.isFinite(seconds) && seconds > 0 ? Math.min(60, seconds) * 1000 : backoffMs
      } catch (error) {
        if (signal?.aborted) throw error
        if (!isRepeatable && !neverSent.has(codeOf(error))) throw new LineBroken(error)
        waits.away++
        cause = error
        waitMs = backoffMs
      }
      if (performance.now() + waitMs > until) throw new ServerAway(url, cause)
      await pause(waitMs, undefined, signal ? { signal } : {})
      backoffMs = Math.min(5000, backoffMs * 1.7)
    }
  }
  return {
    url,
    waits,
    ask,
    async askJson(asked) {
      const { status, text } = await ask(asked)
      if (status < 200 || status >= 300) throw new DoorRefusal(asked, status, text)
      return text === '' ? null : (JSON.parse(text) as unknown)
    },
  }
}
