/**
 * What every HTTP door shares: bounded bodies, one shape of error, one boundary for faults.
 * Guarantees: bad input never becomes a 5xx, and a fault is logged once under the id the caller is told.
 */
import { randomUUID } from 'node:crypto'
import express from 'express'
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express'
import type { Log } from '../ports/log.ts'
import { refusalCodes, refuse, type FieldError, type Refusal } from '../../../shared/model/refusal.ts'

export const oneField = (field: string, problem: string): Refusal => invalid([{ field, problem }])
export function invalid(fields: readonly FieldError[]): Refusal {
  const first = fields[0]
  const more = fields.length > 1 ? ` (and ${fields.length - 1} more)` : ''
  return refuse('INVALID', first ? `${first.field || 'body'} ${first.problem}${more}` : 'invalid', { fields })
}

/** Thrown inside a door to answer a refusal; caught by the door's own boundary only. */
export class Refused extends Error {
  readonly refusal: Refusal
  readonly status: number
  constructor(refusal: Refusal, status: number = refusalCodes[refusal.code]) {
    super(refusal.message)
    this.refusal = refusal
    this.status = status
  }
}

/** Reads the whole body as bytes, whatever its type says. */
export const rawBody = (limitBytes: number): RequestHandler => express.raw({ type: () => true, limit: limitBytes })

/** The body's bytes; empty where there was none. */
export const bytesOf = (request: Request): Uint8Array =>
  request.body instanceof Uint8Array ? request.body : new Uint8Array()

/** What a body reader or the URL decoder throws, as a refusal; null where the error is a fault of ours. */
export function inputRefusal(error: unknown): { refusal: Refusal; status: number } | null {
  if (error instanceof Refused) return { refusal: error.refusal, status: error.status }
  // The engine's word for "not taken, nothing changed, try again".
  if (error instanceof Error && error.name === 'EngineBusy')
    return { refusal: refuse('BUSY', 'the server takes nothing now: try again', { retryAfterS: 1 }), status: 503 }
  if (error instanceof URIError) return { refusal: oneField('url', 'has a broken percent sign'), status: 400 }
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return null
  if (error.status < 400 || error.status >= 500) return null
  if (error.status === 413) {
    const limit = 'limit' in error && typeof error.limit === 'number' ? error.limit : undefined
    const fields = [{ field: '', problem: `is larger than ${limit ?? 'allowed'} bytes` }]
    return { refusal: refuse('TOO_LARGE', `body ${fields[0]?.problem}`, { fields }), status: 413 }
  }
  return { refusal: oneField('', 'could not be read'), status: error.status }
}

/** Ends a request with a refusal in the house's one shape. */
export function sendRefusal(response: Response, refusal: Refusal, status: number): void {
  retryAfter(response, refusal)
  response.status(status).json({ ...refusal, id: randomUUID() })
}

export function retryAfter(response: Response, refusal: Refusal): void {
  if (refusal.code !== 'BUSY') return
  const seconds = Number(refusal.details?.['retryAfterS'])
  response.set('Retry-After', String(Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : 1))
}

/** Last handler of a door. `send` words the refusal in the door's own format. */
export function doorBoundary(
  log: Log,
  door: string,
  send: (request: Request, response: Response, refusal: Refusal, status: number) => void,
  fault: (request: Request, response: Response, id: string) => void,
): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error)
    const known = inputRefusal(error)
    if (known) return send(request, response, known.refusal, known.status)
    const id = randomUUID()
    log.error({ error, id, door, method: request.method, path: request.path }, 'door fault')
    fault(request, response, id)
  }
}
