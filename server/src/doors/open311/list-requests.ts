/**
 * Lists of requests. Guarantees: only what citizens reported through this door, at most 90 days and 1000 rows an answer.
 */
import type { Incident } from '../../../../shared/model/incident.ts'
import type { Instant } from '../../../../shared/model/ids.ts'
import type { FieldError } from '../../../../shared/model/refusal.ts'
import type { ReadModels } from '../../ports/store.ts'
import { instantProblem, parseInstant } from '../instant-text.ts'
import type { Fields, Read } from './request-input.ts'

const dayMs = 86_400_000
export const maxSpanMs = 90 * dayMs
const maxRows = 1000
const maxIds = 200
const defaultPageSize = 50
/** Pages of the read model looked through for one answer: it holds cases of other sources too. */
const maxPages = 20

type RequestsQuery = Parameters<ReadModels['requests']>[0]

export interface ListAsk {
  readonly query: Omit<RequestsQuery, 'limit' | 'offset'>
  readonly limit: number
  readonly offset: number
}

export function readListAsk(fields: Fields, now: Instant): Read<ListAsk> {
  const errors: FieldError[] = []
  const fail = (field: string, problem: string): undefined => {
    errors.push({ field, problem })
    return undefined
  }
  const page = whole(fields, 'page', 100_000, fail)
  const pageSize = whole(fields, 'page_size', maxRows, fail) ?? (page === undefined ? maxRows : defaultPageSize)
  const limits = { limit: pageSize, offset: ((page ?? 1) - 1) * pageSize }
  const ids = fields.get('service_request_id')
  if (ids) {
    const list = [
      ...new Set(
        ids
          .split(',')
          .map((id) => id.trim())
          .filter((id) => id !== ''),
      ),
    ]
    if (list.length > maxIds) fail('service_request_id', `names more than ${maxIds}`)
    if (list.some((id) => id.length > 64)) fail('service_request_id', 'holds an id longer than 64 characters')
    // Ids say all: the standard has them override the other arguments.
    return errors.length > 0 ? { errors } : { value: { query: { ids: list }, ...limits } }
  }
  const date = (field: string): Instant | undefined => {
    const text = fields.get(field)
    return text ? (parseInstant(text.replace(' ', '+')) ?? fail(field, instantProblem)) : undefined
  }
  const [start, end] = [date('start_date'), date('end_date')]
  const from = start ?? (end === undefined ? now : end) - maxSpanMs
  const to = end ?? (start !== undefined && start + maxSpanMs < now ? start + maxSpanMs : undefined)
  if (to !== undefined && to - from > maxSpanMs) fail('end_date', 'lies more than 90 days after start_date')
  if (start !== undefined && end !== undefined && end < start) fail('end_date', 'lies before start_date')
  const statuses = new Set(
    (fields.get('status') ?? '')
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== ''),
  )
  for (const status of statuses)
    if (status !== 'open' && status !== 'closed') fail('status', 'must be open, closed or both')
  const classCode = fields.get('service_code')
  if (errors.length > 0) return { errors }
  return {
    value: {
      query: {
        from,
        ...(to === undefined ? {} : { to }),
        ...(classCode ? { classCode: classCode.slice(0, 64) } : {}),
        ...(statuses.size === 1 ? { open: statuses.has('open') } : {}),
      },
      ...limits,
    },
  }
}

function whole(
  fields: Fields,
  field: string,
  max: number,
  fail: (field: string, problem: string) => undefined,
): number | undefined {
  const text = fields.get(field)
  if (!text) return undefined
  const value = Number(text)
  return /^\d{1,7}$/.test(text) && value >= 1 && value <= max
    ? value
    : fail(field, `must be a whole number from 1 to ${max}`)
}

export async function listRequests(models: Pick<ReadModels, 'requests'>, ask: ListAsk): Promise<Incident[]> {
  const found: Incident[] = []
  // What a drill brings is told to those who ask for it by number, never to whoever looks round.
  const isNamed = ask.query.ids !== undefined
  for (let page = 0; page < maxPages && found.length < ask.offset + ask.limit; page++) {
    const rows = await models.requests({ ...ask.query, limit: maxRows, offset: page * maxRows })
    for (const incident of rows) if (isPublic(incident) && (isNamed || !incident.drill)) found.push(incident)
    if (rows.length < maxRows) break
  }
  return found.slice(ask.offset, ask.offset + ask.limit)
}

/** Cases of other sources are the city's own business. */
export const isPublic = (incident: Incident): boolean => incident.source === 'open311'
