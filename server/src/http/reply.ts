/**
 * How handlers answer: with a value. Guarantees one shape of error everywhere under `/api`, an id for each, and that a fault
 * never tells more than its id.
 */
import { randomUUID } from 'node:crypto'
import type { ErrorRequestHandler, Response } from 'express'
import type { z } from 'zod'
import { fieldErrors, type WireError } from '../../../shared/contract/errors.ts'
import { refusalCodes, refuse, type Refusal, type RefusalCode } from '../../../shared/model/refusal.ts'
import type { Log } from '../ports/log.ts'

export type Reply = { readonly body: unknown; readonly status?: number } | { readonly refusal: Refusal }

export const no = (
  code: RefusalCode,
  message: string,
  details?: Refusal['details'],
): { readonly refusal: Refusal } => ({
  refusal: refuse(code, message, details),
})

/** Reads outside input with a schema: its value, or a refusal that names every wrong field. */
export function read<S extends z.ZodType>(
  schema: S,
  input: unknown,
): { ok: true; value: z.output<S> } | { ok: false; refusal: Refusal } {
  const result = schema.safeParse(input)
  if (result.success) return { ok: true, value: result.data }
  const fields = result.error.issues
    .flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({ field: [...issue.path, key].join('.').slice(0, 80), problem: 'unknown field' }))
        : fieldErrors({ issues: [issue] } as unknown as z.ZodError),
    )
    .slice(0, 20)
  const message = fields.map((one) => `${one.field || 'body'}: ${one.problem}`).join('; ')
  return { ok: false, refusal: refuse('INVALID', message.slice(0, 500), { fields }) }
}

/** The statuses of codes, `INTERNAL` with them. */
export const statusOf = (code: WireError['code']): number => (code === 'INTERNAL' ? 500 : refusalCodes[code])

export function sendError(response: Response, error: WireError): void {
  const retryAfterS = error.details?.['retryAfterS']
  if (typeof retryAfterS === 'number') response.set('Retry-After', String(Math.max(1, Math.ceil(retryAfterS))))
  response.status(statusOf(error.code)).json({ error })
}

export const sendRefusal = (response: Response, refusal: Refusal): void =>
  sendError(response, { ...refusal, id: randomUUID() })

/** What Express and its readers throw for bad input, as a refusal; null where the fault is ours. */
export function inputRefusal(error: unknown): Refusal | null {
  if (error instanceof Error && error.name === 'EngineBusy')
    return refuse('BUSY', 'the server is busy: try again', { retryAfterS: 1 })
  if (error instanceof URIError) return refuse('INVALID', 'the address has a broken percent sign')
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return null
  if (error.status === 413) return refuse('TOO_LARGE', 'the body is too large')
  if (error.status >= 400 && error.status < 500)
    return refuse('INVALID', 'the body could not be read', { fields: [{ field: '', problem: 'not valid JSON' }] })
  return null
}

/** The one boundary of faults behind HTTP. */
export const faultBoundary =
  (log: Log): ErrorRequestHandler =>
  (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error)
    const refusal = inputRefusal(error)
    if (refusal) return sendRefusal(response, refusal)
    const id = randomUUID()
    log.error({ error, id, method: request.method, path: request.path }, 'a request could not be served')
    sendError(response, { code: 'INTERNAL', message: 'the server failed; try again', id })
  }
