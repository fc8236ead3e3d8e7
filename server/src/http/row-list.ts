/** Lists with filters and cursors over what is only in memory, and lists of which a reader may see some rows only. */
import type { ListQuery, Page } from '../../../shared/contract/http.ts'
import { isWithin, type LonLat } from '../../../shared/model/geo.ts'

/** How many pages of the store one answer looks through for rows the reader may see. */
const maxPages = 20

/** A page of the rows this reader may see, as it may see them. May be short, with `next` set: more may follow. */
export async function visiblePage<Row, Query extends ListQuery>(
  query: Query,
  fetch: (query: Query) => Promise<Page<Row>>,
  see: (row: Row) => Row | null | Promise<Row | null>,
): Promise<Page<Row>> {
  const items: Row[] = []
  let cursor = query.cursor
  for (let i = 0; i < maxPages; i++) {
    const page = await fetch({
      ...query,
      limit: query.limit - items.length,
      ...(cursor === undefined ? {} : { cursor }),
    })
    for (const row of page.items) {
      const seen = await see(row)
      if (seen !== null) items.push(seen)
    }
    if (page.next === null) return { items, next: null }
    cursor = page.next
    if (items.length >= query.limit) break
  }
  return { items, next: cursor ?? null }
}

/** A page of rows in the order of their keys; the cursor is the last key. */
export function memoryPage<Row>(
  rows: Iterable<readonly [key: string | number, row: Row]>,
  query: { readonly limit: number; readonly cursor?: string | undefined },
  fits: (row: Row) => boolean,
): Page<Row> {
  const sorted = [...rows]
    .filter(([, row]) => fits(row))
    .sort(([a], [b]) => (typeof a === 'number' && typeof b === 'number' ? a - b : String(a) < String(b) ? -1 : 1))
  const after = query.cursor
  const isAfter = (key: string | number) =>
    after === undefined || (typeof key === 'number' ? key > Number(after) : key > after)
  const rest = sorted.filter(([key]) => isAfter(key))
  const page = rest.slice(0, query.limit)
  const last = page[page.length - 1]
  return { items: page.map(([, row]) => row), next: rest.length > page.length && last ? String(last[0]) : null }
}

/** Is the place within the box asked for? No box = everywhere; no place = in no box. */
export const fitsBox = (bbox: ListQuery['bbox'], at: LonLat | null): boolean =>
  bbox === undefined || (at !== null && isWithin(bbox, at))

/** Does one of the texts hold the words, whatever their case? */
export const fitsWords = (q: string | undefined, ...texts: readonly string[]): boolean =>
  q === undefined || texts.some((text) => text.toLowerCase().includes(q.toLowerCase()))
