/**
 * Pages of a list, newest first, by key and not by number: rows that come or go between two pages neither repeat nor hide others.
 */
import type { ListQuery, Page } from '../../../shared/contract/http.ts'
import type { Database } from '../ports/store.ts'
import type { Conditions } from './conditions.ts'

export interface ListSource {
  /** `from … ` of the statement; the row's JSON is `body`. */
  readonly from: string
  readonly body: string
  readonly timeColumn: string
  readonly idColumn: string
  readonly searchColumn: string
}

/** Half a page mark is no mark: null for what was not given out here. */
function readCursor(cursor: string): readonly [at: number, id: string] | null {
  const text = Buffer.from(cursor, 'base64url').toString('utf8')
  const split = text.indexOf(' ')
  const at = Number(text.slice(0, split))
  return split > 0 && Number.isSafeInteger(at) ? [at, text.slice(split + 1)] : null
}
const writeCursor = (at: number, id: string): string => Buffer.from(`${at} ${id}`, 'utf8').toString('base64url')

export const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&')
export const listOf = (text: string | undefined): string[] | undefined =>
  text
    ?.split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')

/** A code, or its leading digits: `E01` asks for `E0101` and its sisters. */
export function addClass(where: Conditions, column: string, code: string | undefined): void {
  where.addIf(code === undefined ? undefined : `${escapeLike(code)}%`, (at) => `${column} like ${at}`)
}

export function addPlace(where: Conditions, query: ListQuery): void {
  if (query.located !== undefined) where.add(`lon is ${query.located === 'true' ? 'not ' : ''}null`)
  if (query.bbox === undefined) return
  const [west, south, east, north] = query.bbox.map((edge) => where.bind(edge))
  where.add(`lon between ${west} and ${east} and lat between ${south} and ${north}`)
}

/** Runs a list. What every list has in common (time, words, cursor, limit) is added here; a cursor nobody gave out ends the list. */
export async function readPage<Item>(
  database: Database,
  source: ListSource,
  where: Conditions,
  query: ListQuery,
): Promise<Page<Item>> {
  const { timeColumn, idColumn } = source
  where.addIf(query.from, (at) => `${timeColumn} >= ${at}`)
  where.addIf(query.to, (at) => `${timeColumn} < ${at}`)
  where.addIf(
    query.q === undefined ? undefined : `%${escapeLike(query.q)}%`,
    (at) => `${source.searchColumn} ilike ${at}`,
  )
  if (query.cursor !== undefined) {
    const mark = readCursor(query.cursor)
    if (mark === null) return { items: [], next: null }
    where.add(`(${timeColumn}, ${idColumn}) < (${where.bind(mark[0])}::bigint, ${where.bind(mark[1])}::text)`)
  }
  const limit = Math.min(Math.max(query.limit, 1), 500)
  const rows = await database.query(
    `select ${timeColumn} as page_at, ${idColumn} as page_id, ${source.body} as body from ${source.from} ${where.sql}
    order by ${timeColumn} desc, ${idColumn} desc limit ${where.bind(limit + 1)}`,
    where.params,
  )
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map((row) => JSON.parse(String(row.body)) as Item),
    next: rows.length > limit && last !== undefined ? writeCursor(Number(last.page_at), String(last.page_id)) : null,
  }
}
